// SPDX-License-Identifier: Apache-2.0
// Tables: typed views of a plan's sections, by the names of sections.def. Views only: whoever holds
// the bytes keeps them alive and unmoved.

#ifndef MCPLEXER_RUNTIME_PLAN_TABLES_H_
#define MCPLEXER_RUNTIME_PLAN_TABLES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "runtime/plan/format.h"

namespace mcplexer::plan {

struct Tables {
  std::string_view strings;
#define SECTION(id, name, record) std::span<const record> name;
#define OPTIONAL_SECTION SECTION
#include "runtime/plan/sections.def"

  // Valid for refs of a verified plan.
  std::string_view text(StringRef ref) const { return {strings.data() + ref.offset, ref.size}; }

  // What the records of a rule of a verified plan refer to. A rule without a guard has one that
  // asks nothing.
  const OutcomeRecord& outcome(const RuleRecord& rule) const { return outcomes[rule.outcome]; }
  const GuardRecord& guard(const RuleRecord& rule) const {
    static constexpr GuardRecord kNothing{};
    return rule.guard == kNone ? kNothing : guards[rule.guard];
  }
};

// The elements of a section that a range names, in a verified plan.
template <typename T>
std::span<const T> Slice(std::span<const T> section, Range range) {
  return {section.data() + range.begin, range.count};
}

// What a plan's bytes hold is all there is to them: no padding inside any record.
#define SECTION(id, name, record)                                  \
  static_assert(std::has_unique_object_representations_v<record>); \
  static_assert(std::is_trivially_copyable_v<record> && alignof(record) <= 4);
#define OPTIONAL_SECTION SECTION
#include "runtime/plan/sections.def"

}  // namespace mcplexer::plan

#endif  // MCPLEXER_RUNTIME_PLAN_TABLES_H_
