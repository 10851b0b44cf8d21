// SPDX-License-Identifier: Apache-2.0
// What comparisons come to for values that were tried before. A question about n rules that compare
// one argument tries n values on n comparisons, and there are about n such questions: without a
// memory the reference interpreter would be asked n^3 times.

#ifndef MCPLEXER_COMPILER_ANALYSIS_COMPARISON_CACHE_H_
#define MCPLEXER_COMPILER_ANALYSIS_COMPARISON_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/reference/condition.h"
#include "compiler/syntax/ast.h"
#include "runtime/base/id.h"

namespace mcplexer::analysis {

// Of one policy. One thread at a time.
class ComparisonCache {
 public:
  // Past `most_bytes` of answers, or as many values and comparisons as fit into that, all are
  // forgotten.
  explicit ComparisonCache(size_t most_bytes = size_t{16} << 20) : most_bytes_(most_bytes) {}

  // Numbers hold until the next call of this.
  void Begin();
  // Node `node` of a condition that is asked in `context`.
  uint32_t NumberOf(ConditionId condition, size_t node, const syntax::ExprNode& comparison,
                    const reference::Context& context);
  // `value` is the JSON text of what the one variable is that the comparison mentions; empty:
  // not there.
  uint32_t NumberOf(const std::string& value);

  std::optional<reference::Truth> Find(uint32_t comparison, uint32_t value) const;
  void Keep(uint32_t comparison, uint32_t value, reference::Truth truth);

 private:
  // What comparisons come to for one value. Those asked together have numbers near each other.
  struct Row {
    uint32_t first = 0;            // of the comparisons
    std::vector<uint8_t> answers;  // 0: not known; else 1 more than the Truth
  };

  const size_t most_bytes_;
  std::unordered_map<std::string, uint32_t> comparisons_;
  std::unordered_map<std::string, uint32_t> values_;
  std::vector<Row> rows_;  // by value
  size_t bytes_ = 0;       // in rows_
};

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_COMPARISON_CACHE_H_
