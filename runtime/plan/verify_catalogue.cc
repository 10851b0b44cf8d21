// SPDX-License-Identifier: Apache-2.0
// Strings, meta, and the declarations that rules refer to by index.

#include <algorithm>

#include "runtime/json/utf8.h"
#include "runtime/plan/verify_checks.h"

namespace mcplexer::plan::verify {
namespace {

bool IsNamespaceByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

// Names are split at their first `__`, so a namespace that held one, or ended in `_`, would be
// unreachable or split elsewhere.
bool IsNamespace(std::string_view name) {
  constexpr size_t kMaxBytes = 32;
  return !name.empty() && name.size() <= kMaxBytes && name.front() != '_' && name.back() != '_' &&
         name.find("__") == std::string_view::npos &&
         std::all_of(name.begin(), name.end(), IsNamespaceByte);
}

Fault CheckMeta(const Meta& meta, const Tables& t) {
  if (!IsText(meta.compiler_version, t) || !IsText(meta.home, t)) return "text out of bounds";
  if (meta.default_principal != 0) return "the anonymous principal is not the first";
  if (meta.home_bound > 1) return "home_bound is not 0 or 1";
  if (meta.home_bound == 1 && meta.home.size == 0) return "home_bound without a home";
  if (meta.max_class_sets > t.class_sets.size()) return "max_class_sets above kClassSets";
  return nullptr;
}

Fault CheckServer(const ServerRecord& s, const Tables& t) {
  for (const StringRef ref : {s.name, s.name_space, s.cwd, s.url}) {
    if (!IsText(ref, t)) return "text out of bounds";
  }
  if (s.name.size == 0) return "no name";
  if (!IsEnum(s.transport, Transport::kHttp) || !IsEnum(s.restart, Restart::kNever) ||
      !IsEnum(s.start, Start::kEager) || !IsEnum(s.share, Share::kAll) ||
      !IsEnum(s.discovery, Discovery::kStatic) || !IsEnum(s.on_drift, OnDrift::kWarn)) {
    return "unknown enumerator";
  }
  if (s.required > 1 || s.pinned > 1) return "flag is not 0 or 1";
  if (!InRange(s.command, t.string_refs) || !InRange(s.env, t.key_values) ||
      !InRange(s.resource_automata, t.automata)) {
    return "range out of bounds";
  }
  const bool stdio = s.transport == Transport::kStdio;
  if (stdio != (s.command.count > 0) || stdio != (s.url.size == 0)) {
    return "transport does not fit command and url";
  }
  if (s.instances == 0) return "no instances";
  return nullptr;
}

Fault CheckScope(const ScopeRecord& s, const Tables& t) {
  if (!IsText(s.name, t) || s.name.size == 0) return "no name";
  if (!IsEnum(s.type, ScopeType::kOauth2)) return "unknown type";
  if (!InRange(s.injections, t.injections) || !InRange(s.redact, t.string_refs) ||
      !InRange(s.attributes, t.key_values)) {
    return "range out of bounds";
  }
  if (!IsIndexOrNone(s.provider, t.providers)) return "provider out of bounds";
  return nullptr;
}

Fault CheckSecret(const SecretRecord& s, const Tables& t) {
  if (!IsText(s.name, t) || s.name.size == 0) return "no name";
  if (!IsEnum(s.source, SecretSource::kCommand)) return "unknown source";
  if (!InRange(s.arguments, t.string_refs) || s.arguments.count == 0) return "no arguments";
  return nullptr;
}

Fault CheckPrincipal(const PrincipalRecord& p, const Tables& t) {
  for (const StringRef ref : {p.name, p.jwt_issuer, p.jwt_audience, p.jwt_subject}) {
    if (!IsText(ref, t)) return "text out of bounds";
  }
  if (p.has_uid > 1) return "has_uid is not 0 or 1";
  if (!IsIndexOrNone(p.token_secret, t.secrets)) return "secret out of bounds";
  if (!InRange(p.groups, t.indexes)) return "groups out of bounds";
  return nullptr;
}

Fault CheckNamespace(const NamespaceRecord& n, const Tables& t) {
  if (!IsText(n.name, t)) return "text out of bounds";
  if (!IsIndex(n.server, t.servers)) return "server out of bounds";
  const std::string_view name = t.text(n.name);
  if (name != t.text(t.servers[n.server].name_space)) return "not its server's namespace";
  if (name.empty() && t.servers.size() != 1) return "an empty name beside other servers";
  if (!name.empty() && !IsNamespace(name)) return "malformed name";
  if (!InRange(n.tool_automata, t.automata) || !InRange(n.prompt_automata, t.automata)) {
    return "automata out of bounds";
  }
  return nullptr;
}

Fault CheckPin(const PinRecord& p, const Tables& t) {
  if (!IsIndex(p.server, t.servers)) return "server out of bounds";
  if (t.servers[p.server].pinned == 0) return "of a server that is not pinned";
  if (!IsText(p.name, t) || p.name.size == 0) return "no name";
  return nullptr;
}

// After CheckPin of all.
Fault CheckPinOrder(const Tables& t) {
  for (size_t i = 1; i < t.pins.size(); ++i) {
    const PinRecord& before = t.pins[i - 1];
    const PinRecord& pin = t.pins[i];
    if (before.server > pin.server ||
        (before.server == pin.server && t.text(before.name) >= t.text(pin.name))) {
      return "pins are not sorted, or not unique";
    }
  }
  return nullptr;
}

Fault CheckSorted(const Tables& t) {
  for (const Fault fault :
       {SortedByName(t.servers, t), SortedByName(t.secrets, t), SortedByName(t.scopes, t),
        SortedByName(t.providers, t), SortedByName(t.groups, t), SortedByName(t.principals, t),
        SortedByName(t.namespaces, t)}) {
    if (fault != nullptr) return fault;
  }
  return nullptr;
}

Fault CheckWhole(const Tables& t) {
  if (!json::IsUtf8(t.strings)) return "strings are not UTF-8";
  if (t.meta.size() != 1) return "not exactly one meta record";
  return CheckMeta(t.meta[0], t);
}

Fault CheckCatalogue(const Tables& t) {
  if (const Fault fault = CheckSorted(t); fault != nullptr) return fault;
  if (t.principals.empty() || t.principals[0].name.size != 0) return "no anonymous principal";
  if (t.namespaces.size() != t.servers.size()) return "servers and namespaces differ in number";
  const auto& ix = t.indexes;
  const BadCount not_group(ix.size(), [&](size_t i) { return !IsIndex(ix[i], t.groups); });
  const BadCount not_rising(ix.size(), [&](size_t i) { return i > 0 && ix[i - 1] >= ix[i]; });
  for (const PrincipalRecord& p : t.principals) {
    if (!not_group.NoneIn(p.groups) || !not_rising.NoneBehindFirstOf(p.groups)) {
      return "a principal's groups are out of bounds or not sorted";
    }
  }
  return nullptr;
}

}  // namespace

Status VerifyCatalogue(const Tables& t) {
  if (const Fault fault = CheckWhole(t); fault != nullptr)
    return Fail(fmt::format("plan: {}", fault));
  const Status statuses[] = {
      Each("string_refs", t.string_refs,
           [&](StringRef r) -> Fault { return IsText(r, t) ? nullptr : "text out of bounds"; }),
      Each("key_values", t.key_values,
           [&](const KeyValue& kv) -> Fault {
             return IsText(kv.key, t) && IsText(kv.value, t) ? nullptr : "text out of bounds";
           }),
      Each("template_parts", t.template_parts,
           [&](const TemplatePart& p) -> Fault {
             if (!IsText(p.literal, t)) return "text out of bounds";
             return IsIndexOrNone(p.secret, t.secrets) ? nullptr : "secret out of bounds";
           }),
      Each("injections", t.injections,
           [&](const Injection& i) -> Fault {
             if (!IsText(i.key, t) || i.key.size == 0) return "no key";
             return InRange(i.parts, t.template_parts) ? nullptr : "parts out of bounds";
           }),
      Each("providers", t.providers,
           [&](const ProviderRecord& p) -> Fault {
             if (!IsText(p.name, t) || p.name.size == 0) return "no name";
             return InRange(p.attributes, t.key_values) ? nullptr : "attributes out of bounds";
           }),
      Each("groups", t.groups,
           [&](const GroupRecord& g) -> Fault {
             return IsText(g.name, t) && g.name.size > 0 ? nullptr : "no name";
           }),
      Each("files", t.files,
           [&](const FileRecord& f) -> Fault {
             return IsText(f.path, t) ? nullptr : "text out of bounds";
           }),
      Each("servers", t.servers, [&](const ServerRecord& s) { return CheckServer(s, t); }),
      Each("secrets", t.secrets, [&](const SecretRecord& s) { return CheckSecret(s, t); }),
      Each("scopes", t.scopes, [&](const ScopeRecord& s) { return CheckScope(s, t); }),
      Each("principals", t.principals,
           [&](const PrincipalRecord& p) { return CheckPrincipal(p, t); }),
  };
  for (const Status& status : statuses) {
    if (!status) return status;
  }
  // These read what the records above name.
  Status namespaces = Each("namespaces", t.namespaces,
                           [&](const NamespaceRecord& n) { return CheckNamespace(n, t); });
  if (!namespaces) return namespaces;
  if (Status pins = Each("pins", t.pins, [&](const PinRecord& p) { return CheckPin(p, t); });
      !pins) {
    return pins;
  }
  if (const Fault fault = CheckPinOrder(t); fault != nullptr) {
    return Fail(fmt::format("plan: {}", fault));
  }
  if (const Fault fault = CheckCatalogue(t); fault != nullptr) {
    return Fail(fmt::format("plan: {}", fault));
  }
  return {};
}

}  // namespace mcplexer::plan::verify
