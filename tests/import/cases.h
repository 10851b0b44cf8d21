// SPDX-License-Identifier: Apache-2.0
// The cases of tests/import/cases. `NAME@KIND.EXT` is a configuration; KIND stands for the path
// that it has on a machine where /home/ada is the home directory. Files of one NAME are imported
// together. `NAME.expect` holds what comes out: the policy, and what is told besides.
//
// Each credential in a case holds the text `c4nAry`, which must not come out anywhere.

#ifndef MCPLEXER_TESTS_IMPORT_CASES_H_
#define MCPLEXER_TESTS_IMPORT_CASES_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/commands/import.h"
#include "compiler/import/import.h"

namespace mcplexer {

inline constexpr std::string_view kCanary = "c4nAry";
inline constexpr std::string_view kHome = "/home/ada";

inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::filesystem::path CaseFolder() {
  const char* root = std::getenv("MCPLEXER_SOURCE_DIR");
  return std::filesystem::path(root == nullptr ? "." : root) / "tests/import/cases";
}

inline std::string PathOf(const std::string& kind) {
  static const std::map<std::string, std::string> paths = {
      {"claude-desktop.json", "/home/ada/.config/Claude/claude_desktop_config.json"},
      {"claude-user.json", "/home/ada/.claude.json"},
      {"claude-user-settings.json", "/home/ada/.claude/settings.json"},
      {"mcp.json", "/home/ada/work/shop/.mcp.json"},
      {"settings.json", "/home/ada/work/shop/.claude/settings.json"},
      {"cursor.json", "/home/ada/work/shop/.cursor/mcp.json"},
      {"cursor-user.json", "/home/ada/.cursor/mcp.json"},
      {"vscode.json", "/home/ada/work/shop/.vscode/mcp.json"},
      {"vscode-settings.json", "/home/ada/work/shop/.vscode/settings.json"},
      {"windsurf.json", "/home/ada/.codeium/windsurf/mcp_config.json"},
      {"cline.json", "/home/ada/.config/settings/cline_mcp_settings.json"},
      {"gemini.json", "/home/ada/work/shop/.gemini/settings.json"},
      {"codex.toml", "/home/ada/.codex/config.toml"},
      {"zed.json", "/home/ada/work/shop/.zed/settings.json"},
      {"opencode.json", "/home/ada/work/shop/opencode.json"},
      {"opencode-user.json", "/home/ada/.config/opencode/opencode.json"},
      {"continue.yaml", "/home/ada/work/shop/.continue/mcpServers/shop.yaml"},
      {"goose.yaml", "/home/ada/.config/goose/config.yaml"},
      {"kiro.json", "/home/ada/work/shop/.kiro/settings/mcp.json"},
      {"amp.json", "/home/ada/.config/amp/settings.json"},
      {"code-workspace.json", "/home/ada/work/shop.code-workspace"},
      {"devcontainer.json", "/home/ada/work/shop/.devcontainer/devcontainer.json"},
      {"other.json", "/home/ada/servers.json"},
      {"other.yaml", "/home/ada/librechat.yaml"},
      {"mcplexer.yaml", "/home/ada/mcplexer.yaml"},
  };
  return paths.at(kind);
}

// The sources of each case, by its name.
inline std::map<std::string, std::vector<importer::Source>> ReadCases() {
  std::map<std::string, std::vector<importer::Source>> cases;
  std::map<std::string, std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(CaseFolder())) {
    files[entry.path().filename().string()] = entry.path();
  }
  for (const auto& [name, path] : files) {
    const size_t at = name.find('@');
    if (at == std::string::npos) continue;
    const std::string full = PathOf(name.substr(at + 1));
    cases[name.substr(0, at)].push_back({full, full.substr(full.rfind('/') + 1), ReadFile(path)});
  }
  return cases;
}

inline importer::Options TestOptions() {
  importer::Options options;
  options.home = std::string(kHome);
  options.check = commands::ErrorCodes;
  return options;
}

}  // namespace mcplexer

#endif  // MCPLEXER_TESTS_IMPORT_CASES_H_
