// SPDX-License-Identifier: Apache-2.0
// Streams whose process died: their torn tail is put aside and they are sealed, with a record that
// says so.

#ifndef MCPLEXER_RUNTIME_AUDIT_RECOVER_H_
#define MCPLEXER_RUNTIME_AUDIT_RECOVER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/audit/clock.h"
#include "runtime/base/result.h"

namespace mcplexer::audit {

struct RecoveredStream {
  std::string stream;
  uint64_t torn_bytes = 0;   // put aside in the file `torn` of the stream's directory
  std::string problem = {};  // why it could not be sealed; empty when it was
};

// Seals every stream below `directory` that is neither live nor sealed. A stream that is damaged
// elsewhere than in its torn tail is left as it is, with the problem: evidence is not repaired.
// Reads the last segment of each such stream, so call it beside the gateway's start, not in it; any
// thread. Several processes may do so at once. A missing directory is no error.
Result<std::vector<RecoveredStream>> RecoverStreams(const std::string& directory,
                                                    const Clock& clock = Clock::System());

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_RECOVER_H_
