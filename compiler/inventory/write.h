// SPDX-License-Identifier: Apache-2.0
// Writing a lock file (schemas/lock.schema.json): the same inventory gives the same bytes.

#ifndef MCPLEXER_COMPILER_INVENTORY_WRITE_H_
#define MCPLEXER_COMPILER_INVENTORY_WRITE_H_

#include <string>

#include "compiler/inventory/inventory.h"
#include "runtime/base/result.h"

namespace mcplexer::inventory {

// Fails when the result is more than Parse would read back.
Result<std::string> Write(const Inventory& inventory, const Limits& limits = {});

}  // namespace mcplexer::inventory

#endif  // MCPLEXER_COMPILER_INVENTORY_WRITE_H_
