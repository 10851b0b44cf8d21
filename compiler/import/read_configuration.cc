// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/read_configuration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <set>

#include "compiler/import/place.h"
#include "compiler/import/plex_text.h"
#include "compiler/import/read_server.h"
#include "compiler/import/server_entry.h"
#include "compiler/model/roots.h"

namespace mcplexer::importer {
namespace {

// Keys around what is read: `.code-workspace`, devcontainer.json, older ones of Continue.
constexpr std::string_view kContainers[] = {"settings", "customizations", "vscode", "experimental"};

// goose: `extensions` with a type each.
bool IsExtensionMap(Value map) {
  const std::vector<Value> children = map.Children();
  return map.is_map() && !children.empty() &&
         std::all_of(children.begin(), children.end(), [](Value each) {
           return each.is_map() && each.Find("type").is_text() &&
                  (each.Find("enabled") || each.Find("cmd") || each.Find("uri"));
         });
}

// OpenCode: the servers are in `mcp` itself.
bool HoldsServers(Value mcp) {
  const std::vector<Value> children = mcp.Children();
  return mcp.is_map() && !mcp.Find("servers") &&
         std::any_of(children.begin(), children.end(), [](Value each) {
           return each.is_map() && (each.Find("command") || each.Find("url") || each.Find("type"));
         });
}

class ConfigurationReader {
 public:
  ConfigurationReader(Format format, const ConfigurationPlace& place, SecretTable& secrets,
                      Configuration& configuration, std::vector<Note>& notes)
      : format_(format),
        place_(place),
        secrets_(secrets),
        configuration_(configuration),
        notes_(notes) {}

  void Read(Value root) {
    if (IsServerMap(root)) return Servers(root, place_.root);
    size_t others = 0;
    // In the order of the file.
    std::vector<Value> open = root.Children();
    std::reverse(open.begin(), open.end());
    while (!open.empty()) {
      const Value value = open.back();
      open.pop_back();
      if (value.is_map() && std::find(std::begin(kContainers), std::end(kContainers),
                                      value.key()) != std::end(kContainers)) {
        const std::vector<Value> inside = value.Children();
        open.insert(open.end(), inside.rbegin(), inside.rend());
      } else if (!ReadKey(value)) {
        ++others;
      }
    }
    DisableOthers();
    if (others != 0) {
      Tell(0, fmt::format("{} setting{} not about MCP servers", others,
                          others == 1 ? " is" : "s are"));
    }
  }

 private:
  void Tell(uint32_t line, std::string text) {
    notes_.push_back({place_.file, line, std::move(text), false});
  }

  // False where the key has nothing to do with MCP.
  bool ReadKey(Value value) {
    const std::string_view key = value.key();
    if (key == "mcpServers" || key == "mcp_servers" || key == "mcp.servers" ||
        key == "context_servers" || key == "modelContextProtocolServers" ||
        key.ends_with(".mcpServers") || (key == "servers" && value.is_map()) ||
        (key == "extensions" && IsExtensionMap(value))) {
      Servers(value, place_.root);
    } else if (key == "mcp" && value.is_map()) {
      ReadMcp(value);
    } else if (key == "projects" && format_ == Format::kClaudeCode) {
      for (const Value project : value.Children()) ReadProject(project);
    } else if (key == "permissions" && value.is_map()) {
      ReadPermissions(value);
    } else if (key == "inputs" && value.is_list()) {
      // What of these is used is among the secrets.
    } else if (key == "disabledMcpjsonServers" || key == "disabledMcpServers" ||
               key == "deniedMcpServers") {
      Disabled(value);
    } else if (format_ == Format::kOpenCode && (key == "tools" || key == "permission")) {
      Tell(value.line(), fmt::format("{} is not carried: what it turns off or asks about has to be "
                                     "written as rules",
                                     Ticked(key)));
    } else if (Mentions(key)) {
      Tell(value.line(), fmt::format("{} is not carried", Ticked(key)));
    } else {
      return false;
    }
    return true;
  }

  static bool Mentions(std::string_view key) {
    std::string lower(key);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower.find("mcp") != std::string::npos || lower.find("chat.tools") != std::string::npos;
  }

  void Servers(Value servers, const std::string& root) {
    if (!servers.is_map() && !servers.is_list()) {
      Tell(servers.line(), fmt::format("{} is no table of servers", Ticked(servers.key())));
      return;
    }
    const ServerPlace place{place_.file, root};
    for (const Value entry : servers.Children()) {
      if (auto server = ReadServer(entry, place, secrets_, notes_)) {
        configuration_.servers.push_back(std::move(*server));
      }
    }
  }

  // VS Code: `servers`, `inputs`. Gemini CLI: `allowed`, `excluded`. OpenCode: the servers.
  void ReadMcp(Value mcp) {
    if (HoldsServers(mcp)) return Servers(mcp, place_.root);
    if (mcp.Find("servers").is_map()) Servers(mcp.Find("servers"), place_.root);
    for (const Value value : mcp.Children()) {
      const std::string_view key = value.key();
      if (key == "excluded") {
        Disabled(value);
      } else if (key == "allowed" && value.is_list()) {
        allowed_ = value;
      } else if (key != "servers" && key != "inputs" && !value.is_map()) {
        Tell(value.line(), fmt::format("{} is not carried", Ticked("mcp." + std::string(key))));
      }
    }
  }

  // Gemini CLI connects to no server that its list, if there is one, does not name.
  void DisableOthers() {
    if (!allowed_) return;
    std::set<std::string_view> names;
    for (const Value name : allowed_.Children()) names.insert(name.text());
    for (const ClientServer& server : configuration_.servers) {
      if (server.file == place_.file && !names.contains(server.name)) {
        configuration_.disabled.push_back(server.name);
      }
    }
  }

