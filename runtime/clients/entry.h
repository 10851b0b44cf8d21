// SPDX-License-Identifier: Apache-2.0
// A server's entry in a client's configuration, and the configuration with and without it. All else
// in the file keeps its bytes: comments, order, spacing, ends of lines. A text that is not what the
// client would read (not JSON, not TOML, a key that stands twice, servers that are no object) is
// refused, never repaired.

#ifndef MCPLEXER_RUNTIME_CLIENTS_ENTRY_H_
#define MCPLEXER_RUNTIME_CLIENTS_ENTRY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace mcplexer::clients {

// Configurations with the history of years reach some megabytes.
inline constexpr size_t kMaxConfigurationBytes = size_t{16} << 20;

struct Entry {
  std::string name;
  std::string command;  // a path
  std::vector<std::string> arguments;
  bool typed = false;  // says `"type": "stdio"`
};

// `container` is the member or table of the root that holds the servers; it is made where it is
// missing. An entry of that name which starts the same program is brought up to date, with all that
// is not ours in it left alone; one that starts another program is not ours to change: that fails.
// The text itself when there is nothing to do.
Result<std::string> WithJsonEntry(std::string_view text, std::string_view container,
                                  const Entry& entry);
Result<std::string> WithTomlEntry(std::string_view text, std::string_view container,
                                  const Entry& entry);

// The text itself where there is no such entry. `program` is the file name of what it has to start.
Result<std::string> WithoutJsonEntry(std::string_view text, std::string_view container,
                                     std::string_view name, std::string_view program);
Result<std::string> WithoutTomlEntry(std::string_view text, std::string_view container,
                                     std::string_view name, std::string_view program);

// What follows the last slash.
inline std::string_view FileName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace mcplexer::clients

#endif  // MCPLEXER_RUNTIME_CLIENTS_ENTRY_H_
