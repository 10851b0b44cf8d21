// SPDX-License-Identifier: Apache-2.0
// Typed 32-bit ids: an index into one particular vector, which cannot be mistaken for another's.

#ifndef MCPLEXER_RUNTIME_BASE_ID_H_
#define MCPLEXER_RUNTIME_BASE_ID_H_

#include <compare>
#include <cstdint>
#include <functional>

namespace mcplexer {

template <typename Tag>
struct Id {
  static constexpr uint32_t kNoneValue = 0xFFFFFFFFu;

  uint32_t value = kNoneValue;

  constexpr Id() = default;
  constexpr explicit Id(uint32_t v) : value(v) {}
  constexpr explicit Id(size_t v) : value(static_cast<uint32_t>(v)) {}

  constexpr bool valid() const { return value != kNoneValue; }
  constexpr size_t index() const { return value; }
  friend constexpr auto operator<=>(Id, Id) = default;
};

using ServerId = Id<struct ServerTag>;
using ScopeId = Id<struct ScopeTag>;
using SecretId = Id<struct SecretTag>;
using ProviderId = Id<struct ProviderTag>;
using WorkspaceId = Id<struct WorkspaceTag>;
using PrincipalId = Id<struct PrincipalTag>;  // none() is never the anonymous one: that has an id
using GroupId = Id<struct GroupTag>;
using RuleId = Id<struct RuleTag>;
using ConditionId = Id<struct ConditionTag>;
using FileId = Id<struct FileTag>;

}  // namespace mcplexer

template <typename Tag>
struct std::hash<mcplexer::Id<Tag>> {
  size_t operator()(mcplexer::Id<Tag> id) const noexcept { return std::hash<uint32_t>()(id.value); }
};

#endif  // MCPLEXER_RUNTIME_BASE_ID_H_
