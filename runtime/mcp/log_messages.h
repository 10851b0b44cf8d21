// SPDX-License-Identifier: Apache-2.0
// Log messages of servers to the client (MCP server/utilities/logging). The level that the client
// sets is set at each server that runs and at each that is started later, and kept here as well:
// what servers send below it goes no further. The logger's name gets the namespace in front, so
// that one can tell who speaks.

#ifndef MCPLEXER_RUNTIME_MCP_LOG_MESSAGES_H_
#define MCPLEXER_RUNTIME_MCP_LOG_MESSAGES_H_

#include <optional>
#include <string>
#include <string_view>

#include "runtime/downstream/pool.h"
#include "runtime/json/document.h"
#include "runtime/json/envelope.h"
#include "runtime/mcp/tasks.h"

namespace mcplexer::mcp {

// How severe a level is, debug first; nothing for what is none.
std::optional<size_t> FindLogLevel(std::string_view name);

// One thread. All parameters must outlive it.
class LogMessages {
 public:
  LogMessages(downstream::Pool& pool, const Tasks& tasks) : pool_(pool), tasks_(tasks) {}

  // The client is of the session era, in which servers say something also before a level is set.
  void ForSessionEra() { session_era_ = true; }
  // False when there is no such level.
  bool SetLevel(std::string_view level);
  void OnReady(downstream::Instance& instance);
  // The notification for the client; nothing when it is not to see it.
  std::optional<std::string> Translate(const downstream::Instance& instance,
                                       const json::Document& doc,
                                       const json::Envelope& notification) const;

 private:
  static void Tell(downstream::Instance& instance, size_t level);

  downstream::Pool& pool_;
  const Tasks& tasks_;
  bool session_era_ = false;
  std::optional<size_t> level_;  // what the client set
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_LOG_MESSAGES_H_
