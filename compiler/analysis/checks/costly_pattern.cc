// SPDX-License-Identifier: Apache-2.0
// W0703: one pattern that alone needs many more states than it has parts, such as `*a????????`: the
// automaton has to remember of each of the last characters whether it was an `a`. W0701: patterns
// that are small by themselves and multiply: the automaton of a field over its budget. These are
// named by what each of them costs, which is how much smaller the automaton is without it.
//
// Both stand a tenth of the way to the limit at which there is no plan (E0706).
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compiler/analysis/attribution.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/automata/pattern.h"
#include "compiler/automata/set_automaton.h"
#include "compiler/automata/shape.h"
#include "compiler/automata/universe.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

using automata::Dfa;
using automata::Nfa;
using syntax::ExprNode;

// A tenth of what E0706 refuses: 20,000 states of 40 byte classes are 3 MB of the plan.
constexpr uint32_t kMostStates = 20'000;
// What a set may add to an automaton that is over its budget: thousands of plain names are many
// states as well, but none of them is to blame.
constexpr uint32_t kMostOfOne = 2'000;
// Of one pattern. A pattern of a kilobyte without repetitions has about a thousand.
constexpr uint32_t kMostStatesOfOne = 1'000;
constexpr uint32_t kMostGrowth = 8;
constexpr size_t kMostSuspects = 8;
constexpr size_t kMostNamed = 5;

class PatternCheck {
 public:
  PatternCheck(const LintContext& context, source::Diagnostics& diagnostics)
      : context_(context), diagnostics_(diagnostics) {}

  void Run() {
    const model::Policy& policy = context_.policy();
    for (const model::Rule& rule : policy.rules) {
      for (const auto* patterns : {&rule.names, &rule.except}) {
        for (const model::NamePattern& pattern : *patterns) LookAtName(rule, pattern);
      }
      for (const syntax::Name& path : rule.paths) {
        Look(rule, path.span, path.text, automata::ParsePathGlob);
      }
      for (const ConditionId id : {rule.when, rule.require}) {
        if (id.valid()) LookAtCondition(rule, policy.conditions[id.index()].expr);
      }
    }
  }

 private:
  void LookAtName(const model::Rule& rule, const model::NamePattern& pattern) {
    Look(rule, pattern.span, pattern.text,
         pattern.regex                             ? automata::ParseRegex
         : rule.kind == model::CallKind::kResource ? automata::ParseUriGlob
                                                   : automata::ParseNameGlob);
  }

  // Regular expressions of conditions are matched by RE2, in time that is linear whatever they say;
  // globs become automata.
  void LookAtCondition(const model::Rule& rule, const syntax::Expr& expr) {
    for (const ExprNode& node : expr.nodes) {
      if (node.kind != ExprNode::Kind::kCompare || node.op != ExprNode::Op::kLike) continue;
      const std::string& text = node.rhs.literal.text;
      Look(rule, node.rhs.span, text, automata::ParseTextGlob);
    }
  }

  using Parse = tl::expected<Nfa, automata::PatternError> (*)(std::string_view,
                                                              const automata::Limits&);

  void Look(const model::Rule& rule, source::Span span, const std::string& text, Parse parse) {
    // Plain text, whatever follows it, takes a state a byte.
    const bool glob = parse != automata::ParseRegex;
    const auto plain = std::string_view(text).substr(0, text.find_last_not_of('*') + 1);
    if (glob && plain.find_first_of("*?[]{}\\") == std::string_view::npos) return;
    if (!span.valid() || !seen_.try_emplace({span.file.value, span.begin, text}).second) return;
    const auto nfa = parse(text, {});
    if (!nfa) return;
    const auto dfa = automata::ToDfa(*nfa);
    if (!dfa || dfa->num_states() <= kMostStatesOfOne) return;
    // Bytes of the text, not states of the NFA: a counted repetition has as many states as it says.
    if (dfa->num_states() / kMostGrowth <= std::max<size_t>(text.size(), nfa->num_states)) return;
    ReportRule(diagnostics_, source::Code::kCatastrophicPattern, rule, span,
               fmt::format("`{}` is short, and to match it takes {} states",
                           source::Printable(text), dfa->num_states()))
        .Mark("each character that is counted behind a `*` may double them")
        .Help("let it begin with plain text, or count fewer characters");
  }

  const LintContext& context_;
  source::Diagnostics& diagnostics_;
  std::map<std::tuple<uint32_t, uint32_t, std::string>, bool> seen_;
};

