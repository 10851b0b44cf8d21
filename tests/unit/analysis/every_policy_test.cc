// SPDX-License-Identifier: Apache-2.0
// For every policy of some small worlds (every_policy.h) what the analysis says of it equals what
// trying every call says: which rules are ambiguous, which are in vain and which of these could go,
// which invariants hold. In such worlds the solver can settle everything, so nothing may be left
// unknown. (Of an ambiguous policy only the ambiguities are asked for: it has no plan.)
//
// Each policy's outcomes are kept. The policy without a rule is one of the world, too, and shorter,
// so that what a rule's absence changes is a comparison of two that have been computed.
#include "tests/unit/analysis/every_policy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/analysis/ambiguity.h"
#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/invariants.h"
#include "compiler/analysis/lint.h"
#include "compiler/analysis/reachability.h"
#include "tests/unit/analysis/alphabets.h"
#include "tests/unit/analysis/tried.h"

namespace mcplexer::analysis {
namespace {

using model::Effect;
using reference::Outcome;
using source::Code;
using Kind = Reach::Kind;

// How often a verdict was given, by what trying calls says.
struct Counts {
  size_t policies = 0;
  size_t ambiguous = 0;
  size_t unmatched = 0;  // rules from here
  size_t covered = 0;
  size_t unneeded = 0;
  size_t violated = 0;  // clauses
  friend bool operator==(const Counts&, const Counts&) = default;
};

std::ostream& operator<<(std::ostream& out, const Counts& c) {
  return out << fmt::format("{{{}, {}, {}, {}, {}, {}}}", c.policies, c.ambiguous, c.unmatched,
                            c.covered, c.unneeded, c.violated);
}

// All policies of one shape of a world, shorter ones first.
class Trial {
 public:
  Trial(const SmallWorld& world, const Shape& shape, Counts& counts)
      : world_(world), shape_(shape), counts_(counts), calls_(world.Calls()) {
    for (const Clause& clause : world.clauses) {
      const ClauseOracle& oracle = clauses_.emplace_back(clause);
      std::vector<bool>& meant = meant_.emplace_back();
      for (const reference::Call& call : calls_) meant.push_back(oracle.Means(call));
    }
  }

  // Ascending the first time.
  void Run(const RuleList& rules) {
    const std::string text = world_.TextOf(rules, shape_);
    SCOPED_TRACE(text);
    const Analysed analysed = Analyse(text);
    const reference::Interpreter& interpreter = analysed.search->interpreter();
    const auto [it, first] = tried_.try_emplace(Sorted(rules));
    if (first) it->second = Try(analysed.policy(), interpreter);
    ++counts_.policies;
    if (CheckAmbiguities(rules, analysed, interpreter, it->second)) {
      ++counts_.ambiguous;
      return;
    }
    CheckReachability(rules, analysed, interpreter);
    CheckInvariants(rules, analysed, interpreter, it->second);
  }

 private:
  // What becomes of a call: the home workspace is in it to name a default.
  struct Fate {
    decltype(Decision(model::Policy(), Outcome())) decision;
    WorkspaceId home;
    friend bool operator==(const Fate&, const Fate&) = default;
  };
  struct Seen {
    uint16_t fate;  // place in fates_
    uint8_t by;     // a bit for each place in the ascending list: whether it decides
  };
  using Outcomes = std::vector<Seen>;

  static RuleList Sorted(RuleList rules) {
    std::ranges::sort(rules);
    return rules;
  }

  Outcomes Try(const model::Policy& policy, const reference::Interpreter& interpreter) {
    Outcomes outcomes;
    for (const reference::Call& call : calls_) {
      const Outcome outcome = interpreter.Decide(call);
      const Fate fate{Decision(policy, outcome), outcome.workspace};
      auto at = std::ranges::find(fates_, fate);
      if (at == fates_.end()) at = fates_.insert(at, fate);
      Seen& seen = outcomes.emplace_back(Seen{static_cast<uint16_t>(at - fates_.begin()), 0});
      for (RuleId id : outcome.rules) seen.by |= static_cast<uint8_t>(1u << id.index());
    }
    return outcomes;
  }