  void Disabled(Value list) {
    for (const Value name : list.Children()) {
      const Value real = name.is_map() ? name.Find("serverName") : name;
      if (real.is_text()) {
        configuration_.disabled.emplace_back(real.text());
      } else {
        Tell(name.line(), fmt::format("an entry of {} is not carried", Ticked(list.key())));
      }
    }
  }

  void ReadProject(Value project) {
    const Value servers = project.Find("mcpServers");
    const Value allowed = project.Find("allowedTools");
    if (servers.Children().empty() && allowed.Children().empty()) return;
    const auto root = model::ParseRoot(project.key());
    if (!root) {
      Tell(project.line(), fmt::format("the project {} is not imported: its path is none that a "
                                       "workspace can have",
                                       Ticked(project.key())));
      return;
    }
    const std::string text = WithTilde(model::RootText(*root), place_.home);
    if (servers) Servers(servers, text);
    List(allowed, Verdict::kAllow, text);
    Disabled(project.Find("disabledMcpServers"));
    Disabled(project.Find("disabledMcpjsonServers"));
  }

  void ReadPermissions(Value permissions) {
    for (const Value value : permissions.Children()) {
      if (value.key() == "allow") {
        List(value, Verdict::kAllow, place_.root);
      } else if (value.key() == "ask") {
        List(value, Verdict::kAsk, place_.root);
      } else if (value.key() == "deny") {
        List(value, Verdict::kDeny, place_.root);
      } else {
        Tell(value.line(),
             fmt::format("{} is not carried", Ticked("permissions." + std::string(value.key()))));
      }
    }
  }

  void List(Value list, Verdict verdict, const std::string& root) {
    size_t others = 0;
    std::set<std::string> tools;
    for (const Value entry : list.Children()) {
      if (entry.is_text() && entry.text().starts_with("mcp__")) {
        configuration_.permissions.push_back(
            {verdict, std::string(entry.text()), root, place_.file, entry.line()});
        continue;
      }
      ++others;
      // What stands between the parentheses may be a command with anything in it.
      const std::string_view tool = entry.text().substr(0, entry.text().find('('));
      const bool word = !tool.empty() && tool.size() < 32 &&
                        std::all_of(
                            tool.begin(), tool.end(),
                            [](unsigned char c) { return std::isalpha(c) != 0 || c == '_'; });
      tools.insert(word ? std::string(tool) : "other tools");
    }
    if (others == 0) return;
    Tell(list.line(),
         fmt::format("{} entr{} of {} not about MCP tools and left out ({})", others,
                     others == 1 ? "y" : "ies", Ticked(list.key()) + (others == 1 ? " is" : " are"),
                     fmt::join(tools, ", ")));
  }

  Format format_;
  const ConfigurationPlace& place_;
  SecretTable& secrets_;
  Configuration& configuration_;
  std::vector<Note>& notes_;
  Value allowed_;
};

}  // namespace

std::string_view FormatName(Format format) {
  switch (format) {
    case Format::kClaudeDesktop:
      return "Claude Desktop";
    case Format::kClaudeCode:
      return "Claude Code";
    case Format::kCursor:
      return "Cursor";
    case Format::kVsCode:
      return "VS Code";
    case Format::kWindsurf:
      return "Windsurf";
    case Format::kCodex:
      return "Codex";
    case Format::kGemini:
      return "Gemini CLI";
    case Format::kOpenCode:
      return "OpenCode";
    case Format::kZed:
      return "Zed";
    case Format::kContinue:
      return "Continue";
    case Format::kGoose:
      return "goose";
    case Format::kMcplexer:
      return "MCPlexer";
    case Format::kOther:
    case Format::kUnknown:
      break;
  }
  return "an MCP client";
}

Format FormatOf(Value root) {
  for (const std::string_view key :
       {"downstream_servers", "route_rules", "auth_scopes", "workspaces"}) {
    if (root.Find(key).is_list()) return Format::kMcplexer;
  }
  if (root.Find("mcp_servers")) return Format::kCodex;
  if (root.Find("permissions").is_map() || root.Find("projects").is_map()) {
    return Format::kClaudeCode;
  }
  if (root.Find("context_servers")) return Format::kZed;
  if (root.Find("mcpServers")) return Format::kOther;
  if (HoldsServers(root.Find("mcp"))) return Format::kOpenCode;
  if (root.Find("servers").is_map() || root.Find("mcp.servers") || root.Find("mcp").is_map()) {
    return Format::kVsCode;
  }
  if (root.Find("settings").Find("mcp") || root.Find("customizations").Find("vscode").Find("mcp") ||
      root.Find("customizations").Find("vscode").Find("settings").Find("mcp")) {
    return Format::kVsCode;
  }
  if (root.Find("experimental").Find("modelContextProtocolServers")) return Format::kContinue;
  if (IsExtensionMap(root.Find("extensions"))) return Format::kGoose;
  const std::vector<Value> children = root.Children();
  const bool prefixed = std::any_of(children.begin(), children.end(),
                                    [](Value each) { return each.key().ends_with(".mcpServers"); });
  return prefixed || IsServerMap(root) ? Format::kOther : Format::kUnknown;
}

void ReadConfiguration(Value root, Format format, const ConfigurationPlace& place,
                       SecretTable& secrets, Configuration& configuration,
                       std::vector<Note>& notes) {
  ConfigurationReader(format, place, secrets, configuration, notes).Read(root);
}

}  // namespace mcplexer::importer
