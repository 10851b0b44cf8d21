// SPDX-License-Identifier: Apache-2.0
#include "compiler/emit/emit.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "compiler/automata/universe.h"
#include "compiler/emit/conditions.h"
#include "compiler/emit/files.h"
#include "compiler/emit/tables.h"
#include "runtime/base/version.h"

namespace mcplexer::emit {
namespace {

using analysis::Space;
using model::Policy;
using plan::Range;

class Emitter {
 public:
  Emitter(const Space& space, const analysis::Order& order, const source::SourceMap& sources,
          source::Diagnostics& diagnostics, const inventory::Inventory* inventory)
      : space_(space),
        policy_(space.policy()),
        order_(order),
        sources_(sources),
        diagnostics_(diagnostics),
        inventory_(inventory) {}

  Emission Run() && {
    const SourceFiles files(sources_);
    EmitMeta();
    EmitServers();
    EmitSecrets();
    EmitScopes();
    EmitProviders();
    EmitWorkspaces();
    EmitPrincipals();
    EmitNames();
    conditions_ = EmitConditions(policy_, out_, diagnostics_);
    EmitWorkspaceTables(space_, out_);
    EmitRules(files);
    for (const std::string& path : files.paths()) out_.files.push_back({out_.Intern(path)});
    EmitBounds(space_, out_);
    EmitPins();
    return {std::move(out_), files.digest()};
  }

 private:
  Range Strings(std::span<const std::string> strings) {
    const Range range = {Size(out_.string_refs), static_cast<uint32_t>(strings.size())};
    for (const std::string& text : strings) out_.string_refs.push_back(out_.Intern(text));
    return range;
  }

  Range Pairs(const model::KeyValues& pairs) {
    const Range range = {Size(out_.key_values), static_cast<uint32_t>(pairs.size())};
    for (const auto& [key, value] : pairs) {
      out_.key_values.push_back({out_.Intern(key), out_.Intern(value)});
    }
    return range;
  }

  template <typename Tag>
  Range Ids(std::span<const Id<Tag>> ids) {
    const Range range = {Size(out_.indexes), static_cast<uint32_t>(ids.size())};
    for (Id<Tag> id : ids) out_.indexes.push_back(id.value);
    return range;
  }

  void EmitMeta() {
    plan::Meta meta;
    meta.compiler_version = out_.Intern(kVersion);
    meta.default_principal = 0;
    meta.home_bound = policy_.home.empty() ? 0 : 1;
    meta.home = out_.Intern(policy_.home);
    out_.meta.push_back(meta);
  }

  void EmitServers() {
    for (const model::Server& server : policy_.servers) {
      plan::ServerRecord record;
      record.name = out_.Intern(server.name);
      record.name_space = out_.Intern(server.name_space);
      record.command = Strings(server.command);
      record.env = Pairs(server.env);
      record.cwd = out_.Intern(server.cwd);
      record.url = out_.Intern(server.url);
      record.idle_timeout_ms = server.idle_timeout_ms;
      record.call_timeout_ms = server.call_timeout_ms;
      record.instances = server.instances;
      record.transport = server.transport;
      record.restart = server.restart;
      record.start = server.start;
      record.share = server.share;
      record.discovery = server.discovery;
      record.on_drift = server.on_drift;
      record.required = server.required ? 1 : 0;
      out_.servers.push_back(record);
    }
  }

  void EmitSecrets() {
    for (const model::Secret& secret : policy_.secrets) {
      plan::SecretRecord record;
      record.name = out_.Intern(secret.name);
      record.source = secret.source;
      record.arguments = Strings(secret.arguments);
      out_.secrets.push_back(record);
    }
  }

  void EmitScopes() {
    for (const model::Scope& scope : policy_.scopes) {
      plan::ScopeRecord record;
      record.name = out_.Intern(scope.name);
      record.type = scope.type;
      record.injections = {Size(out_.injections), Size(scope.injections)};
      for (const model::Injection& injection : scope.injections) {
        const Range parts = {Size(out_.template_parts), Size(injection.parts)};
        out_.injections.push_back({out_.Intern(injection.key), parts});
        for (const model::TemplatePart& part : injection.parts) {
          out_.template_parts.push_back({out_.Intern(part.literal), part.secret.value});
        }
      }
      record.redact = Strings(scope.redact);
      record.provider = scope.provider.value;
      record.attributes = Pairs(scope.attributes);
      out_.scopes.push_back(record);
    }
  }

  void EmitProviders() {
    for (const model::Provider& provider : policy_.providers) {
      out_.providers.push_back({out_.Intern(provider.name), Pairs(provider.attributes)});
    }
  }

  void EmitWorkspaces() {
    for (const model::Workspace& workspace : policy_.workspaces) {
      plan::WorkspaceRecord record;
      record.name = out_.Intern(workspace.name);
      record.root = out_.Intern(workspace.root.rest);
      record.root_is_home = workspace.root.home ? 1 : 0;
      record.default_allow = workspace.default_allow ? 1 : 0;
      record.http = workspace.http ? 1 : 0;
      record.parent = workspace.parent.value;
      record.tags = Pairs(workspace.tags);
      out_.workspaces.push_back(record);
    }
  }

