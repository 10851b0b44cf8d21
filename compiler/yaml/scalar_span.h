// SPDX-License-Identifier: Apache-2.0
// Where nodes end. yaml-cpp says where a node begins; a caret wants both ends.

#ifndef MCPLEXER_COMPILER_YAML_SCALAR_SPAN_H_
#define MCPLEXER_COMPILER_YAML_SCALAR_SPAN_H_

#include <cstddef>
#include <string_view>

namespace mcplexer::yaml {

inline constexpr size_t kUnterminated = std::string_view::npos;

// The offset behind the scalar that begins at `begin` of `source`, which is YAML that has been
// parsed, and reads `value`. `quoted`: any style but plain. kUnterminated if its closing quote is
// missing, which yaml-cpp forgives when a line end is all that follows.
size_t ScalarEnd(std::string_view source, size_t begin, std::string_view value, bool quoted);

// The offset behind the `]` or `}` of a flow collection whose last child (or own bracket, when it
// has none) ends at `inner_end`.
size_t FlowEnd(std::string_view source, size_t inner_end);

// Whether `~`, `null`, `Null` or `NULL` stands at `begin` as a whole scalar that is not a key. An
// empty value is reported at the place of whatever follows it, which may be such a word used as a
// key.
bool IsNullWord(std::string_view source, size_t begin);

// The offset behind the last byte before `begin` that is not white space.
size_t TrimmedEnd(std::string_view source, size_t begin);

}  // namespace mcplexer::yaml

#endif  // MCPLEXER_COMPILER_YAML_SCALAR_SPAN_H_
