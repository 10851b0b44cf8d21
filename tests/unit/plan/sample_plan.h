// SPDX-License-Identifier: Apache-2.0
// A plan with something in every section.

#ifndef MCPLEXER_TESTS_UNIT_PLAN_SAMPLE_PLAN_H_
#define MCPLEXER_TESTS_UNIT_PLAN_SAMPLE_PLAN_H_

#include "tests/unit/plan/plan_builder.h"

namespace mcplexer::plan::testing {

inline PlanBuilder SampleBuilder() {
  PlanBuilder b;
  b.Server("github").Server("linear", "lin").Scope("dev").Scope("prod");
  b.Principal("alice", {"eng", "ops"}).Principal("bob", {"eng"});
  b.Workspace("home", "~", false, {{"team", "core"}});
  b.Workspace("acme", "~/acme", false, {{"tier", "1"}, {"zone", "eu"}});
  b.Workspace("open", "/srv", true);
  b.Rule({.id = "home.reads", .workspace = "home", .names = {"*__get_*", "*__list_*"}});
  b.Rule({.id = "acme.writes",
          .workspace = "acme",
          .effect = Effect::kApprove,
          .names = {"github__*"},
          .paths = {"src", "src/*"},
          .principals = {"alice"},
          .scope = "dev",
          .require = Compare(Arg("owner"), Op::kEq, Str("acme"))});
  b.Rule({.id = "acme.guarded",
          .workspace = "acme",
          .names = {"github__*"},
          .when = And(Compare(Arg("path"), Op::kUnder, Str("docs")),
                      Not(Or(Compare(Arg("name"), Op::kLike, Str("*.key")),
                             All(Arg("tags[*]"), Op::kMatches, Str("[a-z]+"))))),
          .beaten_by = {"acme.writes"}});
  b.Rule({.id = "acme.no_deletes",
          .workspace = "acme",
          .effect = Effect::kDeny,
          .names = {"*__delete_*"},
          .when = Or(Has("force"), Compare(Arg("kind"), Op::kIn, List({Str("a"), Num("1")})))});
  b.Rule({.id = "open.docs",
          .workspace = "open",
          .kind = CallKind::kResource,
          .names = {"github:file:///docs/*"}});
  b.Rule({.id = "open.prompts",
          .workspace = "open",
          .effect = Effect::kDeny,
          .kind = CallKind::kPrompt,
          .names = {"lin__*"}});
  return b;
}

// What the builder does not write: injections, secrets and the like.
inline emit::PlanSections SampleSections() {
  emit::PlanSections s = SampleBuilder().Sections();
  const auto end_of = [](const auto& section) { return static_cast<uint32_t>(section.size()); };
  const Range argument = {end_of(s.string_refs), 1};
  s.string_refs.push_back(s.Intern("GITHUB_TOKEN"));
  s.secrets.push_back({s.Intern("token"), SecretSource::kEnv, argument});
  s.template_parts.push_back({s.Intern("Bearer "), kNone});
  s.template_parts.push_back({{}, 0});
  s.injections.push_back({s.Intern("Authorization"), {0, 2}});
  const Range attribute = {end_of(s.key_values), 1};
  s.key_values.push_back({s.Intern("authorize_url"), s.Intern("https://example.com/authorize")});
  s.providers.push_back({s.Intern("example"), attribute});
  s.scopes[0].injections = {0, 1};
  s.scopes[0].provider = 0;
  const Range approvers = {end_of(s.indexes), 2};
  s.indexes.insert(s.indexes.end(), {0, 1});
  s.outcomes[1].approvers = approvers;
  for (plan::ServerRecord& server : s.servers) server.pinned = 1;
  s.pins.push_back({0, s.Intern("get_issue"), Digest{1}});
  s.pins.push_back({0, s.Intern("merge"), Digest{2}});
  s.pins.push_back({1, s.Intern("get_issue"), Digest{3}});
  return s;
}

}  // namespace mcplexer::plan::testing

#endif  // MCPLEXER_TESTS_UNIT_PLAN_SAMPLE_PLAN_H_
