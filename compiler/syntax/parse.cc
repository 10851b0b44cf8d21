// SPDX-License-Identifier: Apache-2.0
// The compiler's own loop over statements: it looks at the next tokens, calls one entry of the
// grammar, builds its nodes, frees its tokens and tree, and keeps the stack of open blocks.
//
// Recovery. A malformed statement is reported once and skipped up to where the next one plainly
// begins: a token that is the first on its line, not inside braces opened since, and shaped like a
// statement of the block; or the brace that closes the block. A misspelt keyword is put right and
// the statement read again, so that what follows it is still checked. A declaration at the left
// margin inside a block means that a `}` is missing: the blocks are closed, and the same number of
// surplus `}` later is forgiven. Nothing is reported twice at one place.

#include "compiler/syntax/parse.h"

#include <PlexLexer.h>
#include <fmt/format.h>

#include "compiler/source/load.h"
#include "compiler/syntax/builder.h"
#include "compiler/syntax/message.h"
#include "compiler/syntax/statement_parser.h"
#include "compiler/syntax/token_window.h"

namespace mcplexer::syntax {
namespace {

using Parser = grammar::PlexParser;
using antlr4::Token;
using source::Code;

// How many misspelt keywords of one statement are put right.
constexpr int kMostCorrections = 4;

enum class Block : uint8_t { kAttributes, kBody, kIn, kInvariant, kTest };

struct Frame {
  Block block;
  Span opened;  // what opened it, for "is never closed"
  bool keep;    // whether its head could be read
};

class FileParser {
 public:
  FileParser(const source::SourceMap& sources, FileId file, const source::Limits& limits,
             source::Diagnostics& diagnostics)
      : limits_(limits),
        diagnostics_(diagnostics),
        bytes_(sources.text(file)),
        lexer_(&bytes_),
        window_(lexer_, limits),
        parser_(window_),
        builder_({sources.text(file), file}, diagnostics),
        message_({sources.text(file), file}, diagnostics) {
    file_.id = file;
    lexer_.removeErrorListeners();
    first_diagnostic_ = diagnostics.all().size();
  }

