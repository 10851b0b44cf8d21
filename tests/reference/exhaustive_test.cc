// SPDX-License-Identifier: Apache-2.0
// The engine against the reference on every class of calls: one directory of each class of paths in
// each workspace, one name of each class in each field, every principal, and one value of each kind
// that the conditions tell apart. For a policy that this passes for, no call at all is decided
// otherwise, as far as its conditions are about one argument each.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "compiler/analysis/solver_values.h"
#include "compiler/analysis/territory.h"
#include "compiler/commands/compilation.h"
#include "runtime/decide/decide.h"
#include "tests/reference/compile_text.h"
#include "tests/reference/generator.h"

namespace mcplexer {
namespace {

using commands::Compilation;
using reference::Outcome;
using testing::kHome;

class Comparison {
 public:
  explicit Comparison(const Compilation& compilation)
      : policy_(compilation.policy),
        space_(*compilation.space),
        territory_(space_),
        home_(territory_.home_directory()),
        interpreter_(policy_, home_) {
    auto plan = plan::Plan::Load(compilation.plan);
    EXPECT_TRUE(plan.has_value()) << plan.error().message;
    // Nothing of the examples' directories need exist here.
    const decide::PathResolver nothing_exists = [](const std::string&) {
      return Result<std::optional<std::string>>(std::nullopt);
    };
    auto engine = decide::Engine::Create(std::make_shared<plan::Plan>(*std::move(plan)), home_,
                                         nothing_exists);
    EXPECT_TRUE(engine.has_value()) << engine.error().message;
    engine_ = *std::move(engine);
  }

  // The number of calls compared.
  size_t Run() {
    for (const std::string& directory : Directories()) {
      for (size_t p = 0; p < policy_.principals.size(); ++p) {
        decide::Session session(engine_, directory, PrincipalId(p), "editor", "m1");
        for (const reference::Call& name : Names()) {
          reference::Call call = name;
          call.directory = directory;
          call.principal = PrincipalId(p);
          call.client = "editor";
          call.model = "m1";
          for (const std::string& arguments : Arguments(session, call)) {
            call.arguments = arguments;
            Compare(session, call);
            if (::testing::Test::HasFailure()) return compared_;
          }
        }
      }
    }
    return compared_;
  }

 private:
  // Witnesses of the path classes of every workspace, which nested workspaces may take over.
  std::set<std::string> Directories() const {
    std::set<std::string> directories = {"/", "/nowhere/at/all"};
    for (size_t w = 0; w < policy_.workspaces.size(); ++w) {
      directories.insert(territory_.DirectoryOf(WorkspaceId(w), ""));
      for (const auto& part : space_.paths(WorkspaceId(w)).automata().parts) {
        for (const auto& witness : part.automaton.witnesses) {
          if (witness) directories.insert(territory_.DirectoryOf(WorkspaceId(w), *witness));
        }
      }
    }
    return directories;
  }

  std::vector<reference::Call> Names() const {
    std::vector<reference::Call> names;
    for (const analysis::NameField& field : space_.name_fields()) {
      const bool resource = field.kind == model::CallKind::kResource;
      std::set<std::string> rests = {"other", ""};
      for (const auto& part : field.field.automata().parts) {
        for (const auto& witness : part.automaton.witnesses) {
          if (witness) rests.insert(*witness);
        }
      }
      for (const std::string& rest : rests) {
        reference::Call call;
        call.kind = field.kind;
        call.server = resource ? field.server : ServerId();
        call.name = (resource ? std::string()
                              : analysis::NamePrefix(policy_.servers[field.server.index()])) +
                    rest;
        names.push_back(call);
      }
    }
    return names;
  }

  // For the conditions of the rules that match: each value of each variable by itself, and each
  // pair of neighbours together.
  const std::set<std::string>& Arguments(decide::Session& session, const reference::Call& call) {
    std::vector<decide::Considered> considered;
    session.Explain(Asked(call), &considered);
    std::set<ConditionId> asked;
    for (const decide::Considered& one : considered) {
      const model::Rule& rule = policy_.rules[one.rule.index()];
      if (rule.when.valid()) asked.insert(rule.when);
      if (rule.require.valid()) asked.insert(rule.require);
    }
    // Directories and servers decide what a relative path is, so they are part of the key.
    const auto [it, inserted] =
        arguments_.try_emplace(std::tuple(asked, call.directory, call.principal, call.name));
    std::set<std::string>& texts = it->second;
    if (!inserted) return texts;
    texts = {"{}", "", "[]", R"({"a":1,"a":1})"};
    if (asked.empty()) return texts;
    const reference::Context context = interpreter_.ContextOf(call, session.workspace());
    std::vector<analysis::Asked> conditions;
    for (ConditionId id : asked) {
      conditions.push_back({&policy_.conditions[id.index()].expr, std::nullopt, &context});
    }
    analysis::StringClasses classes;
    const auto variables = analysis::VariablesOf(conditions, classes);
    for (size_t a = 0; a < variables.size(); ++a) {
      for (const auto& value : variables[a].values) {
        nlohmann::json object = nlohmann::json::object();
        Put(variables[a], value, object);
        texts.insert(object.dump());
        const auto& next = variables[(a + 1) % variables.size()];
        for (const auto& other : next.values) {
          nlohmann::json both = object;
          Put(next, other, both);
          texts.insert(both.dump());
        }
      }
    }
    return texts;
  }

