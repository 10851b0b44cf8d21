// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/roots.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/model/lowered.h"

namespace mcplexer::model {
namespace {

std::string Normal(std::string_view text) {
  const auto root = ParseRoot(text);
  return root ? RootText(*root) : root.error().message;
}

TEST(RootsTest, RootsAreNormalised) {
  EXPECT_EQ(Normal("/"), "/");
  EXPECT_EQ(Normal("/a/b"), "/a/b");
  EXPECT_EQ(Normal("/a/./b/"), "/a/b");
  EXPECT_EQ(Normal("/."), "/");
  EXPECT_EQ(Normal("~"), "~");
  EXPECT_EQ(Normal("~/"), "~");
  EXPECT_EQ(Normal("~/work/acme"), "~/work/acme");
  EXPECT_EQ(Normal("${HOME}"), "~");
  EXPECT_EQ(Normal("${HOME}/work/"), "~/work");
  EXPECT_EQ(Normal("/a b/[c]"), "/a b/[c]");
}

TEST(RootsTest, WhatIsRefusedIsPlaced) {
  const auto refused = [](std::string_view text) {
    const auto root = ParseRoot(text);
    EXPECT_FALSE(root) << text;
    return root ? "" : std::string(text.substr(root.error().offset, root.error().length));
  };
  EXPECT_EQ(refused(""), "");
  EXPECT_EQ(refused("a/b"), "a/b");
  EXPECT_EQ(refused("~bob/x"), "b");
  EXPECT_EQ(refused("/a//b"), "//");
  EXPECT_EQ(refused("/a/../b"), "..");
  EXPECT_EQ(refused("~/.."), "..");
  EXPECT_EQ(refused("/a/${HOME}"), "${");
  EXPECT_EQ(refused("/a\nb"), "\n");
  EXPECT_EQ(refused("/" + std::string(4096, 'a')).size(), 4097u);
}

std::string ParentOf(const Lowered& lowered, std::string_view name) {
  for (const Workspace& workspace : lowered.policy.workspaces) {
    if (workspace.name != name || !workspace.parent.valid()) continue;
    return lowered.policy.workspaces[workspace.parent.index()].name;
  }
  return "";
}

constexpr const char* kNested =
    "workspace all { root = \"/\" }\n"
    "workspace home { root = \"~\" }\n"
    "workspace deep { root = \"~/work/acme/src\" }\n"
    "workspace work { root = \"~/work\" }\n"
    "workspace worker { root = \"~/worker\" }\n"
    "workspace people { root = \"/home\" }\n"
    "workspace lib { root = \"/home/ann/lib\" }\n";

TEST(RootsTest, NestingIsBySegments) {
  const auto lowered = LowerText(kNested);
  EXPECT_TRUE(lowered->findings.empty());
  EXPECT_EQ(ParentOf(*lowered, "all"), "");
  EXPECT_EQ(ParentOf(*lowered, "home"), "all");  // whatever `~` is, it lies in `/`
  EXPECT_EQ(ParentOf(*lowered, "deep"), "work");
  EXPECT_EQ(ParentOf(*lowered, "work"), "home");
  EXPECT_EQ(ParentOf(*lowered, "worker"), "home");
  EXPECT_EQ(ParentOf(*lowered, "people"), "all");
  EXPECT_EQ(ParentOf(*lowered, "lib"), "people");
}

TEST(RootsTest, AKnownHomeNestsAbsoluteAndHomeRoots) {
  LowerOptions options;
  options.home = "/home/ann";
  const auto lowered = LowerText(kNested, options);
  EXPECT_TRUE(lowered->findings.empty());
  EXPECT_EQ(lowered->policy.home, "/home/ann");
  EXPECT_EQ(ParentOf(*lowered, "home"), "people");
  EXPECT_EQ(ParentOf(*lowered, "lib"), "home");
}

TEST(RootsTest, RootsThatMeetAtHomeAreShared) {
  LowerOptions options;
  options.home = "/home/ann";
  const char* text =
      "workspace a { root = \"~/x\" }\n"
      "workspace b { root = \"/home/ann/x\" }\n";
  EXPECT_TRUE(LowerText(text)->findings.empty());
  EXPECT_EQ(LowerText(text, options)->findings,
            std::vector<std::string>{"p.plex:2:22 [\"/home/ann/x\"] E0209 workspaces `a` and `b` "
                                     "share the root `/home/ann/x`"});
}

TEST(RootsTest, AHomeThatIsNoneIsReported) {
  LowerOptions options;
  options.home = "ann";
  EXPECT_EQ(
      LowerText("", options)->findings,
      std::vector<std::string>{"E0108 `ann` cannot be the home directory: it is not absolute"});
}

}  // namespace
}  // namespace mcplexer::model
