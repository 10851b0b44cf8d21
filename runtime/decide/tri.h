// SPDX-License-Identifier: Apache-2.0
// Kleene's three truth values. Ordered false < unknown < true, so that `and` is the minimum, `or`
// the maximum, and `not` a reflection: the tables need no cases.

#ifndef MCPLEXER_RUNTIME_DECIDE_TRI_H_
#define MCPLEXER_RUNTIME_DECIDE_TRI_H_

#include <algorithm>
#include <cstdint>

namespace mcplexer::decide {

enum class Tri : uint8_t { kFalse = 0, kUnknown = 1, kTrue = 2 };

constexpr Tri And(Tri a, Tri b) { return std::min(a, b); }
constexpr Tri Or(Tri a, Tri b) { return std::max(a, b); }
constexpr Tri Not(Tri a) { return static_cast<Tri>(2 - static_cast<int>(a)); }
constexpr Tri ToTri(bool value) { return value ? Tri::kTrue : Tri::kFalse; }

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_TRI_H_
