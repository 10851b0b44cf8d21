// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/lock_subjects.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/source/suggest.h"

namespace mcplexer::commands {
namespace {

// The declared thing of this name, or what to say about there being none.
template <typename IdType, typename Declared>
Result<IdType> Find(const std::vector<Declared>& declared, const std::string& name,
                    std::string_view noun) {
  const auto at = std::ranges::find(declared, name, &Declared::name);
  if (at != declared.end()) return IdType(static_cast<size_t>(at - declared.begin()));
  std::vector<std::string> names;
  for (const Declared& one : declared) names.push_back(one.name);
  const auto nearest = source::Suggest(name, std::span<const std::string>(names));
  return Fail(fmt::format("the policy declares no {} `{}`{}", noun, name,
                          nearest ? fmt::format("; did you mean `{}`?", *nearest) : ""));
}

// The servers that some rule sends calls to with the scope.
std::set<ServerId> ServersOf(const analysis::Space& space, ScopeId scope) {
  std::set<ServerId> servers;
  const auto& rules = space.policy().rules;
  for (size_t r = 0; r < rules.size(); ++r) {
    const analysis::Box& box = space.box(RuleId(r));
    if (rules[r].scope != scope || box.empty) continue;
    for (const auto& [field, language] : space.name_sets()[box.names].parts) {
      servers.insert(space.name_fields()[field].server);
    }
  }
  return servers;
}

}  // namespace

Result<std::vector<record::Subject>> SelectSubjects(const analysis::Space& space,
                                                    const std::vector<std::string>& servers,
                                                    const std::vector<std::string>& scopes) {
  const model::Policy& policy = space.policy();
  std::vector<record::Subject> subjects;
  for (const std::string& name : servers) {
    auto server = Find<ServerId>(policy.servers, name, "server");
    if (!server) return tl::unexpected(server.error());
    const bool known =
        std::ranges::find(subjects, *server, &record::Subject::server) != subjects.end();
    if (!known) subjects.push_back({*server, ScopeId()});
  }
  if (servers.empty()) {
    for (size_t s = 0; s < policy.servers.size(); ++s) subjects.push_back({ServerId(s), ScopeId()});
  }
  for (const std::string& name : scopes) {
    auto scope = Find<ScopeId>(policy.scopes, name, "scope");
    if (!scope) return tl::unexpected(scope.error());
    const std::set<ServerId> users = ServersOf(space, *scope);
    if (users.empty()) {
      return Fail(fmt::format("no rule sends calls to a server with scope `{}`", name));
    }
    for (record::Subject& subject : subjects) {
      if (!users.contains(subject.server) || subject.scope == *scope) continue;
      if (subject.scope.valid()) {
        return Fail(fmt::format("server `{}` is used with scope `{}` and with `{}`; choose one",
                                policy.servers[subject.server.index()].name,
                                policy.scopes[subject.scope.index()].name, name));
      }
      subject.scope = *scope;
    }
  }
  return subjects;
}

}  // namespace mcplexer::commands
