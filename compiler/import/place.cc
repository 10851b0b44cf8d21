// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/place.h"

#include <algorithm>
#include <array>

namespace mcplexer::importer {
namespace {

std::string_view BaseName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::string_view Parent(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return "";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool IsYaml(std::string_view name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

// Folders of a project, or of a home directory, that hold the settings of a client, some of them
// one folder further down.
constexpr std::array<std::string_view, 17> kSettingsFolders = {
    ".vscode",  ".cursor",  ".claude",   ".codex",        ".gemini",   ".kiro",
    ".roo",     ".amazonq", ".windsurf", ".zed",          ".continue", ".opencode",
    ".copilot", ".github",  ".pi",       ".devcontainer", ".trae"};

bool IsSettingsFolder(std::string_view folder) {
  return std::find(kSettingsFolders.begin(), kSettingsFolders.end(), folder) !=
         kSettingsFolders.end();
}

}  // namespace

std::string WithTilde(std::string_view path, std::string_view home) {
  if (home.empty() || home == "/") return std::string(path);
  if (path == home) return "~";
  if (path.starts_with(home) && path[home.size()] == '/') {
    return "~" + std::string(path.substr(home.size()));
  }
  return std::string(path);
}

Format FormatOf(std::string_view path) {
  const std::string_view name = BaseName(path);
  const std::string_view folder = BaseName(Parent(path));
  if (name == "claude_desktop_config.json") return Format::kClaudeDesktop;
  if (name == ".mcp.json" || name == ".claude.json" || folder == ".claude") {
    return Format::kClaudeCode;
  }
  if (folder == ".cursor") return Format::kCursor;
  if (folder == ".vscode" || folder == "User") return Format::kVsCode;
  if (folder == "windsurf" || folder == ".windsurf") return Format::kWindsurf;
  if (folder == ".codex") return Format::kCodex;
  if (folder == ".gemini") return Format::kGemini;
  if (name == "opencode.json" || name == "opencode.jsonc") return Format::kOpenCode;
  if (folder == ".zed" || folder == "zed") return Format::kZed;
  if (folder == ".continue" || BaseName(Parent(Parent(path))) == ".continue") {
    return Format::kContinue;
  }
  if (folder == "goose") return Format::kGoose;
  if (IsYaml(name)) return Format::kMcplexer;
  return Format::kUnknown;
}

std::string RootOf(std::string_view path, std::string_view home) {
  const std::string_view name = BaseName(path);
  const std::string_view parent = Parent(path);
  const std::string_view folder = BaseName(parent);
  if (IsSettingsFolder(folder)) return WithTilde(Parent(parent), home);
  if (const std::string_view above = Parent(parent); IsSettingsFolder(BaseName(above))) {
    return WithTilde(Parent(above), home);
  }
  const bool project = name == ".mcp.json" || (name == "mcp.json" && folder != "User") ||
                       (name.starts_with("opencode.json") && folder != "opencode") ||
                       name.ends_with(".code-workspace");
  return project && !parent.empty() ? WithTilde(parent, home) : "~";
}

}  // namespace mcplexer::importer
