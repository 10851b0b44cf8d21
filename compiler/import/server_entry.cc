// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/server_entry.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace mcplexer::importer {
namespace {

using std::string_view;

// What else a setting is called, and in which map of the entry: "" is the entry itself.
struct Alias {
  string_view key;
  string_view map;
  string_view name;
};
constexpr Alias kAliases[] = {
    {"command", "command", "path"}, {"command", "transport", "command"},
    {"command", "", "cmd"},         {"args", "command", "args"},
    {"args", "transport", "args"},  {"env", "command", "env"},
    {"env", "transport", "env"},    {"env", "", "envs"},
    {"url", "transport", "url"},    {"url", "", "uri"},
    {"url", "", "baseUrl"},         {"url", "settings", "url"},
    {"type", "transport", "type"},  {"headers", "transport", "headers"},
    {"enabled", "", "isActive"},
};

}  // namespace

ServerEntry::ServerEntry(Value entry) : entry_(entry), name_(entry.key()) {
  for (const string_view key : {"name", "id"}) {
    if (name_.empty()) name_ = std::string(entry.Find(key).text());
  }
}

Value ServerEntry::Find(string_view key) const {
  if (const Value direct = entry_.Find(key); direct && !IsNestedSetting(direct)) return direct;
  for (const Alias& alias : kAliases) {
    if (alias.key != key) continue;
    const Value map = alias.map.empty() ? entry_ : entry_.Find(alias.map);
    if (const Value value = map.Find(alias.name); value && !IsNestedSetting(value)) return value;
  }
  return {};
}

bool IsNestedSetting(Value setting) {
  return setting.is_map() && (setting.key() == "command" || setting.key() == "transport" ||
                              setting.key() == "settings");
}

bool IsReadInside(Value setting, Value inner) {
  return std::any_of(std::begin(kAliases), std::end(kAliases), [&](const Alias& alias) {
    return alias.map == setting.key() && alias.name == inner.key();
  });
}

bool IsServerMap(Value map) {
  const std::vector<Value> children = map.Children();
  return map.is_map() && !children.empty() &&
         std::all_of(children.begin(), children.end(), [](Value each) {
           const ServerEntry entry(each);
           return each.is_map() && (entry.Find("command") || entry.Find("url"));
         });
}

}  // namespace mcplexer::importer
