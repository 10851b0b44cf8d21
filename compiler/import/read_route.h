// SPDX-License-Identifier: Apache-2.0
// One route rule of a MCPlexer YAML file, to a rule of a policy and what tells when it is tried.

#ifndef MCPLEXER_COMPILER_IMPORT_READ_ROUTE_H_
#define MCPLEXER_COMPILER_IMPORT_READ_ROUTE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/import/draft.h"
#include "compiler/import/import_routes.h"
#include "compiler/import/names.h"
#include "compiler/import/route_names.h"

namespace mcplexer::importer {

struct Route {
  Rule rule;  // its patterns, exceptions, path and priority are written last
  size_t workspace = 0;
  std::vector<ToolNames> names;    // as the tools are called here
  std::vector<ToolNames> except;   // some of them
  std::vector<std::string> globs;  // of its `in`
  // What it is sorted by, besides the workspace.
  std::pair<int64_t, std::string> rank;  // of its workspace
  int path_specificity = 0;
  int tool_specificity = 0;
  int64_t priority = 0;
  std::string id;
  uint32_t line = 0;

  bool denies() const { return rule.effect == "deny"; }
};

// The rule as it is written.
Rule WrittenRule(const Route& route);

class RouteReader {
 public:
  // All must outlive the reader. `draft` has everything but rules.
  RouteReader(Yaml& yaml, const YamlNames& names, const Check& check, Draft& draft)
      : yaml_(yaml), names_(names), check_(check), draft_(draft) {}

  // Nothing, and a note, where the rule is never matched. A rule that the original could not carry
  // out refuses what it matches; so does a deny.
  std::optional<Route> Read(Value item);

  // Ids of rules without a path.
  const std::vector<std::string>& pathless() const { return pathless_; }

 private:
  bool ReadNames(Value item, Route& route, std::string& refused);
  // Why the rule refuses what it matches, or nothing.
  std::string Grant(Value item, Route& route);
  std::string ReadLists(Value item, Route& route);
  void ReadApproval(Value item, Route& route);
  // Makes a deny of the rule.
  static void Refuse(Route& route);
  void Fit(Route& route);
  bool Compiles(const Route& route) const;
  void Tell(const Route& route, std::string_view text);

  Yaml& yaml_;
  const YamlNames& names_;
  const Check& check_;
  Draft& draft_;
  UniqueNames rule_names_;
  std::vector<std::string> pathless_;
};

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_READ_ROUTE_H_
