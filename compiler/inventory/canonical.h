// SPDX-License-Identifier: Apache-2.0
// The one text of a JSON value, so that a digest of it says whether the value has changed and not
// how somebody wrote it down.
//
// It is RFC 8785 (JCS): no white space, members in the order of their keys' UTF-16 code units, the
// shortest escapes. But for numbers: RFC 8785 reads them as IEEE doubles, so that 9007199254740992
// and 9007199254740993 would be the same. Here a number keeps its exact value; it is written as
// ECMAScript writes numbers, with all its digits but leading and trailing zeros. For numbers that a
// double's shortest form gives back (at most 15 significant digits) that is RFC 8785's text. One
// with an exponent beyond 1,000,000,000 stays as it was written.

#ifndef MCPLEXER_COMPILER_INVENTORY_CANONICAL_H_
#define MCPLEXER_COMPILER_INVENTORY_CANONICAL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/json/document.h"
#include "runtime/plan/format.h"

namespace mcplexer::inventory {

enum class Layout : uint8_t {
  kCompact,  // what digests are of
  // For files: the same value, indented by two, with a line end at the end. Characters that an
  // editor would not show are escaped, so that whoever reviews the file sees them.
  kIndented,
};

// `doc` was parsed with keys searched for duplicates, at least below `node`.
std::string Canonical(const json::Document& doc, json::NodeId node,
                      Layout layout = Layout::kCompact);

// SHA-256 of a canonical text.
plan::Digest DigestOf(std::string_view canonical);

// "sha256:" and 64 lower-case hexadecimal digits.
std::string DigestText(const plan::Digest& digest);

}  // namespace mcplexer::inventory

#endif  // MCPLEXER_COMPILER_INVENTORY_CANONICAL_H_
