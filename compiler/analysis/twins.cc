// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/twins.h"

#include <fmt/format.h>

#include "compiler/analysis/definitions.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using model::Policy;
using model::Rule;

// Everything about a rule that can matter to a decision, with names for ids. `joint` is the rule
// with the joint's servers and principals, `own` the same in its own policy.
std::string TextOf(const Policy& policy, const std::string& root, const Rule& joint,
                   const Rule& own) {
  std::string text = fmt::format("{}\n{} {} {} {}", root, static_cast<int>(own.effect),
                                 static_cast<int>(own.kind), joint.server.value, own.priority);
  const auto add = [&text](char tag, const auto& from, const auto& text_of) {
    std::set<std::string> sorted;
    for (const auto& one : from) sorted.insert(text_of(one));
    for (const std::string& one : sorted) text += fmt::format("\n{}{}", tag, one);
  };
  const auto pattern = [](const model::NamePattern& name) {
    return (name.regex ? "re " : "glob ") + name.text;
  };
  add('+', own.names, pattern);
  add('-', own.except, pattern);
  add('/', own.paths, [](const syntax::Name& path) { return path.text; });
  add('@', joint.principals, [](PrincipalId id) { return std::to_string(id.value); });
  add('$', CredentialsOf(policy, own.scope), [](const std::string& part) { return part; });
  const auto condition = [&](ConditionId id) {
    return id.valid() ? policy.conditions[id.index()].text : std::string();
  };
  text += fmt::format("\n?{}\n!{}", condition(own.when), condition(own.require));
  if (own.effect == Effect::kApprove) {
    text += fmt::format("\n{} {}", own.approval.timeout_ms, own.approval.quorum);
    for (GroupId id : own.approval.approvers) text += " " + policy.groups[id.index()];
  }
  return text;
}

}  // namespace

Twins::Twins(const std::array<const Policy*, 2>& sides, const Joint& joint, const Order& order,
             const Territory& territory) {
  const std::vector<Rule>& rules = joint.policy.rules;
  std::vector<std::string> texts;
  std::array<std::set<std::string>, 2> known;
  const auto side_of = [&](size_t r) { return static_cast<size_t>(joint.SideOf(RuleId(r))); };
  for (size_t r = 0; r < rules.size(); ++r) {
    const Policy& own = *sides[side_of(r)];
    texts.push_back(TextOf(own, territory.root(rules[r].workspace), rules[r],
                           own.rules[joint.Own(RuleId(r)).index()]));
    known[side_of(r)].insert(texts.back());
  }
  for (size_t r = 0; r < rules.size(); ++r) {
    twinned_.push_back(known[1 - side_of(r)].contains(texts[r]));
  }

  std::vector<std::set<std::string>> narrower(rules.size());
  for (size_t r = 0; r < rules.size(); ++r) {
    for (RuleId wide : order.wider[r]) {
      const bool beats = rules[wide.index()].when.valid() && !rules[r].when.valid();
      if (twinned_[r] || beats) narrower[wide.index()].insert(texts[r]);
    }
  }
  std::array<std::set<std::pair<std::string, std::set<std::string>>>, 2> ranked;
  for (size_t r = 0; r < rules.size(); ++r) ranked[side_of(r)].emplace(texts[r], narrower[r]);
  for (size_t r = 0; r < rules.size(); ++r) {
    ranks_alike_.push_back(ranked[1 - side_of(r)].contains({texts[r], narrower[r]}));
  }
}

}  // namespace mcplexer::analysis