  File Run() {
    while (!stopped_ && Type(1) != Token::EOF) {
      Statement();
      CheckCounts();
      Release();
    }
    if (!stopped_) Finish();
    for (const auto& [begin, end] : window_.comments()) {
      file_.comments.push_back(
          {file_.id, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    }
    return std::move(file_);
  }

 private:
  size_t Type(ssize_t k) { return window_.LA(k); }
  std::string_view Text(ssize_t k) { return builder_.Text(builder_.SpanOf(*window_.LT(k))); }

  void Release() {
    parser_.Release();
    window_.Release(frames_.size());
  }

  void Consume() { window_.consume(); }

  // --- What comes next ---

  bool IsAttribute(ssize_t k) {
    if (Type(k) == Parser::SET && Type(k + 1) != Parser::ASSIGN) ++k;
    return (IsWord(Type(k)) || Type(k) == Parser::STRING) && Type(k + 1) == Parser::ASSIGN;
  }

  // A declaration's keyword with what must follow it, so that `server = x` is not one.
  bool IsDeclaration(ssize_t k) {
    const size_t type = Type(k);
    if (!IsDeclarationKeyword(type)) return false;
    if (type == Parser::TEST || type == Parser::IMPORT) return Type(k + 1) == Parser::STRING;
    if (!IsWord(Type(k + 1))) return false;
    const size_t third = Type(k + 2);
    return third == Parser::LBRACE || third == Parser::ASSIGN || third == Parser::LPAREN;
  }

  bool IsRule(ssize_t k) {
    return IsEffect(Type(k)) && Type(k + 1) != Parser::ASSIGN && Type(k + 1) != Parser::COLON;
  }

  // An attribute of a workspace that is written wrongly, as `root: "~"` or `root "~"`; not a rule
  // whose effect is misspelt.
  bool LooksLikeAttribute() {
    if (!IsWord(Type(1)) || Type(2) == Parser::WORD || Type(2) == Parser::SET_NAME) return false;
    if (Type(2) == Parser::COLON) return true;
    return window_.FirstOnLine(1) && Type(1) == Parser::WORD &&
           !MisspelledKeyword(Text(1), BodyKeywords());
  }

  // Tokens that may have swallowed the end of a block.
  static bool IsOpen(size_t type) {
    return type == Parser::BAD_STRING || type == Parser::OPEN_COMMENT;
  }

  bool IsMisspeltRule(ssize_t k) {
    if (Type(k) != Parser::WORD ||
        (Type(k + 1) != Parser::WORD && Type(k + 1) != Parser::SET_NAME)) {
      return false;
    }
    const auto keyword = MisspelledKeyword(Text(k), BodyKeywords());
    return keyword && IsEffect(*keyword);
  }

  // Whether a statement of the innermost block plainly begins at the k-th token.
  bool IsItem(ssize_t k) {
    if (frames_.empty()) return IsDeclaration(k);
    const size_t type = Type(k);
    switch (frames_.back().block) {
      case Block::kAttributes:
        return IsAttribute(k);
      case Block::kBody:
      case Block::kIn:
        return IsRule(k) || IsMisspeltRule(k) || IsAttribute(k) ||
               (type == Parser::IN && Type(k + 1) == Parser::STRING) ||
               (type == Parser::USE && IsWord(Type(k + 1)));
      case Block::kInvariant:
        return type == Parser::NEVER || type == Parser::ALWAYS;
      case Block::kTest:
        return type == Parser::CALL || (type == Parser::IN && Type(k + 1) == Parser::STRING);
    }
    return false;
  }

  // --- One statement ---

  void Statement() {
    if (Type(1) == Parser::RBRACE) {
      Close();
    } else if (frames_.empty()) {
      TopLevel();
    } else if (IsDeclaration(1) && !IsAttribute(1)) {
      MissingBrace();
    } else {
      Item();
    }
  }

  void TopLevel() {
    switch (Type(1)) {
      case Parser::SERVER:
      case Parser::SCOPE:
      case Parser::PROVIDER:
      case Parser::PRINCIPAL:
        Open(Block::kAttributes, &Builder::BlockHead,
             [](Parser& p) -> antlr4::ParserRuleContext* { return p.blockHead(); });
        return;
      case Parser::WORKSPACE:
      case Parser::TEMPLATE:
        Open(Block::kBody, &Builder::BodyHead,
             [](Parser& p) -> antlr4::ParserRuleContext* { return p.bodyHead(); });
        return;
      case Parser::INVARIANT:
        Open(Block::kInvariant, &Builder::InvariantHead,
             [](Parser& p) -> antlr4::ParserRuleContext* { return p.invariantHead(); });
        return;
      case Parser::TEST:
        Open(Block::kTest, &Builder::TestHead,
             [](Parser& p) -> antlr4::ParserRuleContext* { return p.testHead(); });
        return;
      case Parser::SECRET:
        Declare(&Builder::Secret,
                [](Parser& p) -> antlr4::ParserRuleContext* { return p.secret(); });
        return;
      case Parser::TOOLS:
        Declare(&Builder::Tools, [](Parser& p) -> antlr4::ParserRuleContext* { return p.tools(); });
        return;
      case Parser::IMPORT:
        Declare(&Builder::Import,
                [](Parser& p) -> antlr4::ParserRuleContext* { return p.import_(); });
        return;
      default:
        break;
    }
    if (IsRule(1)) {
      Unexpected("a declaration; rules stand inside a `workspace`", {});
    } else if (IsAttribute(1)) {
      Unexpected("a declaration; attributes stand inside a block", {});
    } else {
      Unexpected("a declaration such as `server` or `workspace`", DeclarationKeywords());
    }
  }

  void Item() {
    switch (frames_.back().block) {
      case Block::kAttributes:
        AttributeItem();
        return;
      case Block::kBody:
      case Block::kIn:
        BodyStatement();
        return;
      case Block::kInvariant:
        InvariantItem();
        return;
      case Block::kTest:
        TestItem();
        return;
    }
  }

  void AttributeItem() {
    if (!IsWord(Type(1)) && Type(1) != Parser::STRING) {
      Unexpected("an attribute `key = value` or `}`", {});
      return;
    }
    auto* tree = Parse<Parser::AttributeContext>(
        [](Parser& p) -> antlr4::ParserRuleContext* { return p.attribute(); });
    if (tree == nullptr) return;
    Attribute attribute = builder_.ReadAttribute(*tree);
    if (Type(1) == Parser::COMMA) Consume();
    if (IsBody(frames_.back().block)) {
      BodyItem item;
      item.kind = BodyItem::Kind::kAttribute;
      item.span = attribute.span;
      item.attribute.push_back(std::move(attribute));
      AddItem(std::move(item));
    } else {
      declaration_.attributes.push_back(std::move(attribute));
    }
  }

  void BodyStatement() {
    if (IsAttribute(1)) {
      AttributeItem();
    } else if (IsEffect(Type(1))) {
      RuleItem();
    } else if (Type(1) == Parser::USE) {
      auto* tree = Parse<Parser::UseContext>(
          [](Parser& p) -> antlr4::ParserRuleContext* { return p.use(); });
      if (tree == nullptr) return;
      BodyItem item;
      item.kind = BodyItem::Kind::kUse;
      item.use.push_back(builder_.ReadUse(*tree));
      item.span = item.use.back().span;
      AddItem(std::move(item));
    } else if (Type(1) == Parser::IN) {
      OpenIn();
    } else if (after_rule_ && IsClauseKeyword(Type(1))) {
      // The rule was complete without it, so it cannot be read: this says what is wrong with it.
      Parse<Parser::ClauseContext>(
          [](Parser& p) -> antlr4::ParserRuleContext* { return p.clause(); });
    } else if (LooksLikeAttribute()) {
      AttributeItem();
    } else if (after_rule_ && Type(1) == Parser::WORD) {
      Unexpected("a clause of the rule or the next statement", BodyKeywords());
    } else {
      Unexpected("a rule, an attribute, `in`, `use` or `}`", BodyKeywords());
    }
  }

  void RuleItem() {
    Parser::Rule_Context* tree = nullptr;
    for (int corrections = 0;; ++corrections) {
      tree = Parse<Parser::Rule_Context>(
          [](Parser& p) -> antlr4::ParserRuleContext* { return p.rule_(); });
      if (tree == nullptr) return;
      if (corrections == kMostCorrections || !CorrectClause()) break;
      window_.seek(0);
    }
    BodyItem item;
    item.kind = BodyItem::Kind::kRule;
    item.rule.push_back(builder_.ReadRule(*tree));
    item.span = item.rule.back().span;
    AddItem(std::move(item));
    after_rule_ = true;
    ++rules_;
  }

  // A word behind a complete rule that is no statement but nearly a clause: reports it and makes it
  // that clause's keyword.
  bool CorrectClause() {
    if (Type(1) != Parser::WORD || IsAttribute(1)) return false;
    if (!MisspelledKeyword(Text(1), ClauseKeywords())) return false;
    Token* word = window_.LT(1);
    const auto keyword =
        message_.Unexpected(*word, "a clause or the next statement", ClauseKeywords());
    static_cast<antlr4::WritableToken*>(word)->setType(*keyword);
    return true;
  }

  void InvariantItem() {
    if (Type(1) != Parser::NEVER && Type(1) != Parser::ALWAYS) {
      static constexpr size_t kKeywords[] = {Parser::NEVER, Parser::ALWAYS};
      Unexpected("`never allow`, `always deny` or `}`", kKeywords);
      return;
    }
    auto* tree = Parse<Parser::InvariantClauseContext>(
        [](Parser& p) -> antlr4::ParserRuleContext* { return p.invariantClause(); });
    if (tree != nullptr) declaration_.clauses.push_back(builder_.ReadInvariantClause(*tree));
  }

  void TestItem() {
    if (Type(1) == Parser::CALL) {
      auto* tree = Parse<Parser::TestCallContext>(
          [](Parser& p) -> antlr4::ParserRuleContext* { return p.testCall(); });
      if (tree != nullptr) declaration_.calls.push_back(builder_.ReadTestCall(*tree));
    } else if (Type(1) == Parser::IN) {
      auto* tree = Parse<Parser::TestInContext>(
          [](Parser& p) -> antlr4::ParserRuleContext* { return p.testIn(); });
      if (tree != nullptr)
        SetOnce("in", *tree, builder_.TestDirectory(*tree), declaration_.directory);
    } else if (Type(1) == Parser::AS) {
      auto* tree = Parse<Parser::TestAsContext>(
          [](Parser& p) -> antlr4::ParserRuleContext* { return p.testAs(); });
      if (tree != nullptr)
        SetOnce("as", *tree, builder_.TestPrincipal(*tree), declaration_.principal);
    } else {
      static constexpr size_t kKeywords[] = {Parser::CALL, Parser::IN, Parser::AS};
      Unexpected("`in`, `as`, `call` or `}`", kKeywords);
    }
  }

  void SetOnce(std::string_view keyword, antlr4::ParserRuleContext& tree, Name name,
               std::optional<Name>& slot) {
    if (slot) {
      diagnostics_
          .Report(Code::kDuplicateKey, builder_.SpanOf(*tree.getStart()),
                  fmt::format("`{}` is given twice in one test", keyword))
          .Also(slot->span, "the first is here");
      return;
    }
    slot = std::move(name);
  }

  // --- Blocks ---

  template <typename Context>
  void Open(Block block, Declaration (Builder::*read)(Context&), StatementParser::Entry entry) {
    const Span keyword = builder_.SpanOf(*window_.LT(1));
    auto* tree = Parse<Context>(entry);
    // A head that cannot be read still opens its block, whose statements are worth checking.
    declaration_ = tree != nullptr ? (builder_.*read)(*tree) : Declaration();
    if (tree != nullptr || skipped_to_brace_) {
      frames_.push_back({block, tree != nullptr ? declaration_.span : keyword, tree != nullptr});
    }
  }

  void OpenIn() {
    const Span keyword = builder_.SpanOf(*window_.LT(1));
    auto* tree = Parse<Parser::InHeadContext>(
        [](Parser& p) -> antlr4::ParserRuleContext* { return p.inHead(); });
    if (tree == nullptr && !skipped_to_brace_) return;
    open_items_.push_back(tree != nullptr ? builder_.InHead(*tree) : BodyItem());
    frames_.push_back(
        {Block::kIn, tree != nullptr ? open_items_.back().span : keyword, tree != nullptr});
  }

  template <typename Context>
  void Declare(Declaration (Builder::*read)(Context&), StatementParser::Entry entry) {
    if (auto* tree = Parse<Context>(entry)) file_.declarations.push_back((builder_.*read)(*tree));
  }

  static bool IsBody(Block block) { return block == Block::kBody || block == Block::kIn; }

  void AddItem(BodyItem item) {
    after_rule_ = false;
    (open_items_.empty() ? declaration_.body : open_items_.back().items).push_back(std::move(item));
  }

  void Close() {
    const Span brace = builder_.SpanOf(*window_.LT(1));
    if (!frames_.empty()) {
      Consume();
      CloseFrame(brace.end);
    } else if (forgiven_ > 0) {
      --forgiven_;
      Consume();
    } else {
      diagnostics_.Report(Code::kSyntaxError, brace, "this `}` closes nothing");
      Consume();
    }
  }

  void CloseFrame(uint32_t end) {
    const Frame frame = frames_.back();
    frames_.pop_back();
    after_rule_ = false;
    if (frame.block == Block::kIn) {
      BodyItem item = std::move(open_items_.back());
      open_items_.pop_back();
      item.span.end = end;
      if (frame.keep) AddItem(std::move(item));
      return;
    }
    declaration_.span.end = end;
    if (frame.keep) file_.declarations.push_back(std::move(declaration_));
    declaration_ = Declaration();
  }

  void MissingBrace() {
    const Span found = builder_.SpanOf(*window_.LT(1));
    diagnostics_
        .Report(Code::kSyntaxError, found,
                fmt::format("found the declaration of a `{}` inside of a block", Text(1)))
        .Also(frames_.back().opened, "this block is not closed")
        .Help("add the missing `}`");
    while (!frames_.empty()) {
      ++forgiven_;
      CloseFrame(found.begin);
    }
  }

  void Finish() {
    if (const auto& overflow = window_.overflow()) {
      const Span place{file_.id, static_cast<uint32_t>(overflow->begin),
                       static_cast<uint32_t>(overflow->end)};
      if (overflow->kind == Overflow::Kind::kNesting) {
        diagnostics_.Report(
            Code::kLimitExceeded, place,
            fmt::format("brackets and `not`s nest deeper than {}, the limit", limits_.nesting));
      } else {
        diagnostics_.Report(
            Code::kLimitExceeded, place,
            fmt::format("this statement has more than {} words and marks, the limit",
                        limits_.statement_tokens));
      }
      return;
    }
    if (frames_.empty() || lost_end_) return;
    diagnostics_.Report(Code::kSyntaxError, frames_.back().opened, "this block is never closed")
        .Mark("opened here")
        .Help("add the missing `}`");
  }

  // --- Mistakes ---

  template <typename Context>
  Context* Parse(StatementParser::Entry entry) {
    skipped_to_brace_ = false;
    for (int corrections = 0;; ++corrections) {
      if (antlr4::ParserRuleContext* tree = parser_.Parse(entry)) {
        return static_cast<Context*>(tree);
      }
      const Failure& failure = parser_.failure();
      if (failure.found->getType() == Token::EOF && window_.overflow()) {
        window_.seek(failure.found_index);
        return nullptr;
      }
      std::optional<size_t> keyword;
      if (failure.found->getStartIndex() != last_error_) {
        last_error_ = failure.found->getStartIndex();
        keyword = message_.Malformed(failure);
      }
      const size_t at = failure.found_index;
      lost_end_ = lost_end_ || IsOpen(failure.found->getType());
      window_.seek(0);
      if (!keyword || corrections == kMostCorrections) {
        Skip(at);
        return nullptr;
      }
      static_cast<antlr4::WritableToken*>(window_.get(at))->setType(*keyword);
      parser_.Release();
    }
  }

  // The statement's first token is wrong. A misspelt keyword is put right and left to be read
  // again.
  void Unexpected(std::string_view expected, std::span<const size_t> keywords) {
    Token* found = window_.LT(1);
    std::optional<size_t> keyword;
    if (found->getStartIndex() != last_error_) {
      last_error_ = found->getStartIndex();
      keyword = message_.Unexpected(*found, expected, keywords);
    }
    lost_end_ = lost_end_ || IsOpen(found->getType());
    if (keyword) {
      static_cast<antlr4::WritableToken*>(found)->setType(*keyword);
    } else {
      Skip(0);
    }
  }

  // From the start of a statement that failed at its token number `failed` to the next statement.
  void Skip(size_t failed) {
    const bool head = frames_.empty() ? IsDeclarationKeyword(Type(1))
                                      : IsBody(frames_.back().block) && Type(1) == Parser::IN;
    size_t depth = 0;
    for (size_t i = 0; Type(1) != Token::EOF; ++i) {
      const size_t type = Type(1);
      lost_end_ = lost_end_ || IsOpen(type);
      if (i > 0 && i >= failed && BeginsStatement(depth)) return;
      if (type == Parser::RBRACE) {
        if (depth == 0 && !frames_.empty()) return;
        depth -= depth > 0 ? 1 : 0;
        if (depth == 0 && frames_.empty()) {
          Consume();
          return;
        }
      } else if (type == Parser::LBRACE) {
        if (head && depth == 0 && i >= failed) {
          Consume();
          skipped_to_brace_ = true;
          return;
        }
        ++depth;
      }
      Consume();
      // What was skipped is not needed again, and may be most of the file.
      if (i >= failed) window_.Release(frames_.size() + depth);
    }
    lost_end_ = lost_end_ || depth > 0;
  }

  bool BeginsStatement(size_t depth) {
    if (!window_.FirstOnLine(1)) return false;
    const bool at_margin = window_.LT(1)->getCharPositionInLine() == 0;
    if (frames_.empty()) return depth == 0 ? IsDeclaration(1) : at_margin && IsDeclaration(1);
    if (at_margin && IsDeclaration(1)) return true;
    if (depth == 0) return IsItem(1);
    // Rules do not stand in maps: a brace of the failed statement is missing.
    return IsBody(frames_.back().block) && IsRule(1) && Type(2) == Parser::WORD;
  }

  void CheckCounts() {
    if (diagnostics_.all().size() - first_diagnostic_ >= limits_.errors_per_file) {
      diagnostics_.Report(Code::kLimitExceeded, builder_.SpanOf(*window_.LT(1)),
                          fmt::format("{} errors in this file; the rest of it is not read",
                                      limits_.errors_per_file));
      stopped_ = true;
    }
    if (rules_ > limits_.rules) {
      diagnostics_.Report(
          Code::kLimitExceeded, builder_.SpanOf(*window_.LT(1)),
          fmt::format("this file has more than {} rules, the limit", limits_.rules));
      stopped_ = true;
    }
  }

  const source::Limits& limits_;
  source::Diagnostics& diagnostics_;
  ByteStream bytes_;
  grammar::PlexLexer lexer_;
  TokenWindow window_;
  StatementParser parser_;
  Builder builder_;
  SyntaxMessage message_;

  File file_;
  std::vector<Frame> frames_;
  Declaration declaration_;           // the one that is open
  std::vector<BodyItem> open_items_;  // the `in` blocks open in it, outermost first
  bool after_rule_ = false;
  bool skipped_to_brace_ = false;  // Skip stopped behind the brace that opens the block
  bool lost_end_ = false;          // a mistake may have hidden a `}`
  bool stopped_ = false;
  size_t forgiven_ = 0;
  size_t last_error_ = SIZE_MAX;
  size_t rules_ = 0;
  size_t first_diagnostic_ = 0;
};

}  // namespace

File ParsePlex(const source::SourceMap& sources, FileId file, const source::Limits& limits,
               source::Diagnostics& diagnostics) {
  if (!source::CheckText(sources, file, limits, diagnostics)) {
    File empty;
    empty.id = file;
    return empty;
  }
  return FileParser(sources, file, limits, diagnostics).Run();
}

}  // namespace mcplexer::syntax
