// SPDX-License-Identifier: Apache-2.0
// The tools that the inventory records, as rules see them. Servers that it does not record say
// nothing here, and no check draws a conclusion about them.

#ifndef MCPLEXER_COMPILER_ANALYSIS_KNOWN_TOOLS_H_
#define MCPLEXER_COMPILER_ANALYSIS_KNOWN_TOOLS_H_

#include <map>
#include <string>
#include <vector>

#include "compiler/analysis/space.h"
#include "compiler/inventory/inventory.h"

namespace mcplexer::analysis {

struct KnownTool {
  ServerId server;
  const inventory::Item* item = nullptr;
  std::string exposed;  // `ns__tool`
};

// Not for concurrent use. Space and inventory outlive it.
class KnownTools {
 public:
  KnownTools(const Space& space, const inventory::Inventory& inventory);

  bool Knows(ServerId server) const { return known_[server.index()]; }
  const std::vector<KnownTool>& of(ServerId server) const { return tools_[server.index()]; }
  // Of the servers that are recorded, in the order of the servers; none for a rule that is not
  // about tools.
  const std::vector<const KnownTool*>& MatchedBy(RuleId rule) const;
  // Whether every server whose names the rule matches is recorded.
  bool KnowsAllOf(RuleId rule) const;

 private:
  const Space& space_;
  std::vector<bool> known_;
  std::vector<std::vector<KnownTool>> tools_;
  mutable std::map<NameSetId, std::vector<const KnownTool*>> matched_;
};

// "`a`, `b` and 3 more".
std::string ListText(const std::vector<const KnownTool*>& tools, size_t most = 5);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_KNOWN_TOOLS_H_