  Outcome::Verdict VerdictOf(const Seen& seen) const {
    return std::get<Outcome::Verdict>(fates_[seen.fate].decision);
  }
  bool IsAmbiguous(const Seen& seen) const { return std::get<bool>(fates_[seen.fate].decision); }

  // The bit of a rule of the world, or of the first of several equal ones: they decide together.
  static uint8_t BitOf(const RuleList& rules, size_t rule) {
    const RuleList sorted = Sorted(rules);
    return static_cast<uint8_t>(1u << (std::ranges::lower_bound(sorted, rule) - sorted.begin()));
  }
  // Those that decide, as ids of a policy of `rules`.
  static std::vector<RuleId> Deciding(const RuleList& rules, const Seen& seen) {
    std::vector<RuleId> ids;
    for (size_t r = 0; r < rules.size(); ++r) {
      if ((seen.by & BitOf(rules, rules[r])) != 0) ids.emplace_back(r);
    }
    return ids;
  }

  // Whether there are any.
  bool CheckAmbiguities(const RuleList& rules, const Analysed& analysed,
                        const reference::Interpreter& interpreter, const Outcomes& outcomes) {
    RulePairs tried;
    for (const Seen& seen : outcomes) {
      if (IsAmbiguous(seen)) AddAmbiguous(analysed.policy(), Deciding(rules, seen), tried);
    }
    RulePairs found;
    for (const Ambiguity& one : FindAmbiguities(*analysed.search)) {
      found.emplace(one.first, one.second);
      if (!one.witness) {
        ADD_FAILURE() << "unknown";
        continue;
      }
      const Outcome outcome = interpreter.Decide(*one.witness);
      EXPECT_EQ(outcome.reason, Outcome::Reason::kAmbiguous);
      EXPECT_TRUE(std::ranges::count(outcome.rules, one.first) > 0);
      EXPECT_TRUE(std::ranges::count(outcome.rules, one.second) > 0);
    }
    EXPECT_EQ(found, tried);
    return !tried.empty();
  }

  bool Matches(size_t rule) const {
    return std::ranges::any_of(tried_.at({rule}), [](const Seen& seen) { return seen.by != 0; });
  }

  // A deny decides where no other one does.
  bool Decides(const RuleList& rules, size_t rule, bool deny) const {
    const uint8_t bit = BitOf(rules, rule);
    return std::ranges::any_of(tried_.at(Sorted(rules)), [&](const Seen& seen) {
      return deny ? seen.by == bit : (seen.by & bit) != 0;
    });
  }

  // Whether the calls that the rule decides are decided alike without it.
  bool IsReplaced(const RuleList& rules, size_t rule, const RuleList& without) const {
    const Outcomes& now = tried_.at(Sorted(rules));
    const Outcomes& then = tried_.at(Sorted(without));
    for (size_t c = 0; c < now.size(); ++c) {
      if ((now[c].by & BitOf(rules, rule)) != 0 && now[c].fate != then[c].fate) return false;
    }
    return true;
  }

  bool SameDecisions(const RuleList& a, const RuleList& b) const {
    return std::ranges::equal(tried_.at(Sorted(a)), tried_.at(Sorted(b)), {}, &Seen::fate,
                              &Seen::fate);
  }

