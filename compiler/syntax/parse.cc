// SPDX-License-Identifier: Apache-2.0
// The compiler's own loop over statements: it looks at the next tokens, calls one entry of the
// grammar, builds its nodes, frees its tokens and tree, and keeps the stack of open blocks.
//
// A declaration at the left margin inside a block means that a `}` is missing: the blocks are
// closed, and the same number of surplus `}` later is forgiven. Other mistakes are
// statement_reader.h's.

#include "compiler/syntax/parse.h"

#include <PlexLexer.h>
#include <fmt/format.h>

#include "compiler/source/load.h"
#include "compiler/syntax/assembly.h"
#include "compiler/syntax/builder.h"
#include "compiler/syntax/lookahead.h"
#include "compiler/syntax/message.h"
#include "compiler/syntax/statement_reader.h"
#include "compiler/syntax/token_window.h"

namespace mcplexer::syntax {
namespace {

using Parser = grammar::PlexParser;
using antlr4::Token;
using source::Code;

class FileParser {
 public:
  FileParser(const source::SourceMap& sources, FileId file, const source::Limits& limits,
             source::Diagnostics& diagnostics)
      : limits_(limits),
        diagnostics_(diagnostics),
        bytes_(sources.text(file)),
        lexer_(&bytes_),
        window_(lexer_, limits),
        builder_({sources.text(file), file}, found_),
        message_({sources.text(file), file}, found_),
        next_(window_, {sources.text(file), file}),
        tree_(file),
        reader_(window_, next_, tree_, message_) {
    lexer_.removeErrorListeners();
  }

