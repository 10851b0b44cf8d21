// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/space.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/analysis/order.h"
#include "tests/unit/analysis/analysed.h"

namespace mcplexer::analysis {
namespace {

using model::CallKind;

constexpr const char* kWorld =
    "server a { command = [\"a\"] }\n"
    "server b { command = [\"b\"]  namespace = \"a-b\" }\n"
    "principal p { uid = 1 groups = [g] }\n"
    "principal q { uid = 2 groups = [g, h] }\n"
    "workspace w { root = \"/w\"\n"
    "  allow a__x\n"
    "  allow *__x\n"
    "  allow a*\n"
    "  allow a*__*x\n"
    "  deny  \"{a,a-b}__x*\"\n"
    "  allow *x* via b\n"
    "  allow a__* except *x\n"
    "  allow re\"a(?:-b)?__(?:x|yx)\"\n"
    "  allow *__x, a__y\n"
    "  allow a__x__y\n"
    "  allow a__x in \"\"\n"
    "  deny  *__x in \"d/**\"\n"
    "  allow *__x in \"**/d\"\n"
    "  allow *__x in \"*\", \"d/d\"\n"
    "  allow a__* for p\n"
    "  allow a__x for g\n"
    "  deny  a__* for h, anonymous in \"d\"\n"
    "  allow prompt a__x\n"
    "  allow prompt *__* for p\n"
    "  allow resource a: \"x/*\"\n"
    "  allow resource a: \"**\", \"y\"\n"
    "  allow resource b: \"x/**\"\n"
    "}\n";

class SpaceTest : public testing::Test {
 protected:
  SpaceTest() {
    std::vector<std::string> names = AllTexts("xy", 3);
    names.insert(names.end(), {"x_", "_x", "x__", "x__y", "x__yx", "__x"});
    for (size_t principal = 0; principal < 3; ++principal) {
      for (const char* directory : {"/w", "/w/d", "/w/e", "/w/d/d", "/w/d/e", "/w/e/d", "/w/e/e"}) {
        for (CallKind kind : {CallKind::kTool, CallKind::kPrompt}) {
          for (const char* prefix : {"a__", "a-b__"}) {
            for (const std::string& name : names) Add(kind, prefix + name, directory, principal);
          }
        }
        for (size_t server : {0u, 1u}) {
          for (const char* uri : {"x", "y", "x/", "x/y", "x/y/x", "z"}) {
            Add(CallKind::kResource, uri, directory, principal);
            calls_.back().server = ServerId(server);
          }
        }
      }
    }
  }

  void Add(CallKind kind, std::string name, const char* directory, size_t principal) {
    reference::Call call;
    call.kind = kind;
    call.name = std::move(name);
    call.directory = directory;
    call.principal = PrincipalId(principal);
    calls_.push_back(std::move(call));
  }

  // Which calls a rule matches, by an interpreter of a policy that consists of it.
  std::vector<bool> Matching(RuleId id) const {
    model::Policy single = world_.policy();
    single.rules = {world_.policy().rules[id.index()]};
    single.rules[0].effect = model::Effect::kAllow;
    const reference::Interpreter interpreter(single, "/home");
    std::vector<bool> matching;
    for (const reference::Call& call : calls_) {
      matching.push_back(interpreter.Decide(call).reason == reference::Outcome::Reason::kRule);
    }
    return matching;
  }

