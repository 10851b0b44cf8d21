// SPDX-License-Identifier: Apache-2.0
#include "runtime/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace mcplexer {

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "internal error: %s:%d: `%s` does not hold\n", file, line, condition);
  std::abort();
}

}  // namespace mcplexer
