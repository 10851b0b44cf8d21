// SPDX-License-Identifier: Apache-2.0
#include "compiler/inventory/write.h"

#include <fmt/format.h>

#include <iterator>

#include "compiler/inventory/canonical.h"
#include "compiler/inventory/parse.h"
#include "runtime/json/document.h"
#include "runtime/json/writer.h"

namespace mcplexer::inventory {
namespace {

void AppendServer(const Server& server, std::string& out) {
  out += json::EscapeString(server.name);
  out += R"(:{"protocolVersion":)";
  out += json::EscapeString(server.protocol_version);
  out += R"(,"serverInfo":)";
  out += server.info;
  if (!server.instructions.empty()) {
    out += R"(,"instructions":)";
    out += json::EscapeString(server.instructions);
  }
  for (const Kind kind : kKinds) {
    fmt::format_to(std::back_inserter(out), R"(,"{}":{{)", Info(kind).member);
    for (const Item& item : server.of(kind)) {
      if (&item != server.of(kind).data()) out += ',';
      out += json::EscapeString(item.name);
      fmt::format_to(std::back_inserter(out), R"(:{{"digest":"{}","definition":{}}})",
                     DigestText(item.digest), item.definition);
    }
    out += '}';
  }
  out += '}';
}

}  // namespace

Result<std::string> Write(const Inventory& inventory, const Limits& limits) {
  std::string raw = fmt::format(R"({{"lockVersion":{},"servers":{{)", kLockVersion);
  for (const Server& server : inventory.servers) {
    if (&server != inventory.servers.data()) raw += ',';
    AppendServer(server, raw);
  }
  raw += "}}";
  json::Document doc;
  json::Limits json_limits;
  json_limits.bytes = limits.file_bytes;
  json_limits.depth = limits.depth;
  json_limits.nodes = limits.nodes;
  if (const auto parsed = doc.Parse(raw, json_limits); !parsed) {
    return Fail(fmt::format("the inventory cannot be written: {}", parsed.error().Message()));
  }
  std::string text = Canonical(doc, doc.Root(), Layout::kIndented);
  if (text.size() > limits.file_bytes) {
    return Fail(fmt::format("the inventory cannot be written: {} bytes, the limit is {}",
                            text.size(), limits.file_bytes));
  }
  return text;
}

}  // namespace mcplexer::inventory
