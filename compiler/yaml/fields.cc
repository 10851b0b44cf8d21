// SPDX-License-Identifier: Apache-2.0
// The names are those of MCPlexer's documentation where it has one (`id` is what others refer to,
// `name` a label that means nothing), else the .plex attribute's own.

#include "compiler/yaml/fields.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace mcplexer::yaml {
namespace {

using std::string_view;

constexpr bool kRequired = true;

constexpr std::array<string_view, 2> kDefaultPolicies = {"allow", "deny"};
constexpr std::array<string_view, 3> kPolicies = {"allow", "deny", "approve"};
constexpr std::array<string_view, 3> kKinds = {"tool", "resource", "prompt"};
constexpr std::array<string_view, 2> kTransports = {"stdio", "http"};
constexpr std::array<string_view, 2> kDiscoveries = {"dynamic", "static"};
constexpr std::array<string_view, 4> kRestarts = {"on_failure", "on-failure", "always", "never"};
constexpr std::array<string_view, 2> kStarts = {"lazy", "eager"};
constexpr std::array<string_view, 2> kShares = {"session", "all"};
constexpr std::array<string_view, 3> kDrifts = {"block", "approve", "warn"};
constexpr std::array<string_view, 4> kLogLevels = {"debug", "info", "warn", "error"};
constexpr std::array<string_view, 3> kScopeTypes = {"env", "header", "oauth2"};

constexpr Field kUseFields[] = {
    {"template", Type::kReference, "", kRequired},
    {"arguments", Type::kValueList},
};
constexpr Section kUse = {"use", kUseFields};

constexpr Field kWorkspaceFields[] = {
    {"id", Type::kName, "", kRequired},
    {"name", Type::kText},
    {"root_path", Type::kString, "root", kRequired},
    {"default_policy", Type::kWord, "default", false, kDefaultPolicies},
    {"tags", Type::kTextMap, "tags"},
    {"http", Type::kBool, "http"},
    {"use", Type::kRecords, "", false, {}, &kUse},
};
constexpr Section kWorkspace = {"workspace", kWorkspaceFields};

constexpr Field kServerFields[] = {
    {"id", Type::kName, "", kRequired},
    {"name", Type::kText},
    {"transport", Type::kWord, "", false, kTransports},
    {"command", Type::kString},
    {"args", Type::kTextList},
    {"env", Type::kTextMap, "env"},
    {"cwd", Type::kString, "cwd"},
    {"url", Type::kString, "url"},
    {"tool_namespace", Type::kText, "namespace"},
    {"discovery", Type::kWord, "discovery", false, kDiscoveries},
    {"idle_timeout_sec", Type::kSeconds, "idle_timeout"},
    {"call_timeout_sec", Type::kSeconds, "call_timeout"},
    {"max_instances", Type::kNumber, "instances"},
    {"restart_policy", Type::kWord, "restart", false, kRestarts},
    {"start", Type::kWord, "start", false, kStarts},
    {"share", Type::kWord, "share", false, kShares},
    {"required", Type::kBool, "required"},
    {"on_drift", Type::kWord, "on_drift", false, kDrifts},
    {"cache", Type::kIgnored},
};
constexpr Section kServer = {"downstream_server", kServerFields};

constexpr Field kScopeFields[] = {
    {"id", Type::kName, "", kRequired},
    {"name", Type::kText},
    {"type", Type::kWord, "type", kRequired, kScopeTypes},
    {"env", Type::kTextMap},
    {"headers", Type::kTextMap},
    {"redaction_hints", Type::kStringList, "redact"},
    {"oauth_provider_id", Type::kReference, "provider"},
    {"scopes", Type::kStringList, "scopes"},
    {"client_id", Type::kString, "client_id"},
    {"client_secret", Type::kSecret, "client_secret"},
    {"audience", Type::kString, "audience"},
    {"resource", Type::kString, "resource"},
};
constexpr Section kScope = {"auth_scope", kScopeFields};

constexpr Field kProviderFields[] = {
    {"id", Type::kName, "", kRequired},
    {"name", Type::kText},
    {"authorize_url", Type::kString, "authorize_url"},
    {"token_url", Type::kString, "token_url"},
    {"registration_url", Type::kString, "registration_url"},
    {"revoke_url", Type::kString, "revoke_url"},
    {"device_url", Type::kString, "device_url"},
    {"issuer", Type::kString, "issuer"},
    {"scopes", Type::kStringList, "scopes"},
    {"client_id", Type::kString, "client_id"},
    {"client_secret", Type::kSecret, "client_secret"},
    {"audience", Type::kString, "audience"},
    {"resource", Type::kString, "resource"},
    {"pkce", Type::kBool, "pkce"},
};
constexpr Section kProvider = {"oauth_provider", kProviderFields};

// A rule, which has a `policy` and a `tool_match`, or the use of a template.
constexpr Field kRuleFields[] = {
    {"id", Type::kName},
    {"name", Type::kText},
    {"policy", Type::kWord, "", false, kPolicies},
    {"kind", Type::kWord, "", false, kKinds},
    {"tool_match", Type::kStrings},
    {"except", Type::kStrings},
    {"principals", Type::kStrings},
    {"path_glob", Type::kStrings},
    {"auth_scope_id", Type::kReference},
    {"downstream_server_id", Type::kReference},
    {"when", Type::kCondition},
    {"require", Type::kCondition},
    {"allowed_orgs", Type::kStrings},
    {"allowed_repos", Type::kStrings},
    {"priority", Type::kInteger},
    {"requires_approval", Type::kBool},
    {"approval_timeout", Type::kSeconds},
    {"quorum", Type::kNumber},
    {"approvers", Type::kStrings},
    {"log_level", Type::kWord, "", false, kLogLevels},
    {"because", Type::kText},
    {"use", Type::kReference},
    {"arguments", Type::kValueList},
};
// In a template the workspace is the one that uses it, and an id may hold `${parameter}`.
constexpr auto kTemplateRuleFields = [] {
  std::array<Field, std::size(kRuleFields)> fields;
  std::copy(std::begin(kRuleFields), std::end(kRuleFields), fields.begin());
  fields[0].type = Type::kReference;
  return fields;
}();
constexpr Section kTemplateRule = {"template_rule", kTemplateRuleFields};

constexpr auto kRouteRuleFields = [] {
  std::array<Field, std::size(kRuleFields) + 1> fields;
  fields[0] = {"workspace_id", Type::kReference, "", kRequired};
  std::copy(std::begin(kRuleFields), std::end(kRuleFields), fields.begin() + 1);
  return fields;
}();
constexpr Section kRouteRule = {"route_rule", kRouteRuleFields};

constexpr Field kJwtFields[] = {
    {"issuer", Type::kString, "issuer", kRequired},
    {"audience", Type::kString, "audience", kRequired},
    {"subject", Type::kString, "subject", kRequired},
};
constexpr Section kJwt = {"jwt", kJwtFields};

constexpr Field kPrincipalFields[] = {
    {"name", Type::kName, "", kRequired},    {"uid", Type::kNumber, "uid"},
    {"token", Type::kSecret, "token"},       {"jwt", Type::kRecord, "jwt", false, {}, &kJwt},
    {"groups", Type::kStringList, "groups"},
};
constexpr Section kPrincipal = {"principal", kPrincipalFields};

constexpr Field kSecretFields[] = {
    {"name", Type::kName, "", kRequired},
    {"env", Type::kString},
    {"file", Type::kString},
    {"sealed", Type::kString},
    {"command", Type::kCommand},
};
constexpr Section kSecret = {"secret", kSecretFields};

constexpr Field kToolsFields[] = {
    {"name", Type::kName, "", kRequired},
    {"tool_match", Type::kStrings, "", kRequired},
};
constexpr Section kTools = {"tool_set", kToolsFields};

constexpr Field kTemplateFields[] = {
    {"name", Type::kName, "", kRequired},
    {"parameters", Type::kStringList},
    {"route_rules", Type::kRecords, "", kRequired, {}, &kTemplateRule},
};
constexpr Section kTemplate = {"template", kTemplateFields};

constexpr Field kClauseFields[] = {
    {"never_allow", Type::kStrings},
    {"without_approval", Type::kBool},
    {"always_deny", Type::kStrings},
    {"kind", Type::kWord, "", false, kKinds},
    {"except", Type::kStrings},
    {"principals", Type::kStrings},
    {"in", Type::kStrings},
    {"when", Type::kCondition},
    {"downstream_server_id", Type::kReference},
};
constexpr Section kClause = {"clause", kClauseFields};

constexpr Field kInvariantFields[] = {
    {"name", Type::kName, "", kRequired},
    {"clauses", Type::kRecords, "", kRequired, {}, &kClause},
};
constexpr Section kInvariant = {"invariant", kInvariantFields};

constexpr Field kCallFields[] = {
    {"call", Type::kString, "", kRequired},
    {"kind", Type::kWord, "", false, kKinds},
    {"arguments", Type::kValueMap},
    {"expect", Type::kWord, "", kRequired, kPolicies},
    {"via", Type::kReference},
    {"using", Type::kReference},
    {"by", Type::kString},
    {"because", Type::kText},
};
constexpr Section kCall = {"call", kCallFields};

constexpr Field kTestFields[] = {
    {"name", Type::kString, "", kRequired},
    {"in", Type::kString, "", kRequired},
    {"as", Type::kReference},
    {"calls", Type::kRecords, "", kRequired, {}, &kCall},
};
constexpr Section kTest = {"test", kTestFields};

constexpr Field kRootFields[] = {
    {"imports", Type::kStringList},
    {"secrets", Type::kRecords, "", false, {}, &kSecret},
    {"oauth_providers", Type::kRecords, "", false, {}, &kProvider},
    {"auth_scopes", Type::kRecords, "", false, {}, &kScope},
    {"downstream_servers", Type::kRecords, "", false, {}, &kServer},
    {"principals", Type::kRecords, "", false, {}, &kPrincipal},
    {"tools", Type::kRecords, "", false, {}, &kTools},
    {"templates", Type::kRecords, "", false, {}, &kTemplate},
    {"workspaces", Type::kRecords, "", false, {}, &kWorkspace},
    {"route_rules", Type::kRecords, "", false, {}, &kRouteRule},
    {"invariants", Type::kRecords, "", false, {}, &kInvariant},
    {"tests", Type::kRecords, "", false, {}, &kTest},
};
constexpr Section kRoot = {"policy", kRootFields};

}  // namespace

const Field* Section::Find(string_view key) const {
  const auto it = std::find_if(fields.begin(), fields.end(),
                               [&](const Field& field) { return field.key == key; });
  return it == fields.end() ? nullptr : &*it;
}

const Section& RootSection() { return kRoot; }

}  // namespace mcplexer::yaml