  static decide::Call Asked(const reference::Call& call) {
    decide::Call asked;
    asked.kind = call.kind;
    asked.name = call.name;
    asked.server = call.server;
    asked.arguments = call.arguments;
    return asked;
  }

  static void Put(const analysis::Variable& variable, const std::optional<nlohmann::json>& value,
                  nlohmann::json& object) {
    if (!value || variable.kind != analysis::Variable::Kind::kArgument) return;
    nlohmann::json* here = &object;
    for (const std::string& key : variable.path) {
      if (!here->is_object()) *here = nlohmann::json::object();
      here = &(*here)[key];
    }
    *here = *value;
  }

  void Compare(decide::Session& session, const reference::Call& call) {
    ++compared_;
    const Outcome want = interpreter_.Decide(call);
    const decide::Call asked = Asked(call);
    const decide::Decision got = session.Decide(asked);
    SCOPED_TRACE(fmt::format("in {} kind {} name `{}` as {} with {}", call.directory,
                             static_cast<int>(call.kind), call.name, call.principal.value,
                             call.arguments));
    EXPECT_EQ(static_cast<int>(got.verdict), static_cast<int>(want.verdict));
    EXPECT_EQ(static_cast<int>(got.reason), static_cast<int>(want.reason));
    EXPECT_EQ(got.workspace, want.workspace);
    EXPECT_EQ(got.scope, want.scope);
    EXPECT_EQ(got.server, want.server);
    if (got.rule.valid()) {
      EXPECT_NE(std::ranges::find(want.rules, got.rule), want.rules.end());
    } else {
      EXPECT_TRUE(want.rules.empty());
    }
    // What a list shows is never less than what a call could get.
    if (want.verdict != Outcome::Verdict::kDeny) {
      EXPECT_TRUE(session.CouldAllow(asked));
    }
    std::vector<decide::Considered> considered;
    const decide::Decision explained = session.Explain(asked, &considered);
    EXPECT_EQ(explained.rule, got.rule);
    EXPECT_EQ(explained.verdict, got.verdict);
  }

  const model::Policy& policy_;
  const analysis::Space& space_;
  analysis::Territory territory_;
  std::string home_;
  reference::Interpreter interpreter_;
  std::shared_ptr<const decide::Engine> engine_;
  std::map<std::tuple<std::set<ConditionId>, std::string, PrincipalId, std::string>,
           std::set<std::string>>
      arguments_;
  size_t compared_ = 0;
};

std::string Source(const std::string& path) {
  const char* root = std::getenv("MCPLEXER_SOURCE_DIR");
  return std::string(root != nullptr ? root : ".") + "/" + path;
}

TEST(Exhaustive, EveryClassOfCallsOfTheExamplesIsDecidedAsTheReferenceSays) {
  for (const char* example : {"examples/quickstart", "examples/team", "examples/yaml"}) {
    SCOPED_TRACE(example);
    const auto compilation = commands::Compile({{Source(example)}, ""});
    ASSERT_FALSE(compilation->plan.empty()) << testing::MessagesOf(*compilation);
    const size_t compared = Comparison(*compilation).Run();
    fmt::print("{}: {} calls\n", example, compared);
    EXPECT_GT(compared, 100u);
  }
}

TEST(Exhaustive, EveryClassOfCallsOfSmallRandomPoliciesIsDecidedAsTheReferenceSays) {
  size_t compared = 0;
  int policies = 0;
  for (uint64_t seed = 1'000'000; policies < 40; ++seed) {
    testing::Random random(seed);
    const std::string text = testing::RandomPolicy(random);
    const auto compilation = testing::CompileText(text);
    // More conditions or workspaces make the product of classes too large to walk in a test.
    if (compilation->plan.empty() || compilation->policy.conditions.size() > 3 ||
        compilation->policy.workspaces.size() > 3) {
      continue;
    }
    SCOPED_TRACE(fmt::format("seed {}\n{}", seed, text));
    compared += Comparison(*compilation).Run();
    if (HasFailure()) break;
    ++policies;
  }
  fmt::print("{} policies, {} calls\n", policies, compared);
}

}  // namespace
}  // namespace mcplexer
