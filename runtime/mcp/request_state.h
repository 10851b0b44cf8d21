// SPDX-License-Identifier: Apache-2.0
// What a server of the stateless era wants back with the next request (MCP 2026-07-28, basic/
// patterns/mrtr), as the client gets it: with a seal of ours, so that it is good for the request it
// was given for only. The server sees one client, us, and could not tell.

#ifndef MCPLEXER_RUNTIME_MCP_REQUEST_STATE_H_
#define MCPLEXER_RUNTIME_MCP_REQUEST_STATE_H_

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/transport/timers.h"

namespace mcplexer::mcp {

// Seals made by one are only opened by the same.
class RequestStates {
 public:
  static constexpr std::chrono::minutes kGood{60};

  explicit RequestStates(transport::Timers& timers);

  static bool IsSealed(std::string_view state);
  // `purpose` is what the request is, and whose.
  std::string Seal(std::string_view purpose, std::string_view state) const;
  // Nothing when it was not sealed for this, was changed or is too old.
  std::optional<std::string> Open(std::string_view purpose, std::string_view sealed) const;

 private:
  transport::Timers& timers_;
  std::array<unsigned char, 32> key_{};
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_REQUEST_STATE_H_