  File Run() {
    while (!stopped_ && Type(1) != Token::EOF) {
      Statement();
      Forward();
      reader_.Release();
    }
    if (!stopped_) {
      Finish();
      Forward();
    }
    File file = tree_.Take();
    for (const auto& [begin, end] : window_.comments()) {
      file.comments.push_back({file.id, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    }
    return file;
  }

 private:
  size_t Type(ssize_t k) { return window_.LA(k); }

  // --- One statement ---

  void Statement() {
    if (Type(1) == Parser::RBRACE) {
      Close();
    } else if (tree_.depth() == 0) {
      TopLevel();
    } else if (next_.IsDeclaration(1) && !next_.IsAttribute(1)) {
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
        Open<&Parser::blockHead>(Block::kAttributes, &Builder::BlockHead);
        return;
      case Parser::WORKSPACE:
      case Parser::TEMPLATE:
        Open<&Parser::bodyHead>(Block::kBody, &Builder::BodyHead);
        return;
      case Parser::INVARIANT:
        Open<&Parser::invariantHead>(Block::kInvariant, &Builder::InvariantHead);
        return;
      case Parser::TEST:
        Open<&Parser::testHead>(Block::kTest, &Builder::TestHead);
        return;
      case Parser::SECRET:
        Declare<&Parser::secret>(&Builder::Secret);
        return;
      case Parser::TOOLS:
        Declare<&Parser::tools>(&Builder::Tools);
        return;
      case Parser::IMPORT:
        Declare<&Parser::import_>(&Builder::Import);
        return;
      default:
        break;
    }
    if (next_.IsRule(1)) {
      reader_.Unexpected("a declaration; rules stand inside a `workspace`", {});
    } else if (next_.IsAttribute(1)) {
      reader_.Unexpected("a declaration; attributes stand inside a block", {});
    } else {
      reader_.Unexpected("a declaration such as `server` or `workspace`", DeclarationKeywords());
    }
  }

  void Item() {
    switch (tree_.block()) {
      case Block::kFile:
        TopLevel();
        return;
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
      reader_.Unexpected("an attribute `key = value` or `}`", {});
      return;
    }
    auto* tree = reader_.Read<&Parser::attribute>();
    if (tree == nullptr) return;
    Attribute attribute = builder_.ReadAttribute(*tree);
    if (Type(1) == Parser::COMMA) window_.consume();
    if (HoldsRules(tree_.block())) {
      BodyItem item;
      item.kind = BodyItem::Kind::kAttribute;
      item.span = attribute.span;
      item.attribute.push_back(std::move(attribute));
      AddItem(std::move(item));
    } else {
      tree_.declaration().attributes.push_back(std::move(attribute));
    }
  }

  void BodyStatement() {
    if (next_.IsAttribute(1)) {
      AttributeItem();
    } else if (IsEffect(Type(1))) {
      RuleItem();
    } else if (Type(1) == Parser::USE) {
      auto* tree = reader_.Read<&Parser::use>();
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
      reader_.Read<&Parser::clause>();
    } else if (next_.IsNearlyAttribute(1)) {
      AttributeItem();
    } else if (after_rule_ && Type(1) == Parser::WORD) {
      reader_.Unexpected("a clause of the rule or the next statement", BodyKeywords());
    } else {
      reader_.Unexpected("a rule, an attribute, `in`, `use` or `}`", BodyKeywords());
    }
  }

  void RuleItem() {
    Parser::Rule_Context* tree = reader_.ReadRule();
    if (tree == nullptr) return;
    BodyItem item;
    item.kind = BodyItem::Kind::kRule;
    item.rule.push_back(builder_.ReadRule(*tree));
    item.span = item.rule.back().span;
    AddItem(std::move(item));
    after_rule_ = true;
    ++rules_;
  }

  void InvariantItem() {
    if (Type(1) != Parser::NEVER && Type(1) != Parser::ALWAYS) {
      static constexpr size_t kKeywords[] = {Parser::NEVER, Parser::ALWAYS};
      reader_.Unexpected("`never allow`, `always deny` or `}`", kKeywords);
      return;
    }
    auto* tree = reader_.Read<&Parser::invariantClause>();
    if (tree != nullptr) tree_.declaration().clauses.push_back(builder_.ReadInvariantClause(*tree));
  }

  void TestItem() {
    if (Type(1) == Parser::CALL) {
      auto* tree = reader_.Read<&Parser::testCall>();
      if (tree != nullptr) tree_.declaration().calls.push_back(builder_.ReadTestCall(*tree));
    } else if (Type(1) == Parser::IN) {
      auto* tree = reader_.Read<&Parser::testIn>();
      if (tree != nullptr)
        SetOnce("in", *tree, builder_.TestDirectory(*tree), tree_.declaration().directory);
    } else if (Type(1) == Parser::AS) {
      auto* tree = reader_.Read<&Parser::testAs>();
      if (tree != nullptr)
        SetOnce("as", *tree, builder_.TestPrincipal(*tree), tree_.declaration().principal);
    } else {
      static constexpr size_t kKeywords[] = {Parser::CALL, Parser::IN, Parser::AS};
      reader_.Unexpected("`in`, `as`, `call` or `}`", kKeywords);
    }
  }

  void SetOnce(std::string_view keyword, antlr4::ParserRuleContext& tree, Name name,
               std::optional<Name>& slot) {
    if (slot) {
      found_
          .Report(Code::kDuplicateKey, builder_.SpanOf(*tree.getStart()),
                  fmt::format("`{}` is given twice in one test", keyword))
          .Also(slot->span, "the first is here");
      return;
    }
    slot = std::move(name);
  }

  // --- Blocks ---

  template <auto kRule, typename Context>
  void Open(Block block, Declaration (Builder::*read)(Context&)) {
    const Span keyword = builder_.SpanOf(*window_.LT(1));
    auto* tree = reader_.Read<kRule>();
    // A head that cannot be read still opens its block, whose statements are worth checking.
    if (tree == nullptr) {
      if (reader_.stands_in_block()) tree_.Open(block, keyword, Head::kBad, Declaration());
      return;
    }
    Declaration declaration = (builder_.*read)(*tree);
    const Span opened = declaration.span;
    tree_.Open(block, opened, Head::kGood, std::move(declaration));
  }

  void OpenIn() {
    const Span keyword = builder_.SpanOf(*window_.LT(1));
    auto* tree = reader_.Read<&Parser::inHead>();
    if (tree != nullptr) {
      BodyItem item = builder_.InHead(*tree);
      const Span opened = item.span;
      tree_.OpenIn(opened, Head::kGood, std::move(item));
    } else if (reader_.stands_in_block()) {
      tree_.OpenIn(keyword, Head::kBad, BodyItem());
    }
  }

  template <auto kRule, typename Context>
  void Declare(Declaration (Builder::*read)(Context&)) {
    if (auto* tree = reader_.Read<kRule>()) tree_.Add((builder_.*read)(*tree));
  }

  void AddItem(BodyItem item) {
    after_rule_ = false;
    tree_.Add(std::move(item));
  }

  void Close() {
    const Span brace = builder_.SpanOf(*window_.LT(1));
    if (tree_.depth() > 0) {
      window_.consume();
      CloseFrame(brace.end);
    } else if (forgiven_ > 0) {
      --forgiven_;
      window_.consume();
    } else {
      found_.Report(Code::kSyntaxError, brace, "this `}` closes nothing");
      window_.consume();
    }
  }

  void CloseFrame(uint32_t end) {
    tree_.Close(end);
    after_rule_ = false;
  }

  void MissingBrace() {
    const Span found = builder_.SpanOf(*window_.LT(1));
    found_
        .Report(Code::kSyntaxError, found,
                fmt::format("found the declaration of a `{}` inside of a block", next_.Text(1)))
        .Also(tree_.opened(), "this block is not closed")
        .Help("add the missing `}`");
    while (tree_.depth() > 0) {
      ++forgiven_;
      CloseFrame(found.begin);
    }
  }

  void Finish() {
    if (window_.overflow()) {
      message_.LimitExceeded(*window_.overflow(), limits_);
      return;
    }
    if (tree_.depth() == 0 || reader_.lost_end()) return;
    found_.Report(Code::kSyntaxError, tree_.opened(), "this block is never closed")
        .Mark("opened here")
        .Help("add the missing `}`");
  }

  // Hands on what the last statement's diagnostics are, up to the limit.
  void Forward() {
    for (const source::Diagnostic& diagnostic : found_.all()) {
      if (errors_++ == limits_.errors_per_file) {
        Stop(fmt::format("{} errors in this file; the rest of it is not read",
                         limits_.errors_per_file));
        break;
      }
      diagnostics_.Add(diagnostic);
    }
    found_ = source::Diagnostics();
    if (rules_ > limits_.rules && !stopped_) {
      Stop(fmt::format("this file has more than {} rules, the limit", limits_.rules));
    }
  }

  void Stop(std::string message) {
    diagnostics_.Report(Code::kLimitExceeded, builder_.SpanOf(*window_.LT(1)), std::move(message));
    stopped_ = true;
  }

  const source::Limits& limits_;
  source::Diagnostics& diagnostics_;
  source::Diagnostics found_;  // in the current statement
  ByteStream bytes_;
  grammar::PlexLexer lexer_;
  TokenWindow window_;
  Builder builder_;
  SyntaxMessage message_;

  Lookahead next_;
  Assembly tree_;
  StatementReader reader_;
  bool after_rule_ = false;
  bool stopped_ = false;
  size_t forgiven_ = 0;
  size_t rules_ = 0;
  size_t errors_ = 0;
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
