// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/definitions.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace mcplexer::analysis {

using model::Policy;

std::string SecretText(const Policy& policy, SecretId id) {
  const model::Secret& secret = policy.secrets[id.index()];
  std::string text = fmt::format("{}", static_cast<int>(secret.source));
  for (const std::string& argument : secret.arguments) text += "\n" + argument;
  return text;
}

namespace {

// What an attribute of OAuth comes to. A secret is kept by its name, which says nothing of it.
std::string AttributeText(const Policy& policy, const std::string& key, const std::string& value) {
  if (key == "client_secret") {
    const auto secret = std::ranges::find(policy.secrets, value, &model::Secret::name);
    const auto index = static_cast<size_t>(secret - policy.secrets.begin());
    if (secret != policy.secrets.end()) return SecretText(policy, SecretId(index));
  }
  return value;
}

}  // namespace

std::set<std::string> CredentialsOf(const Policy& policy, ScopeId id) {
  std::set<std::string> parts;
  if (!id.valid()) return parts;
  const model::Scope& scope = policy.scopes[id.index()];
  for (const model::Injection& injection : scope.injections) {
    std::string text = fmt::format("{}={}", static_cast<int>(scope.type), injection.key);
    for (const model::TemplatePart& part : injection.parts) {
      text += part.secret.valid() ? "\n$" + SecretText(policy, part.secret) : "\n=" + part.literal;
    }
    parts.insert(std::move(text));
  }
  for (const auto& [key, value] : scope.attributes) {
    if (key != "scopes") {
      parts.insert(fmt::format("{} {}", key, AttributeText(policy, key, value)));
      continue;
    }
    std::istringstream words(value);
    for (std::string word; words >> word;) parts.insert("scope " + word);
  }
  if (scope.provider.valid()) {
    const model::Provider& provider = policy.providers[scope.provider.index()];
    for (const auto& [key, value] : provider.attributes) {
      parts.insert(fmt::format("provider {} {}", key, AttributeText(policy, key, value)));
    }
  }
  return parts;
}

CredentialChange CompareCredentials(const std::set<std::string>& was,
                                    const std::set<std::string>& is) {
  if (was == is) return CredentialChange::kNone;
  if (std::ranges::includes(is, was)) return CredentialChange::kWidened;
  return std::ranges::includes(was, is) ? CredentialChange::kNarrowed : CredentialChange::kOther;
}

std::vector<Redefinition> FindRedefinitions(const Policy& before, const Policy& after) {
  std::vector<Redefinition> found;
  for (const model::Server& was : before.servers) {
    const auto is = std::ranges::find(after.servers, was.name_space, &model::Server::name_space);
    if (is == after.servers.end()) continue;
    Redefinition redefinition{was.name_space, was.name, is->name, {}};
    const auto compare = [&](std::string what, const auto& a, const auto& b) {
      if (a != b) redefinition.changed.push_back(std::move(what));
    };
    compare("transport", was.transport, is->transport);
    compare("command", was.command, is->command);
    compare("env", was.env, is->env);
    compare("cwd", was.cwd, is->cwd);
    compare("url", was.url, is->url);
    if (!redefinition.changed.empty()) found.push_back(std::move(redefinition));
  }
  std::ranges::sort(found, {}, &Redefinition::name_space);
  return found;
}

}  // namespace mcplexer::analysis