  const Analysed world_ = Analyse(kWorld);
  const Space& space_ = *world_.space;
  std::vector<reference::Call> calls_;
};

TEST_F(SpaceTest, BoxesHoldTheCallsThatTheRulesMatch) {
  const RuleIndex index(space_);
  std::vector<std::vector<RuleId>> found;
  for (const reference::Call& call : calls_) {
    const bool hyphen = call.name.starts_with("a-b__");
    const ServerId server =
        call.kind == CallKind::kResource ? call.server : ServerId(size_t{hyphen ? 1u : 0u});
    const std::string name =
        call.kind == CallKind::kResource ? call.name : call.name.substr(hyphen ? 5 : 3);
    const std::string subpath = call.directory == "/w" ? "" : call.directory.substr(3);
    found.push_back(index.Matching(WorkspaceId(0u), space_.FieldOf(call.kind, server), name,
                                   subpath, call.principal));
  }
  for (size_t r = 0; r < world_.policy().rules.size(); ++r) {
    const std::vector<bool> matching = Matching(RuleId(r));
    EXPECT_NE(std::ranges::find(matching, true), matching.end()) << "rule " << r;
    for (size_t c = 0; c < calls_.size(); ++c) {
      ASSERT_EQ(std::ranges::binary_search(found[c], RuleId(r)), matching[c])
          << world_.policy().rules[r].id << " and " << calls_[c].name << " in "
          << calls_[c].directory;
    }
  }
}

TEST_F(SpaceTest, InclusionAndOverlapAgreeWithAllCalls) {
  const size_t rules = world_.policy().rules.size();
  std::vector<std::vector<bool>> matching;
  for (size_t r = 0; r < rules; ++r) matching.push_back(Matching(RuleId(r)));
  for (size_t a = 0; a < rules; ++a) {
    for (size_t b = 0; b < rules; ++b) {
      bool subset = true, overlap = false;
      for (size_t c = 0; c < calls_.size(); ++c) {
        if (matching[a][c] && !matching[b][c]) subset = false;
        if (matching[a][c] && matching[b][c]) overlap = true;
      }
      const std::string pair = world_.policy().rules[a].id + " and " + world_.policy().rules[b].id;
      EXPECT_EQ(space_.IsSubset(RuleId(a), RuleId(b)), subset) << pair;
      EXPECT_EQ(space_.Overlaps(RuleId(a), RuleId(b)), overlap) << pair;
    }
  }
}

TEST(SpaceBoxTest, RulesThatMatchNoCallAreEmpty) {
  const Analysed world = Analyse(
      "server a { command = [\"a\"] }\n"
      "workspace w { root = \"/w\"\n"
      "  allow a__x except a__* as nothing\n"
      "  allow a__x             as something\n"
      "  deny  *\n"
      "}\n");
  const RuleId nothing = world.Find("w.nothing");
  const RuleId something = world.Find("w.something");
  EXPECT_TRUE(world.space->box(nothing).empty);
  EXPECT_FALSE(world.space->box(something).empty);
  EXPECT_FALSE(world.space->Overlaps(nothing, something));
  EXPECT_FALSE(world.space->Overlaps(something, nothing));
  EXPECT_TRUE(world.space->IsStrictSubset(nothing, something));
  EXPECT_FALSE(world.space->IsSubset(something, nothing));
}

TEST(SpaceBoxTest, WithoutServersEveryBoxIsEmpty) {
  const Analysed world = Analyse("workspace w { root = \"/w\"  deny *__x }\n");
  EXPECT_TRUE(world.space->box(RuleId(0u)).empty);
  EXPECT_TRUE(world.space->name_fields().empty());
}

TEST(SpaceBoxTest, TheEmptyNamespaceHasNoPrefix) {
  const Analysed world = Analyse(
      "server a { command = [\"a\"]  namespace = \"\" }\n"
      "workspace w { root = \"/w\"  allow x  allow a__x  allow *x }\n");
  EXPECT_EQ(NamePrefix(world.policy().servers[0]), "");
  EXPECT_FALSE(world.space->Overlaps(RuleId(0u), RuleId(1u)));
  EXPECT_TRUE(world.space->IsStrictSubset(RuleId(0u), RuleId(2u)));
  EXPECT_TRUE(world.space->IsStrictSubset(RuleId(1u), RuleId(2u)));
}

TEST(SpaceBoxTest, PatternsThatNeedTooManyStatesAreReported) {
  auto lowered = model::LowerText(
      "server a { command = [\"a\"] }\n"
      "workspace w { root = \"/w\"\n"
      "  deny a__*x????????????\n"
      "}\n");
  automata::Limits limits;
  limits.max_dfa_states = 1'000;
  EXPECT_EQ(Space::Build(lowered->policy, limits, lowered->diagnostics), nullptr);
  ASSERT_EQ(lowered->diagnostics.all().size(), 1u);
  EXPECT_EQ(lowered->diagnostics.all()[0].code, source::Code::kAutomatonTooLarge);
}

}  // namespace
}  // namespace mcplexer::analysis
