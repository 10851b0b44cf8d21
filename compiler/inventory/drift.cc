// SPDX-License-Identifier: Apache-2.0
#include "compiler/inventory/drift.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "runtime/base/check.h"
#include "runtime/json/document.h"
#include "runtime/json/writer.h"

namespace mcplexer::inventory {
namespace {

// Whether text that a model may read differs: a value below a key that holds such text, or whole
// parts of a schema that hold one.
bool ChangesText(const std::vector<Difference>& differences) {
  static constexpr std::array<std::string_view, 3> kKeys = {"description", "title", "instructions"};
  const auto holds_text = [](const std::optional<std::string>& json) {
    return json && json->find("\"description\":") != std::string::npos;
  };
  return std::ranges::any_of(differences, [&](const Difference& difference) {
    const size_t slash = difference.path.rfind('/');
    const std::string_view last =
        std::string_view(difference.path).substr(slash == std::string::npos ? 0 : slash + 1);
    return std::ranges::find(kKeys, last) != kKeys.end() || holds_text(difference.after);
  });
}

class Comparer {
 public:
  std::vector<Change> Run(const Inventory& before, const Inventory& after) && {
    std::set<std::string> names;
    for (const Server& server : before.servers) names.insert(server.name);
    for (const Server& server : after.servers) names.insert(server.name);
    for (const std::string& name : names) {
      CompareServers(name, before.Find(name), after.Find(name));
    }
    const auto key = [](const Change& c) {
      return std::tie(c.risk, c.server, c.kind, c.item, c.member);
    };
    std::ranges::sort(changes_, [&](const Change& a, const Change& b) { return key(a) < key(b); });
    return std::move(changes_);
  }

 private:
  void CompareServers(const std::string& name, const Server* before, const Server* after) {
    if (before == nullptr || after == nullptr) {
      Change change;
      change.server = name;
      change.whole_server = true;
      change.what = before == nullptr ? Change::What::kAdded : Change::What::kRemoved;
      change.risk = before == nullptr ? Risk::kAdded : Risk::kRemoved;
      changes_.push_back(std::move(change));
      return;
    }
    CompareMember(name, "instructions", Risk::kText, json::EscapeString(before->instructions),
                  json::EscapeString(after->instructions));
    CompareMember(name, "protocolVersion", Risk::kOther,
                  json::EscapeString(before->protocol_version),
                  json::EscapeString(after->protocol_version));
    CompareMember(name, "serverInfo", Risk::kOther, before->info, after->info);
    for (const Kind kind : kKinds) CompareItems(name, kind, *before, *after);
  }

  void CompareMember(const std::string& server, const char* member, Risk risk,
                     const std::string& before, const std::string& after) {
    std::vector<Difference> differences = DiffJson(before, after);
    if (differences.empty()) return;
    Change change;
    change.risk = risk;
    change.server = server;
    change.whole_server = true;
    change.member = member;
    change.differences = std::move(differences);
    changes_.push_back(std::move(change));
  }

  void CompareItems(const std::string& server, Kind kind, const Server& before,
                    const Server& after) {
    const bool tool = kind == Kind::kTool;
    for (const Item& item : before.of(kind)) {
      const Item* now = after.Find(kind, item.name);
      if (now != nullptr) {
        if (now->digest != item.digest) CompareDefinitions(server, kind, item, *now);
        continue;
      }
      AddWhole(server, kind, item, Change::What::kRemoved, tool ? Risk::kRemoved : Risk::kOther);
    }
    for (const Item& item : after.of(kind)) {
      if (before.Find(kind, item.name) != nullptr) continue;
      AddWhole(server, kind, item, Change::What::kAdded, tool ? Risk::kAdded : Risk::kOther);
    }
  }

  void AddWhole(const std::string& server, Kind kind, const Item& item, Change::What what,
                Risk risk) {
    Change change;
    change.risk = risk;
    change.what = what;
    change.server = server;
    change.kind = kind;
    change.item = item.name;
    changes_.push_back(std::move(change));
  }

  // One change for each member of the definition that differs.
  void CompareDefinitions(const std::string& server, Kind kind, const Item& before,
                          const Item& after) {
    std::vector<Difference> differences = DiffJson(before.definition, after.definition);
    for (size_t i = 0; i < differences.size();) {
      const std::string member = MemberOf(differences[i].path);
      Change change;
      change.server = server;
      change.kind = kind;
      change.item = before.name;
      change.member = member;
      for (; i < differences.size() && MemberOf(differences[i].path) == member; ++i) {
        Difference difference = std::move(differences[i]);
        difference.path.erase(0, member.size() + 1);
        change.differences.push_back(std::move(difference));
      }
      change.risk = RiskOf(change, before, after);
      changes_.push_back(std::move(change));
    }
  }

  static std::string MemberOf(std::string_view path) {
    path.remove_prefix(std::min<size_t>(1, path.size()));
    return std::string(path.substr(0, path.find('/')));
  }

  static Risk RiskOf(const Change& change, const Item& before, const Item& after) {
    if (change.kind != Kind::kTool && change.kind != Kind::kPrompt) return Risk::kOther;
    if (change.member == "description" || change.member == "title") return Risk::kText;
    if (change.member == "annotations") {
      return EffectsOf(after) > EffectsOf(before) ? Risk::kEffect
             : ChangesText(change.differences)    ? Risk::kText
                                                  : Risk::kOther;
    }
    if (ChangesText(change.differences)) return Risk::kText;
    if (change.member == "inputSchema" || change.member == "outputSchema") return Risk::kShape;
    return Risk::kOther;
  }

  std::vector<Change> changes_;
};

}  // namespace

std::string_view NameOf(Risk risk) {
  static constexpr std::array<std::string_view, 6> kNames = {"effect",  "text",  "added",
                                                             "removed", "shape", "other"};
  return kNames[static_cast<size_t>(risk)];
}

std::vector<Change> Compare(const Inventory& before, const Inventory& after) {
  return Comparer().Run(before, after);
}

Effects EffectsOf(const Item& tool) {
  json::Document doc;
  json::Limits limits;
  limits.depth = Limits().depth;
  const auto parsed = doc.Parse(tool.definition, limits);
  MCPLEXER_CHECK(parsed.has_value());  // canonical
  const json::NodeId annotations = doc.Find(doc.Root(), "annotations");
  if (!annotations.valid()) return Effects::kUnsaid;
  const auto says = [&](std::string_view hint, json::Type type) {
    const json::NodeId node = doc.Find(annotations, hint);
    return node.valid() && doc.TypeOf(node) == type;
  };
  if (says("readOnlyHint", json::Type::kTrue)) return Effects::kReadOnly;
  if (says("destructiveHint", json::Type::kTrue)) return Effects::kDestructive;
  if (says("destructiveHint", json::Type::kFalse)) return Effects::kAdditive;
  return Effects::kUnsaid;
}

}  // namespace mcplexer::inventory
