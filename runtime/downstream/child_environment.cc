// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/child_environment.h"

#include <string.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace mcplexer::downstream {
namespace {

constexpr std::array kInherited = {"PATH", "HOME",   "USER",   "LOGNAME", "SHELL",
                                   "LANG", "LC_ALL", "TMPDIR", "TERM"};

const char* Inherited(const char* name, const auth::ResolveContext& context) {
  return context.environment ? context.environment(name) : std::getenv(name);
}

}  // namespace

Result<ChildEnvironment> ChildEnvironment::Create(const plan::Plan& plan, ServerId server,
                                                  ScopeId scope,
                                                  const auth::ResolveContext& secrets,
                                                  const SecretObserver& on_secret) {
  ChildEnvironment environment;
  for (const char* name : kInherited) {
    if (const char* value = Inherited(name, secrets)) environment.Set(name, value);
  }
  const plan::Range env = plan.servers()[server.index()].env;
  for (const plan::KeyValue& variable : plan.key_values().subspan(env.begin, env.count)) {
    environment.Set(plan.text(variable.key), plan.text(variable.value));
  }
  if (scope.valid()) {
    if (auto added = auth::ForEachSecret(plan, scope, secrets, on_secret); !added) {
      return tl::unexpected(added.error());
    }
    auto injected = auth::ResolveEnv(plan, scope, secrets);
    if (!injected) return tl::unexpected(injected.error());
    for (const auth::EnvironmentVariable& variable : *injected) {
      environment.Set(variable.name, variable.value.Reveal());
    }
  }
  return environment;
}

ChildEnvironment::~ChildEnvironment() {
  for (std::string& variable : variables_) ::explicit_bzero(variable.data(), variable.size());
}

void ChildEnvironment::Set(std::string_view key, std::string_view value) {
  std::string variable;
  variable.reserve(key.size() + 1 + value.size());  // no copy of a secret in memory that is freed
  variable.append(key).append("=").append(value);
  const auto same_key = [&](const std::string& other) {
    return std::string_view(other).substr(0, key.size() + 1) ==
           std::string_view(variable).substr(0, key.size() + 1);
  };
  const auto at = std::find_if(variables_.begin(), variables_.end(), same_key);
  if (at == variables_.end()) {
    variables_.push_back(std::move(variable));
  } else {
    at->swap(variable);
  }
}

}  // namespace mcplexer::downstream