  void EmitPrincipals() {
    for (const std::string& group : policy_.groups) out_.groups.push_back({out_.Intern(group)});
    for (const model::Principal& principal : policy_.principals) {
      plan::PrincipalRecord record;
      record.name = out_.Intern(principal.name);
      record.has_uid = principal.uid ? 1 : 0;
      record.uid = principal.uid.value_or(0);
      record.token_secret = principal.token.value;
      record.jwt_issuer = out_.Intern(principal.jwt_issuer);
      record.jwt_audience = out_.Intern(principal.jwt_audience);
      record.jwt_subject = out_.Intern(principal.jwt_subject);
      record.groups = Ids(std::span(principal.groups));
      out_.principals.push_back(record);
    }
    const size_t words = (policy_.principals.size() + 31) / 32;
    for (const std::vector<PrincipalId>& set : space_.principal_sets()) {
      const size_t first = out_.principal_sets.size();
      out_.principal_sets.resize(first + words, 0);
      for (PrincipalId principal : set) {
        out_.principal_sets[first + principal.index() / 32] |= 1u << (principal.index() % 32);
      }
    }
  }

  Range NameAutomata(model::CallKind kind, ServerId server) {
    const analysis::FieldId field = space_.FieldOf(kind, server);
    return EmitField(
        space_.name_fields()[field].field,
        kind == model::CallKind::kResource ? automata::UriUniverse() : automata::NameUniverse(),
        [&](uint32_t language) { return space_.NameSetsWith(field, language); }, out_);
  }

  // Servers are sorted by name, namespaces by namespace.
  void EmitNames() {
    std::vector<ServerId> by_namespace;
    for (size_t s = 0; s < policy_.servers.size(); ++s) {
      by_namespace.push_back(ServerId(s));
      out_.servers[s].resource_automata = NameAutomata(model::CallKind::kResource, ServerId(s));
    }
    const auto name_space = [&](ServerId s) -> const std::string& {
      return policy_.servers[s.index()].name_space;
    };
    std::ranges::sort(by_namespace, {}, name_space);
    for (ServerId server : by_namespace) {
      plan::NamespaceRecord record;
      record.name = out_.Intern(name_space(server));
      record.server = server.value;
      record.tool_automata = NameAutomata(model::CallKind::kTool, server);
      record.prompt_automata = NameAutomata(model::CallKind::kPrompt, server);
      out_.namespaces.push_back(record);
    }
  }

  void EmitRules(const SourceFiles& files) {
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      const model::Rule& rule = policy_.rules[r];
      plan::RuleOriginRecord origin;
      origin.id = out_.Intern(rule.id);
      origin.workspace = rule.workspace.value;
      const source::Position position = sources_.position(rule.span.file, rule.span.begin);
      origin.file = files.number(rule.span.file);
      origin.line = position.line;
      origin.column = position.column;
      out_.rule_origins.push_back(origin);
      plan::RuleRecord record;
      record.outcome = Outcome(rule);
      record.priority = rule.priority;
      record.order = order_.place[r];
      if (rule.when.valid() || rule.require.valid()) record.guard = Guard(rule, r);
      out_.rules.push_back(record);
    }
  }

  // Rules that say the same share one.
  uint32_t Outcome(const model::Rule& rule) {
    plan::OutcomeRecord record;
    record.effect = rule.effect;
    record.kind = rule.kind;
    record.log = rule.log;
    record.scope = rule.scope.value;
    record.because = out_.Intern(rule.because);
    record.timeout_ms = rule.approval.timeout_ms;
    record.quorum = rule.approval.quorum;
    record.approvers = SharedIds(std::span(rule.approval.approvers));
    const uint32_t place =
        out_.Share(plan::SectionId::kOutcomes, ContentOf<plan::OutcomeRecord>({&record, 1}),
                   Size(out_.outcomes));
    if (place == Size(out_.outcomes)) out_.outcomes.push_back(record);
    return place;
  }

  uint32_t Guard(const model::Rule& rule, size_t number) {
    const auto place_of = [&](ConditionId id) {
      return id.valid() ? conditions_[id.index()] : plan::kNone;
    };
    const plan::GuardRecord record = {place_of(rule.when), place_of(rule.require),
                                      SharedIds(std::span(order_.beaten_by[number]))};
    const uint32_t end = Size(out_.guards);
    const uint32_t place =
        out_.Share(plan::SectionId::kGuards, ContentOf<plan::GuardRecord>({&record, 1}), end);
    if (place == end) out_.guards.push_back(record);
    return place;
  }

  template <typename Tag>
  Range SharedIds(std::span<const Id<Tag>> ids) {
    const uint32_t end = Size(out_.indexes);
    const uint32_t place = out_.Share(plan::SectionId::kIndexes, ContentOf(ids), end);
    return place == end ? Ids(ids) : Range{place, static_cast<uint32_t>(ids.size())};
  }

  // Last, so that a plan without an inventory has the same texts at the same places.
  void EmitPins() {
    if (inventory_ == nullptr) return;
    for (size_t s = 0; s < policy_.servers.size(); ++s) {
      const inventory::Server* server = inventory_->Find(policy_.servers[s].name);
      if (server == nullptr) continue;
      out_.servers[s].pinned = 1;
      for (const inventory::Item& tool : server->of(inventory::Kind::kTool)) {
        plan::PinRecord record;
        record.server = static_cast<uint32_t>(s);
        record.name = out_.Intern(tool.name);
        record.digest = tool.digest;
        out_.pins.push_back(record);
      }
    }
  }

  const Space& space_;
  const Policy& policy_;
  const analysis::Order& order_;
  const source::SourceMap& sources_;
  source::Diagnostics& diagnostics_;
  const inventory::Inventory* inventory_;
  std::vector<uint32_t> conditions_;  // of the policy -> of the plan
  PlanSections out_;
};

}  // namespace

Emission Emit(const Space& space, const analysis::Order& order, const source::SourceMap& sources,
              source::Diagnostics& diagnostics, const inventory::Inventory* inventory) {
  return Emitter(space, order, sources, diagnostics, inventory).Run();
}

}  // namespace mcplexer::emit
