// SPDX-License-Identifier: Apache-2.0
// What a call is decided by, step by step. Conditions have tests of their own.

#include <gtest/gtest.h>

#include "tests/unit/decide/decide_fixture.h"

namespace mcplexer::decide {
namespace {

PlanBuilder TwoServers() {
  PlanBuilder b;
  b.Server("github").Server("linear", "lin").Scope("dev").Scope("prod");
  return b;
}

Condition IsA() { return Compare(Arg("x"), Op::kEq, Str("a")); }

TEST(HomeWorkspace, IsTheDeepestByWholeSegments) {
  PlanBuilder b = TwoServers();
  b.Workspace("ab", "/a/b", true).Workspace("a", "/a").Workspace("abc", "/a/b/c");
  const auto engine = MakeEngine(b);
  const auto home = [&](const std::string& directory) -> std::string {
    const Session session(engine, directory, PrincipalId(0u), "", "");
    if (!session.workspace().valid()) return "none";
    const auto& plan = engine->plan();
    return std::string(plan.text(plan.workspaces()[session.workspace().index()].name)) + ":" +
           std::string(session.subpath());
  };
  EXPECT_EQ(home("/a"), "a:");
  EXPECT_EQ(home("/a/x/y"), "a:x/y");
  EXPECT_EQ(home("/a/b"), "ab:");
  EXPECT_EQ(home("/a/bc"), "a:bc");
  EXPECT_EQ(home("/a/b-c"), "a:b-c");
  EXPECT_EQ(home("/a/b/c/d"), "abc:d");
  EXPECT_EQ(home("/a/b/"), "ab:");
  EXPECT_EQ(home("/"), "none");
  EXPECT_EQ(home("/ab"), "none");
  EXPECT_EQ(home("a/b"), "none");
  EXPECT_EQ(home(""), "none");
}

TEST(HomeWorkspace, OfTheRootDirectoryContainsEverything) {
  PlanBuilder b = TwoServers();
  b.Workspace("all", "/", true);
  const auto engine = MakeEngine(b);
  EXPECT_EQ(TestClient(engine, "/").Tool("github__x"), "allow default github");
  TestClient deep(engine, "/x/y");
  EXPECT_EQ(deep.Tool("github__x"), "allow default github");
  EXPECT_EQ(deep.session().subpath(), "x/y");
  EXPECT_EQ(engine->root(WorkspaceId(0u)), "/");
}

TEST(HomeWorkspace, OutsideOfAllEverythingIsDenied) {
  PlanBuilder b = TwoServers();
  b.Workspace("a", "/a", true);
  TestClient client(MakeEngine(b), "/b");
  EXPECT_EQ(client.Tool("github__x"), "deny no_workspace github");
  EXPECT_EQ(client.Tool("nobody__x"), "deny no_workspace");
  EXPECT_FALSE(client.session().CouldAllow({.name = "github__x"}));
}

TEST(Name, IsSplitAtItsFirstSeparator) {
  PlanBuilder b = TwoServers();
  b.Workspace("a", "/a", true);
  const auto engine = MakeEngine(b);
  TestClient client(engine, "/a");
  const auto tool = [&](std::string_view name) {
    return std::string(client.session().Decide({.name = name}).tool);
  };
  EXPECT_EQ(client.Tool("github__x__y"), "allow default github");
  EXPECT_EQ(tool("github__x__y"), "x__y");
  EXPECT_EQ(tool("github___x"), "_x");
  EXPECT_EQ(client.Tool("lin__x"), "allow default linear");
  EXPECT_EQ(client.Tool("linear__x"), "deny unknown_namespace");
  EXPECT_EQ(client.Tool("Github__x"), "deny unknown_namespace");
  EXPECT_EQ(client.Tool("github_x"), "deny unknown_namespace");
  EXPECT_EQ(client.Tool("__x"), "deny unknown_namespace");
  EXPECT_EQ(client.Tool(""), "deny unknown_namespace");
  EXPECT_EQ(client.Tool("github__"), "deny unknown_name github");
  EXPECT_EQ(client.Tool("github__a\nb"), "deny unknown_name github");
  EXPECT_EQ(client.Tool(std::string_view("github__a\0", 10)), "deny unknown_name github");
  EXPECT_EQ(client.Tool("github__\xff\x7f"), "allow default github");
  EXPECT_FALSE(client.session().CouldAllow({.name = "github__"}));
}

TEST(Name, WithTheEmptyNamespaceIsTheTool) {
  PlanBuilder b;
  b.Server("only", "").Workspace("a", "/a");
  b.Rule({.id = "a.x", .workspace = "a", .names = {"get*"}});
  TestClient client(MakeEngine(b), "/a");
  EXPECT_EQ(client.Tool("get_x"), "allow rule a.x only");
  EXPECT_EQ(client.session().Decide({.name = "get__x"}).tool, "get__x");
  EXPECT_EQ(client.Tool("get__x"), "allow rule a.x only");
  EXPECT_EQ(client.Tool("set"), "deny default only");
  EXPECT_EQ(client.Tool(""), "deny unknown_name only");
}

TEST(Name, OfAResourceBelongsToTheServerThatTheCallNames) {
  PlanBuilder b = TwoServers();
  b.Workspace("a", "/a");
  b.Rule({.id = "a.docs",
          .workspace = "a",
          .kind = CallKind::kResource,
          .names = {"github:file:///docs/*"}});
  TestClient client(MakeEngine(b), "/a");
  const auto read = [&](uint32_t server, std::string_view uri) {
    return client.Decide({.kind = CallKind::kResource, .name = uri, .server = ServerId(server)});
  };
  EXPECT_EQ(read(0, "file:///docs/a"), "allow rule a.docs github");
  EXPECT_EQ(read(0, "file:///etc/a"), "deny default github");
  EXPECT_EQ(read(1, "file:///docs/a"), "deny default linear");
  EXPECT_EQ(read(0, ""), "deny unknown_name github");
  EXPECT_EQ(read(2, "file:///docs/a"), "deny unknown_namespace");
  EXPECT_EQ(client.Decide({.kind = CallKind::kResource, .name = "file:///docs/a"}),
            "deny unknown_namespace");
}

TEST(Name, OfAResourceNeedsNoServerWhereThereIsOne) {
  PlanBuilder b;
  b.Server("github").Workspace("a", "/a", true);
  TestClient client(MakeEngine(b), "/a");
  EXPECT_EQ(client.Decide({.kind = CallKind::kResource, .name = "x:y"}), "allow default github");
}

TEST(Name, KindsAreApart) {
  PlanBuilder b = TwoServers();
  b.Workspace("a", "/a");
  b.Rule({.id = "a.tool", .workspace = "a", .names = {"github__x"}});
  b.Rule({.id = "a.prompt", .workspace = "a", .kind = CallKind::kPrompt, .names = {"github__y"}});
  TestClient client(MakeEngine(b), "/a");
  EXPECT_EQ(client.Tool("github__x"), "allow rule a.tool github");
  EXPECT_EQ(client.Tool("github__y"), "deny default github");
  EXPECT_EQ(client.Decide({.kind = CallKind::kPrompt, .name = "github__y"}),
            "allow rule a.prompt github");
  EXPECT_EQ(client.Decide({.kind = CallKind::kPrompt, .name = "github__x"}), "deny default github");
}

TEST(Candidates, ComeFromTheHomeWorkspaceAndThoseAroundIt) {
  PlanBuilder b = TwoServers();
  b.Workspace("out", "/a").Workspace("in", "/a/b").Workspace("beside", "/a/c");
  b.Rule({.id = "out.get", .workspace = "out", .names = {"*__get_*"}, .scope = "prod"});
  b.Rule({.id = "in.put", .workspace = "in", .names = {"github__put_*"}, .scope = "dev"});
  const auto engine = MakeEngine(b);
  TestClient in(engine, "/a/b/x");
  EXPECT_EQ(in.Tool("github__put_x"), "allow rule in.put github dev");
  EXPECT_EQ(in.Tool("lin__get_x"), "allow rule out.get linear prod");
  EXPECT_EQ(TestClient(engine, "/a").Tool("github__put_x"), "deny default github");
  EXPECT_EQ(TestClient(engine, "/a/c").Tool("github__put_x"), "deny default github");
}

TEST(Candidates, PathsAreRelativeToTheRulesWorkspace) {
  PlanBuilder b = TwoServers();
  b.Workspace("out", "/a").Workspace("in", "/a/b");
  b.Rule({.id = "out.bx", .workspace = "out", .names = {"github__o*"}, .paths = {"b/x", "b/x/*"}});
  b.Rule({.id = "in.x", .workspace = "in", .names = {"github__i*"}, .paths = {"x", "x/*"}});
  b.Rule({.id = "in.root", .workspace = "in", .names = {"github__r*"}, .paths = {""}});
  const auto engine = MakeEngine(b);
  TestClient x(engine, "/a/b/x/deep");
  EXPECT_EQ(x.Tool("github__o"), "allow rule out.bx github");
  EXPECT_EQ(x.Tool("github__i"), "allow rule in.x github");
  EXPECT_EQ(x.Tool("github__r"), "deny default github");
  TestClient root(engine, "/a/b");
  EXPECT_EQ(root.Tool("github__r"), "allow rule in.root github");
  EXPECT_EQ(root.Tool("github__i"), "deny default github");
  EXPECT_EQ(TestClient(engine, "/a/b/xx").Tool("github__i"), "deny default github");
}

TEST(Candidates, AreForTheirPrincipals) {
  PlanBuilder b = TwoServers();
  for (int i = 0; i < 70; ++i) b.Principal("p" + std::to_string(i));
  b.Workspace("a", "/a");
  b.Rule({.id = "a.some", .workspace = "a", .names = {"github__x"}, .principals = {"p1", "p69"}});
  b.Rule({.id = "a.anon", .workspace = "a", .names = {"github__y"}, .principals = {""}});
  const auto engine = MakeEngine(b);
  EXPECT_EQ(TestClient(engine, "/a", "p69").Tool("github__x"), "allow rule a.some github");
  EXPECT_EQ(TestClient(engine, "/a", "p1").Tool("github__x"), "allow rule a.some github");
  EXPECT_EQ(TestClient(engine, "/a", "p2").Tool("github__x"), "deny default github");
  EXPECT_EQ(TestClient(engine, "/a").Tool("github__x"), "deny default github");
  EXPECT_EQ(TestClient(engine, "/a").Tool("github__y"), "allow rule a.anon github");
  EXPECT_FALSE(engine->FindPrincipal("p70").has_value());
}

TEST(Candidates, OfSeveralAutomataAreJoined) {
  for (const size_t parts : {1u, 2u, 3u}) {
    PlanBuilder b = TwoServers();
    b.Parts(parts).Workspace("a", "/a");
    b.Rule({.id = "a.many",
            .workspace = "a",
            .names = {"github__a*", "github__*b", "github__?c*"},
            .paths = {"x*", "*y", "*z*"}});
    b.Rule({.id = "a.other", .workspace = "a", .effect = Effect::kDeny, .names = {"*__*no*"}});
    TestClient client(MakeEngine(b), "/a/xzy");
    EXPECT_EQ(client.Tool("github__acb"), "allow rule a.many github");
    EXPECT_EQ(client.Considered(), "a.many:decided");
    EXPECT_EQ(client.Tool("github__b"), "allow rule a.many github");
    EXPECT_EQ(client.Tool("github__d"), "deny default github");
    EXPECT_EQ(client.Tool("github__a_no_b"), "deny rule a.other github");
  }
}

TEST(Denies, WinOverEverything) {
  PlanBuilder b = TwoServers();
  b.Workspace("out", "/a").Workspace("in", "/a/b", true);
  b.Rule({.id = "out.no", .workspace = "out", .effect = Effect::kDeny, .names = {"*__delete*"}});
  b.Rule({.id = "in.yes", .workspace = "in", .names = {"github__delete_it"}, .priority = 0});
  TestClient client(MakeEngine(b), "/a/b");
  EXPECT_EQ(client.Tool("github__delete_it"), "deny rule out.no github");
  EXPECT_EQ(client.Considered(), "out.no:decided in.yes:outranked");
  EXPECT_FALSE(client.session().CouldAllow({.name = "github__delete_it"}));
  EXPECT_TRUE(client.session().CouldAllow({.name = "github__read"}));
}

TEST(Denies, NearestFirstThenByOrder) {
  PlanBuilder b = TwoServers();
  b.Workspace("out", "/a").Workspace("in", "/a/b");
  const auto deny = [&](std::string id, std::string workspace, int64_t order) {
    b.Rule({.id = std::move(id),
            .workspace = std::move(workspace),
            .effect = Effect::kDeny,
            .names = {"github__*"},
            .order = order});
  };
  deny("out.first", "out", 0);
  deny("in.late", "in", 9);
  deny("in.early", "in", 3);
  TestClient client(MakeEngine(b), "/a/b");
  EXPECT_EQ(client.Tool("github__x"), "deny rule in.early github");
  EXPECT_EQ(client.Considered(), "in.early:decided in.late:outranked out.first:outranked");
}

TEST(Denies, UnconditionalOnesDecideWithoutArguments) {
  PlanBuilder b = TwoServers();
  b.Workspace("out", "/a").Workspace("in", "/a/b");
  b.Rule({.id = "in.when",
          .workspace = "in",
          .effect = Effect::kDeny,
          .names = {"github__*"},
          .when = IsA()});
  b.Rule({.id = "out.flat", .workspace = "out", .effect = Effect::kDeny, .names = {"github__*"}});
  TestClient client(MakeEngine(b), "/a/b");
  EXPECT_EQ(client.Tool("github__x", R"({"x":"a"})"), "deny rule out.flat github");
  EXPECT_EQ(client.Considered(), "out.flat:decided in.when:outranked");
}

TEST(Denies, ConditionsThatCannotBeEvaluatedDeny) {
  PlanBuilder b = TwoServers();
  b.Workspace("a", "/a", true);
  b.Rule({.id = "a.when",
          .workspace = "a",
          .effect = Effect::kDeny,
          .names = {"github__*"},
          .when = IsA()});
  TestClient client(MakeEngine(b), "/a");
  EXPECT_EQ(client.Tool("github__x", R"({"x":"a"})"), "deny rule a.when github");
  EXPECT_EQ(client.Tool("github__x", R"({"x":"b"})"), "allow default github");
  EXPECT_EQ(client.Tool("github__x", R"({"x":1})"), "deny rule a.when github?");
  EXPECT_EQ(client.Tool("github__x"), "deny rule a.when github?");
  EXPECT_TRUE(client.session().CouldAllow({.name = "github__x"}));
}

TEST(Grants, NearestThenPriorityThenOrder) {
  PlanBuilder b = TwoServers();
  b.Workspace("out", "/a").Workspace("in", "/a/b");
  const auto allow = [&](std::string id, std::string workspace, int32_t priority, int64_t order) {
    b.Rule({.id = std::move(id),
            .workspace = std::move(workspace),
            .names = {"github__*"},
            .priority = priority,
            .order = order});
  };
  allow("out.urgent", "out", -5, 0);
  allow("in.later", "in", 100, 1);
  allow("in.urgent", "in", 50, 9);
  allow("in.urgent2", "in", 50, 8);
  TestClient client(MakeEngine(b), "/a/b");
  EXPECT_EQ(client.Tool("github__x"), "allow rule in.urgent2 github");
  EXPECT_EQ(client.Considered(),
            "in.urgent2:decided in.urgent:outranked in.later:outranked out.urgent:outranked");
}

TEST(Grants, FallThroughWhenAConditionIsNotTrue) {
  PlanBuilder b = TwoServers();
  b.Workspace("a", "/a");
  b.Rule({.id = "a.when",
          .workspace = "a",
          .effect = Effect::kApprove,
          .names = {"github__*"},
          .scope = "prod",
          .when = IsA()});
  b.Rule({.id = "a.else", .workspace = "a", .names = {"github__x*"}, .scope = "dev"});
  TestClient client(MakeEngine(b), "/a");
  EXPECT_EQ(client.Tool("github__x", R"({"x":"a"})"), "approve rule a.when github prod");
  EXPECT_EQ(client.Considered(), "a.when:decided a.else:outranked");
  EXPECT_EQ(client.Tool("github__x", R"({"x":"b"})"), "allow rule a.else github dev");
  EXPECT_EQ(client.Considered(), "a.when:condition_false a.else:decided");
  EXPECT_EQ(client.Tool("github__x", R"({"x":null})"), "allow rule a.else github dev?");
  EXPECT_EQ(client.Considered(), "a.when:condition_unknown a.else:decided");
  EXPECT_EQ(client.Tool("github__y", R"({"x":null})"), "deny default github?");
  EXPECT_EQ(client.Tool("github__y", R"({"x":"b"})"), "deny default github");
  EXPECT_TRUE(client.session().CouldAllow({.name = "github__y"}));
}

TEST(Grants, BeatenOnesAreNotAskedWhereTheNarrowerRuleMatches) {
  PlanBuilder b = TwoServers();
  b.Workspace("a", "/a");
  b.Rule({.id = "a.wide",
          .workspace = "a",
          .names = {"github__*"},
          .scope = "prod",
          .when = IsA(),
          .beaten_by = {"a.narrow"}});
  b.Rule({.id = "a.narrow", .workspace = "a", .names = {"github__get_*"}, .scope = "dev"});
  TestClient client(MakeEngine(b), "/a");
  EXPECT_EQ(client.Tool("github__get_x", R"({"x":"a"})"), "allow rule a.narrow github dev");
  EXPECT_EQ(client.Considered(), "a.narrow:decided a.wide:narrower_rule_matches");
  EXPECT_EQ(client.Tool("github__put_x", R"({"x":"a"})"), "allow rule a.wide github prod");
}

TEST(Require, DeniesAndNothingBroaderIsTried) {
  PlanBuilder b = TwoServers();
  b.Workspace("out", "/a").Workspace("in", "/a/b", true);
  b.Rule({.id = "in.guarded",
          .workspace = "in",
          .names = {"github__*"},
          .scope = "dev",
          .require = IsA()});
  b.Rule({.id = "out.all", .workspace = "out", .names = {"github__*"}});
  TestClient client(MakeEngine(b), "/a/b");
  EXPECT_EQ(client.Tool("github__x", R"({"x":"a"})"), "allow rule in.guarded github dev");
  EXPECT_EQ(client.Tool("github__x", R"({"x":"b"})"), "deny requirement_failed in.guarded github");
  EXPECT_EQ(client.Considered(), "in.guarded:requirement_failed out.all:outranked");
  EXPECT_EQ(client.Tool("github__x"), "deny requirement_failed in.guarded github?");
}

TEST(Default, IsTheHomeWorkspacesAndInjectsNothing) {
  PlanBuilder b = TwoServers();
  b.Workspace("out", "/a", true).Workspace("in", "/a/b", false).Workspace("in2", "/a/c", true);
  const auto engine = MakeEngine(b);
  EXPECT_EQ(TestClient(engine, "/a").Tool("lin__x"), "allow default linear");
  EXPECT_EQ(TestClient(engine, "/a/b").Tool("lin__x"), "deny default linear");
  EXPECT_EQ(TestClient(engine, "/a/c").Tool("lin__x"), "allow default linear");
}

TEST(Cache, DecidesTheSameBeyondItsBounds) {
  PlanBuilder b = TwoServers();
  b.Workspace("a", "/a");
  b.Rule({.id = "a.even",
          .workspace = "a",
          .names = {"github__*0", "github__*2", "lin__*4"},
          .when = IsA()});
  b.Rule({.id = "a.x", .workspace = "a", .names = {"github__*"}, .require = IsA()});
  const auto engine = MakeEngine(b);
  Session session(engine, "/a", PrincipalId(0u), "", "");
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 10'000; ++i) {
      const std::string name = (i % 3 == 0 ? "lin__" : "github__") +
                               std::string(i % 400 == 0 ? 300 : 1, 'n') + std::to_string(i);
      const Decision seen =
          session.Decide({.name = name, .arguments = i % 2 == 0 ? R"({"x":"a"})" : "{}"});
      Session fresh(engine, "/a", PrincipalId(0u), "", "");
      const Decision want =
          fresh.Decide({.name = name, .arguments = i % 2 == 0 ? R"({"x":"a"})" : "{}"});
      ASSERT_EQ(Show(*engine, seen), Show(*engine, want)) << name;
      ASSERT_EQ(seen.tool, want.tool);
    }
  }
}

