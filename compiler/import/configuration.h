// SPDX-License-Identifier: Apache-2.0
// What the configurations of all clients say, in one shape.

#ifndef MCPLEXER_COMPILER_IMPORT_CONFIGURATION_H_
#define MCPLEXER_COMPILER_IMPORT_CONFIGURATION_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/import/draft.h"

namespace mcplexer::importer {

enum class Format : uint8_t {
  kUnknown,
  kClaudeDesktop,
  kClaudeCode,
  kCursor,
  kVsCode,
  kWindsurf,
  kCodex,
  kGemini,
  kOpenCode,
  kZed,
  kContinue,
  kGoose,
  kOther,  // `mcpServers` of some client
  kMcplexer,
};

// "Claude Code".
std::string_view FormatName(Format format);

// One server as a client has it.
struct ClientServer {
  std::string name;  // as it is written
  std::string root;  // of the workspace that it is for: `~`, `~/a` or absolute
  std::string file;  // as shown
  uint32_t line = 0;
  std::string fingerprint;  // equal for equal definitions; holds secrets
  std::vector<Text> command;
  std::string url;
  std::vector<std::pair<std::string, Text>> env;
  std::vector<std::pair<std::string, Text>> headers;
  std::string cwd;
  bool needs_workspace = false;  // `.` in its words is the workspace
  std::vector<std::pair<std::string, std::string>> attributes;
  bool disabled = false;
  // Tools, by their own names. `only`: all others are out of reach.
  bool allows_all = false;
  std::vector<std::string> allowed;
  std::vector<std::string> asked;
  std::vector<std::string> denied;
  bool has_only = false;
  std::vector<std::string> only;
  std::vector<std::string> comments;
};

enum class Verdict : uint8_t { kAllow, kAsk, kDeny };

// An entry of a permission list for MCP tools.
struct Permission {
  Verdict verdict = Verdict::kAsk;
  std::string entry;  // `mcp__server__tool` and its shorter forms
  std::string root;   // of the workspace
  std::string file;
  uint32_t line = 0;
};

struct Configuration {
  std::vector<ClientServer> servers;
  std::vector<Permission> permissions;
  std::vector<std::string> disabled;  // names of servers that a settings file turns off
  std::vector<std::pair<std::string, std::string>> sources;  // file as shown, name of its client
};

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_CONFIGURATION_H_
