// SPDX-License-Identifier: Apache-2.0
// The space of all calls as a policy divides it. Every rule becomes a box: a set of names, a set of
// directories, a set of principals. Equal sets have equal ids, so most questions are about ids.
//
// A set of names is a language for each name field it touches: names are `ns__tool` with a known,
// finite set of namespaces, so a pattern is split at the first `__` and instantiated in every
// namespace whose prefix it can begin with. What is left is a language over the tool's own name.

#ifndef MCPLEXER_COMPILER_ANALYSIS_SPACE_H_
#define MCPLEXER_COMPILER_ANALYSIS_SPACE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "compiler/analysis/field.h"
#include "compiler/model/policy.h"
#include "compiler/source/diagnostic.h"

namespace mcplexer::analysis {

using NameSetId = uint32_t;
using PathSetId = LanguageId;  // of the rule's own workspace
using PrincipalSetId = uint32_t;
using FieldId = uint32_t;

// The names of one kind that one server offers.
struct NameField {
  model::CallKind kind;
  ServerId server;
  Field field;
};

// Languages by field, ascending, none of them empty. A set without parts matches no call.
struct NameSet {
  std::vector<std::pair<FieldId, LanguageId>> parts;
  friend bool operator==(const NameSet&, const NameSet&) = default;
};

struct Box {
  NameSetId names = 0;
  PathSetId paths = 0;
  PrincipalSetId principals = 0;
  bool empty = true;  // matches no call; the ids mean nothing
};

// Where rules of several policies stand side by side: whose a rule is, and which servers that party
// has. A rule says nothing of servers that its own policy does not declare.
struct Parties {
  std::function<size_t(RuleId)> of;
  std::vector<std::vector<bool>> servers;  // party, server -> declared
};

class Space {
 public:
  // nullptr after reporting, when patterns cost more states than the limits allow (E0706).
  static std::unique_ptr<Space> Build(const model::Policy& policy, const automata::Limits& limits,
                                      source::Diagnostics& diagnostics,
                                      const Parties* parties = nullptr);

  const model::Policy& policy() const { return policy_; }
  const std::vector<NameField>& name_fields() const { return name_fields_; }
  // The field of a kind and server.
  FieldId FieldOf(model::CallKind kind, ServerId server) const;
  const std::vector<NameSet>& name_sets() const { return name_sets_; }
  // Name sets whose part in `field` is `language`, ascending.
  const std::vector<NameSetId>& NameSetsWith(FieldId field, LanguageId language) const {
    return sets_with_[field][language];
  }
  const Field& paths(WorkspaceId workspace) const { return path_fields_[workspace.index()]; }
  const std::vector<std::vector<PrincipalId>>& principal_sets() const { return principal_sets_; }
  const Box& box(RuleId rule) const { return boxes_[rule.index()]; }

  bool NamesSubset(NameSetId a, NameSetId b) const;
  bool NamesOverlap(NameSetId a, NameSetId b) const;
  bool PrincipalsSubset(PrincipalSetId a, PrincipalSetId b) const;
  bool PrincipalsOverlap(PrincipalSetId a, PrincipalSetId b) const;

  // Both rules of one workspace. Strictly: subset and not equal.
  bool IsSubset(RuleId a, RuleId b) const;
  bool IsStrictSubset(RuleId a, RuleId b) const { return IsSubset(a, b) && !IsSubset(b, a); }
  bool Overlaps(RuleId a, RuleId b) const;

 private:
  class Builder;
  explicit Space(const model::Policy& policy) : policy_(policy) {}

  const model::Policy& policy_;
  std::vector<NameField> name_fields_;  // by kind, then server
  std::vector<NameSet> name_sets_;
  std::vector<std::vector<std::vector<NameSetId>>> sets_with_;
  std::vector<Field> path_fields_;
  std::vector<std::vector<PrincipalId>> principal_sets_;
  std::vector<Box> boxes_;
};

// `ns__`, or nothing for the empty namespace: what stands before the name that a server knows.
std::string NamePrefix(const model::Server& server);

// What patterns mean, by field and ascending: `names` without `except`, of one server or (not
// valid) of every server whose names they can hold. No part is empty.
tl::expected<std::vector<std::pair<FieldId, automata::Dfa>>, automata::LimitError> LanguagesOf(
    const Space& space, model::CallKind kind, ServerId server,
    const std::vector<model::NamePattern>& names, const std::vector<model::NamePattern>& except,
    const automata::Limits& limits = {});

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_SPACE_H_
