// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/server_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <vector>

#include "compiler/import/plex_text.h"
#include "compiler/import/server_entry.h"

namespace mcplexer::importer {
namespace {

using std::string_view;

// What a client's key is to a policy, and why it is not carried where it is not.
enum class Meaning : uint8_t {
  kHandled,  // read by name
  kDescription,
  kTimeout,
  kStartup,
  kEnvFile,
  kOauth,
  kSandbox,
};
struct Key {
  string_view name;
  Meaning meaning;
};
constexpr Key kKeys[] = {
    {"command", Meaning::kHandled},
    {"args", Meaning::kHandled},
    {"env", Meaning::kHandled},
    {"environment", Meaning::kHandled},
    {"env_vars", Meaning::kHandled},
    {"cmd", Meaning::kHandled},
    {"envs", Meaning::kHandled},
    {"env_keys", Meaning::kHandled},
    {"cwd", Meaning::kHandled},
    {"url", Meaning::kHandled},
    {"serverUrl", Meaning::kHandled},
    {"httpUrl", Meaning::kHandled},
    {"uri", Meaning::kHandled},
    {"baseUrl", Meaning::kHandled},
    {"headers", Meaning::kHandled},
    {"http_headers", Meaning::kHandled},
    {"env_http_headers", Meaning::kHandled},
    {"bearer_token_env_var", Meaning::kHandled},
    {"bearer_token", Meaning::kHandled},
    {"type", Meaning::kHandled},
    {"transport", Meaning::kHandled},
    {"transportType", Meaning::kHandled},
    {"disabled", Meaning::kHandled},
    {"enabled", Meaning::kHandled},
    {"isActive", Meaning::kHandled},
    {"autoApprove", Meaning::kHandled},
    {"alwaysAllow", Meaning::kHandled},
    {"autoAllow", Meaning::kHandled},
    {"trust", Meaning::kHandled},
    {"disabledTools", Meaning::kHandled},
    {"disabled_tools", Meaning::kHandled},
    {"excludeTools", Meaning::kHandled},
    {"enabled_tools", Meaning::kHandled},
    {"enabledTools", Meaning::kHandled},
    {"includeTools", Meaning::kHandled},
    {"tools", Meaning::kHandled},
    {"available_tools", Meaning::kHandled},
    {"default_tools_approval_mode", Meaning::kHandled},
    {"tool_timeout_sec", Meaning::kHandled},
    {"required", Meaning::kHandled},
    {"description", Meaning::kDescription},
    {"name", Meaning::kDescription},
    {"source", Meaning::kHandled},
    {"bundled", Meaning::kHandled},
    {"icon", Meaning::kDescription},
    {"display_name", Meaning::kDescription},
    {"gallery", Meaning::kDescription},
    {"version", Meaning::kDescription},
    {"timeout", Meaning::kTimeout},
    {"networkTimeout", Meaning::kTimeout},
    {"startup_timeout_sec", Meaning::kStartup},
    {"startup_timeout_ms", Meaning::kStartup},
    {"initTimeout", Meaning::kStartup},
    {"envFile", Meaning::kEnvFile},
    {"oauth", Meaning::kOauth},
    {"auth", Meaning::kOauth},
    {"oauth_resource", Meaning::kOauth},
    {"scopes", Meaning::kOauth},
    {"sandbox", Meaning::kSandbox},
    {"sandboxEnabled", Meaning::kSandbox},
};

void AddTools(Value entry, std::initializer_list<string_view> keys,
              std::vector<std::string>& tools) {
  for (const string_view key : keys) {
    for (const Value tool : entry.Find(key).Children()) {
      if (tool.is_scalar()) tools.emplace_back(tool.text());
    }
  }
}

bool HoldsStar(const std::vector<std::string>& tools) {
  return std::find(tools.begin(), tools.end(), "*") != tools.end();
}

// Codex: `approve` runs without asking, the others ask.
void AddMode(Value tool, ClientServer& server) {
  const Value mode = tool.Find("approval_mode");
  if (mode.text() == "approve") {
    server.allowed.emplace_back(tool.key());
  } else if (mode) {
    server.asked.emplace_back(tool.key());
  }
}

void Explain(Value value, Meaning meaning, const Sayer& say, const Sayer& tell) {
  const std::string key = Ticked(value.key());
  const auto because = [&](string_view why) {
    say(fmt::format("{} is not carried{}", key, why), value.line());
  };
  switch (meaning) {
    case Meaning::kHandled:
      return;
    case Meaning::kDescription:
      return tell(fmt::format("{} is not carried: a policy has comments", key), value.line());
    case Meaning::kTimeout:
      return because(", as clients differ in its unit; write `call_timeout` (60s when left out)");
    case Meaning::kStartup:
      return because(": starting has no limit of its own");
    case Meaning::kEnvFile:
      return because(": write its variables as `env`, and the secrets among them as secrets");
    case Meaning::kOauth:
      return because(": write a `provider` and a scope with `type = oauth2`");
    case Meaning::kSandbox:
      return because(": servers are not confined here");
  }
}

}  // namespace

void ReadServerTools(Value entry, ClientServer& server, const Sayer& say) {
  AddTools(entry, {"autoApprove", "alwaysAllow", "autoAllow"}, server.allowed);
  AddTools(entry, {"disabledTools", "disabled_tools", "excludeTools"}, server.denied);
  for (const string_view key :
       {"enabled_tools", "enabledTools", "includeTools", "tools", "available_tools"}) {
    if (!entry.Find(key).is_list()) continue;
    // goose writes an empty list where all are meant.
    if (key == "available_tools" && entry.Find(key).Children().empty()) continue;
    AddTools(entry, {key}, server.only);
    server.has_only = true;
  }
  if (const Value tools = entry.Find("tools"); tools.is_map()) {
    for (const Value tool : tools.Children()) AddMode(tool, server);
  }
  if (HoldsStar(server.only)) server.has_only = false;
  server.allows_all = entry.Find("trust").is_true() || entry.Find("autoApprove").is_true() ||
                      HoldsStar(server.allowed);
  std::erase(server.allowed, "*");
  const Value mode = entry.Find("default_tools_approval_mode");
  if (mode.text() == "approve") {
    server.allows_all = true;
  } else if (mode && mode.text() != "prompt") {
    say(fmt::format("{} as its approval mode is `approve` for every tool here",
                    Ticked(mode.text())),
        mode.line());
  }
}

void ExplainServerKeys(Value entry, const Sayer& say, const Sayer& tell) {
  std::vector<std::string> others;
  const bool in_list = entry.key().empty();
  for (const Value value : entry.Children()) {
    if (in_list && (value.key() == "name" || value.key() == "id")) continue;  // it is called so
    if (IsNestedSetting(value)) {
      for (const Value inner : value.Children()) {
        if (!IsReadInside(value, inner)) {
          others.push_back(Ticked(fmt::format("{}.{}", value.key(), inner.key())));
        }
      }
      continue;
    }
    const auto key = std::find_if(std::begin(kKeys), std::end(kKeys),
                                  [&](const Key& each) { return each.name == value.key(); });
    if (key == std::end(kKeys)) {
      others.push_back(Ticked(value.key()));
    } else {
      Explain(value, key->meaning, say, tell);
    }
  }
  if (!others.empty()) say(fmt::format("not carried: {}", fmt::join(others, ", ")), 0);
}

}  // namespace mcplexer::importer
