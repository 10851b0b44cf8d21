// SPDX-License-Identifier: Apache-2.0
// For every two policies of some small worlds (every_policy.h) that have at most so many rules
// between them, where one that both have counts once, what Compare says equals what trying every
// call on both says: the kinds of difference, the tools of each, and the verdict. Both directions
// are taken, and a policy with itself; ambiguous policies have no plan and are left out. Nothing
// may be left unsettled.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "compiler/analysis/difference.h"
#include "tests/unit/analysis/alphabets.h"
#include "tests/unit/analysis/every_policy.h"
#include "tests/unit/analysis/tried_pair.h"

namespace mcplexer::analysis {
namespace {

using Kind = Difference::Kind;
using Verdict = Comparison::Verdict;

struct Counts {
  size_t pairs = 0;
  size_t compared = 0;                  // neither is ambiguous
  std::array<size_t, 4> verdicts = {};  // as Verdict has them
  friend bool operator==(const Counts&, const Counts&) = default;
};

std::ostream& operator<<(std::ostream& out, const Counts& c) {
  return out << fmt::format("{{{}, {}, {{{}}}}}", c.pairs, c.compared, fmt::join(c.verdicts, ", "));
}

struct Candidate {
  RuleList rules;
  std::string text;
  std::unique_ptr<TriedPolicy> policy;
  std::vector<reference::Outcome> outcomes;
};

std::vector<Candidate> AllCandidates(const SmallWorld& world, size_t size) {
  const std::vector<reference::Call> calls = world.Calls();
  std::vector<Candidate> all;
  for (const Shape& shape : world.shapes) {
    for (const RuleList& rules : AllLists(world.size(), size)) {
      if (!world.Fits(rules, shape)) continue;
      Candidate& one = all.emplace_back();
      one.rules = rules;
      one.text = world.TextOf(rules, shape);
      one.policy = std::make_unique<TriedPolicy>(one.text);
      if (one.policy->ambiguous()) continue;
      for (const reference::Call& call : calls) {
        one.outcomes.push_back(one.policy->Decide(call, call.principal.index() == 0 ? "" : "p"));
      }
    }
  }
  return all;
}

class Trial {
 public:
  explicit Trial(const SmallWorld& world) : calls_(world.Calls()) {
    options_.deciders = true;
    for (const std::string& name : world.names) options_.tools.push_back("s__" + name);
  }

  void Run(const Candidate& before, const Candidate& after) {
    ++counts_.pairs;
    if (before.policy->ambiguous() || after.policy->ambiguous()) return;
    ++counts_.compared;
    SCOPED_TRACE(before.text + "-----\n" + after.text);
    std::map<Kind, std::set<std::string>> tried;  // kind -> names
    std::set<Kind> kinds;
    for (size_t c = 0; c < calls_.size(); ++c) {
      for (const Kind kind :
           KindsByTrying(*before.policy, before.outcomes[c], *after.policy, after.outcomes[c])) {
        kinds.insert(kind);
        std::set<std::string>& names = tried[kind];
        if (calls_[c].kind == model::CallKind::kTool) names.insert(calls_[c].name);
      }
    }
    ++counts_.verdicts[static_cast<size_t>(VerdictOf(kinds))];

    const Comparison comparison =
        Compare(before.policy->policy(), after.policy->policy(), options_);
    EXPECT_TRUE(comparison.complete()) << comparison.unsettled.front();
    EXPECT_EQ(comparison.verdict(), VerdictOf(kinds));
    std::map<Kind, std::set<std::string>> found;
    for (const Difference& difference : comparison.differences) {
      found[difference.kind].insert(difference.tools.begin(), difference.tools.end());
    }
    EXPECT_EQ(found, tried);
  }

  const Counts& counts() const { return counts_; }

 private:
  const std::vector<reference::Call> calls_;
  CompareOptions options_;
  Counts counts_;
};

// How many rules both have between them.
size_t Together(const RuleList& a, const RuleList& b) {
  RuleList all;
  std::ranges::set_union(a, b, std::back_inserter(all));
  return all.size();
}

// `pairs`: how many there are of size 2, 3 and 4. `expected`: of size 2.
void TryEveryPair(const SmallWorld& world, const std::vector<size_t>& pairs,
                  const Counts& expected) {
  const size_t size = LargestPolicy(2);
  const std::vector<Candidate> all = AllCandidates(world, size);
  Trial trial(world);
  for (const Candidate& before : all) {
    for (const Candidate& after : all) {
      if (Together(before.rules, after.rules) > size) continue;
      trial.Run(before, after);
      if (::testing::Test::HasFailure()) return;
    }
  }
  const Counts& counts = trial.counts();
  fmt::print("{}\n", ::testing::PrintToString(counts));
  ASSERT_TRUE(size >= 2 && size < 2 + pairs.size());
  EXPECT_EQ(counts.pairs, pairs[size - 2]);
  if (size == 2) {
    EXPECT_EQ(counts, expected);
  }
}

TEST(Exhaustive, PairsOfOneWorkspace) {
  TryEveryPair(Changes(), {1268, 10900, 71612}, {1268, 1100, {168, 382, 382, 168}});
}

TEST(Exhaustive, PairsOfNestedWorkspaces) {
  TryEveryPair(NestedChanges(), {1140, 6718, 31513}, {1140, 1077, {151, 233, 233, 460}});
}

}  // namespace
}  // namespace mcplexer::analysis
