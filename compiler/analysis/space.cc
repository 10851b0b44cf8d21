// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/space.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <unordered_map>

#include "compiler/automata/pattern.h"
#include "compiler/automata/universe.h"
#include "runtime/base/check.h"

namespace mcplexer::analysis {
namespace {

using automata::Dfa;
using automata::LimitError;
using automata::Nfa;
using model::CallKind;
using model::NamePattern;
using source::Code;

constexpr std::array kKinds = {CallKind::kTool, CallKind::kResource, CallKind::kPrompt};

Nfa ParsePattern(const NamePattern& pattern, CallKind kind, const automata::Limits& limits) {
  auto nfa = pattern.regex                 ? automata::ParseRegex(pattern.text, limits)
             : kind == CallKind::kResource ? automata::ParseUriGlob(pattern.text, limits)
                                           : automata::ParseNameGlob(pattern.text, limits);
  MCPLEXER_CHECK(nfa.has_value());  // the model accepts well-formed patterns only
  return *std::move(nfa);
}

// The union of patterns as one automaton.
tl::expected<Dfa, LimitError> UnionOfPatterns(const std::vector<NamePattern>& patterns,
                                              CallKind kind, const automata::Limits& limits) {
  std::vector<Nfa> nfas;
  nfas.reserve(patterns.size());
  for (const NamePattern& pattern : patterns) nfas.push_back(ParsePattern(pattern, kind, limits));
  return automata::ToDfa(automata::UnionOf(nfas), limits);
}

// Two rules with the same key have the same set of names.
std::string KeyOf(const model::Rule& rule) {
  std::vector<std::string> parts;
  auto add = [&](char tag, const std::vector<NamePattern>& patterns) {
    for (const NamePattern& pattern : patterns) {
      parts.push_back(fmt::format("{}{}{}", tag, pattern.regex ? 'r' : 'g', pattern.text));
    }
  };
  add('+', rule.names);
  add('-', rule.except);
  std::ranges::sort(parts);
  std::string key = fmt::format("{} {}", static_cast<int>(rule.kind), rule.server.value);
  for (const std::string& part : parts) key.append(1, '\0').append(part);
  return key;
}

}  // namespace

std::string NamePrefix(const model::Server& server) {
  return server.name_space.empty() ? "" : server.name_space + "__";
}

tl::expected<std::vector<std::pair<FieldId, Dfa>>, LimitError> LanguagesOf(
    const Space& space, CallKind kind, ServerId server, const std::vector<NamePattern>& names,
    const std::vector<NamePattern>& except, const automata::Limits& limits) {
  auto whole = UnionOfPatterns(names, kind, limits);
  if (whole && !except.empty()) {
    const auto excluded = UnionOfPatterns(except, kind, limits);
    whole = excluded ? automata::Difference(*whole, *excluded, limits)
                     : tl::unexpected(excluded.error());
  }
  if (!whole) return tl::unexpected(whole.error());
  const Dfa& universe =
      kind == CallKind::kResource ? automata::UriUniverse() : automata::NameUniverse();
  const auto& servers = space.policy().servers;
  std::vector<std::pair<FieldId, Dfa>> languages;
  for (size_t s = 0; s < servers.size(); ++s) {
    if (server.valid() && server != ServerId(s)) continue;
    const std::string prefix = kind == CallKind::kResource ? std::string() : NamePrefix(servers[s]);
    const Dfa rest = automata::Residual(*whole, prefix);
    if (rest.IsEmpty()) continue;
    auto cut = automata::Intersection(rest, universe, limits);
    if (!cut) return tl::unexpected(cut.error());
    if (!cut->IsEmpty()) languages.emplace_back(space.FieldOf(kind, ServerId(s)), *std::move(cut));
  }
  return languages;
}

// Builds the fields, then numbers the sets. Spans of the first rule with a language are kept for
// the error that names what cost most.
class Space::Builder {
 public:
  Builder(Space& space, const automata::Limits& limits, source::Diagnostics& diagnostics,
          const Parties* parties)
      : space_(space),
        policy_(space.policy_),
        limits_(limits),
        diagnostics_(diagnostics),
        parties_(parties) {}

  bool Run() {
    for (CallKind kind : kKinds) {
      for (size_t s = 0; s < policy_.servers.size(); ++s) {
        space_.name_fields_.push_back({kind, ServerId(s), {}});
      }
    }
    name_spans_.resize(space_.name_fields_.size());
    space_.path_fields_.resize(policy_.workspaces.size());
    path_spans_.resize(policy_.workspaces.size());
    space_.boxes_.resize(policy_.rules.size());
    for (size_t r = 0; r < policy_.rules.size(); ++r) {
      if (!AddRule(RuleId(r))) return false;
    }
    return BuildFields();
  }

