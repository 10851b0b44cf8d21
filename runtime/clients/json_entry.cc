// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "runtime/clients/entry.h"
#include "runtime/clients/json_object.h"
#include "runtime/json/writer.h"

namespace mcplexer::clients {
namespace {

std::string RenderString(std::string_view text) { return json::EscapeString(text); }

std::string RenderStrings(const std::vector<std::string>& texts) {
  std::string list = "[";
  for (const std::string& text : texts) {
    if (list.size() > 1) list += ", ";
    list += json::EscapeString(text);
  }
  return list + "]";
}

// "key": value pairs of an entry, in order.
std::vector<std::pair<std::string_view, std::string>> MembersOf(const Entry& entry) {
  std::vector<std::pair<std::string_view, std::string>> members;
  if (entry.typed) members.emplace_back("type", RenderString("stdio"));
  members.emplace_back("command", RenderString(entry.command));
  members.emplace_back("args", RenderStrings(entry.arguments));
  return members;
}

std::string RenderEntry(const Entry& entry, const Layout& layout) {
  std::string out = "{";
  for (const auto& [key, value] : MembersOf(entry)) {
    if (out.size() > 1) out += layout.lines ? "," : ", ";
    if (layout.lines) out += layout.newline + layout.indent + layout.unit;
    out += fmt::format("\"{}\": {}", key, value);
  }
  if (layout.lines) out += layout.newline + layout.indent;
  return out + "}";
}

std::string RenderContainer(const Entry& entry, const Layout& layout) {
  Layout inner = layout;
  inner.indent += layout.unit;
  const std::string member =
      fmt::format("{}: {}", json::EscapeString(entry.name), RenderEntry(entry, inner));
  if (!layout.lines) return "{" + member + "}";
  return "{" + layout.newline + inner.indent + member + layout.newline + layout.indent + "}";
}

bool IsString(const json::Document& doc, json::NodeId node) {
  return node.valid() && doc.TypeOf(node) == json::Type::kString;
}

// The entry; not valid where there is none. Fails when it is another program's.
Result<json::NodeId> FindEntry(const JsonText& json, json::NodeId servers, std::string_view name,
                               std::string_view program) {
  const json::NodeId found = json.Member(servers, name);
  if (!found.valid()) return found;
  const json::NodeId command = json.Member(found, "command");
  std::string scratch;
  if (!IsString(json.doc(), command) ||
      FileName(json.doc().Unescape(command, scratch)) != program) {
    return Fail(
        fmt::format("its server `{}` starts another program; choose a name with --name", name));
  }
  return found;
}

Result<json::NodeId> FindServers(const JsonText& json, std::string_view container) {
  const json::NodeId servers = json.Member(json.root(), container);
  if (servers.valid() && json.doc().TypeOf(servers) != json::Type::kObject) {
    return Fail(fmt::format("its `{}` is not an object", container));
  }
  return servers;
}

// Equal whatever their spacing and escapes.
bool SameValue(const json::Document& doc, json::NodeId node, const std::string& wanted) {
  json::Document other;
  if (!other.Parse(wanted)) return false;
  const auto same_text = [&](json::NodeId a, json::NodeId b) {
    std::string one;
    std::string two;
    return IsString(doc, a) && doc.Unescape(a, one) == other.Unescape(b, two);
  };
  if (other.TypeOf(other.Root()) == json::Type::kString) return same_text(node, other.Root());
  if (doc.TypeOf(node) != json::Type::kArray) return false;
  std::vector<json::NodeId> have;
  std::vector<json::NodeId> want;
  for (const json::NodeId one : doc.Elements(node)) have.push_back(one);
  for (const json::NodeId one : other.Elements(other.Root())) want.push_back(one);
  if (have.size() != want.size()) return false;
  for (size_t i = 0; i < have.size(); ++i) {
    if (!same_text(have[i], want[i])) return false;
  }
  return true;
}

// The text with one member of the entry as it is to be; the text itself where it is.
Result<std::string> Update(std::string text, std::string_view container, const Entry& entry,
                           std::string_view key, const std::string& value) {
  const auto json = JsonText::Parse(std::move(text));
  if (!json) return tl::unexpected(json.error());
  const json::NodeId found = json->Member(json->Member(json->root(), container), entry.name);
  const Render render = [&](const Layout&) { return value; };
  const json::NodeId member = json->Member(found, key);
  if (!member.valid()) return json->WithMember(found, key, render);
  if (SameValue(json->doc(), member, value)) return json->text();
  return json->WithValue(found, key, render);
}

// The text, unless the change has made something else of it than it should have.
Result<std::string> CheckedJson(std::string text, std::string_view container, std::string_view name,
                                bool there) {
  const auto json = JsonText::Parse(std::move(text));
  if (json && json->Member(json->Member(json->root(), container), name).valid() == there) {
    return json->text();
  }
  return Fail("it is written in a way that this command does not change; edit it by hand");
}

}  // namespace

Result<std::string> WithJsonEntry(std::string_view text, std::string_view container,
                                  const Entry& entry) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    const Layout layout{true, "\n", "  ", "  "};
    return fmt::format("{{\n  {}: {}\n}}\n", json::EscapeString(container),
                       RenderContainer(entry, layout));
  }
  const auto json = JsonText::Parse(std::string(text));
  if (!json) return tl::unexpected(json.error());
  const auto servers = FindServers(*json, container);
  if (!servers) return tl::unexpected(servers.error());
  if (!servers->valid()) {
    const auto render = [&](const Layout& layout) { return RenderContainer(entry, layout); };
    return CheckedJson(json->WithMember(json->root(), container, render), container, entry.name,
                       true);
  }
  const auto found = FindEntry(*json, *servers, entry.name, FileName(entry.command));
  if (!found) return tl::unexpected(found.error());
  if (!found->valid()) {
    const auto render = [&](const Layout& layout) { return RenderEntry(entry, layout); };
    return CheckedJson(json->WithMember(*servers, entry.name, render), container, entry.name, true);
  }
  Result<std::string> changed = json->text();
  for (const auto& [key, value] : MembersOf(entry)) {
    if (changed) changed = Update(std::move(*changed), container, entry, key, value);
  }
  return changed;
}

Result<std::string> WithoutJsonEntry(std::string_view text, std::string_view container,
                                     std::string_view name, std::string_view program) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return std::string(text);
  const auto json = JsonText::Parse(std::string(text));
  if (!json) return tl::unexpected(json.error());
  const auto servers = FindServers(*json, container);
  if (!servers) return tl::unexpected(servers.error());
  const auto found = FindEntry(*json, *servers, name, program);
  if (!found) return tl::unexpected(found.error());
  if (!found->valid()) return json->text();
  return CheckedJson(json->WithoutMember(*servers, name), container, name, false);
}

}  // namespace mcplexer::clients
