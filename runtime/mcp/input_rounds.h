// SPDX-License-Identifier: Apache-2.0
// Servers of the stateless era answer a request by what they want to know of the client (MCP
// 2026-07-28, basic/patterns/mrtr). A client of the session era is asked that by requests, and the
// call is sent again with its answers, because the server said so: what has been sent before has
// had no effect but this answer. Internal to Calls.

#ifndef MCPLEXER_RUNTIME_MCP_INPUT_ROUNDS_H_
#define MCPLEXER_RUNTIME_MCP_INPUT_ROUNDS_H_

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>

#include "runtime/mcp/forwarded_call.h"
#include "runtime/mcp/server_requests.h"

namespace mcplexer::mcp {

// One thread. The references must outlive it.
class Calls::Rounds {
 public:
  // A server that asks and asks must not go on for ever.
  static constexpr uint32_t kMaxRounds = 10;
  static constexpr size_t kMaxQuestions = 16;
  // Before a call is sent again for which the server wants to know nothing.
  static constexpr std::chrono::milliseconds kPause{500};

  Rounds(Calls& calls, ServerRequests& asker) : calls_(calls), asker_(asker) {}

  // `result` is what the server wants to know.
  void Begin(Forwarded::Origin origin, const json::Document& doc, json::NodeId result);
  // Forgets the call, which is destroyed; false when it is none that waits here.
  bool Drop(const Forwarded& call);
  // Fails what waits for the client and would go to that one, which is about to be destroyed.
  void OnLeft(const downstream::Instance& instance);

 private:
  struct Round {
    explicit Round(transport::Timers& timers) : pause(timers) {}
    std::unique_ptr<Forwarded> call;
    std::map<std::string, std::string> answers;  // raw, by key
    std::map<std::string, uint64_t> asked;       // that are not answered
    std::string raw_state;                       // empty: the server gave none
    transport::Timer pause;
  };
  using RoundList = std::list<Round>;

  void AskAll(RoundList::iterator at, const json::Document& doc, json::NodeId questions);
  void OnAnswer(uint64_t id, const std::string& key, const ServerRequests::Answer& answer);
  void SendAgain(RoundList::iterator at);
  // Takes the round off the list, as the only one of another, and what is still asked back. Until
  // then its instance is held.
  RoundList Take(RoundList::iterator at);
  RoundList::iterator Find(uint64_t id);

  Calls& calls_;
  ServerRequests& asker_;
  RoundList rounds_;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_INPUT_ROUNDS_H_
