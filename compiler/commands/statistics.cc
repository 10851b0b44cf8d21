// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/statistics.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/base/check.h"
#include "runtime/plan/plan.h"

namespace mcplexer::commands {

std::string StatisticsText(const Compilation& compilation) {
  const auto plan = plan::Plan::Load(compilation.plan);
  MCPLEXER_CHECK(plan.has_value());
  uint32_t most_states = 0;
  size_t states = 0;
  for (const plan::AutomatonRecord& automaton : plan->automata()) {
    most_states = std::max(most_states, automaton.states);
    states += automaton.states;
  }
  const plan::Meta& meta = plan->meta();
  std::string text;
  const auto line = [&](std::string_view what, std::string_view value) {
    text += fmt::format("{:<38} {}\n", what, value);
  };
  const auto number = [&](std::string_view what, size_t value) {
    line(what, fmt::format("{}", value));
  };
  line("plan", plan->id());
  line("signed by", plan::SignerId(plan->header()).value_or("nobody"));
  number("bytes", compilation.plan.size());
  number("source files", compilation.file_count());
  number("workspaces", plan->workspaces().size());
  number("servers", plan->servers().size());
  number("rules", plan->rules().size());
  number("conditions", plan->conditions().size());
  number("distinct sets of names", compilation.space->name_sets().size());
  number("automata", plan->automata().size());
  number("states in all automata", states);
  number("states in the largest", most_states);
  number("rules one call can match, at most", meta.max_candidates);
  number("look-ups of a cold decision, at most", meta.max_probes);
  number("sets one name is in, at most", meta.max_class_sets);
  number("nesting of workspaces", meta.max_depth);
  return text;
}

}  // namespace mcplexer::commands
