// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/roots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "runtime/decide/paths.h"
#include "tests/unit/decide/decide_fixture.h"

namespace mcplexer::decide {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string Normal(std::string_view base, std::string_view path) {
  std::string out = "junk";
  return NormalizePath(base, path, out) ? (out.empty() ? "/" : out) : "none";
}

TEST(Paths, NormalForm) {
  EXPECT_EQ(Normal("", "/"), "/");
  EXPECT_EQ(Normal("", "/a/b/c"), "/a/b/c");
  EXPECT_EQ(Normal("", "/a/b/.c/..d"), "/a/b/.c/..d");
  EXPECT_EQ(Normal("", "/a/"), "/a");
  EXPECT_EQ(Normal("", "//a"), "/a");
  EXPECT_EQ(Normal("", "/a/b/."), "/a/b");
  EXPECT_EQ(Normal("", "/a//b/./c/"), "/a/b/c");
  EXPECT_EQ(Normal("", "/a/b/../c"), "/a/c");
  EXPECT_EQ(Normal("", "/a/.."), "/");
  EXPECT_EQ(Normal("", "/a/../.."), "none");
  EXPECT_EQ(Normal("", "/.."), "none");
  EXPECT_EQ(Normal("/w", "x/y"), "/w/x/y");
  EXPECT_EQ(Normal("/w", "."), "/w");
  EXPECT_EQ(Normal("/w", ".."), "/");
  EXPECT_EQ(Normal("/w", "../../x"), "none");
  EXPECT_EQ(Normal("/w", "..."), "/w/...");
  EXPECT_EQ(Normal("/w", "/x"), "/x");
  EXPECT_EQ(Normal("/w", ""), "none");
  EXPECT_EQ(Normal("/w", std::string_view("a\0b", 3)), "none");
}

TEST(Paths, Containment) {
  EXPECT_TRUE(ContainsPath("", "/a"));
  EXPECT_TRUE(ContainsPath("", ""));
  EXPECT_TRUE(ContainsPath("/a", "/a"));
  EXPECT_TRUE(ContainsPath("/a", "/a/b"));
  EXPECT_FALSE(ContainsPath("/a", "/ab"));
  EXPECT_FALSE(ContainsPath("/a/b", "/a"));
}

TEST(Paths, OrderPutsWhatIsContainedDirectlyBehind) {
  EXPECT_TRUE(PathLess("", "/a"));
  EXPECT_TRUE(PathLess("/a", "/a/b"));
  EXPECT_TRUE(PathLess("/a/b", "/a-b"));
  EXPECT_TRUE(PathLess("/a/z", "/a b"));
  EXPECT_FALSE(PathLess("/a", "/a"));
}

PlanBuilder HomeAndWork() {
  PlanBuilder b;
  b.Server("s").Workspace("home", "~").Workspace("work", "~/work").Workspace("srv", "/srv");
  return b;
}

TEST(Roots, HomeIsBound) {
  const auto engine = TryEngine(HomeAndWork(), "/home/u");
  ASSERT_TRUE(engine.has_value());
  EXPECT_EQ((*engine)->root(WorkspaceId(0u)), "/home/u");
  EXPECT_EQ((*engine)->root(WorkspaceId(2u)), "/home/u/work");
}

TEST(Roots, LinksAreFollowedAsFarAsDirectoriesExist) {
  const auto engine =
      TryEngine(HomeAndWork(), "/home/u", {{"/home/u", "/data/u"}, {"/data/u", "/data/u"}});
  ASSERT_TRUE(engine.has_value()) << engine.error().message;
  EXPECT_EQ((*engine)->root(WorkspaceId(2u)), "/data/u/work");
  TestClient client(*engine, "/data/u/work/x");
  EXPECT_EQ(client.session().subpath(), "x");
}

// Longer ones than an index entry has room for, alike in all that it has.
TEST(Roots, LongRootsAreToldApart) {
  const std::string most = "/srv/" + std::string(40, 'x');
  PlanBuilder b;
  b.Server("s").Workspace("a", most + "a").Workspace("b", most + "b");
  b.Workspace("exact", "/srv/" + std::string(27, 'y'));
  const auto engine = TryEngine(b, "/home/u");
  ASSERT_TRUE(engine.has_value()) << engine.error().message;
  EXPECT_EQ(TestClient(*engine, most + "a/in").session().workspace(), WorkspaceId(0u));
  EXPECT_EQ(TestClient(*engine, most + "b").session().workspace(), WorkspaceId(1u));
  EXPECT_EQ(TestClient(*engine, most + "b/in").session().subpath(), "in");
  EXPECT_FALSE(TestClient(*engine, most + "c").session().workspace().valid());
  EXPECT_FALSE(TestClient(*engine, most).session().workspace().valid());
  const std::string exact = "/srv/" + std::string(27, 'y');
  EXPECT_EQ(TestClient(*engine, exact + "/in").session().workspace(), WorkspaceId(2u));
  EXPECT_FALSE(TestClient(*engine, exact + "y").session().workspace().valid());
}

TEST(Roots, NestingOtherThanCompiledIsRefused) {
  const auto engine = TryEngine(HomeAndWork(), "/home/u", {{"/srv", "/home/u/work/srv"}});
  ASSERT_FALSE(engine.has_value());
  EXPECT_THAT(engine.error().message,
              AllOf(HasSubstr("`srv`"), HasSubstr("`work`"), HasSubstr("no workspace")));
}

TEST(Roots, LosingAParentIsRefused) {
  const auto engine = TryEngine(HomeAndWork(), "/home/u", {{"/home/u/work", "/mnt/work"}});
  ASSERT_FALSE(engine.has_value());
  EXPECT_THAT(engine.error().message, AllOf(HasSubstr("`work`"), HasSubstr("`home`")));
}

TEST(Roots, TheSameRootTwiceIsRefused) {
  const auto engine = TryEngine(HomeAndWork(), "/srv");
  ASSERT_FALSE(engine.has_value());
  EXPECT_THAT(engine.error().message,
              AllOf(HasSubstr("same root"), HasSubstr("`home`"), HasSubstr("`srv`")));
}

TEST(Roots, HomeMustBeKnownWhereItIsNeeded) {
  EXPECT_FALSE(TryEngine(HomeAndWork(), "").has_value());
  EXPECT_FALSE(TryEngine(HomeAndWork(), "home/u").has_value());
  PlanBuilder absolute;
  absolute.Server("s").Workspace("srv", "/srv");
  EXPECT_TRUE(TryEngine(absolute, "").has_value());
}

TEST(Roots, ABoundPlanLoadsForItsHomeOnly) {
  PlanBuilder b = HomeAndWork();
  b.Home("/home/u");
  EXPECT_TRUE(TryEngine(b, "/home/u").has_value());
  const auto other = TryEngine(b, "/home/v");
  ASSERT_FALSE(other.has_value());
  EXPECT_THAT(other.error().message, AllOf(HasSubstr("/home/u"), HasSubstr("/home/v")));
}

TEST(Roots, AFailingFileSystemIsReported) {
  auto plan = std::make_shared<const plan::Plan>(HomeAndWork().Build());
  const auto engine = Engine::Create(
      plan, "/home/u", [](const std::string& path) -> Result<std::optional<std::string>> {
        if (path.starts_with("/srv")) return Fail("too many links");
        return std::optional<std::string>();
      });
  ASSERT_FALSE(engine.has_value());
  EXPECT_THAT(engine.error().message, AllOf(HasSubstr("`srv`"), HasSubstr("too many links")));
}

TEST(Roots, SystemResolverFollowsRealLinks) {
  namespace fs = std::filesystem;
  std::string pattern = ::testing::TempDir() + "/roots_test_XXXXXX";
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  const fs::path base = fs::canonical(pattern);
  fs::create_directories(base / "real/inner");
  fs::create_directory_symlink(base / "real", base / "link");
  fs::create_directory_symlink(base / "loop2", base / "loop1");
  fs::create_directory_symlink(base / "loop1", base / "loop2");
  const PathResolver resolve = SystemPathResolver();
  EXPECT_EQ(*resolve(base / "link/inner"), (base / "real/inner").string());
  EXPECT_EQ(*resolve(base / "missing"), std::nullopt);
  EXPECT_FALSE(resolve(base / "loop1/x").has_value());
  fs::remove_all(base);
}

// The look-up and the obvious one agree.
TEST(Roots, FindAgreesWithALinearSearch) {
  const std::vector<std::string> roots = {"/",    "/a",  "/a/b", "/a/b/c", "/a-b",
                                          "/a b", "/ab", "/a.b", "/b/c",   "/b/c/d/e"};
  for (uint32_t subset = 0; subset < 1u << roots.size(); subset += 7) {
    PlanBuilder b;
    b.Server("s");
    for (size_t i = 0; i < roots.size(); ++i) {
      if ((subset >> i & 1) != 0) b.Workspace("w" + std::to_string(i), roots[i]);
    }
    const auto engine = MakeEngine(b);
    for (const std::string& root : roots) {
      for (const char* below : {"", "/b", "/b/c/x", "-b/c", "/c/d/e/f"}) {
        const std::string directory = root == "/" && *below != '\0' ? below : root + below;
        if (!directory.starts_with('/')) continue;
        std::string normal;
        NormalizePath("", directory, normal);
        size_t best = 0;
        WorkspaceId want;
        for (size_t w = 0; w < engine->plan().workspaces().size(); ++w) {
          const std::string shown = engine->root(WorkspaceId(w));
          const std::string of = shown == "/" ? "" : shown;
          if (!ContainsPath(of, normal) || (want.valid() && of.size() <= best)) continue;
          best = of.size();
          want = WorkspaceId(w);
        }
        const Session session(engine, directory, PrincipalId(0u), "", "");
        ASSERT_EQ(session.workspace(), want) << directory << " subset " << subset;
      }
    }
  }
}

// More segments than are looked up at once.
TEST(Roots, FindsDeepOnes) {
  std::string deep;
  for (int i = 0; i < 50; ++i) deep += "/d" + std::to_string(i);
  PlanBuilder b;
  b.Server("s");
  b.Workspace("w0", "/d0/d1");
  b.Workspace("w1", deep);
  const auto engine = MakeEngine(b);
  const auto home = [&](const std::string& directory) {
    return Session(engine, directory, PrincipalId(0u), "", "").workspace();
  };
  EXPECT_EQ(home(deep), WorkspaceId(1u));
  EXPECT_EQ(home(deep + "/x/y"), WorkspaceId(1u));
  EXPECT_EQ(home(deep + "x"), WorkspaceId(0u));
  EXPECT_EQ(home(deep.substr(0, deep.rfind('/'))), WorkspaceId(0u));
  EXPECT_FALSE(home("/d0").valid());
}

}  // namespace
}  // namespace mcplexer::decide
