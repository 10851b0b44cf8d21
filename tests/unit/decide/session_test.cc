// SPDX-License-Identifier: Apache-2.0
// Sessions take over what others leave: they must decide as if they were the first.

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/unit/decide/decide_fixture.h"

namespace mcplexer::decide {
namespace {

PlanBuilder TwoTeams() {
  PlanBuilder b;
  b.Server("github").Server("linear", "lin").Scope("dev");
  b.Principal("alice", {"eng"}).Principal("bob");
  b.Workspace("a", "/a", false, {{"zone", "eu"}}).Workspace("ab", "/a/b", true);
  b.Rule({.id = "a.reads", .workspace = "a", .names = {"github__get_*"}, .scope = "dev"});
  b.Rule({.id = "a.alice",
          .workspace = "a",
          .effect = Effect::kApprove,
          .names = {"lin__*"},
          .paths = {"src*"},
          .principals = {"alice"}});
  b.Rule({.id = "ab.client",
          .workspace = "ab",
          .effect = Effect::kDeny,
          .names = {"github__*"},
          .when = Compare(Client(), Op::kEq, Str("cli"))});
  b.Rule({.id = "a.zone",
          .workspace = "a",
          .names = {"lin__list"},
          .require = And(Compare(Tag("zone"), Op::kEq, Str("eu")),
                         Compare(Arg("path"), Op::kUnder, Str("docs")))});
  return b;
}

// What one client asks in one session.
struct Visit {
  std::string directory;
  std::string principal;
  std::string client;
};

std::string Answers(const std::shared_ptr<const Engine>& engine, const Visit& visit) {
  TestClient client(engine, visit.directory, visit.principal, visit.client);
  std::string text;
  for (const char* name :
       {"github__get_x", "lin__list", "github__delete", "none__x", "lin__list"}) {
    text += client.Tool(name, R"({"path":"docs/a"})") + ", " + client.Considered() + "; ";
  }
  return text + std::string(client.session().subpath());
}

std::vector<Visit> AllVisits() {
  std::vector<Visit> visits;
  for (const char* directory : {"/a", "/a/src/x", "/a/b", "/a/b/../b/deep", "/", "relative"}) {
    for (const char* principal : {"", "alice", "bob"}) {
      for (const char* client : {"", "cli", "\xFF"})
        visits.push_back({directory, principal, client});
    }
  }
  return visits;
}

TEST(Sessions, DecideAsIfEachWereTheFirst) {
  const PlanBuilder b = TwoTeams();
  const auto shared = MakeEngine(b);
  const std::vector<Visit> visits = AllVisits();
  std::vector<std::string> expected;
  for (const Visit& visit : visits) expected.push_back(Answers(MakeEngine(b), visit));
  std::mt19937 random(3);
  for (int i = 0; i < 1000; ++i) {
    const size_t v = random() % visits.size();
    ASSERT_EQ(Answers(shared, visits[v]), expected[v]) << visits[v].directory;
  }
}

TEST(Sessions, OneThatGrewIsForgotten) {
  const auto engine = MakeEngine(TwoTeams());
  for (int round = 0; round < 2; ++round) {
    Session session(engine, "/a", PrincipalId(0u), "", "");
    for (int i = 0; i < 500; ++i) {
      const std::string name = "github__get_" + std::to_string(i);
      EXPECT_EQ(session.Decide({.name = name}).verdict, Verdict::kAllow);
      EXPECT_EQ(session.Decide({.name = name}).verdict, Verdict::kAllow);
    }
  }
}

TEST(Sessions, OutliveTheLastReferenceToTheEngine) {
  auto engine = MakeEngine(TwoTeams());
  std::optional<Session> session(std::in_place, engine, "/a", PrincipalId(0u), "", "");
  Session other(engine, "/a/b", PrincipalId(0u), "", "");
  engine.reset();
  EXPECT_EQ(session->Decide({.name = "github__get_x"}).verdict, Verdict::kAllow);
  session.reset();
  other = Session(std::move(other));
  EXPECT_EQ(other.Decide({.name = "lin__x"}).reason, Reason::kDefault);
}

TEST(Sessions, OfManyThreads) {
  const PlanBuilder b = TwoTeams();
  const auto shared = MakeEngine(b);
  const std::vector<Visit> visits = AllVisits();
  std::vector<std::string> expected;
  for (const Visit& visit : visits) expected.push_back(Answers(MakeEngine(b), visit));
  std::array<size_t, 4> wrong{};
  std::vector<std::thread> threads;
  for (size_t t = 0; t < wrong.size(); ++t) {
    threads.emplace_back([&, t] {
      for (size_t i = 0; i < 4 * visits.size(); ++i) {
        const size_t v = (i * 7 + t) % visits.size();
        if (Answers(shared, visits[v]) != expected[v]) ++wrong[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, (std::array<size_t, 4>{}));
}

}  // namespace
}  // namespace mcplexer::decide
