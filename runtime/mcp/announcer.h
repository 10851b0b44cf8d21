// SPDX-License-Identifier: Apache-2.0
// Tells the client that a list has changed, once for all that happens within a moment: a server
// that reloads its tools one by one should not make the client ask each time.

#ifndef MCPLEXER_RUNTIME_MCP_ANNOUNCER_H_
#define MCPLEXER_RUNTIME_MCP_ANNOUNCER_H_

#include <chrono>
#include <string_view>

#include "runtime/json/writer.h"
#include "runtime/mcp/client.h"
#include "runtime/transport/timers.h"

namespace mcplexer::mcp {

// One thread. All parameters must outlive it; `notification` is a static text.
class Announcer {
 public:
  static constexpr std::chrono::milliseconds kCoalesce{50};

  Announcer(Client& client, transport::Timers& timers, std::string_view notification)
      : client_(client), notification_(notification), timer_(timers) {}

  void Announce() {
    if (timer_.set()) return;
    timer_.SetAfter(kCoalesce, [this] { client_.Notify(json::Notification(notification_, "")); });
  }

 private:
  Client& client_;
  const std::string_view notification_;
  transport::Timer timer_;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_ANNOUNCER_H_
