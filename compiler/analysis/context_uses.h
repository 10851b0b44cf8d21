// SPDX-License-Identifier: Apache-2.0
// What a condition looks at of that which is fixed of a call (reference::Context): two contexts
// that agree in it cannot be told apart by the condition, and an answer found in one holds in the
// other.

#ifndef MCPLEXER_COMPILER_ANALYSIS_CONTEXT_USES_H_
#define MCPLEXER_COMPILER_ANALYSIS_CONTEXT_USES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/reference/condition.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::analysis {

struct ContextUses {
  bool principal = false;
  bool groups = false;
  bool tags = false;
  bool directories = false;

  bool operator==(const ContextUses&) const = default;
  ContextUses& operator|=(const ContextUses& other);
};

ContextUses UsesOf(const syntax::ExprNode& node);

// To keys of caches: numbers and texts such that no two sequences of them read alike.
void AppendToKey(uint32_t number, std::string& key);
void AppendToKey(std::string_view text, std::string& key);
// What is looked at.
void AppendToKey(const ContextUses& uses, const reference::Context& context, std::string& key);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_CONTEXT_USES_H_