  void CheckReachability(const RuleList& rules, const Analysed& analysed,
                         const reference::Interpreter& interpreter) {
    const std::vector<syntax::File> no_files;
    const LintContext context(*analysed.search, no_files, analysed.lowered->sources);
    const std::vector<Reach>& reaches = context.reach();
    source::Diagnostics findings;
    CheckUnmatchedRules(context, findings);
    CheckShadowedRules(context, findings);
    CheckRedundantRules(context, findings);
    RuleList left = rules;  // without the rules found needless so far
    for (size_t r = rules.size(); r-- > 0;) {
      SCOPED_TRACE(world_.Rule(rules[r]));
      const bool deny = analysed.policy().rules[r].effect == Effect::kDeny;
      RuleList without = left;
      without.erase(without.begin() + static_cast<ptrdiff_t>(r));
      const bool decides = Decides(left, rules[r], deny);
      const bool needless = deny ? !decides : SameDecisions(left, without);
      const Kind kind = !Matches(rules[r])                             ? Kind::kUnmatched
                        : !decides                                     ? Kind::kCovered
                        : !deny && IsReplaced(left, rules[r], without) ? Kind::kUnneeded
                                                                       : Kind::kDecides;
      const Reach& reach = reaches[r];
      EXPECT_EQ(reach.kind, kind);
      EXPECT_EQ(reach.needless, needless);
      CheckFindings(analysed.policy(), RuleId(r), reach, {kind, needless}, findings);
      if (kind == Kind::kUnmatched) ++counts_.unmatched;
      if (kind == Kind::kCovered) {
        ++counts_.covered;
        CheckCovering(rules, r, deny, reach.covering);
      }
      if (kind == Kind::kUnneeded) ++counts_.unneeded;
      if (kind == Kind::kDecides) {
        ASSERT_TRUE(reach.witness) << "unknown";
        if (left == rules) {
          const std::vector<RuleId> by = interpreter.Decide(*reach.witness).rules;
          EXPECT_TRUE(deny ? by == std::vector<RuleId>{RuleId(r)}
                           : std::ranges::count(by, RuleId(r)) > 0);
        }
      }
      if (needless) left = without;
    }
    EXPECT_TRUE(SameDecisions(rules, left));
  }

  // What is said of the rule. One that is in vain and could go is in vain because of rules that do
  // something else (W0302), or changes nothing (W0303, W0304), or an outer workspace's rule says
  // the same.
  static void CheckFindings(const model::Policy& policy, RuleId id, const Reach& reach,
                            const std::pair<Kind, bool>& tried,
                            const source::Diagnostics& findings) {
    const auto& [kind, needless] = tried;
    const model::Rule& rule = policy.rules[id.index()];
    std::set<Code> codes;
    for (const source::Diagnostic& finding : findings.all()) {
      if (finding.primary.span == rule.head_span) codes.insert(finding.code);
    }
    const bool redundant =
        codes.contains(Code::kRedundantRule) || codes.contains(Code::kDuplicateRule);
    const bool shadowed = codes.contains(Code::kShadowedRule) ||
                          (codes.contains(Code::kPriorityInversion) && kind == Kind::kCovered);
    EXPECT_EQ(codes.contains(Code::kUnmatchedRule), kind == Kind::kUnmatched);
    EXPECT_TRUE(!shadowed || kind == Kind::kCovered);
    EXPECT_TRUE(!redundant || needless);
    const bool rests_on_outer = std::ranges::any_of(reach.covering, [&](RuleId other) {
      return policy.rules[other.index()].workspace != rule.workspace;
    });
    if (needless && kind != Kind::kUnmatched && !rests_on_outer) {
      EXPECT_NE(shadowed, redundant);
    }
  }

  // They leave the rule nothing, and all of them are needed for that. (What an unconditional one is
  // there for is not seen by leaving it out: a wider conditional one that it beats would decide.)
  void CheckCovering(const RuleList& rules, size_t r, bool deny,
                     const std::vector<RuleId>& covering) {
    const auto is_conditional = [&](RuleId id) {
      return world_.Rule(rules[id.index()]).find(" when ") != std::string::npos;
    };
    const bool some_conditional = std::ranges::any_of(covering, is_conditional);
    const auto leaves_some = [&](RuleId without) {
      RuleList some = {rules[r]};
      for (RuleId id : covering) {
        if (id != without) some.push_back(rules[id.index()]);
      }
      return Decides(some, rules[r], deny);
    };
    EXPECT_FALSE(leaves_some(RuleId()));
    for (RuleId id : covering) {
      if (some_conditional && !is_conditional(id)) continue;
      EXPECT_TRUE(leaves_some(id)) << world_.Rule(rules[id.index()]);
    }
  }