// The automata of one field.
class FieldCheck {
 public:
  // `rules`: for each language of the field, a rule that has it.
  FieldCheck(const Field& field, const Dfa& universe, std::vector<const model::Rule*> rules,
             source::Diagnostics& diagnostics)
      : field_(field), universe_(universe), rules_(std::move(rules)), diagnostics_(diagnostics) {}

  void Run() {
    for (const auto& part : field_.automata().parts) {
      if (part.automaton.table.num_states() > kMostStates) Look(part);
    }
  }

 private:
  struct Cost {
    uint32_t states = 0;
    uint32_t language = 0;
  };

  void Look(const automata::PartitionedSets::Part& part) {
    // Those that wait for something in the middle are what multiplies.
    std::vector<std::pair<uint64_t, uint32_t>> suspects;
    for (const uint32_t language : part.sets) {
      const auto shape = automata::ClassifyShape(field_.language(language), universe_);
      suspects.emplace_back(shape.waiting_states, language);
    }
    std::ranges::stable_sort(suspects, std::greater<>(), &std::pair<uint64_t, uint32_t>::first);
    suspects.resize(std::min(suspects.size(), kMostSuspects));
    const uint32_t all = part.automaton.table.num_states();
    std::vector<Cost> costs;
    for (const auto& [waiting, language] : suspects) {
      costs.push_back({all - StatesWithout(part.sets, language, all), language});
    }
    std::ranges::stable_sort(costs, std::greater<>(), &Cost::states);
    costs.resize(std::min(costs.size(), kMostNamed));
    if (costs.front().states < kMostOfOne) return;  // large because there is much in it
    const auto saves = [](const Cost& cost) {
      return fmt::format("without it {} states fewer", cost.states);
    };
    const model::Rule& worst = *rules_[costs.front().language];
    auto& diagnostic =
        ReportRule(diagnostics_, source::Code::kCostlyPatterns, worst, worst.head_span,
                   fmt::format("patterns that multiply need {} states together", all));
    diagnostic.Mark(saves(costs.front()));
    for (size_t i = 1; i < costs.size(); ++i) {
      diagnostic.Also(rules_[costs[i].language]->head_span, saves(costs[i]));
    }
    diagnostic.Help(
        "let them begin with plain text, put them into one rule, or write `**` for any depth");
  }

  uint32_t StatesWithout(const std::vector<uint32_t>& sets, uint32_t language, uint32_t all) const {
    std::vector<Nfa> nfas;
    for (const uint32_t set : sets) {
      if (set != language) nfas.push_back(automata::ToNfa(field_.language(set)));
    }
    if (nfas.empty()) return 0;
    std::vector<const Nfa*> pointers;
    for (const Nfa& nfa : nfas) pointers.push_back(&nfa);
    const auto built = automata::BuildSetAutomaton(pointers, &universe_);
    return built ? std::min(all, built->table.num_states()) : all;
  }

  const Field& field_;
  const Dfa& universe_;
  std::vector<const model::Rule*> rules_;
  source::Diagnostics& diagnostics_;
};

}  // namespace

void CheckCostlyPatterns(const LintContext& context, source::Diagnostics& diagnostics) {
  PatternCheck(context, diagnostics).Run();
  const model::Policy& policy = context.policy();
  const Space& space = context.space();
  std::vector<std::vector<const model::Rule*>> by_name(space.name_fields().size());
  for (size_t f = 0; f < by_name.size(); ++f)
    by_name[f].resize(space.name_fields()[f].field.size());
  std::vector<std::vector<const model::Rule*>> by_path(policy.workspaces.size());
  for (size_t w = 0; w < by_path.size(); ++w) by_path[w].resize(space.paths(WorkspaceId(w)).size());
  for (size_t r = policy.rules.size(); r-- > 0;) {
    const Box& box = space.box(RuleId(r));
    if (box.empty) continue;
    for (const auto& [field, language] : space.name_sets()[box.names].parts) {
      by_name[field][language] = &policy.rules[r];
    }
    by_path[policy.rules[r].workspace.index()][box.paths] = &policy.rules[r];
  }
  for (size_t f = 0; f < by_name.size(); ++f) {
    const NameField& names = space.name_fields()[f];
    const Dfa& universe = names.kind == model::CallKind::kResource ? automata::UriUniverse()
                                                                   : automata::NameUniverse();
    FieldCheck(names.field, universe, by_name[f], diagnostics).Run();
  }
  for (size_t w = 0; w < by_path.size(); ++w) {
    FieldCheck(space.paths(WorkspaceId(w)), automata::PathUniverse(), by_path[w], diagnostics)
        .Run();
  }
}

}  // namespace mcplexer::analysis
