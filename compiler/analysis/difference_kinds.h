// SPDX-License-Identifier: Apache-2.0
// In what two outcomes of one call differ.

#ifndef MCPLEXER_COMPILER_ANALYSIS_DIFFERENCE_KINDS_H_
#define MCPLEXER_COMPILER_ANALYSIS_DIFFERENCE_KINDS_H_

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/difference.h"
#include "compiler/model/policy.h"
#include "compiler/reference/interpreter.h"

namespace mcplexer::analysis {

// On what terms a rule lets a call through whose requirement is met, with names for ids; not valid:
// a default that allows.
struct Terms {
  bool approve = false;
  uint32_t timeout_ms = 0;
  uint32_t quorum = 0;
  std::set<std::string> approvers;
  std::set<std::string> credentials;
  friend bool operator==(const Terms&, const Terms&) = default;
};
Terms TermsOf(const model::Policy& policy, RuleId rule);

struct Decided {
  const model::Policy* policy;
  const reference::Outcome* outcome;
};

// All kinds of difference but kDecider; none: nobody but a reader of the log can tell them apart.
// `redefined`: behind its namespace stands another server.
std::vector<Difference::Kind> KindsOf(const Decided& was, const Decided& is, bool redefined);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_DIFFERENCE_KINDS_H_
