// SPDX-License-Identifier: Apache-2.0
// Tests: names become ids and arguments JSON text. Whether they pass is compiler/testing's.
#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/model/context.h"
#include "compiler/model/roots.h"
#include "compiler/model/substitute.h"
#include "compiler/model/targets.h"
#include "compiler/model/values.h"
#include "runtime/json/writer.h"

namespace mcplexer::model {
namespace {

using syntax::Value;
using Kind = Value::Kind;

class TestStep {
 public:
  explicit TestStep(Context& context) : context_(context), reporter_(context.reporter) {
    const std::vector<Rule>& rules = context.policy.rules;
    for (size_t r = 0; r < rules.size(); ++r) rules_.try_emplace(rules[r].id, r);
  }

  void Lower(const syntax::Declaration& source) {
    Test test;
    test.title = source.name.text;
    test.span = source.name.span;
    test.principal = PrincipalId(0u);
    if (!source.directory) {
      Missing(source, "directory: `in \"..\"`");
    } else {
      Value directory;
      directory.kind = Kind::kString;
      directory.text = source.directory->text;
      directory.span = source.directory->span;
      if (CheckDirectory(directory, reporter_)) test.directory = *ParseRoot(directory.text);
    }
    if (source.principal && source.principal->text != kAnonymous) {
      const auto* principal = context_.names.principals.Resolve(*source.principal, reporter_);
      // Behind the anonymous one.
      if (principal != nullptr) test.principal = PrincipalId(principal->id + 1);
    }
    if (source.calls.empty()) Missing(source, "`call`");
    for (const syntax::TestCall& call : source.calls) test.calls.push_back(LowerCall(call));
    context_.policy.tests.push_back(std::move(test));
  }

 private:
  void Missing(const syntax::Declaration& declaration, std::string_view what) {
    reporter_.Report(Code::kMissingAttribute, declaration.name.span,
                     fmt::format("`{}` has no {}", declaration.name.text, what));
  }

  TestCall LowerCall(const syntax::TestCall& source) {
    TestCall call;
    call.kind = LowerKind(source.kind);
    call.name = Plain(source.name.text, source.name.span);
    call.effect = LowerEffect(source.expect);
    call.span = source.span;
    if (source.via) {
      call.server = IdOf<ServerId>(context_.names.servers.Resolve(*source.via, reporter_));
    } else if (call.kind == CallKind::kResource && context_.policy.servers.size() > 1) {
      // Without it nobody is asked, and any `expect deny` would pass.
      reporter_.Report(Code::kMissingAttribute, source.name.span,
                       "the call of a resource names the server that has it: `via SERVER`");
    }
    if (source.scope) {
      call.scope = IdOf<ScopeId>(context_.names.scopes.Resolve(*source.scope, reporter_));
    }
    if (source.rule) call.rule = FindRule(*source.rule);
    if (source.reason) call.because = Plain(source.reason->text, source.reason->span);
    if (source.arguments) call.arguments = Json(*source.arguments);
    return call;
  }

  RuleId FindRule(const syntax::Name& name) {
    if (const auto at = rules_.find(name.text); at != rules_.end()) return RuleId(at->second);
    source::Diagnostic& diagnostic = reporter_.Report(
        Code::kUndefinedName, name.span, fmt::format("no rule is called `{}`", name.text));
    std::vector<std::string_view> known;
    for (const auto& [id, unused] : rules_) known.push_back(id);
    reporter_.Suggest(diagnostic, name.text, known);
    return {};
  }

  // There are no parameters here; `$${` is `${` as everywhere.
  std::string Plain(const std::string& text, Span span) {
    return Substitute(text, span, Bindings(), reporter_).value_or("");
  }

  // Arguments are what JSON can say, keys once. What is yet to be written is a stack of values and
  // of the punctuation between them.
  std::string Json(const Value& whole) {
    std::string out;
    std::vector<std::variant<const Value*, std::string>> stack = {&whole};
    while (!stack.empty()) {
      const auto next = std::move(stack.back());
      stack.pop_back();
      if (const auto* text = std::get_if<std::string>(&next)) {
        out += *text;
        continue;
      }
      const Value& value = *std::get<const Value*>(next);
      switch (value.kind) {
        case Kind::kString:
          json::AppendString(out, Plain(value.text, value.span));
          break;
        case Kind::kNumber:
          out += value.text;
          break;
        case Kind::kBool:
          out += value.boolean ? "true" : "false";
          break;
        case Kind::kNull:
          out += "null";
          break;
        case Kind::kList:
          out += '[';
          stack.emplace_back("]");
          for (size_t i = value.items.size(); i-- > 0;) {
            stack.emplace_back(&value.items[i]);
            if (i > 0) stack.emplace_back(",");
          }
          break;
        case Kind::kMap:
          CheckMapKeys(value, reporter_);
          out += '{';
          stack.emplace_back("}");
          for (size_t i = value.entries.size(); i-- > 0;) {
            const auto& [key, item] = value.entries[i];
            stack.emplace_back(&item);
            stack.emplace_back((i > 0 ? "," : "") + json::EscapeString(Plain(key.text, key.span)) +
                               ":");
          }
          break;
        default:
          NotJson(value);
      }
    }
    return out;
  }

  void NotJson(const Value& value) {
    source::Diagnostic& diagnostic = reporter_.Report(
        Code::kBadValue, value.span,
        fmt::format("an argument is what JSON can say, found {}", Describe(value.kind)));
    if (value.kind == Kind::kWord || value.kind == Kind::kDuration) {
      diagnostic.Help(fmt::format("put it in quotes: \"{}\"", value.text));
    }
  }

  Context& context_;
  Reporter& reporter_;
  std::map<std::string_view, size_t> rules_;
};

}  // namespace

void LowerTests(Context& context) {
  std::vector<const syntax::Declaration*> tests;
  for (const syntax::File& file : context.files) {
    for (const syntax::Declaration& declaration : file.declarations) {
      if (declaration.kind == syntax::Declaration::Kind::kTest) tests.push_back(&declaration);
    }
  }
  SortByPlace(context.sources, tests);
  TestStep step(context);
  for (const syntax::Declaration* test : tests) step.Lower(*test);
}

}  // namespace mcplexer::model
