// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/territory.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compiler/reference/regex.h"
#include "tests/unit/analysis/analysed.h"

namespace mcplexer::analysis {
namespace {

TEST(TerritoryTest, TheAssumedHomeIsApartFromAbsoluteRoots) {
  const auto home_with = [](const std::string& workspaces) {
    return HomeDirectory(model::LowerText(workspaces)->policy);
  };
  EXPECT_EQ(home_with("workspace a { root = \"~\" }"), "/home/user");
  EXPECT_EQ(home_with("workspace a { root = \"/\" }"), "/home/user");
  EXPECT_EQ(home_with("workspace a { root = \"/home/username\" }"), "/home/user");
  EXPECT_EQ(home_with("workspace a { root = \"/home/user\" }"), "/home2/user");
  EXPECT_EQ(home_with("workspace a { root = \"/home/user/x\" }"), "/home2/user");
  EXPECT_EQ(home_with("workspace a { root = \"/home\" } workspace b { root = \"/home2/user/b\" }"),
            "/home3/user");
}

class NestedTest : public testing::Test {
 protected:
  const Analysed world_ = Analyse(
      "server a { command = [\"a\"] }\n"
      "workspace outer  { root = \"/w\"      allow a__x in \"i/**\", \"*/n/*\" as rule }\n"
      "workspace inner  { root = \"/w/i\"    allow a__x }\n"
      "workspace nested { root = \"/w/i/n\"  allow a__x }\n");
  const Territory territory_{*world_.space};
  const std::vector<std::string> subpaths_ = {"",      "i",   "in", "n",     "i/n",  "n/a",
                                              "n/a/b", "i/a", "x",  "x/n/a", "a/n/a"};
};

TEST_F(NestedTest, DirectoriesBelongToTheDeepestWorkspace) {
  const reference::Interpreter interpreter(world_.policy(), territory_.home_directory());
  for (size_t w = 0; w < world_.policy().workspaces.size(); ++w) {
    const WorkspaceId home(w);
    for (const std::string& subpath : subpaths_) {
      reference::Call call;
      call.name = "a__x";
      call.principal = PrincipalId(0u);
      call.directory = territory_.DirectoryOf(home, subpath);
      EXPECT_EQ(territory_.Own(home).Matches(subpath), interpreter.Decide(call).workspace == home)
          << world_.policy().workspaces[w].name << " and " << subpath;
    }
  }
}

TEST_F(NestedTest, RebasedPathsAreTheSameDirectories) {
  const RuleId rule = world_.Find("outer.rule");
  const WorkspaceId outer = world_.policy().rules[rule.index()].workspace;
  for (size_t w = 0; w < world_.policy().workspaces.size(); ++w) {
    const WorkspaceId home(w);
    for (const std::string& subpath : subpaths_) {
      const std::string directory = territory_.DirectoryOf(home, subpath);
      const std::string from_outer = directory == "/w" ? "" : directory.substr(3);
      bool matches = false;
      for (const char* glob : {"i/**", "*/n/*"}) {
        matches |= reference::Matches(reference::RegexOfGlob(glob, reference::GlobKind::kPath),
                                      reference::PathText(from_outer));
      }
      EXPECT_EQ(territory_.Rebased(outer, world_.space->box(rule).paths, home).Matches(subpath),
                matches)
          << directory;
    }
  }
}

}  // namespace
}  // namespace mcplexer::analysis