 private:
  bool AddRule(RuleId id) {
    const model::Rule& rule = policy_.rules[id.index()];
    const std::optional<NameSetId> names = Names(id, rule);
    if (!names) return false;
    const std::optional<std::optional<PathSetId>> paths = Paths(rule);
    if (!paths) return false;
    if (space_.name_sets_[*names].parts.empty() || !*paths || rule.principals.empty()) return true;
    space_.boxes_[id.index()] = {*names, **paths, Principals(rule), false};
    return true;
  }

  std::optional<NameSetId> Names(RuleId id, const model::Rule& rule) {
    const size_t party = parties_ != nullptr ? parties_->of(id) : 0;
    const auto [known, inserted] =
        name_keys_.try_emplace(fmt::format("{} {}", party, KeyOf(rule)), 0);
    if (!inserted) return known->second;
    const auto languages =
        LanguagesOf(space_, rule.kind, rule.server, rule.names, rule.except, limits_);
    if (!languages) {
      TooLarge(languages.error(), rule.head_span, {});
      return std::nullopt;
    }
    NameSet set;
    for (const auto& [field, names] : *languages) {
      const ServerId server = space_.name_fields_[field].server;
      if (parties_ != nullptr && !parties_->servers[party][server.index()]) continue;
      const LanguageId language = space_.name_fields_[field].field.Add(names);
      if (language == name_spans_[field].size()) name_spans_[field].push_back(rule.head_span);
      set.parts.emplace_back(field, language);
    }
    known->second = Number(std::move(set));
    return known->second;
  }

  // The outer optional is absent after an error, the inner one when no directory matches.
  std::optional<std::optional<PathSetId>> Paths(const model::Rule& rule) {
    std::string key;
    for (const syntax::Name& path : rule.paths) key.append(path.text).append(1, '\0');
    auto& known = path_keys_[{rule.workspace.value, key}];
    if (known) return known;
    std::vector<Nfa> nfas;
    for (const syntax::Name& path : rule.paths) {
      auto nfa = automata::ParsePathGlob(path.text, limits_);
      MCPLEXER_CHECK(nfa.has_value());
      nfas.push_back(*std::move(nfa));
    }
    auto dfa = automata::ToDfa(automata::UnionOf(nfas), limits_);
    if (dfa) dfa = automata::Intersection(*dfa, automata::PathUniverse(), limits_);
    if (!dfa) {
      TooLarge(dfa.error(), rule.span, {});
      return std::nullopt;
    }
    known.emplace();
    if (!dfa->IsEmpty()) {
      *known = space_.path_fields_[rule.workspace.index()].Add(*dfa);
      auto& spans = path_spans_[rule.workspace.index()];
      if (**known == spans.size()) spans.push_back(rule.paths.front().span);
    }
    return known;
  }

  PrincipalSetId Principals(const model::Rule& rule) {
    const auto [it, inserted] = principal_keys_.try_emplace(
        rule.principals, static_cast<PrincipalSetId>(space_.principal_sets_.size()));
    if (inserted) space_.principal_sets_.push_back(rule.principals);
    return it->second;
  }

  NameSetId Number(NameSet set) {
    const auto [it, inserted] =
        set_keys_.try_emplace(set.parts, static_cast<NameSetId>(space_.name_sets_.size()));
    if (inserted) space_.name_sets_.push_back(std::move(set));
    return it->second;
  }

  bool BuildFields() {
    bool good = true;
    for (size_t f = 0; f < space_.name_fields_.size(); ++f) {
      NameField& name_field = space_.name_fields_[f];
      const auto built = name_field.field.Build(Universe(name_field.kind), limits_);
      if (!built) {
        TooLarge(built.error(), {}, name_spans_[f]);
        good = false;
      }
    }
    for (size_t w = 0; w < space_.path_fields_.size(); ++w) {
      const auto built = space_.path_fields_[w].Build(automata::PathUniverse(), limits_);
      if (!built) {
        TooLarge(built.error(), {}, path_spans_[w]);
        good = false;
      }
    }
    space_.sets_with_.resize(space_.name_fields_.size());
    for (size_t f = 0; f < space_.name_fields_.size(); ++f) {
      space_.sets_with_[f].resize(space_.name_fields_[f].field.size());
    }
    for (NameSetId s = 0; s < space_.name_sets_.size(); ++s) {
      for (const auto& [field, language] : space_.name_sets_[s].parts) {
        space_.sets_with_[field][language].push_back(s);
      }
    }
    return good;
  }

