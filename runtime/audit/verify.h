// SPDX-License-Identifier: Apache-2.0
// Whether a log is as it was written.

#ifndef MCPLEXER_RUNTIME_AUDIT_VERIFY_H_
#define MCPLEXER_RUNTIME_AUDIT_VERIFY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/audit/stream_cursor.h"
#include "runtime/audit/stream_directory.h"
#include "runtime/base/result.h"

namespace mcplexer::audit {

struct StreamReport {
  std::string stream;
  StreamState state = StreamState::kSealed;
  uint64_t records = 0;                 // that verified
  uint64_t torn_bytes = 0;              // behind them, in a stream that is not sealed
  std::string last_chain_hash = {};     // hexadecimal: what to keep elsewhere as an anchor
  std::optional<Problem> problem = {};  // the first one; nothing behind it was looked at
};

// Reads the whole stream. A live one is verified up to where it is now.
Result<StreamReport> VerifyStream(const std::string& directory, const std::string& stream);

// All streams below the log's directory, oldest first.
Result<std::vector<StreamReport>> Verify(const std::string& directory);

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_VERIFY_H_
