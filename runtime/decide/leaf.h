// SPDX-License-Identifier: Apache-2.0
// Leaf: all that a session has to know about one name. Where no condition has a say it is the
// decision itself; else it is the rules whose conditions remain to be asked, in order.

#ifndef MCPLEXER_RUNTIME_DECIDE_LEAF_H_
#define MCPLEXER_RUNTIME_DECIDE_LEAF_H_

#include <cstdint>
#include <span>

#include "runtime/decide/decide.h"

namespace mcplexer::decide {

struct Leaf {
  Decision decision;  // but for `tool`; where conditions have a say, what holds when none decides
  uint32_t tool_offset = 0;  // of the tool in the call's name
  bool conditional = false;
  bool could_allow = false;
  // Rules, when conditional: first the denies, all with conditions; then the grants, of which only
  // the last may be without one.
  std::span<const uint32_t> denies;
  std::span<const uint32_t> grants;
};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_LEAF_H_
