// SPDX-License-Identifier: Apache-2.0
// Argument names whose values must not be recorded.

#ifndef MCPLEXER_RUNTIME_AUDIT_KEY_NAMES_H_
#define MCPLEXER_RUNTIME_AUDIT_KEY_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/id.h"
#include "runtime/plan/plan.h"

namespace mcplexer::audit {

// A set of names in which the case of ASCII letters and the characters `_`, `-`, `.` and blank do
// not count. Holds the built-in names from the start.
class KeyNames {
 public:
  KeyNames();
  void Add(std::string_view name);
  bool Contains(std::string_view name) const;

 private:
  std::vector<std::string> names_;  // normalised, sorted
};

// The names of one plan: for each scope its own, and for calls without a scope those of all.
class PlanKeyNames {
 public:
  explicit PlanKeyNames(const plan::Plan& plan);
  const std::string& plan_id() const { return plan_id_; }
  const KeyNames& For(ScopeId scope) const { return scope.valid() ? scopes_[scope.index()] : all_; }

 private:
  std::string plan_id_;
  std::vector<KeyNames> scopes_;
  KeyNames all_;
};

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_KEY_NAMES_H_
