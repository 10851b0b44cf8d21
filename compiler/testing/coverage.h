// SPDX-License-Identifier: Apache-2.0
// Which rules the tests of a policy put to use. A rule is covered when it decides some call: only
// then does a test notice that it changes. That it matches is counted too, but shows little: every
// rule of a broad pattern matches.

#ifndef MCPLEXER_COMPILER_TESTING_COVERAGE_H_
#define MCPLEXER_COMPILER_TESTING_COVERAGE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/model/policy.h"
#include "compiler/source/source.h"
#include "compiler/testing/run.h"

namespace mcplexer::testing {

// Calls that a rule matches (by name, directory and principal), and that it decides, be it by its
// requirement. The second are among the first.
struct RuleUse {
  size_t matched = 0;
  size_t decided = 0;
};

struct Coverage {
  std::vector<RuleUse> rules;  // by RuleId

  size_t decided_count() const;  // rules
  size_t matched_count() const;  // rules
  // Covered rules in tenths of a percent, rounded down so that 1000 is all of them; 1000 without
  // rules, where nothing is uncovered.
  size_t permille() const;
  // Whether `percent` of the rules, exactly, are covered.
  bool Reaches(double percent) const;
};

Coverage Measure(const model::Policy& policy, const Run& run);

// "75.0" of 750.
std::string PercentText(size_t permille);

// The rules by file and line, each with its use, and a line for all.
std::string CoverageText(const model::Policy& policy, const source::SourceMap& sources,
                         const Coverage& coverage);

// The ids of the rules by path, line and id.
std::vector<RuleId> ByPlace(const model::Policy& policy, const source::SourceMap& sources);

}  // namespace mcplexer::testing

#endif  // MCPLEXER_COMPILER_TESTING_COVERAGE_H_
