// SPDX-License-Identifier: Apache-2.0
// What has changed between two inventories, the most dangerous first.
//
// What a server offers can change after somebody looked at it and agreed: a harmless tool begins to
// delete, or a description begins to talk models into something ("tool poisoning", "rug pull").
// Texts count wherever a model reads them: in descriptions, in the server's instructions, and in
// the schemas' own descriptions.

#ifndef MCPLEXER_COMPILER_INVENTORY_DRIFT_H_
#define MCPLEXER_COMPILER_INVENTORY_DRIFT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/inventory/inventory.h"
#include "compiler/inventory/json_diff.h"

namespace mcplexer::inventory {

// From the worst to the least.
enum class Risk : uint8_t {
  kEffect,   // a tool that was said to be harmless no longer is
  kText,     // what a model is told has changed
  kAdded,    // a tool that nobody has looked at
  kRemoved,  // a tool that rules may still speak of
  kShape,    // a schema: arguments that rules may look at
  kOther,    // everything else: names for people, hints, prompts, resources, versions
};
std::string_view NameOf(Risk risk);  // "effect", "text", ...

struct Change {
  enum class What : uint8_t { kAdded, kRemoved, kChanged };

  Risk risk = Risk::kOther;
  What what = What::kChanged;
  std::string server;
  bool whole_server = false;  // `kind` and `item` mean nothing, `member` may be one of the server
  Kind kind = Kind::kTool;
  std::string item;
  std::string member;  // of the definition, for kChanged: "description", "inputSchema", ...
  std::vector<Difference> differences;  // in the member, for kChanged
};

// By risk, server, kind, item and member.
std::vector<Change> Compare(const Inventory& before, const Inventory& after);

// One change for people: a line, and below it indented what differs. Nothing of what a server wrote
// is shown unescaped.
std::string ChangeText(const Change& change);

// One change as one line of JSON (schemas/drift.schema.json).
std::string ChangeJson(const Change& change);

// What a tool says of its own effects (MCP, ToolAnnotations). The order is that of danger.
enum class Effects : uint8_t { kReadOnly, kAdditive, kUnsaid, kDestructive };
Effects EffectsOf(const Item& tool);

}  // namespace mcplexer::inventory

#endif  // MCPLEXER_COMPILER_INVENTORY_DRIFT_H_
