// SPDX-License-Identifier: Apache-2.0
#include "compiler/inventory/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "compiler/inventory/canonical.h"
#include "compiler/source/printable.h"
#include "runtime/json/document.h"

namespace mcplexer::inventory {

const KindInfo& Info(Kind kind) {
  static constexpr std::array<KindInfo, kKinds.size()> kInfos = {{
      {"tool", "tools", "tools/list", "tools", "name"},
      {"prompt", "prompts", "prompts/list", "prompts", "name"},
      {"resource", "resources", "resources/list", "resources", "uri"},
      {"resource template", "resourceTemplates", "resources/templates/list", "resources",
       "uriTemplate"},
  }};
  return kInfos[static_cast<size_t>(kind)];
}

const Item* Server::Find(Kind kind, std::string_view item) const {
  const std::vector<Item>& all = of(kind);
  const auto at = std::ranges::lower_bound(all, item, {}, &Item::name);
  return at != all.end() && at->name == item ? &*at : nullptr;
}

const Server* Inventory::Find(std::string_view server) const {
  const auto at = std::ranges::lower_bound(servers, server, {}, &Server::name);
  return at != servers.end() && at->name == server ? &*at : nullptr;
}

void Inventory::Set(Server server) {
  const auto at = std::ranges::lower_bound(servers, server.name, {}, &Server::name);
  if (at != servers.end() && at->name == server.name) {
    *at = std::move(server);
  } else {
    servers.insert(at, std::move(server));
  }
}

namespace {

using json::NodeId;

class Reader {
 public:
  explicit Reader(const Limits& limits) : limits_(limits) {}

  Result<Inventory> Run(std::string_view text) {
    json::Limits json_limits;
    json_limits.bytes = limits_.file_bytes;
    json_limits.depth = limits_.depth;
    json_limits.nodes = limits_.nodes;
    if (const auto parsed = doc_.Parse(text, json_limits); !parsed) {
      return Fail(
          fmt::format("line {}: {}", LineOf(parsed.error().offset), parsed.error().Message()));
    }
    Inventory inventory;
    ReadFile(doc_.Root(), inventory);
    if (error_) return Fail(std::move(*error_));
    return inventory;
  }

 private:
  size_t LineOf(size_t offset) const {
    const std::string_view before = doc_.text().substr(0, offset);
    return static_cast<size_t>(std::ranges::count(before, '\n')) + 1;
  }

  // Keeps the first error.
  void Refuse(NodeId node, std::string what) {
    if (!error_) error_ = fmt::format("line {}: {}", LineOf(doc_.SpanOf(node).begin), what);
  }

  // Whether the node is of the type, refused otherwise.
  bool Expect(NodeId node, json::Type type, std::string_view what) {
    if (doc_.TypeOf(node) == type) return true;
    Refuse(node, fmt::format("{} is not {}", what,
                             type == json::Type::kObject ? "an object" : "a string"));
    return false;
  }

  std::string Text(NodeId string) { return std::string(doc_.Unescape(string, scratch_)); }
  std::string Shown(NodeId string) { return source::Printable(Text(string)); }

  void ReadFile(NodeId root, Inventory& inventory) {
    if (!Expect(root, json::Type::kObject, "the file")) return;
    const NodeId version = doc_.Find(root, "lockVersion");
    if (!version.valid()) return Refuse(root, "`lockVersion` is missing: not a lock file");
    if (doc_.Raw(version) != std::to_string(kLockVersion)) {
      return Refuse(version, fmt::format("lock file of another version, this program reads {}; "
                                         "record it again with `mcplexerc lock`",
                                         kLockVersion));
    }
    const NodeId servers = doc_.Find(root, "servers");
    if (!servers.valid()) return Refuse(root, "`servers` is missing");
    for (const auto [key, value] : doc_.Members(root)) {
      if (value == version || value == servers) continue;
      return Refuse(key, fmt::format("unknown member `{}`", Shown(key)));
    }
    if (!Expect(servers, json::Type::kObject, "`servers`")) return;
    if (doc_.ElementCount(servers) > limits_.servers) {
      return Refuse(servers, fmt::format("more than {} servers", limits_.servers));
    }
    for (const auto [key, value] : doc_.Members(servers)) {
      if (!Expect(value, json::Type::kObject, "a server")) return;
      Server server;
      server.name = Text(key);
      ReadServer(value, server);
      if (error_) return;
      inventory.servers.push_back(std::move(server));
    }
    std::ranges::sort(inventory.servers, {}, &Server::name);
  }

