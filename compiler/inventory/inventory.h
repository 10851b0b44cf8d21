// SPDX-License-Identifier: Apache-2.0
// What servers offer, as it was when somebody asked and agreed: the contents of mcplexer.lock.
//
// Definitions are kept whole, as canonical JSON (canonical.h), members that we know nothing of
// included: a model is shown all of them, so all of them are what a person agreed to. Only
// resources and their templates are reduced to what is said of them (uri, name, title, description,
// type), since size and dates change with the content.

#ifndef MCPLEXER_COMPILER_INVENTORY_INVENTORY_H_
#define MCPLEXER_COMPILER_INVENTORY_INVENTORY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/format.h"

namespace mcplexer::inventory {

enum class Kind : uint8_t { kTool, kPrompt, kResource, kTemplate };
inline constexpr std::array<Kind, 4> kKinds = {Kind::kTool, Kind::kPrompt, Kind::kResource,
                                               Kind::kTemplate};

// How the protocol and the lock file speak of a kind.
struct KindInfo {
  std::string_view noun;        // "tool"
  std::string_view member;      // of the answer to `method`, and of a server in the lock file
  std::string_view method;      // "tools/list"
  std::string_view capability;  // that a server with such items announces
  std::string_view key;         // the member of a definition that names the item
};
const KindInfo& Info(Kind kind);

struct Item {
  std::string name;        // as the server knows it; a resource's URI, a template's uriTemplate
  std::string definition;  // a canonical JSON object
  plan::Digest digest{};   // of it
};

struct Server {
  std::string name;  // as the policy declares it
  std::string protocol_version;
  std::string info;          // `serverInfo`, a canonical JSON object
  std::string instructions;  // what the server tells models about itself; may be empty
  std::array<std::vector<Item>, kKinds.size()> items;  // by kind, sorted by name

  const std::vector<Item>& of(Kind kind) const { return items[static_cast<size_t>(kind)]; }
  std::vector<Item>& of(Kind kind) { return items[static_cast<size_t>(kind)]; }
  const Item* Find(Kind kind, std::string_view item) const;
};

struct Inventory {
  std::vector<Server> servers;  // sorted by name

  const Server* Find(std::string_view server) const;
  // Puts the server in its place, instead of the one of its name.
  void Set(Server server);
};

struct Limits {
  // The servers in the field that offer most have some hundred tools of a few kilobytes.
  size_t file_bytes = size_t{64} << 20;
  size_t servers = 10'000;
  size_t items_per_server = 10'000;  // of each kind
  // A definition nests at most as deep as a message may (json::Limits), and lies deeper here.
  uint32_t depth = 160;
  uint32_t nodes = uint32_t{4} << 20;
};

}  // namespace mcplexer::inventory

#endif  // MCPLEXER_COMPILER_INVENTORY_INVENTORY_H_
