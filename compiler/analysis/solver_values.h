// SPDX-License-Identifier: Apache-2.0
// The variables of a set of conditions and, for each, values that stand for all others. Internal to
// the solver.

#ifndef MCPLEXER_COMPILER_ANALYSIS_SOLVER_VALUES_H_
#define MCPLEXER_COMPILER_ANALYSIS_SOLVER_VALUES_H_

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/analysis/string_classes.h"
#include "compiler/model/policy.h"
#include "compiler/reference/condition.h"

namespace mcplexer::analysis {

struct Variable {
  enum class Kind { kArgument, kClient, kModel };
  Kind kind = Kind::kArgument;
  // Keys from the arguments' root; a path is cut at its first index or `[*]`, and the variable is
  // then the array.
  std::vector<std::string> path;
  // What it may be; nullopt: not there (for an argument below which another variable has a value:
  // an object that holds it).
  std::vector<std::optional<nlohmann::json>> values;
  // Whether every other value behaves like one of these in the conditions at hand, or keeps one of
  // them from coming to what is wanted.
  bool complete = true;
  // Whether it is compared with another variable.
  bool related = false;
};

enum class Wanted : uint8_t { kTrue, kNotTrue, kFalse, kNotFalse };

// A condition, what it has to come to (absent: whatever it may), and what it is evaluated in, whose
// fixed parts (principal, tags, directories) count.
struct Asked {
  const syntax::Expr* condition;
  std::optional<Wanted> wanted;
  const reference::Context* context;
};

// The variables that the conditions speak of.
std::vector<Variable> VariablesOf(std::span<const Asked> asked, StringClasses& classes);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_SOLVER_VALUES_H_
