// SPDX-License-Identifier: Apache-2.0
// "Did you mean": the known name nearest to the one that was written.

#ifndef MCPLEXER_COMPILER_SOURCE_SUGGEST_H_
#define MCPLEXER_COMPILER_SOURCE_SUGGEST_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mcplexer::source {

// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`, each byte
// edited at most once (the "optimal string alignment" form of Damerau-Levenshtein distance). Never
// reports more than `most` + 1.
size_t EditDistance(std::string_view a, std::string_view b, size_t most);

// The candidate nearest to `name`, never `name` itself: one that a single edit leads to, else the
// shortest that begins with `name` (of at least three bytes), else one that at most one edit for
// each three bytes leads to; the first of equals. Nothing for names over 64 bytes, so that a
// hostile file cannot make it slow.
std::optional<std::string> Suggest(std::string_view name,
                                   std::span<const std::string_view> candidates);
std::optional<std::string> Suggest(std::string_view name, std::span<const std::string> candidates);

// The one candidate that is a single edit away from `name`; nothing where there are several.
std::optional<std::string> OnlyNeighbour(std::string_view name,
                                         std::span<const std::string_view> candidates);

// Whether `written`, a single edit away from `meant`, is a slip of the fingers rather than another
// name: the edit is of letters within a word of five or more, or of what separates words.
// `prod_ro` is no slip of `prod_rw`, `db1` none of `db2`.
bool IsTypingSlip(std::string_view written, std::string_view meant);

}  // namespace mcplexer::source

#endif  // MCPLEXER_COMPILER_SOURCE_SUGGEST_H_
