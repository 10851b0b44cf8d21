// SPDX-License-Identifier: Apache-2.0
#include "compiler/explain/explanation.h"

#include <fmt/format.h>

#include <string_view>

#include "compiler/source/printable.h"
#include "runtime/commands/decision_json.h"
#include "runtime/json/writer.h"

namespace mcplexer::explain {
namespace {

using commands::RuleLocation;
using source::Printable;

std::string_view Sentence(decide::RuleOutcome outcome) {
  switch (outcome) {
    case decide::RuleOutcome::kDecided:
      return "decides";
    case decide::RuleOutcome::kConditionFalse:
      return "its condition is false";
    case decide::RuleOutcome::kConditionUnknown:
      return "its condition cannot be evaluated";
    case decide::RuleOutcome::kOutranked:
      return "another rule comes first";
    case decide::RuleOutcome::kNarrowerRuleMatches:
      return "a narrower rule matches";
    case decide::RuleOutcome::kRequirementFailed:
      return "wins, and its requirement is not met";
  }
  return "";
}

class Renderer {
 public:
  Renderer(const plan::Plan& plan, const decide::Session& session, const Explanation& explanation)
      : plan_(plan),
        session_(session),
        decision_(explanation.decision),
        considered_(explanation.considered) {}

  std::string Json() const {
    std::string out;
    commands::AppendDecisionJson(plan_, session_, decision_, out);
    out.pop_back();  // the closing brace
    out += ",\"considered\":[";
    for (const decide::Considered& one : considered_) {
      if (out.back() == '}') out += ',';
      out += fmt::format("{{\"rule\":{},\"effect\":\"{}\",\"at\":{},\"outcome\":\"{}\"}}",
                         json::EscapeString(IdOf(one.rule)), ToString(Outcome(one.rule).effect),
                         json::EscapeString(RuleLocation(plan_, one.rule)), ToString(one.outcome));
    }
    return out + "]}";
  }

  std::string Plain() const {
    std::string out = fmt::format("{}: {}\n", ToString(decision_.verdict), Why());
    const auto line = [&](std::string_view what, std::string_view value) {
      out += fmt::format("  {:<10} {}\n", what, Printable(value));
    };
    if (session_.workspace().valid()) {
      const auto& workspace = plan_.workspaces()[session_.workspace().index()];
      line("workspace", fmt::format("{}{}{}", Text(workspace.name),
                                    session_.subpath().empty() ? "" : ", in ", session_.subpath()));
    }
    if (decision_.server.valid()) {
      line("server", Text(plan_.servers()[decision_.server.index()].name));
      line("name", decision_.tool);
    }
    if (decision_.scope.valid()) line("scope", Text(plan_.scopes()[decision_.scope.index()].name));
    if (decision_.rule.valid() && Outcome(decision_.rule).because.size != 0) {
      line("because", Text(Outcome(decision_.rule).because));
    }
    if (decision_.unevaluated) {
      line("note", "a condition could not be evaluated and was taken to the safe side");
    }
    if (!considered_.empty()) out += "rules that match:\n";
    for (const decide::Considered& one : considered_) {
      out += fmt::format("  {:<8} {} ({}): {}\n", ToString(Outcome(one.rule).effect),
                         Printable(IdOf(one.rule)), Printable(RuleLocation(plan_, one.rule)),
                         Sentence(one.outcome));
    }
    return out;
  }

 private:
  std::string_view Text(plan::StringRef ref) const { return plan_.text(ref); }
  std::string_view IdOf(RuleId id) const { return Text(plan_.rule_origins()[id.index()].id); }
  const plan::OutcomeRecord& Outcome(RuleId id) const {
    return plan_.tables().outcome(plan_.rules()[id.index()]);
  }

  std::string Why() const {
    switch (decision_.reason) {
      case decide::Reason::kRule:
      case decide::Reason::kRequirementFailed: {
        const std::string rule = fmt::format("{} ({})", Printable(IdOf(decision_.rule)),
                                             Printable(RuleLocation(plan_, decision_.rule)));
        return decision_.reason == decide::Reason::kRule
                   ? "by " + rule
                   : "the requirement of " + rule + " is not met";
      }
      case decide::Reason::kDefault:
        return "no rule decides, and this is the workspace's default";
      case decide::Reason::kNoWorkspace:
        return "no workspace holds the directory";
      case decide::Reason::kUnknownNamespace:
        return "no server has the name's namespace";
      case decide::Reason::kUnknownName:
        return "it is not a name that a server can have";
      case decide::Reason::kDrift:
        return "the tool is not the one that was recorded";
    }
    return "";
  }

  const plan::Plan& plan_;
  const decide::Session& session_;
  const decide::Decision& decision_;
  const std::vector<decide::Considered>& considered_;
};

}  // namespace

Explanation Explain(decide::Session& session, const decide::Call& call) {
  Explanation explanation;
  explanation.decision = session.Explain(call, &explanation.considered);
  return explanation;
}

std::string ToText(const plan::Plan& plan, const decide::Session& session,
                   const Explanation& explanation) {
  return Renderer(plan, session, explanation).Plain();
}

std::string ToJson(const plan::Plan& plan, const decide::Session& session,
                   const Explanation& explanation) {
  return Renderer(plan, session, explanation).Json();
}

std::string_view ToString(plan::Effect effect) {
  switch (effect) {
    case plan::Effect::kAllow:
      return "allow";
    case plan::Effect::kApprove:
      return "approve";
    case plan::Effect::kDeny:
      return "deny";
  }
  return "deny";
}

}  // namespace mcplexer::explain
