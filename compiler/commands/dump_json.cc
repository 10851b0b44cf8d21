// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/dump_json.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "compiler/inventory/canonical.h"

namespace mcplexer::commands {
namespace {

using nlohmann::ordered_json;
using plan::Plan;
using plan::Range;
using plan::StringRef;

template <typename Enum, size_t N>
std::string_view WordOf(Enum value, const std::array<std::string_view, N>& words) {
  return words[static_cast<size_t>(value)];
}

constexpr std::array<std::string_view, 3> kEffects = {"allow", "approve", "deny"};
constexpr std::array<std::string_view, 3> kKinds = {"tool", "resource", "prompt"};
constexpr std::array<std::string_view, 4> kLevels = {"debug", "info", "warn", "error"};
constexpr std::array<std::string_view, 2> kTransports = {"stdio", "http"};
constexpr std::array<std::string_view, 3> kRestarts = {"on_failure", "always", "never"};
constexpr std::array<std::string_view, 2> kStarts = {"lazy", "eager"};
constexpr std::array<std::string_view, 2> kShares = {"session", "all"};
constexpr std::array<std::string_view, 2> kDiscoveries = {"dynamic", "static"};
constexpr std::array<std::string_view, 3> kDrifts = {"block", "approve", "warn"};
constexpr std::array<std::string_view, 4> kSources = {"env", "file", "sealed", "command"};
constexpr std::array<std::string_view, 3> kScopeTypes = {"env", "header", "oauth2"};

class Dumper {
 public:
  explicit Dumper(const Plan& plan) : plan_(plan) {}

  ordered_json Run() const {
    const plan::Header& header = plan_.header();
    ordered_json out;
    out["id"] = plan_.id();
    out["version"] = fmt::format("{}.{}", header.major_version, header.minor_version);
    out["bytes"] = header.file_size;
    const auto signer = plan::SignerId(header);
    out["signer"] = signer ? ordered_json(*signer) : nullptr;
    out["compiler"] = Text(plan_.meta().compiler_version);
    out["home"] = plan_.meta().home_bound != 0 ? ordered_json(Text(plan_.meta().home)) : nullptr;
    out["bounds"] = {{"candidates", plan_.meta().max_candidates},
                     {"probes", plan_.meta().max_probes},
                     {"class_sets", plan_.meta().max_class_sets},
                     {"depth", plan_.meta().max_depth}};
    out["files"] = List(plan_.files(), [&](const auto& file) { return Text(file.path); });
    out["servers"] = List(plan_.servers(), [&](const auto& s) { return Server(s); });
    out["secrets"] = List(plan_.secrets(), [&](const auto& s) { return Secret(s); });
    out["scopes"] = List(plan_.scopes(), [&](const auto& s) { return Scope(s); });
    out["providers"] = List(plan_.providers(), [&](const auto& p) {
      return ordered_json{{"name", Text(p.name)}, {"attributes", Pairs(p.attributes)}};
    });
    out["principals"] = List(plan_.principals(), [&](const auto& p) { return Principal(p); });
    out["workspaces"] = List(plan_.workspaces(), [&](const auto& w) { return Workspace(w); });
    out["rules"] = ordered_json::array();
    for (size_t r = 0; r < plan_.rules().size(); ++r) out["rules"].push_back(Rule(r));
    out["automata"] = List(plan_.automata(), [&](const auto& a) {
      return ordered_json{
          {"states", a.states}, {"byte_classes", a.byte_classes}, {"classes", a.classes.count}};
    });
    out["pins"] = List(plan_.pins(), [&](const auto& p) {
      return ordered_json{{"server", NameOf(plan_.servers(), p.server)},
                          {"tool", Text(p.name)},
                          {"digest", inventory::DigestText(p.digest)}};
    });
    return out;
  }

 private:
  template <typename Records, typename Convert>
  static ordered_json List(const Records& records, Convert convert) {
    ordered_json list = ordered_json::array();
    for (const auto& record : records) list.push_back(convert(record));
    return list;
  }

  std::string Text(StringRef ref) const { return std::string(plan_.text(ref)); }

  ordered_json TextOrNull(StringRef ref) const {
    return ref.size == 0 ? ordered_json(nullptr) : ordered_json(Text(ref));
  }

  ordered_json Strings(Range range) const {
    return List(plan_.string_refs().subspan(range.begin, range.count),
                [&](StringRef ref) { return Text(ref); });
  }

  ordered_json Pairs(Range range) const {
    ordered_json object = ordered_json::object();
    for (const auto& pair : plan_.key_values().subspan(range.begin, range.count)) {
      object[Text(pair.key)] = Text(pair.value);
    }
    return object;
  }

  template <typename Records>
  ordered_json NameOf(const Records& records, uint32_t index) const {
    return index == plan::kNone ? ordered_json(nullptr) : ordered_json(Text(records[index].name));
  }

