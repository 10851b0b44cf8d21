// SPDX-License-Identifier: Apache-2.0

#include "runtime/auth/resolve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "runtime/auth/secret_file.h"

namespace mcplexer::auth {
namespace {

using plan::Plan;
using plan::ScopeType;
using plan::SecretSource;

std::string FirstArgument(const Plan& plan, const plan::SecretRecord& secret) {
  if (secret.arguments.count == 0) return {};
  return std::string(plan.text(plan.string_refs()[secret.arguments.begin]));
}

Result<SecretString> FromEnvironment(const std::string& name, const ResolveContext& context) {
  const char* value =
      context.environment ? context.environment(name.c_str()) : std::getenv(name.c_str());
  if (value == nullptr) return Fail("is not set in the gateway's environment");
  if (*value == '\0') return Fail("is set to nothing in the gateway's environment");
  return SecretString(value);
}

// Appends the parts of one injection.
Result<SecretString> Concatenate(const Plan& plan, plan::Range parts,
                                 const ResolveContext& context) {
  SecretString value;
  for (const plan::TemplatePart& part : plan.template_parts().subspan(parts.begin, parts.count)) {
    if (part.secret == plan::kNone) {
      value.Append(plan.text(part.literal));
      continue;
    }
    Result<SecretString> secret = ResolveSecret(plan, SecretId(part.secret), context);
    if (!secret) return tl::unexpected(std::move(secret.error()));
    value.Append(secret->Reveal());
  }
  return value;
}

// A name that holds `=` would set another variable than the one it says.
bool IsVariableName(std::string_view name) {
  return !name.empty() &&
         name.find_first_of(std::string_view("=\0\n", 3)) == std::string_view::npos;
}

// RFC 9110 section 5.6.2.
bool IsHeaderName(std::string_view name) {
  const auto is_token = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), is_token);
}

std::string_view TypeText(ScopeType type) {
  switch (type) {
    case ScopeType::kEnv:
      return "env";
    case ScopeType::kHeader:
      return "header";
    case ScopeType::kOauth2:
      return "oauth2";
  }
  return "unknown";
}

// Where the secrets of a scope go.
struct Target {
  ScopeType type;  // the only one that can go there
  std::string_view use;
  std::string_view item;
  bool (*is_name)(std::string_view);
};

Result<std::vector<NamedSecret>> ResolveScope(const Plan& plan, ScopeId id, const Target& target,
                                              const ResolveContext& context) {
  const plan::ScopeRecord& scope = plan.scopes()[id.index()];
  const std::string_view scope_name = plan.text(scope.name);
  if (scope.type != target.type) {
    return Fail(fmt::format("scope `{}` is of type {} and cannot {}", scope_name,
                            TypeText(scope.type), target.use));
  }
  std::vector<NamedSecret> secrets;
  for (const plan::Injection& injection :
       plan.injections().subspan(scope.injections.begin, scope.injections.count)) {
    const std::string_view name = plan.text(injection.key);
    if (!target.is_name(name)) {
      return Fail(
          fmt::format("scope `{}`: `{}` cannot be the name of {}", scope_name, name, target.item));
    }
    Result<SecretString> value = Concatenate(plan, injection.parts, context);
    if (!value) {
      return Fail(fmt::format("scope `{}`: `{}`: {}", scope_name, name, value.error().message));
    }
    if (value->Reveal().find_first_of(std::string_view("\0\r\n", 3)) != std::string_view::npos) {
      return Fail(fmt::format("scope `{}`: the value of `{}` holds a NUL byte or a line break",
                              scope_name, name));
    }
    secrets.push_back({std::string(name), std::move(*value)});
  }
  return secrets;
}

}  // namespace

Result<SecretString> ResolveSecret(const Plan& plan, SecretId id, const ResolveContext& context) {
  const plan::SecretRecord& secret = plan.secrets()[id.index()];
  const std::string argument = FirstArgument(plan, secret);
  const auto failed = [&](std::string_view source, std::string_view why) {
    return Fail(fmt::format("secret `{}`: {} {}", plan.text(secret.name), source, why));
  };
  switch (secret.source) {
    case SecretSource::kEnv: {
      Result<SecretString> value = FromEnvironment(argument, context);
      if (!value) return failed(fmt::format("variable `{}`", argument), value.error().message);
      return value;
    }
    case SecretSource::kFile: {
      Result<SecretString> value = ReadSecretFile(argument, context);
      if (!value) return failed(fmt::format("file `{}`", argument), value.error().message);
      return value;
    }
    case SecretSource::kSealed:
      return failed(fmt::format("sealed(\"{}\")", argument),
                    "is not available yet in this version");
    case SecretSource::kCommand:
      return failed("command([..])", "is not available yet in this version");
  }
  return failed("its source", "is unknown to this version");
}

Result<std::vector<EnvironmentVariable>> ResolveEnv(const Plan& plan, ScopeId id,
                                                    const ResolveContext& context) {
  return ResolveScope(
      plan, id, {ScopeType::kEnv, "be injected into a stdio server", "a variable", IsVariableName},
      context);
}

Result<std::vector<HttpHeader>> ResolveHeaders(const Plan& plan, ScopeId id,
                                               const ResolveContext& context) {
  return ResolveScope(
      plan, id, {ScopeType::kHeader, "be sent as headers", "a header", IsHeaderName}, context);
}

Status ForEachSecret(const Plan& plan, ScopeId scope, const ResolveContext& context,
                     const std::function<void(SecretString)>& on_secret) {
  const plan::Range injections = plan.scopes()[scope.index()].injections;
  for (const plan::Injection& injection :
       plan.injections().subspan(injections.begin, injections.count)) {
    for (const plan::TemplatePart& part :
         plan.template_parts().subspan(injection.parts.begin, injection.parts.count)) {
      if (part.secret == plan::kNone) continue;
      auto secret = ResolveSecret(plan, SecretId(part.secret), context);
      if (!secret) return tl::unexpected(std::move(secret.error()));
      on_secret(std::move(*secret));
    }
  }
  return {};
}

}  // namespace mcplexer::auth
