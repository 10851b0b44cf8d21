// SPDX-License-Identifier: Apache-2.0
#ifndef MCPLEXER_COMPILER_IMPORT_LIMITS_H_
#define MCPLEXER_COMPILER_IMPORT_LIMITS_H_

#include <cstddef>
#include <cstdint>

namespace mcplexer::importer {

// A configuration is somebody else's file. Past a limit it is refused with a message.
struct Limits {
  // ~/.claude.json holds the history of every project and reaches some megabytes.
  size_t bytes = size_t{16} << 20;
  // No client nests deeper than 8; what is left is for settings that are not about MCP.
  uint32_t depth = 64;
  // About 80 bytes each.
  uint32_t nodes = 1'000'000;
  // Each dot of a TOML key is a table within a table, which the TOML library destroys by recursion.
  uint32_t toml_dots_in_line = 500;
  // Servers, permissions and rules, of all files together: a person has some dozens.
  uint32_t servers = 1'000;
  uint32_t permissions = 20'000;
};

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_LIMITS_H_