  void CheckInvariants(const RuleList& rules, const Analysed& analysed,
                       const reference::Interpreter& interpreter, const Outcomes& outcomes) {
    const std::vector<Violation> found = FindViolations(*analysed.search);
    auto next = found.begin();
    for (size_t k = 0; k < clauses_.size(); ++k) {
      SCOPED_TRACE(world_.clauses[k].ToText());
      std::set<RuleId> through;  // what lets calls through that the clause forbids
      std::set<WorkspaceId> defaults;
      for (size_t c = 0; c < calls_.size(); ++c) {
        const Seen& seen = outcomes[c];
        if (!meant_[k][c] || !clauses_[k].Forbids(VerdictOf(seen))) continue;
        if (seen.by == 0) defaults.insert(fates_[seen.fate].home);
        for (RuleId id : Deciding(rules, seen)) through.insert(id);
      }
      const bool violated = !through.empty() || !defaults.empty();
      const bool claimed = next != found.end() && next->clause == k;
      EXPECT_EQ(claimed, violated);
      if (violated) ++counts_.violated;
      if (!claimed || !violated) continue;
      const Violation& violation = *next++;
      EXPECT_EQ(violation.rule, through.empty() ? RuleId() : *through.begin());
      if (through.empty()) {
        EXPECT_EQ(violation.workspace, *defaults.begin());
      }
      EXPECT_EQ(violation.more, through.size() + defaults.size() - 1);
      ASSERT_TRUE(violation.witness) << "unknown";
      EXPECT_TRUE(clauses_[k].Means(*violation.witness));
      EXPECT_TRUE(clauses_[k].Forbids(interpreter.Decide(*violation.witness).verdict));
    }
    EXPECT_TRUE(next == found.end());
  }

  const SmallWorld& world_;
  const Shape& shape_;
  Counts& counts_;
  const std::vector<reference::Call> calls_;
  std::deque<ClauseOracle> clauses_;
  std::vector<std::vector<bool>> meant_;  // clause, call
  std::vector<Fate> fates_;
  std::map<RuleList, Outcomes> tried_;  // by ascending list
};

struct Extent {
  size_t more = 0;  // rules than LargestPolicy says
  bool all_orders = false;
};

// `policies`: how many there are of size 2, 3 and 4. `expected`: of size 2.
void TryEveryPolicy(const SmallWorld& world, Extent extent, const std::vector<size_t>& policies,
                    const Counts& expected) {
  const size_t size = LargestPolicy(2);
  Counts counts;
  for (const Shape& shape : world.shapes) {
    Trial trial(world, shape, counts);
    for (RuleList rules : AllLists(world.size(), size + extent.more)) {
      do {
        trial.Run(rules);
        if (::testing::Test::HasFailure()) return;
      } while (extent.all_orders && std::ranges::next_permutation(rules).found);
    }
  }
  fmt::print("{}\n", ::testing::PrintToString(counts));
  ASSERT_TRUE(size >= 2 && size < 2 + policies.size());
  EXPECT_EQ(counts.policies, policies[size - 2]);
  if (size == 2) {
    EXPECT_EQ(counts, expected);
  }
}

TEST(Exhaustive, PoliciesOfNamesAndConditions) {
  TryEveryPolicy(NamesAndConditions(), {}, {861, 12341, 135751}, {861, 32, 0, 173, 126, 1661});
}

TEST(Exhaustive, PoliciesOfNamesDirectoriesAndPrincipals) {
  TryEveryPolicy(Boxes(), {}, {703, 9139, 91390}, {703, 108, 0, 90, 60, 864});
}

TEST(Exhaustive, PoliciesOfPrincipalsAndConditions) {
  TryEveryPolicy(ConditionalBoxes(), {.more = 1}, {969, 4845, 20349}, {969, 344, 0, 0, 916, 1250});
}

TEST(Exhaustive, PoliciesOfEffects) {
  TryEveryPolicy(Effects(), {}, {870, 8990, 71920}, {870, 240, 0, 84, 120, 1538});
}

TEST(Exhaustive, PoliciesOfNestedWorkspaces) {
  TryEveryPolicy(Nests(), {}, {650, 5850, 40950}, {650, 24, 0, 126, 131, 1288});
}

TEST(Exhaustive, PoliciesOfAllOrders) {
  TryEveryPolicy(AnyOrder(), {.more = 1, .all_orders = true}, {400, 2801, 19608},
                 {400, 32, 156, 124, 130, 429});
}

// What each rule of the world by itself, and each clause, makes of a call.
class Sight {
 public:
  explicit Sight(const SmallWorld& world) {
    for (size_t r = 0; r < world.size(); ++r) {
      policies_.push_back(Analyse(world.TextOf({r}, world.shapes.back())));
      interpreters_.emplace_back(policies_.back().policy(), "/home");
    }
    for (const Clause& clause : world.clauses) clauses_.emplace_back(clause);
  }

