// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/marks.h"

#include <PlexLexer.h>

#include <algorithm>

namespace mcplexer::syntax {
namespace {

using grammar::PlexLexer;
using Mark = Marks::Mark;

class Marker {
 public:
  explicit Marker(const Words& words) : words_(words) { marks_.of.resize(words.words.size(), 0); }

  Marks Run(const File& file) {
    for (const Declaration& declaration : file.declarations) Visit(declaration);
    Align();
    return std::move(marks_);
  }

 private:
  void Set(size_t word, Mark mark) { marks_.of[word] |= static_cast<uint16_t>(mark); }
  void SetAt(Span span, Mark mark) { Set(words_.At(span.begin), mark); }

  // A statement without a block.
  void Statement(size_t first, Span span) {
    Set(first, Mark::kStatement);
    size_t last = words_.Ending(span.end);
    // The separator behind an attribute is part of it here.
    const size_t next = last + 1;
    if (next < words_.words.size() && words_.words[next].type == PlexLexer::COMMA) last = next;
    Set(last, Mark::kStatementEnd);
  }
  void Statement(Span span) { Statement(words_.At(span.begin), span); }

  // The first `{` from `word` on.
  void Block(size_t word) {
    while (words_.words[word].type != PlexLexer::LBRACE) ++word;
    Set(word, Mark::kBlock);
  }

  // The keyword stands before what it governs.
  void Keyword(Span governed, Mark mark) { Set(words_.At(governed.begin) - 1, mark); }
  template <typename T>
  void Keyword(const std::optional<T>& governed, Mark mark) {
    if (governed) Keyword(governed->span, mark);
  }
  template <typename T>
  void Keyword(const std::vector<T>& governed, Mark mark) {
    if (!governed.empty()) Keyword(governed.front().span, mark);
  }

  void Condition(const std::optional<Expr>& condition) {
    if (!condition) return;
    Keyword(condition->span, Mark::kClause);
    const size_t first = words_.At(condition->span.begin);
    const size_t last = words_.Ending(condition->span.end);
    Set(first, Mark::kCondition);
    Set(last, Mark::kConditionEnd);
    std::vector<size_t> open;
    for (size_t word = first; word <= last; ++word) {
      const size_t type = words_.words[word].type;
      if (type == PlexLexer::LPAREN) open.push_back(word);
      if (type == PlexLexer::RPAREN) open.pop_back();
      if (type != PlexLexer::OR) continue;
      if (open.empty()) {
        Set(first, Mark::kConditionOr);
      } else {
        Set(open.back(), Mark::kGroupOr);
      }
    }
  }

  void Entries(const Value& root) {
    std::vector<const Value*> todo = {&root};
    while (!todo.empty()) {
      const Value& value = *todo.back();
      todo.pop_back();
      for (const Value& item : value.items) todo.push_back(&item);
      for (const MapEntry& entry : value.entries) {
        SetAt(entry.key.span, Mark::kEntry);
        todo.push_back(&entry.value);
      }
    }
  }

  void Visit(const Attribute& attribute) {
    Statement(attribute.span);
    SetAt(attribute.span, Mark::kKey);
    Entries(attribute.value);
  }

  void Visit(const Rule& rule) {
    Statement(rule.span);
    SetAt(rule.span, Mark::kRule);
    Keyword(rule.except, Mark::kClause);
    Keyword(rule.principals, Mark::kClause);
    Keyword(rule.paths, Mark::kClause);
    Keyword(rule.scope, Mark::kClause);
    Keyword(rule.via, Mark::kClause);
    Condition(rule.when);
    Condition(rule.require);
    Keyword(rule.priority, Mark::kClause);
    Keyword(rule.timeout, Mark::kClause);
    Keyword(rule.quorum, Mark::kClause);
    Keyword(rule.approvers, Mark::kClause);
    Keyword(rule.log, Mark::kClause);
    Keyword(rule.because, Mark::kClause);
    Keyword(rule.id, Mark::kClause);
  }

