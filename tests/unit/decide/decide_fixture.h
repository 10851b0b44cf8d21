// SPDX-License-Identifier: Apache-2.0
// Engines over plans written by hand, with a file system that is a map.

#ifndef MCPLEXER_TESTS_UNIT_DECIDE_DECIDE_FIXTURE_H_
#define MCPLEXER_TESTS_UNIT_DECIDE_DECIDE_FIXTURE_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/base/check.h"
#include "runtime/decide/decide.h"
#include "tests/unit/plan/plan_builder.h"

namespace mcplexer::decide {

using namespace plan::testing;  // NOLINT(google-build-using-namespace): words of the tests
using plan::CallKind;
using plan::Effect;
using plan::Op;

// path -> what realpath says; everything else does not exist.
using FakeLinks = std::map<std::string, std::string>;

inline PathResolver FakeResolver(FakeLinks links) {
  return [links = std::move(links)](const std::string& path) -> Result<std::optional<std::string>> {
    const auto at = links.find(path);
    if (at == links.end()) return std::optional<std::string>();
    return std::optional<std::string>(at->second);
  };
}

inline Result<std::shared_ptr<const Engine>> TryEngine(const PlanBuilder& builder,
                                                       const std::string& home,
                                                       FakeLinks links = {}) {
  auto plan = std::make_shared<const plan::Plan>(builder.Build());
  return Engine::Create(std::move(plan), home, FakeResolver(std::move(links)));
}

inline std::shared_ptr<const Engine> MakeEngine(const PlanBuilder& builder,
                                                const std::string& home = "/home/u") {
  auto engine = TryEngine(builder, home);
  MCPLEXER_CHECK(engine.has_value());
  return *engine;
}

// "allow rule acme.reads github dev", with a trailing `?` when something could not be evaluated.
inline std::string Show(const Engine& engine, const Decision& d) {
  const plan::Plan& plan = engine.plan();
  std::string text(ToString(d.verdict));
  text += ' ';
  text += ToString(d.reason);
  const auto add = [&](std::string_view word) { (text += ' ') += word; };
  if (d.rule.valid()) add(plan.text(plan.rule_origins()[d.rule.index()].id));
  if (d.server.valid()) add(plan.text(plan.servers()[d.server.index()].name));
  if (d.scope.valid()) add(plan.text(plan.scopes()[d.scope.index()].name));
  if (d.unevaluated) text += '?';
  return text;
}

// Decides twice (the second time from the cache) and explains; all three must agree.
class TestClient {
 public:
  TestClient(std::shared_ptr<const Engine> engine, const std::string& directory,
             const std::string& principal = "", const std::string& client = "",
             const std::string& model = "")
      : engine_(engine),
        session_(engine, directory, *engine->FindPrincipal(principal), client, model) {}

  std::string Decide(const Call& call) {
    const std::string cold = Show(*engine_, session_.Decide(call));
    const std::string warm = Show(*engine_, session_.Decide(call));
    MCPLEXER_CHECK(cold == warm);
    MCPLEXER_CHECK(cold == Show(*engine_, session_.Explain(call, &considered_)));
    MCPLEXER_CHECK(cold.starts_with("deny") || session_.CouldAllow(call));
    return cold;
  }
  std::string Tool(std::string_view name, std::string_view arguments = "") {
    return Decide({.kind = CallKind::kTool, .name = name, .arguments = arguments});
  }
  // Of the last call: "a:outranked b:decided".
  std::string Considered() const {
    std::string text;
    for (const auto& c : considered_) {
      if (!text.empty()) text += ' ';
      text += engine_->plan().text(engine_->plan().rule_origins()[c.rule.index()].id);
      (text += ':') += ToString(c.outcome);
    }
    return text;
  }
  Session& session() { return session_; }

 private:
  std::shared_ptr<const Engine> engine_;
  Session session_;
  std::vector<decide::Considered> considered_;
};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_TESTS_UNIT_DECIDE_DECIDE_FIXTURE_H_