  std::vector<size_t> Of(const std::vector<reference::Call>& calls) const {
    std::vector<size_t> seen;
    for (const reference::Call& call : calls) {
      for (const reference::Interpreter& interpreter : interpreters_) {
        const Outcome outcome = interpreter.Decide(call);
        seen.push_back((outcome.workspace.valid() ? outcome.workspace.index() + 1 : 0) * 100 +
                       static_cast<size_t>(outcome.reason) * 10 + outcome.rules.size());
      }
      for (const ClauseOracle& clause : clauses_) seen.push_back(clause.Means(call) ? 1 : 0);
    }
    return seen;
  }

 private:
  std::vector<Analysed> policies_;
  std::deque<reference::Interpreter> interpreters_;
  std::deque<ClauseOracle> clauses_;
};

using Texts = std::vector<std::string>;

// Whatever else a name, a directory or arguments could be, all rules and clauses see one of the
// world's in it, whatever the rest of the call.
void CheckCalls(const SmallWorld& world) {
  const Sight sight(world);
  const auto check = [&](const Texts& own, const Texts& others, const auto& calls_of) {
    std::set<std::vector<size_t>> known;
    for (const std::string& one : own) known.insert(sight.Of(calls_of(Texts{one})));
    for (const std::string& one : others) {
      EXPECT_TRUE(known.contains(sight.Of(calls_of(Texts{one})))) << one;
    }
  };
  check(
      world.names,
      Concat(AllTexts("xyz", 2), {"xzy", "xyx", "yxy", "zxy", "X", "x__y", "_", "xy/y"}),
      [&](const Texts& names) { return world.CallsOf(names, world.directories, world.arguments); });
  Texts directories = {"/", "/v", "/v/i", "/w", "/wi", "/i"};
  for (size_t at = 3, depth = 0; depth < 2; ++depth) {
    for (const size_t end = directories.size(); at < end; ++at) {
      if (!directories[at].starts_with("/w")) continue;
      for (const char* segment : {"/i", "/a", "/w"}) {
        directories.push_back(directories[at] + segment);
      }
    }
  }
  check(world.directories, directories,
        [&](const Texts& of) { return world.CallsOf(world.names, of, world.arguments); });
  Texts members;
  for (const char* n : {"", "-1", "0", "1", "1.0", "1.5", "2", "1e9", "null", "true", "\"2\"",
                        "[2]", "{\"n\":2}"}) {
    for (const char* r : {"", "0", "null", "\"\""}) {
      Texts some;
      if (*n != '\0') some.push_back(fmt::format("\"n\":{}", n));
      if (*r != '\0') some.push_back(fmt::format("\"r\":{}", r));
      members.push_back(fmt::format("{}", fmt::join(some, ",")));
    }
  }
  check(world.arguments, members, [&](const Texts& arguments) {
    return world.CallsOf(world.names, world.directories, arguments);
  });
}

TEST(Exhaustive, EveryCallIsLikeOneOfItsWorld) {
  for (const SmallWorld& world : {NamesAndConditions(), Boxes(), ConditionalBoxes(), Effects(),
                                  Nests(), AnyOrder(), Changes(), NestedChanges()}) {
    CheckCalls(world);
  }
}

}  // namespace
}  // namespace mcplexer::analysis