TEST(Cache, TellsKindsAndServersApart) {
  PlanBuilder b = TwoServers();
  b.Workspace("a", "/a");
  b.Rule({.id = "a.t", .workspace = "a", .names = {"github__x"}});
  b.Rule(
      {.id = "a.r", .workspace = "a", .kind = CallKind::kResource, .names = {"linear:github__x"}});
  TestClient client(MakeEngine(b), "/a");
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(client.Tool("github__x"), "allow rule a.t github");
    const auto read = [&](uint32_t server) {
      return client.Decide(
          {.kind = CallKind::kResource, .name = "github__x", .server = ServerId(server)});
    };
    EXPECT_EQ(read(0), "deny default github");
    EXPECT_EQ(read(1), "allow rule a.r linear");
  }
}

TEST(Session, SurvivesBeingMoved) {
  PlanBuilder b = TwoServers();
  b.Workspace("a", "/a", true);
  Session first(MakeEngine(b), "/a/sub", PrincipalId(0u), "", "");
  first.Decide({.name = "github__x"});
  Session second = std::move(first);
  EXPECT_EQ(second.Decide({.name = "github__x"}).verdict, Verdict::kAllow);
  EXPECT_EQ(second.subpath(), "sub");
}

}  // namespace
}  // namespace mcplexer::decide
