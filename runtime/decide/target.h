// SPDX-License-Identifier: Apache-2.0
// Target: who owns the name of a call.

#ifndef MCPLEXER_RUNTIME_DECIDE_TARGET_H_
#define MCPLEXER_RUNTIME_DECIDE_TARGET_H_

#include <cstdint>

#include "runtime/decide/engine_impl.h"

namespace mcplexer::decide {

struct Target {
  ServerId server;           // not valid when nobody owns the name
  uint32_t tool_offset = 0;  // in the call's name: where the owner's own name begins
  bool valid_name = false;   // the owner's own name is one: not empty, no byte below 0x20
  plan::Range automata;      // that the owner's own name runs through
};

Target FindTarget(const Call& call, const EngineTables& engine);

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_TARGET_H_
