// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/dump.h"

#include <fmt/format.h>

#include "compiler/source/printable.h"
#include "compiler/syntax/word.h"

namespace mcplexer::syntax {
namespace {

const char* KindText(CallKind kind) {
  switch (kind) {
    case CallKind::kResource:
      return "resource";
    case CallKind::kPrompt:
      return "prompt";
    case CallKind::kTool:
      break;
  }
  return "tool";
}

const char* DeclarationText(Declaration::Kind kind) {
  switch (kind) {
    case Declaration::Kind::kServer:
      return "server";
    case Declaration::Kind::kScope:
      return "scope";
    case Declaration::Kind::kSecret:
      return "secret";
    case Declaration::Kind::kProvider:
      return "provider";
    case Declaration::Kind::kWorkspace:
      return "workspace";
    case Declaration::Kind::kPrincipal:
      return "principal";
    case Declaration::Kind::kTools:
      return "tools";
    case Declaration::Kind::kTemplate:
      return "template";
    case Declaration::Kind::kInvariant:
      return "invariant";
    case Declaration::Kind::kTest:
      return "test";
    case Declaration::Kind::kImport:
      return "import";
    case Declaration::Kind::kRules:
      return "rules";
  }
  return "?";
}

class Dumper {
 public:
  std::string Run(const File& file) {
    for (const Declaration& declaration : file.declarations) Write(declaration);
    return std::move(out_);
  }

 private:
  void Line(std::string_view text) { out_ += fmt::format("{:{}}{}\n", "", indent_ * 2, text); }

  static std::string Quote(std::string_view text) {
    return fmt::format("\"{}\"", source::Printable(text));
  }

  void Field(std::string_view key, const std::optional<Name>& name) {
    if (name) Line(fmt::format("{} {}", key, Quote(name->text)));
  }
  void Field(std::string_view key, const std::optional<Value>& value) {
    if (value) Line(fmt::format("{} {}", key, Dump(*value)));
  }
  void Field(std::string_view key, const std::optional<Expr>& expr) {
    if (expr) Line(fmt::format("{} {}", key, Dump(*expr)));
  }
  void Field(std::string_view key, const std::vector<Name>& names) {
    for (const Name& name : names) Line(fmt::format("{} {}", key, Quote(name.text)));
  }
  void Field(std::string_view key, const std::vector<Pattern>& patterns) {
    for (const Pattern& pattern : patterns) {
      const char* kind = pattern.kind == Pattern::Kind::kGlob    ? "glob"
                         : pattern.kind == Pattern::Kind::kRegex ? "regex"
                                                                 : "set";
      Line(fmt::format("{} {} {}", key, kind, Quote(pattern.text)));
    }
  }

  void Write(const Attribute& attribute) {
    Line(fmt::format("{} {} = {}", attribute.is_set ? "set" : "attribute",
                     Quote(attribute.key.text), Dump(attribute.value)));
  }

  void Write(const Rule& rule) {
    Line(fmt::format("rule {} {}", EffectText(rule.effect), KindText(rule.kind)));
    ++indent_;
    Field("server", rule.resource_server);
    Field("pattern", rule.patterns);
    Field("except", rule.except);
    Field("for", rule.principals);
    Field("in", rule.paths);
    Field("using", rule.scope);
    Field("via", rule.via);
    Field("when", rule.when);
    Field("require", rule.require);
    Field("priority", rule.priority);
    Field("timeout", rule.timeout);
    Field("quorum", rule.quorum);
    Field("approver", rule.approvers);
    Field("log", rule.log);
    Field("because", rule.because);
    Field("as", rule.id);
    Field("yaml_deny_priority", rule.yaml_deny_priority);
    --indent_;
  }

  // Blocks nest, so what is left of the outer ones waits on a stack.
  void Write(const std::vector<BodyItem>& body) {
    struct Rest {
      const std::vector<BodyItem>* items;
      size_t next;
    };
    std::vector<Rest> stack = {{&body, 0}};
    while (!stack.empty()) {
      Rest& rest = stack.back();
      if (rest.next == rest.items->size()) {
        stack.pop_back();
        if (!stack.empty()) --indent_;
        continue;
      }
      const BodyItem& item = (*rest.items)[rest.next++];
      for (const Attribute& attribute : item.attribute) Write(attribute);
      for (const Rule& rule : item.rule) Write(rule);
      for (const Use& use : item.use) {
        Line(fmt::format("use {}", Quote(use.name.text)));
        ++indent_;
        for (const Value& value : use.arguments) Line(Dump(value));
        --indent_;
      }
      if (item.kind != BodyItem::Kind::kIn) continue;
      Line("block");
      ++indent_;
      Field("in", item.paths);
      stack.push_back({&item.items, 0});
    }
  }

  void Write(const InvariantClause& clause) {
    const char* kind = clause.kind == InvariantClause::Kind::kNeverAllow ? "never allow"
                       : clause.kind == InvariantClause::Kind::kAlwaysDeny
                           ? "always deny"
                           : "never allow without approval";
    Line(fmt::format("{} {}", kind, KindText(clause.call_kind)));
    ++indent_;
    Field("server", clause.resource_server);
    Field("pattern", clause.patterns);
    Field("except", clause.except);
    Field("in", clause.paths);
    Field("for", clause.principals);
    Field("when", clause.when);
    --indent_;
  }

  void Write(const TestCall& call) {
    Line(fmt::format("call {} {}", KindText(call.kind), Quote(call.name.text)));
    ++indent_;
    Field("arguments", call.arguments);
    Line(fmt::format("expect {}", EffectText(call.expect)));
    Field("via", call.via);
    Field("using", call.scope);
    Field("by", call.rule);
    Field("because", call.reason);
    --indent_;
  }

  void Write(const Declaration& declaration) {
    Line(fmt::format("{} {}", DeclarationText(declaration.kind), Quote(declaration.name.text)));
    ++indent_;
    Field("parameter", declaration.parameters);
    for (const Attribute& attribute : declaration.attributes) Write(attribute);
    Field("value", declaration.value);
    Field("pattern", declaration.patterns);
    Field("in", declaration.directory);
    Field("as", declaration.principal);
    Write(declaration.body);
    for (const InvariantClause& clause : declaration.clauses) Write(clause);
    for (const TestCall& call : declaration.calls) Write(call);
    --indent_;
  }

  std::string out_;
  size_t indent_ = 0;
};

}  // namespace

std::string Dump(const File& file) { return Dumper().Run(file); }

}  // namespace mcplexer::syntax