  ordered_json Groups(Range range) const {
    return List(plan_.indexes().subspan(range.begin, range.count),
                [&](uint32_t group) { return Text(plan_.groups()[group].name); });
  }

  ordered_json Server(const plan::ServerRecord& s) const {
    return {{"name", Text(s.name)},
            {"namespace", Text(s.name_space)},
            {"transport", WordOf(s.transport, kTransports)},
            {"command", Strings(s.command)},
            {"env", Pairs(s.env)},
            {"cwd", TextOrNull(s.cwd)},
            {"url", TextOrNull(s.url)},
            {"idle_timeout_ms", s.idle_timeout_ms},
            {"call_timeout_ms", s.call_timeout_ms},
            {"instances", s.instances},
            {"restart", WordOf(s.restart, kRestarts)},
            {"start", WordOf(s.start, kStarts)},
            {"share", WordOf(s.share, kShares)},
            {"discovery", WordOf(s.discovery, kDiscoveries)},
            {"on_drift", WordOf(s.on_drift, kDrifts)},
            {"required", s.required != 0},
            {"pinned", s.pinned != 0}};
  }

  ordered_json Secret(const plan::SecretRecord& s) const {
    return {{"name", Text(s.name)},
            {"source", WordOf(s.source, kSources)},
            {"arguments", Strings(s.arguments)}};
  }

  ordered_json Scope(const plan::ScopeRecord& s) const {
    ordered_json set = ordered_json::object();
    for (const auto& injection :
         plan_.injections().subspan(s.injections.begin, s.injections.count)) {
      std::string text;
      for (const auto& part :
           plan_.template_parts().subspan(injection.parts.begin, injection.parts.count)) {
        text += part.secret == plan::kNone
                    ? Text(part.literal)
                    : fmt::format("${{secret({})}}", Text(plan_.secrets()[part.secret].name));
      }
      set[Text(injection.key)] = text;
    }
    return {{"name", Text(s.name)},
            {"type", WordOf(s.type, kScopeTypes)},
            {"set", set},
            {"redact", Strings(s.redact)},
            {"provider", NameOf(plan_.providers(), s.provider)},
            {"attributes", Pairs(s.attributes)}};
  }

  ordered_json Principal(const plan::PrincipalRecord& p) const {
    return {{"name", Text(p.name)},
            {"uid", p.has_uid != 0 ? ordered_json(p.uid) : ordered_json(nullptr)},
            {"token", NameOf(plan_.secrets(), p.token_secret)},
            {"issuer", TextOrNull(p.jwt_issuer)},
            {"audience", TextOrNull(p.jwt_audience)},
            {"subject", TextOrNull(p.jwt_subject)},
            {"groups", Groups(p.groups)}};
  }

  ordered_json Workspace(const plan::WorkspaceRecord& w) const {
    std::string root = (w.root_is_home != 0 ? "~" : "") + Text(w.root);
    return {{"name", Text(w.name)},
            {"root", root.empty() ? "/" : root},
            {"default", w.default_allow != 0 ? "allow" : "deny"},
            {"http", w.http != 0},
            {"parent", NameOf(plan_.workspaces(), w.parent)},
            {"tags", Pairs(w.tags)}};
  }

  ordered_json Condition(uint32_t condition) const {
    if (condition == plan::kNone) return nullptr;
    return ConditionText(plan_, condition);
  }

  ordered_json Rule(size_t number) const {
    const plan::RuleRecord& r = plan_.rules()[number];
    const plan::RuleOriginRecord& origin = plan_.rule_origins()[number];
    const plan::OutcomeRecord& outcome = plan_.tables().outcome(r);
    const plan::GuardRecord& guard = plan_.tables().guard(r);
    ordered_json rule = {
        {"id", Text(origin.id)},
        {"at", fmt::format("{}:{}", Text(plan_.files()[origin.file].path), origin.line)},
        {"workspace", NameOf(plan_.workspaces(), origin.workspace)},
        {"effect", WordOf(outcome.effect, kEffects)},
        {"kind", WordOf(outcome.kind, kKinds)},
        {"scope", NameOf(plan_.scopes(), outcome.scope)},
        {"when", Condition(guard.when)},
        {"require", Condition(guard.require)},
        {"priority", r.priority},
        {"order", r.order},
        {"log", WordOf(outcome.log, kLevels)},
        {"because", TextOrNull(outcome.because)},
        {"beaten_by", List(plan_.indexes().subspan(guard.beaten_by.begin, guard.beaten_by.count),
                           [&](uint32_t other) { return Text(plan_.rule_origins()[other].id); })}};
    if (outcome.effect == plan::Effect::kApprove) {
      rule["approval"] = {{"timeout_ms", outcome.timeout_ms},
                          {"quorum", outcome.quorum},
                          {"approvers", Groups(outcome.approvers)}};
    }
    return rule;
  }

  const Plan& plan_;
};

}  // namespace

ordered_json DumpJson(const Plan& plan) { return Dumper(plan).Run(); }

}  // namespace mcplexer::commands
