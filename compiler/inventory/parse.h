// SPDX-License-Identifier: Apache-2.0
// Reading a lock file. It comes from a repository that other people write to, and what it says is
// pinned, so nothing is guessed: what is not exactly a lock file of this version is refused, as is
// a digest that is not its definition's.

#ifndef MCPLEXER_COMPILER_INVENTORY_PARSE_H_
#define MCPLEXER_COMPILER_INVENTORY_PARSE_H_

#include <string>
#include <string_view>

#include "compiler/inventory/inventory.h"
#include "runtime/base/result.h"

namespace mcplexer::inventory {

inline constexpr int kLockVersion = 1;

// The error says what is wrong and where, without the file's name.
Result<Inventory> Parse(std::string_view text, const Limits& limits = {});

// The error names the file.
Result<Inventory> LoadFile(const std::string& path, const Limits& limits = {});

}  // namespace mcplexer::inventory

#endif  // MCPLEXER_COMPILER_INVENTORY_PARSE_H_
