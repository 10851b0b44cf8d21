// SPDX-License-Identifier: Apache-2.0
// Which era each server speaks, as far as it has shown: asking is not free, since servers of the
// session era have been seen to end upon a question of the other one, or to say nothing. Shared by
// all sessions; a server that does not speak what it spoke before is asked anew.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_ERA_MEMORY_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_ERA_MEMORY_H_

#include <map>
#include <optional>
#include <string>

namespace mcplexer::downstream {

enum class ServerEra : uint8_t { kSession, kStateless };

// One thread.
class EraMemory {
 public:
  std::optional<ServerEra> Of(const std::string& server) const {
    const auto at = known_.find(server);
    return at == known_.end() ? std::nullopt : std::optional(at->second);
  }
  void Note(const std::string& server, ServerEra era) { known_[server] = era; }
  void Forget(const std::string& server) { known_.erase(server); }

 private:
  std::map<std::string, ServerEra> known_;
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_ERA_MEMORY_H_
