// SPDX-License-Identifier: Apache-2.0
// `${...}` in the text of a policy. What stands between the braces is a template's parameter in a
// rule and `secret(NAME)` in a scope; `$${` is the text `${`; any other `$` is itself.

#ifndef MCPLEXER_COMPILER_MODEL_REFERENCES_H_
#define MCPLEXER_COMPILER_MODEL_REFERENCES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace mcplexer::model {

struct TextPiece {
  bool reference = false;
  std::string text;   // literal, or what stands between the braces
  size_t offset = 0;  // of the piece in the whole, for diagnostics
  size_t length = 0;
};

struct TextError {
  std::string message;
  size_t offset = 0;
  size_t length = 0;
};

// The pieces of `text` in order; no two literals in a row. Fails for `${` without `}`.
tl::expected<std::vector<TextPiece>, TextError> SplitReferences(std::string_view text);

// Whether there is anything to split: `text` may differ from its one literal piece.
inline bool MayHoldReferences(std::string_view text) {
  return text.find("${") != std::string_view::npos;
}

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_REFERENCES_H_