  void Visit(const InvariantClause& clause) {
    Statement(clause.span);
    SetAt(clause.span, Mark::kRule);
    Keyword(clause.except, Mark::kClause);
    Keyword(clause.principals, Mark::kClause);
    Keyword(clause.paths, Mark::kClause);
    Condition(clause.when);
    if (clause.kind != InvariantClause::Kind::kNeverAllowWithoutApproval) return;
    // Two words of which the second can be nothing else; a pattern with its text needs quotes.
    const size_t last = words_.Ending(clause.span.end);
    for (size_t word = words_.At(clause.span.begin); word < last; ++word) {
      if (words_.words[word].type == PlexLexer::WITHOUT &&
          words_.words[word + 1].type == PlexLexer::APPROVAL) {
        Set(word, Mark::kClause);
      }
    }
  }

  void Visit(const TestCall& call) {
    Statement(call.span);
    if (call.arguments) Entries(*call.arguments);
    const Span before_expect = call.arguments ? call.arguments->span : call.name.span;
    Set(words_.Ending(before_expect.end) + 1, Mark::kClause);
    Keyword(call.via, Mark::kPart);
    Keyword(call.scope, Mark::kPart);
    Keyword(call.rule, Mark::kPart);
    Keyword(call.reason, Mark::kPart);
  }

  void Visit(const std::vector<BodyItem>& body) {
    std::vector<const BodyItem*> todo;
    const auto add = [&](const std::vector<BodyItem>& items) {
      for (const BodyItem& item : items) todo.push_back(&item);
    };
    add(body);
    while (!todo.empty()) {
      const BodyItem& item = *todo.back();
      todo.pop_back();
      for (const Attribute& attribute : item.attribute) Visit(attribute);
      for (const Rule& rule : item.rule) Visit(rule);
      for (const Use& use : item.use) {
        Statement(use.span);
        for (const Value& argument : use.arguments) Entries(argument);
      }
      if (item.kind != BodyItem::Kind::kIn) continue;
      SetAt(item.span, Mark::kStatement);
      Block(words_.At(item.paths.back().span.begin));
      add(item.items);
    }
  }

  void Visit(const Declaration& declaration) {
    const size_t first = words_.At(declaration.span.begin);
    switch (declaration.kind) {
      case Declaration::Kind::kSecret:
        Statement(declaration.span);
        Entries(*declaration.value);
        return;
      case Declaration::Kind::kImport:
        Statement(declaration.span);
        return;
      case Declaration::Kind::kTools:
        Statement(declaration.span);
        Set(words_.At(declaration.name.span.begin) + 2, Mark::kPatterns);
        return;
      default:
        break;
    }
    Set(first, Mark::kStatement);
    Block(words_.At(declaration.name.span.begin));
    for (const Attribute& attribute : declaration.attributes) Visit(attribute);
    Visit(declaration.body);
    for (const InvariantClause& clause : declaration.clauses) Visit(clause);
    if (declaration.directory) TestPart(*declaration.directory);
    if (declaration.principal) TestPart(*declaration.principal);
    for (const TestCall& call : declaration.calls) Visit(call);
  }

  void TestPart(const Name& name) { Statement(words_.At(name.span.begin) - 1, name.span); }

  // Attributes that follow each other, with no empty line and no comment's line between them, have
  // their `=` in one column.
  void Align() {
    std::vector<size_t> run;
    size_t end = 0;  // behind the last attribute of the run
    for (size_t word = 0; word < marks_.of.size(); ++word) {
      if (marks_.Has(word, Mark::kKey)) {
        const Gap* gap = words_.GapBefore(word);
        const bool apart = words_.BlankBefore(word) || (gap != nullptr && !gap->lines.empty());
        if (word != end || apart) AlignRun(run);
        run.push_back(word);
        while (!marks_.Has(word, Mark::kStatementEnd)) ++word;
        end = word + 1;
      }
    }
    AlignRun(run);
  }

  void AlignRun(std::vector<size_t>& run) {
    uint32_t widest = 0;
    for (const size_t word : run) widest = std::max(widest, Width(words_.Text(word)));
    for (const size_t word : run) {
      const uint32_t padding = widest - Width(words_.Text(word));
      if (padding > 0) marks_.padding[word] = padding;
    }
    run.clear();
  }

  const Words& words_;
  Marks marks_;
};

}  // namespace

Marks MarkWords(const File& file, const Words& words) { return Marker(words).Run(file); }

}  // namespace mcplexer::syntax
