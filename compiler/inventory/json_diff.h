// SPDX-License-Identifier: Apache-2.0
// Where two JSON values differ, path by path.

#ifndef MCPLEXER_COMPILER_INVENTORY_JSON_DIFF_H_
#define MCPLEXER_COMPILER_INVENTORY_JSON_DIFF_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::inventory {

struct Difference {
  std::string path;                   // a JSON pointer (RFC 6901); "" is the whole value
  std::optional<std::string> before;  // canonical JSON; absent: the member was added
  std::optional<std::string> after;   // absent: it was removed
  friend bool operator==(const Difference&, const Difference&) = default;
};

// Both are canonical JSON. Objects are compared member by member, everything else as a whole; in
// the order of the paths' members. Empty exactly when the values are equal.
std::vector<Difference> DiffJson(std::string_view before, std::string_view after);

}  // namespace mcplexer::inventory

#endif  // MCPLEXER_COMPILER_INVENTORY_JSON_DIFF_H_
