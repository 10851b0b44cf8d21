// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/solver.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "compiler/reference/value.h"
#include "tests/unit/analysis/analysed.h"
#include "tests/unit/analysis/small_world.h"

namespace mcplexer::analysis {
namespace {

using Kind = Solution::Kind;
using reference::Truth;
using Wish = std::pair<std::string, Wanted>;

bool Holds(Truth truth, Wanted wanted) {
  return wanted == Wanted::kTrue      ? truth == Truth::kTrue
         : wanted == Wanted::kFalse   ? truth == Truth::kFalse
         : wanted == Wanted::kNotTrue ? truth != Truth::kTrue
                                      : truth != Truth::kFalse;
}

// A policy whose conditions are the wishes, and a call that they are about.
class Problem {
 public:
  explicit Problem(const std::vector<Wish>& wishes) {
    std::string text =
        "server s { command = [\"s\"] }\n"
        "principal alice { uid = 1 groups = [ops] }\n"
        "principal bob { uid = 2 }\n"
        "workspace w { root = \"/w\"  tags = { team: \"a\" }\n";
    for (size_t i = 0; i < wishes.size(); ++i) {
      text += fmt::format("  allow s__t{} when {}\n", i, wishes[i].first);
    }
    lowered_ = model::LowerText(text + "}\n");
    for (const std::string& finding : lowered_->findings) ADD_FAILURE() << finding;
    interpreter_ = std::make_unique<reference::Interpreter>(lowered_->policy, "/home/me");
    for (size_t i = 0; i < wishes.size(); ++i) {
      goals_.push_back({lowered_->policy.rules[i].when, wishes[i].second});
    }
    call_.name = "s__t0";
    call_.directory = "/w/sub";
    call_.principal = PrincipalId(1u);
  }

  Solution Solve(const SolverLimits& limits = {}) const {
    const reference::Context context = interpreter_->ContextOf(call_, WorkspaceId(0u));
    return analysis::Solve(lowered_->policy, goals_, {&context, 1}, limits);
  }

  bool Satisfied(const std::string& arguments, const std::string& client,
                 const std::string& model) const {
    reference::Call call = call_;
    call.arguments = arguments;
    call.client = client;
    call.model = model;
    const reference::Context context = interpreter_->ContextOf(call, WorkspaceId(0u));
    for (const Goal& goal : goals_) {
      const auto& expr = lowered_->policy.conditions[goal.condition.index()].expr;
      if (!Holds(EvaluateCondition(expr, context), goal.wanted)) return false;
    }
    return true;
  }

