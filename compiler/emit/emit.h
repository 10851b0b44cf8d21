// SPDX-License-Identifier: Apache-2.0
// Policy + its division of the space of calls -> the sections of a plan. The same policy gives the
// same sections: everything is written in the order of ids, which are sorted by name.

#ifndef MCPLEXER_COMPILER_EMIT_EMIT_H_
#define MCPLEXER_COMPILER_EMIT_EMIT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/analysis/order.h"
#include "compiler/analysis/space.h"
#include "compiler/emit/plan_writer.h"
#include "compiler/inventory/inventory.h"
#include "compiler/source/diagnostic.h"

namespace mcplexer::emit {

struct Emission {
  PlanSections sections;
  plan::Digest source_digest;
};

// nullptr-free: a policy without errors always has a plan, but for a `like` pattern that needs too
// many states, which is reported (E0706); then the result must not be used. Servers that are in the
// inventory, if there is one, are pinned.
Emission Emit(const analysis::Space& space, const analysis::Order& order,
              const source::SourceMap& sources, source::Diagnostics& diagnostics,
              const inventory::Inventory* inventory = nullptr);

}  // namespace mcplexer::emit

#endif  // MCPLEXER_COMPILER_EMIT_EMIT_H_