  void ReadServer(NodeId node, Server& server) {
    for (const auto [key, value] : doc_.Members(node)) {
      const std::string member = Text(key);
      const auto kind =
          std::ranges::find(kKinds, member, [](Kind k) { return std::string(Info(k).member); });
      if (kind != kKinds.end()) {
        ReadItems(*kind, value, server);
      } else if (member == "protocolVersion") {
        if (Expect(value, json::Type::kString, "`protocolVersion`")) {
          server.protocol_version = Text(value);
        }
      } else if (member == "instructions") {
        if (Expect(value, json::Type::kString, "`instructions`")) server.instructions = Text(value);
      } else if (member == "serverInfo") {
        if (Expect(value, json::Type::kObject, "`serverInfo`"))
          server.info = Canonical(doc_, value);
      } else {
        Refuse(key, fmt::format("unknown member `{}` of a server", Shown(key)));
      }
      if (error_) return;
    }
    if (server.info.empty()) Refuse(node, "a server without `serverInfo`");
    if (server.protocol_version.empty()) Refuse(node, "a server without `protocolVersion`");
  }

  void ReadItems(Kind kind, NodeId node, Server& server) {
    const KindInfo& info = Info(kind);
    if (!Expect(node, json::Type::kObject, fmt::format("`{}`", info.member))) return;
    if (doc_.ElementCount(node) > limits_.items_per_server) {
      return Refuse(node, fmt::format("more than {} {}s", limits_.items_per_server, info.noun));
    }
    std::vector<Item>& items = server.of(kind);
    for (const auto [key, value] : doc_.Members(node)) {
      Item item;
      item.name = Text(key);
      ReadItem(info, key, value, item);
      if (error_) return;
      items.push_back(std::move(item));
    }
    std::ranges::sort(items, {}, &Item::name);
  }

  void ReadItem(const KindInfo& info, NodeId key, NodeId node, Item& item) {
    const std::string what = fmt::format("{} `{}`", info.noun, source::Printable(item.name));
    if (!Expect(node, json::Type::kObject, what)) return;
    const NodeId definition = doc_.Find(node, "definition");
    const NodeId digest = doc_.Find(node, "digest");
    if (!definition.valid() || !digest.valid() || doc_.ElementCount(node) != 2) {
      return Refuse(key, fmt::format("{} is not exactly `definition` and `digest`", what));
    }
    if (!Expect(definition, json::Type::kObject, "`definition`")) return;
    const NodeId name = doc_.Find(definition, info.key);
    if (!name.valid() || !doc_.StringEquals(name, item.name)) {
      return Refuse(key, fmt::format("{}: the definition's `{}` is another", what, info.key));
    }
    item.definition = Canonical(doc_, definition);
    item.digest = DigestOf(item.definition);
    if (!doc_.StringEquals(digest, DigestText(item.digest))) {
      Refuse(digest, fmt::format("{}: the digest is not the definition's; record it again with "
                                 "`mcplexerc lock`",
                                 what));
    }
  }

  const Limits& limits_;
  json::Document doc_;
  std::string scratch_;
  std::optional<std::string> error_;
};

}  // namespace

Result<Inventory> Parse(std::string_view text, const Limits& limits) {
  return Reader(limits).Run(text);
}

Result<Inventory> LoadFile(const std::string& path, const Limits& limits) {
  const auto fail = [&](std::string_view why) { return Fail(fmt::format("`{}`: {}", path, why)); };
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return fail("is not a file");
  const uintmax_t size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file) return fail("cannot be read");
  if (size > limits.file_bytes) return fail(fmt::format("more than {} bytes", limits.file_bytes));
  std::string text(static_cast<size_t>(size), '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(text.size()))) {
    return fail("cannot be read");
  }
  auto inventory = Parse(text, limits);
  if (!inventory) return fail(inventory.error().message);
  return inventory;
}

}  // namespace mcplexer::inventory