 private:
  std::unique_ptr<model::Lowered> lowered_;
  std::unique_ptr<reference::Interpreter> interpreter_;
  std::vector<Goal> goals_;
  reference::Call call_;
};

void ExpectKind(const std::vector<Wish>& wishes, Kind kind) {
  std::string all;
  for (const auto& [condition, wanted] : wishes) {
    all += fmt::format("[{}: {}] ", static_cast<int>(wanted), condition);
  }
  SCOPED_TRACE(all);
  const Problem problem(wishes);
  const Solution solution = problem.Solve();
  EXPECT_EQ(static_cast<int>(solution.kind), static_cast<int>(kind));
  if (solution.kind == Kind::kFound) {
    EXPECT_TRUE(problem.Satisfied(solution.arguments, solution.client, solution.model))
        << solution.arguments;
  }
}

void ExpectAllTrue(const std::vector<std::string>& conditions, Kind kind) {
  std::vector<Wish> wishes;
  for (const std::string& condition : conditions) wishes.emplace_back(condition, Wanted::kTrue);
  ExpectKind(wishes, kind);
}

TEST(SolverTest, NoGoalsAreReachedByAnyCall) {
  const Problem problem({});
  const Solution solution = problem.Solve();
  EXPECT_EQ(solution.kind, Kind::kFound);
  EXPECT_EQ(solution.arguments, "{}");
}

TEST(SolverTest, Numbers) {
  ExpectAllTrue({"arg.n > 3", "arg.n < 5"}, Kind::kFound);
  ExpectAllTrue({"arg.n > 3", "arg.n < 4"}, Kind::kFound);  // a fraction
  ExpectAllTrue({"arg.n >= 3", "arg.n <= 3", "arg.n != 3"}, Kind::kImpossible);
  ExpectAllTrue({"arg.n > 3", "arg.n < 3"}, Kind::kImpossible);
  ExpectAllTrue({"arg.n < -1000000"}, Kind::kFound);
  ExpectAllTrue({"arg.n > 9007199254740992", "arg.n < 9007199254740994"}, Kind::kFound);
  ExpectAllTrue({"arg.n in [1, 2, 3]", "not arg.n in [1, 3]"}, Kind::kFound);
  ExpectAllTrue({"arg.n in [1, 3]", "arg.n in [2, 4]"}, Kind::kImpossible);
  ExpectAllTrue({"arg.n == 1", "arg.n == \"1\""}, Kind::kImpossible);
  // What lies between these is not tried, so nothing is claimed.
  ExpectAllTrue({"arg.n > 1.25", "arg.n < 1.26"}, Kind::kUnknown);
  ExpectAllTrue({"arg.n > 1e30", "arg.n < 1e29"}, Kind::kUnknown);
}

TEST(SolverTest, Texts) {
  ExpectAllTrue({"arg.s like \"a*\"", "arg.s matches re\".*b\""}, Kind::kFound);
  ExpectAllTrue({"arg.s == \"main\"", "arg.s matches re\"m.*\""}, Kind::kFound);
  ExpectAllTrue({"arg.s == \"main\"", "not arg.s matches re\"m.*\""}, Kind::kImpossible);
  ExpectAllTrue({"arg.s like \"a*\"", "arg.s like \"b*\""}, Kind::kImpossible);
  ExpectAllTrue({"arg.s in [\"a\", \"b\"]", "arg.s != \"a\"", "arg.s != \"b\""}, Kind::kImpossible);
  ExpectAllTrue({"not arg.s in [\"a\", \"b\"]"}, Kind::kFound);
  ExpectAllTrue({"arg.s matches re\"\\bx\\b\""}, Kind::kUnknown);
  ExpectAllTrue({"arg.s matches re\"\\bx\\b\"", "arg.t == 1"}, Kind::kUnknown);
  // The same comparison, whatever it is.
  ExpectAllTrue({"arg.s matches re\"\\bx\\b\"", "not arg.s matches re\"\\bx\\b\""},
                Kind::kImpossible);
}

TEST(SolverTest, Paths) {
  for (const char* directory : {"src", ".", "/", "/etc", "~", "~/work"}) {
    const std::string under = fmt::format("arg.p under \"{}\"", directory);
    ExpectAllTrue({under}, Kind::kFound);
    ExpectKind({{under, Wanted::kNotTrue}, {"has arg.p", Wanted::kTrue}}, Kind::kFound);
    ExpectAllTrue({under, "not " + under}, Kind::kImpossible);
  }
  // Every path that can be evaluated is below `/`.
  ExpectKind({{"arg.p under \"/\"", Wanted::kFalse}}, Kind::kImpossible);
  ExpectAllTrue({"arg.p under \"src\"", "arg.p under \"src/gen\""}, Kind::kFound);
  ExpectAllTrue({"arg.p under \"src\"", "arg.p under \"doc\""}, Kind::kUnknown);
}

TEST(SolverTest, PresenceAndWhatCannotBeEvaluated) {
  ExpectAllTrue({"has arg.a", "not has arg.a.b"}, Kind::kFound);
  ExpectAllTrue({"has arg.a.b", "not has arg.a"}, Kind::kImpossible);
  ExpectAllTrue({"has arg.a.b", "arg.a == null"}, Kind::kImpossible);
  ExpectAllTrue({"arg.a.b == 1", "arg.a.c == \"x\"", "has arg.a"}, Kind::kFound);
  ExpectAllTrue({"not arg.a? == 1", "not has arg.a"}, Kind::kFound);
  ExpectAllTrue({"arg.a == 1 or not has arg.a", "arg.a? != 1"}, Kind::kImpossible);
  ExpectKind({{"arg.a == 1", Wanted::kNotTrue}, {"arg.a == 1", Wanted::kNotFalse}}, Kind::kFound);
  ExpectKind({{"arg.a == 1", Wanted::kNotTrue},
              {"arg.a == 1", Wanted::kNotFalse},
              {"has arg.a", Wanted::kTrue},
              {"arg.a != 1", Wanted::kNotTrue}},
             Kind::kFound);
  ExpectKind({{"has arg.a", Wanted::kNotTrue}, {"has arg.a", Wanted::kNotFalse}},
             Kind::kImpossible);
  ExpectKind({{"arg.a == true", Wanted::kFalse}, {"arg.a == false", Wanted::kFalse}},
             Kind::kImpossible);
}

TEST(SolverTest, Sizes) {
  ExpectAllTrue({"size(arg.a) == 0"}, Kind::kFound);
  ExpectAllTrue({"size(arg.a) > 2", "size(arg.a) < 4"}, Kind::kFound);
  ExpectAllTrue({"size(arg.a) > 2", "size(arg.a) < 3"}, Kind::kImpossible);
  ExpectAllTrue({"size(arg.a) < 0"}, Kind::kImpossible);
  // The members of an object count, and so do those that another condition asks for.
  ExpectAllTrue({"size(arg.a) > 3", "arg.a.b == \"x\""}, Kind::kFound);
  ExpectAllTrue({"size(arg.a) == 1", "has arg.a.b", "has arg.a.c"}, Kind::kUnknown);
  ExpectAllTrue({"size(arg.a) == 3", "arg.a like \"a*\""}, Kind::kFound);
  ExpectAllTrue({"size(arg.a) == 3", "arg.a like \"b*\""}, Kind::kUnknown);
  ExpectAllTrue({"size(arg.a) > 1000000"}, Kind::kUnknown);
}

TEST(SolverTest, Arrays) {
  ExpectAllTrue({"any arg.a[*] == 1", "any arg.a[*] == 2"}, Kind::kFound);
  ExpectAllTrue({"all arg.a[*].p like \"x*\"", "any arg.a[*].p like \"*y\""}, Kind::kFound);
  ExpectAllTrue({"arg.a[2] == 5"}, Kind::kFound);
  ExpectAllTrue({"all arg.a[*] == 1", "not any arg.a[*] == 1"}, Kind::kFound);  // the empty one
  // Three elements could do what two do not, so there is no proof.
  ExpectAllTrue({"all arg.a[*] == 1", "any arg.a[*] == 2"}, Kind::kUnknown);
}

TEST(SolverTest, SessionsPrincipalsAndTags) {
  ExpectAllTrue({"session.client == \"a\"", "session.model like \"b*\""}, Kind::kFound);
  ExpectAllTrue({"session.client == \"a\"", "session.client != \"a\""}, Kind::kImpossible);
  ExpectKind({{"session.client == \"a\"", Wanted::kNotTrue},
              {"session.client == \"a\"", Wanted::kNotFalse}},
             Kind::kFound);  // a client without a name
  ExpectAllTrue({"session.client != \"a\""}, Kind::kFound);
  ExpectAllTrue({"not session.client in [\"a\", \"b\"]", "session.client like \"?\""},
                Kind::kFound);
  ExpectAllTrue({"session.client != \"a\"", "session.client like \"?\"",
                 "not session.client matches re\"[^a]\""},
                Kind::kImpossible);
  ExpectAllTrue({"principal.name == \"alice\"", "arg.who == principal.name"}, Kind::kFound);
  ExpectAllTrue({"principal.name == \"bob\""}, Kind::kImpossible);
  ExpectAllTrue({"arg.group in principal.groups", "arg.group != \"ops\""}, Kind::kImpossible);
  ExpectAllTrue({"workspace.tags.team == arg.team"}, Kind::kFound);
  ExpectAllTrue({"workspace.tags.team == \"b\""}, Kind::kImpossible);
}

TEST(SolverTest, ArgumentsComparedWithEachOther) {
  ExpectAllTrue({"arg.a == arg.b"}, Kind::kFound);
  // Each has values of its own, and these have none in common that would do.
  ExpectAllTrue({"arg.a == arg.b", "arg.a == 1"}, Kind::kUnknown);
  ExpectAllTrue({"arg.a < arg.b", "arg.b < arg.a"}, Kind::kUnknown);
}

TEST(SolverTest, TooManyCombinationsAreUnknown) {
  const Problem problem({{"arg.a == 1 or arg.b == 2", Wanted::kTrue}});
  EXPECT_EQ(problem.Solve({.max_combinations = 1}).kind, Kind::kUnknown);
  EXPECT_EQ(problem.Solve().kind, Kind::kFound);
}

TEST(SolverTest, WhatEachArgumentHasToBeIsNotCombined) {
  EXPECT_EQ(Problem({{"arg.a == 1 and not (arg.b != 2 or arg.c < 3)", Wanted::kTrue},
                     {"arg.a == 4 or arg.b == 5", Wanted::kNotTrue}})
                .Solve({.max_combinations = 1})
                .kind,
            Kind::kFound);
  EXPECT_EQ(Problem({{"arg.a == 1 and arg.b == 2", Wanted::kNotFalse},
                     {"arg.a == 3 or arg.c == 4", Wanted::kFalse},
                     {"arg.a != 1", Wanted::kTrue}})
                .Solve({.max_combinations = 1})
                .kind,
            Kind::kImpossible);
}

// What a condition can see of a call, put together without a look at the conditions.
struct Tried {
  std::string arguments;
  std::string client;
};

// Random goals: what is found does it, and what is called impossible is not among the calls.
void TryRandomGoals(const std::vector<std::string>& atoms, const std::vector<Tried>& calls,
                    int rounds) {
  std::mt19937 random(20240614);
  size_t kinds[3] = {};
  for (int round = 0; round < rounds; ++round) {
    const auto atom = [&] { return atoms[random() % atoms.size()]; };
    std::vector<Wish> wishes;
    for (size_t i = 1 + random() % 3; i > 0; --i) {
      std::string condition = atom();
      if (random() % 2 == 0) {
        condition = fmt::format("({} {} {})", condition, random() % 2 == 0 ? "and" : "or", atom());
      }
      if (random() % 4 == 0) condition = "not " + condition;
      wishes.emplace_back(condition, static_cast<Wanted>(random() % 4));
    }
    std::string all;
    for (const auto& [condition, wanted] : wishes) {
      all += fmt::format("[{}: {}] ", static_cast<int>(wanted), condition);
    }
    SCOPED_TRACE(all);
    const Problem problem(wishes);
    const Solution solution = problem.Solve();
    ++kinds[static_cast<size_t>(solution.kind)];
    if (solution.kind == Kind::kFound) {
      EXPECT_TRUE(problem.Satisfied(solution.arguments, solution.client, solution.model))
          << solution.arguments;
    }
    if (solution.kind == Kind::kImpossible) {
      for (const auto& [arguments, client] : calls) {
        ASSERT_FALSE(problem.Satisfied(arguments, client, "")) << arguments << ' ' << client;
      }
    }
  }
  EXPECT_GT(kinds[static_cast<size_t>(Kind::kFound)], static_cast<size_t>(rounds) / 3);
  EXPECT_GT(kinds[static_cast<size_t>(Kind::kImpossible)], static_cast<size_t>(rounds) / 15);
}

TEST(SolverTest, RandomGoals) {
  const std::vector<std::string> atoms = {
      "arg.a == 1",          "arg.a < 2",        "arg.a >= 1",
      "arg.a != \"x\"",      "arg.a == \"x\"",   "arg.a like \"x*\"",
      "has arg.a",           "arg.a? == null",   "size(arg.a) > 1",
      "size(arg.a) <= 2",    "has arg.a.b",      "arg.a.b == 1",
      "arg.b in [1, \"y\"]", "not has arg.b",    "arg.b matches re\"[a-y]\"",
      "arg.b > 0",           "arg.b == true",    "arg.b? != 3",
      "size(arg.b) == 1",    "arg.a under \"x\""};
  const std::vector<std::string> values = {"",
                                           "null",
                                           "true",
                                           "false",
                                           "0",
                                           "1",
                                           "1.5",
                                           "2",
                                           "3",
                                           "\"\"",
                                           "\"x\"",
                                           "\"y\"",
                                           "\"xy\"",
                                           "\"x/y\"",
                                           "\"/w/sub/x\"",
                                           "\"xyz\"",
                                           "[]",
                                           "[1]",
                                           "[1,2,3]",
                                           "{}",
                                           "{\"b\":1}",
                                           "{\"b\":2}",
                                           "{\"b\":1,\"c\":1}",
                                           "{\"c\":1,\"d\":2,\"e\":3}"};
  std::vector<Tried> calls;
  for (const std::string& a : values) {
    for (const std::string& b : values) {
      const std::string left = a.empty() ? "" : "\"a\":" + a;
      const std::string right = b.empty() ? "" : "\"b\":" + b;
      calls.push_back({"{" + left + (a.empty() || b.empty() ? "" : ",") + right + "}", ""});
    }
  }
  TryRandomGoals(atoms, calls, Rounds(150));
}

// Patterns that a text must and must not match, in all combinations.
TEST(SolverTest, RandomGoalsOfOneText) {
  const std::vector<std::string> atoms = {"arg.s like \"*x*\"",
                                          "arg.s like \"*y*\"",
                                          "arg.s like \"*xy\"",
                                          "arg.s like \"?\"",
                                          "arg.s matches re\"x|y\"",
                                          "arg.s matches re\"[^x]*\"",
                                          "arg.s? like \"z*\"",
                                          "arg.s == \"xy\"",
                                          "arg.s != \"x\"",
                                          "arg.s? == null",
                                          "session.client == \"m\"",
                                          "session.client != \"m\"",
                                          "session.client like \"m*\"",
                                          "session.client like \"*n\"",
                                          "session.client in [\"m\", \"n\"]"};
  std::vector<std::string> texts = {""};
  for (size_t begin = 0, length = 0; length < 3; ++length) {
    const size_t end = texts.size();
    for (; begin < end; ++begin) {
      for (const char letter : {'x', 'y', 'z'}) texts.push_back(texts[begin] + letter);
    }
  }
  std::vector<Tried> calls;
  for (const char* client : {"", "m", "n", "mn", "o"}) {
    for (const char* other : {"{}", R"({"s":null})", R"({"s":1})"})
      calls.push_back({other, client});
    for (const std::string& text : texts) calls.push_back({R"({"s":")" + text + "\"}", client});
  }
  TryRandomGoals(atoms, calls, Rounds(300));
}

// As many words as nobody could make classes of.
TEST(SolverTest, ManyPatterns) {
  std::vector<Wish> none;
  std::vector<Wish> one;
  for (int i = 0; i < 40; ++i) {
    const std::string word = fmt::format("arg.s like \"*w{}w*\"", i);
    none.emplace_back(word, Wanted::kFalse);
    one.emplace_back(word, i == 17 ? Wanted::kTrue : Wanted::kFalse);
  }
  ExpectKind(none, Kind::kFound);
  ExpectKind(one, Kind::kFound);
  one.emplace_back("arg.s like \"*w17w*\" and arg.t == 1", Wanted::kTrue);
  ExpectKind(one, Kind::kFound);
  one.emplace_back("arg.t == 2 or not arg.s like \"*17*\"", Wanted::kTrue);
  ExpectKind(one, Kind::kImpossible);
}

}  // namespace
}  // namespace mcplexer::analysis
