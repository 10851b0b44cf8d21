// SPDX-License-Identifier: Apache-2.0
#include "runtime/clients/client_files.h"

#include <algorithm>
#include <array>

namespace mcplexer::clients {
namespace {

constexpr std::array<ClientInfo, 7> kClients = {{
    {Client::kClaudeDesktop, "claude-desktop", "Claude Desktop", Syntax::kJson, "mcpServers", false,
     ""},
    {Client::kClaudeCode, "claude-code", "Claude Code", Syntax::kJson, "mcpServers", true,
     ".mcp.json"},
    {Client::kCursor, "cursor", "Cursor", Syntax::kJson, "mcpServers", false, ".cursor/mcp.json"},
    {Client::kVsCode, "vscode", "VS Code", Syntax::kJson, "servers", true, ".vscode/mcp.json"},
    {Client::kWindsurf, "windsurf", "Windsurf", Syntax::kJson, "mcpServers", false, ""},
    {Client::kCodex, "codex", "Codex", Syntax::kToml, "mcp_servers", false, ".codex/config.toml"},
    {Client::kGemini, "gemini", "Gemini CLI", Syntax::kJson, "mcpServers", false,
     ".gemini/settings.json"},
}};

}  // namespace

std::span<const ClientInfo> Clients() { return kClients; }

const ClientInfo& Info(Client client) { return kClients.at(static_cast<size_t>(client)); }

const ClientInfo* FindClient(std::string_view id) {
  const auto* at = std::find_if(kClients.begin(), kClients.end(),
                                [&](const ClientInfo& info) { return info.id == id; });
  return at == kClients.end() ? nullptr : at;
}

std::string UserFile(Client client, const std::string& home, const std::string& config_home) {
  const std::string config = config_home.empty() ? home + "/.config" : config_home;
  switch (client) {
    case Client::kClaudeDesktop:
      return config + "/Claude/claude_desktop_config.json";
    case Client::kClaudeCode:
      return home + "/.claude.json";
    case Client::kCursor:
      return home + "/.cursor/mcp.json";
    case Client::kVsCode:
      return config + "/Code/User/mcp.json";
    case Client::kWindsurf:
      return home + "/.codeium/windsurf/mcp_config.json";
    case Client::kCodex:
      return home + "/.codex/config.toml";
    case Client::kGemini:
      return home + "/.gemini/settings.json";
  }
  return {};
}

}  // namespace mcplexer::clients