  // `spans`: where each language of the failed construction comes from.
  void TooLarge(const LimitError& error, source::Span span,
                const std::vector<source::Span>& spans) {
    if (!error.culprits.empty()) span = spans[error.culprits.front()];
    auto& diagnostic = diagnostics_.Report(Code::kAutomatonTooLarge, span, error.message);
    if (!error.culprits.empty()) diagnostic.Mark("this costs most");
    for (size_t i = 1; i < error.culprits.size(); ++i) {
      diagnostic.Also(spans[error.culprits[i]], "and this");
    }
    diagnostic.Help("anchor the pattern at its front, or list what it means");
  }

  static const Dfa& Universe(CallKind kind) {
    return kind == CallKind::kResource ? automata::UriUniverse() : automata::NameUniverse();
  }

  Space& space_;
  const model::Policy& policy_;
  const automata::Limits& limits_;
  source::Diagnostics& diagnostics_;
  const Parties* parties_;
  std::unordered_map<std::string, NameSetId> name_keys_;
  std::map<std::vector<std::pair<FieldId, LanguageId>>, NameSetId> set_keys_;
  std::map<std::pair<uint32_t, std::string>, std::optional<std::optional<PathSetId>>> path_keys_;
  std::map<std::vector<PrincipalId>, PrincipalSetId> principal_keys_;
  std::vector<std::vector<source::Span>> name_spans_;
  std::vector<std::vector<source::Span>> path_spans_;
};

std::unique_ptr<Space> Space::Build(const model::Policy& policy, const automata::Limits& limits,
                                    source::Diagnostics& diagnostics, const Parties* parties) {
  std::unique_ptr<Space> space(new Space(policy));
  if (!Builder(*space, limits, diagnostics, parties).Run()) return nullptr;
  return space;
}

FieldId Space::FieldOf(CallKind kind, ServerId server) const {
  const auto place = static_cast<size_t>(std::ranges::find(kKinds, kind) - kKinds.begin());
  return static_cast<FieldId>(place * policy_.servers.size() + server.index());
}

bool Space::NamesSubset(NameSetId a, NameSetId b) const {
  if (a == b) return true;
  const auto& wide = name_sets_[b].parts;
  auto other = wide.begin();
  for (const auto& [field, language] : name_sets_[a].parts) {
    while (other != wide.end() && other->first < field) ++other;
    if (other == wide.end() || other->first != field) return false;
    if (!name_fields_[field].field.IsSubset(language, other->second)) return false;
  }
  return true;
}

bool Space::NamesOverlap(NameSetId a, NameSetId b) const {
  if (a == b) return true;
  const auto& left = name_sets_[a].parts;
  const auto& right = name_sets_[b].parts;
  for (auto i = left.begin(), j = right.begin(); i != left.end() && j != right.end();) {
    if (i->first == j->first) {
      if (name_fields_[i->first].field.Overlaps(i->second, j->second)) return true;
      ++i, ++j;
    } else {
      i->first < j->first ? ++i : ++j;
    }
  }
  return false;
}

bool Space::PrincipalsSubset(PrincipalSetId a, PrincipalSetId b) const {
  return a == b || std::ranges::includes(principal_sets_[b], principal_sets_[a]);
}

bool Space::PrincipalsOverlap(PrincipalSetId a, PrincipalSetId b) const {
  if (a == b) return true;
  const auto& left = principal_sets_[a];
  const auto& right = principal_sets_[b];
  return std::ranges::find_first_of(left, right) != left.end();
}

bool Space::IsSubset(RuleId a, RuleId b) const {
  const Box& left = box(a);
  const Box& right = box(b);
  if (left.empty) return true;
  if (right.empty) return false;
  return PrincipalsSubset(left.principals, right.principals) &&
         paths(policy_.rules[a.index()].workspace).IsSubset(left.paths, right.paths) &&
         NamesSubset(left.names, right.names);
}

bool Space::Overlaps(RuleId a, RuleId b) const {
  const Box& left = box(a);
  const Box& right = box(b);
  return !left.empty && !right.empty && PrincipalsOverlap(left.principals, right.principals) &&
         paths(policy_.rules[a.index()].workspace).Overlaps(left.paths, right.paths) &&
         NamesOverlap(left.names, right.names);
}

}  // namespace mcplexer::analysis
