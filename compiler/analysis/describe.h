// SPDX-License-Identifier: Apache-2.0
// A witness as a person reads it.

#ifndef MCPLEXER_COMPILER_ANALYSIS_DESCRIBE_H_
#define MCPLEXER_COMPILER_ANALYSIS_DESCRIBE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/model/policy.h"
#include "compiler/reference/interpreter.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::analysis {

// With `~` for the home directory.
std::string DescribeDirectory(const std::string& directory, const std::string& home);

// What a call's ids stand for; empty: the anonymous one, and no resource's server.
struct CallNames {
  std::string principal;
  std::string server;
};

// "in `~/work/acme` call `github__get_` with {"owner":"x"} as `alice`"; what is not needed is left
// out.
std::string DescribeCall(const reference::Call& call, const CallNames& names);
// The same of a call of the policy.
std::string DescribeCall(const model::Policy& policy, const reference::Call& call,
                         const std::string& home);

// Of the rules that decide a call the one that a decision cites, by the same order as
// runtime/decide: an unconditional one first, then the nearest. Not valid: none decides.
RuleId CitedRule(const CallSearch& search, const reference::Outcome& outcome);

// A call with what the reference interpreter says becomes of it: " -> deny by `acme.no_deletes`".
std::string DescribeDecision(const CallSearch& search, const reference::Call& call);

// `arg.files[0].path`, of which only the first `steps`.
std::string ArgumentText(const std::vector<syntax::PathStep>& path, size_t steps = SIZE_MAX);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_DESCRIBE_H_
