// SPDX-License-Identifier: Apache-2.0

#include "runtime/commands/state_directory.h"

#include <cstdlib>
#include <string_view>

namespace mcplexer::commands {
namespace {

// Relative paths in these variables are to be passed over, says the XDG specification.
std::string_view AbsolutePath(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value == '/' ? std::string_view(value) : std::string_view();
}

}  // namespace

Result<std::string> DefaultStateDirectory() {
  if (const std::string_view state = AbsolutePath("XDG_STATE_HOME"); !state.empty()) {
    return std::string(state) + "/mcplexer";
  }
  if (const std::string_view home = AbsolutePath("HOME"); !home.empty()) {
    return std::string(home) + "/.local/state/mcplexer";
  }
  return Fail("no state directory: give --state, or set HOME or XDG_STATE_HOME");
}

}  // namespace mcplexer::commands
