// SPDX-License-Identifier: Apache-2.0
// TOML can say one thing in many ways, and the library that reads it does not write what it read.
// So the text is changed by whole lines, or where the library says that a value is, and then read
// again: when it does not say what it should, nothing is changed.
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/clients/entry.h"

namespace mcplexer::clients {
namespace {

// Each part of a dotted key is a table in a table, and the library goes down them by recursion.
bool HasTooManyDots(std::string_view text) {
  constexpr size_t kMost = 1000;
  size_t dots = 0;
  for (const char c : text) {
    if (c == '\n') dots = 0;
    if (c == '.' && ++dots > kMost) return true;
  }
  return false;
}

Result<toml::table> ParseToml(std::string_view text) {
  if (text.size() > kMaxConfigurationBytes) return Fail("it is larger than any configuration");
  if (HasTooManyDots(text)) return Fail("it has a key of too many parts");
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    // Its description quotes the text.
    return Fail(fmt::format("line {}: it is not TOML", error.source().begin.line));
  } catch (const std::exception&) {
    return Fail("it is not TOML");
  }
}

// A basic string: what JSON writes is one, but for DEL.
std::string TomlString(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string TomlStrings(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ", ";
    out += TomlString(text);
  }
  return out + "]";
}

bool IsBareKey(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

toml::array ArrayOf(const std::vector<std::string>& texts) {
  toml::array array;
  for (const std::string& text : texts) array.push_back(text);
  return array;
}

Error WrittenOtherwise() {
  return {"its servers are written in a way that this command does not change; edit it by hand"};
}

// The entry; null where there is none. Fails when it is another program's.
Result<toml::table*> FindEntry(toml::table& root, std::string_view container, std::string_view name,
                               std::string_view program) {
  toml::node* const servers = root.get(container);
  if (servers == nullptr) return nullptr;
  if (!servers->is_table()) return Fail(fmt::format("its `{}` is not a table", container));
  toml::node* const found = servers->as_table()->get(name);
  if (found == nullptr) return nullptr;
  toml::table* const table = found->as_table();
  const auto command = table == nullptr ? std::nullopt : (*table)["command"].value<std::string>();
  if (!command || FileName(*command) != program) {
    return Fail(
        fmt::format("its server `{}` starts another program; choose a name with --name", name));
  }
  return table;
}

// Line numbers begin with 1.
size_t BeginOfLine(std::string_view text, size_t line) {
  size_t at = 0;
  for (; line > 1 && at < text.size(); --line) {
    const size_t newline = text.find('\n', at);
    at = newline == std::string_view::npos ? text.size() : newline + 1;
  }
  return at;
}

// The library counts columns in characters, beginning with 1.
size_t OffsetOf(std::string_view text, const toml::source_position& place) {
  size_t at = BeginOfLine(text, place.line);
  for (size_t column = 1; column < place.column && at < text.size(); ++column) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

// Of the node and all in it.
uint32_t LastLine(const toml::node& root) {
  uint32_t last = 0;
  std::vector<const toml::node*> open = {&root};
  while (!open.empty()) {
    const toml::node& node = *open.back();
    open.pop_back();
    last = std::max(last, static_cast<uint32_t>(node.source().end.line));
    if (const toml::table* table = node.as_table()) {
      for (const auto& [key, value] : *table) {
        last = std::max(last, static_cast<uint32_t>(key.source().end.line));
        open.push_back(&value);
      }
    } else if (const toml::array* array = node.as_array()) {
      for (const toml::node& value : *array) open.push_back(&value);
    }
  }
  return last;
}

Result<std::string> Checked(std::string text, const toml::table& wanted) {
  const auto parsed = ParseToml(text);
  if (!parsed || *parsed != wanted) return tl::unexpected(WrittenOtherwise());
  return text;
}

// The entry with another value for one of its keys, which is put behind its command where it has no
// such key.
Result<std::string> WithTomlValue(std::string text, std::string_view container, const Entry& entry,
                                  std::string_view key, const std::string& value) {
  auto root = ParseToml(text);
  if (!root) return tl::unexpected(root.error());
  const auto found = FindEntry(*root, container, entry.name, FileName(entry.command));
  if (!found) return tl::unexpected(found.error());
  if (const toml::node* node = (*found)->get(key)) {
    const size_t begin = OffsetOf(text, node->source().begin);
    const size_t end = std::max(begin, OffsetOf(text, node->source().end));
    text.replace(begin, end - begin, value);
  } else {
    const size_t line = (*found)->get("command")->source().end.line;
    text.insert(BeginOfLine(text, line + 1), fmt::format("{} = {}\n", key, value));
  }
  return text;
}

Result<std::string> UpdateToml(const std::string& text, std::string_view container,
                               const Entry& entry, toml::table& root, toml::table& found) {
  const toml::array arguments = ArrayOf(entry.arguments);
  Result<std::string> changed = text;
  const toml::node* const args = found.get("args");
  if (args == nullptr || !args->is_array() || *args->as_array() != arguments) {
    changed = WithTomlValue(text, container, entry, "args", TomlStrings(entry.arguments));
  }
  if (changed && found["command"].value<std::string>() != entry.command) {
    changed = WithTomlValue(*changed, container, entry, "command", TomlString(entry.command));
  }
  if (!changed || *changed == text) return changed;
  found.insert_or_assign("command", entry.command);
  found.insert_or_assign("args", arguments);
  return Checked(std::move(*changed), root);
}

}  // namespace

Result<std::string> WithTomlEntry(std::string_view text, std::string_view container,
                                  const Entry& entry) {
  auto root = ParseToml(text);
  if (!root) return tl::unexpected(root.error());
  const auto found = FindEntry(*root, container, entry.name, FileName(entry.command));
  if (!found) return tl::unexpected(found.error());
  std::string changed(text);
  if (*found != nullptr) return UpdateToml(changed, container, entry, *root, **found);

  const std::string newline = text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
  if (!changed.empty() && !changed.ends_with('\n')) changed += newline;
  if (!changed.empty()) changed += newline;
  const std::string key = IsBareKey(entry.name) ? entry.name : TomlString(entry.name);
  changed += fmt::format("[{}.{}]{}command = {}{}args = {}{}", container, key, newline,
                         TomlString(entry.command), newline, TomlStrings(entry.arguments), newline);
  toml::table added;
  added.insert_or_assign("command", entry.command);
  added.insert_or_assign("args", ArrayOf(entry.arguments));
  if (root->get(container) == nullptr) root->insert_or_assign(container, toml::table());
  (*root)[container].as_table()->insert_or_assign(entry.name, std::move(added));
  return Checked(std::move(changed), *root);
}

Result<std::string> WithoutTomlEntry(std::string_view text, std::string_view container,
                                     std::string_view name, std::string_view program) {
  auto root = ParseToml(text);
  if (!root) return tl::unexpected(root.error());
  const auto found = FindEntry(*root, container, name, program);
  if (!found) return tl::unexpected(found.error());
  std::string changed(text);
  if (*found == nullptr) return changed;
  // From the line of its header to that of its last value, and the blank one before.
  size_t begin = BeginOfLine(text, (*found)->source().begin.line);
  const size_t end = BeginOfLine(text, LastLine(**found) + 1);
  for (const std::string_view blank : {"\r\n\r\n", "\n\n"}) {
    if (text.substr(0, begin).ends_with(blank)) {
      begin -= blank.size() / 2;
      break;
    }
  }
  changed.erase(begin, std::max(begin, end) - begin);
  toml::table& servers = *(*root)[container].as_table();
  servers.erase(name);
  // A table that only its entries' headers named is not there without them.
  const auto parsed = ParseToml(changed);
  if (parsed && servers.empty() && parsed->get(container) == nullptr) root->erase(container);
  return Checked(std::move(changed), *root);
}

}  // namespace mcplexer::clients
