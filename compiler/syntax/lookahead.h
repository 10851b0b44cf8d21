// SPDX-License-Identifier: Apache-2.0
// What the next tokens look like. The compiler decides by this which entry of the grammar reads
// them, and after a mistake where the next statement begins.

#ifndef MCPLEXER_COMPILER_SYNTAX_LOOKAHEAD_H_
#define MCPLEXER_COMPILER_SYNTAX_LOOKAHEAD_H_

#include <cstdint>
#include <string_view>

#include "compiler/syntax/region.h"
#include "compiler/syntax/token_window.h"

namespace mcplexer::syntax {

// The kinds of blocks, by what stands in them.
enum class Block : uint8_t { kFile, kAttributes, kBody, kIn, kInvariant, kTest };

inline bool HoldsRules(Block block) { return block == Block::kBody || block == Block::kIn; }

// Each function asks about the tokens from the k-th next one (1-based) on.
class Lookahead {
 public:
  Lookahead(TokenWindow& window, const Region& region) : window_(window), region_(region) {}

  size_t Type(ssize_t k) { return window_.LA(k); }
  std::string_view Text(ssize_t k);

  bool IsAttribute(ssize_t k);
  // An attribute of a workspace that is written wrongly, as `root: "~"` or `root "~"`; not a rule
  // whose effect is misspelt.
  bool IsNearlyAttribute(ssize_t k);
  // A declaration's keyword with what must follow it, so that `server = x` is not one.
  bool IsDeclaration(ssize_t k);
  bool IsRule(ssize_t k);
  bool IsMisspeltRule(ssize_t k);
  // Whether a statement of such a block plainly begins here.
  bool IsStatement(ssize_t k, Block block);
  // Whether, in a statement that went wrong `depth` braces ago, another one plainly begins here.
  bool ResumesStatement(size_t depth, Block block);

 private:
  TokenWindow& window_;
  const Region region_;
};

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_LOOKAHEAD_H_
