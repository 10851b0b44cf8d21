// SPDX-License-Identifier: Apache-2.0
// Where MCP clients keep the list of the servers they start, for `install`, which writes there, and
// for `init`, which reads.

#ifndef MCPLEXER_RUNTIME_CLIENTS_CLIENT_FILES_H_
#define MCPLEXER_RUNTIME_CLIENTS_CLIENT_FILES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mcplexer::clients {

enum class Client : uint8_t {
  kClaudeDesktop,
  kClaudeCode,
  kCursor,
  kVsCode,
  kWindsurf,
  kCodex,
  kGemini,
};

enum class Syntax : uint8_t { kJson, kToml };

struct ClientInfo {
  Client client;
  std::string_view id;    // as commands take it, "claude-desktop"
  std::string_view name;  // "Claude Desktop"
  Syntax syntax;
  std::string_view container;     // the member, or table, that holds the servers
  bool typed;                     // each says `"type": "stdio"`
  std::string_view project_file;  // below a project's directory; empty where it has none
};

std::span<const ClientInfo> Clients();
const ClientInfo& Info(Client client);
const ClientInfo* FindClient(std::string_view id);  // null for none

// A person's own, on Linux. `home` is absolute; `config_home` is $XDG_CONFIG_HOME, or empty.
std::string UserFile(Client client, const std::string& home, const std::string& config_home);

}  // namespace mcplexer::clients

#endif  // MCPLEXER_RUNTIME_CLIENTS_CLIENT_FILES_H_
