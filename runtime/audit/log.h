// SPDX-License-Identifier: Apache-2.0
// The write-ahead log of calls, docs/audit-format.md. A process writes one stream, a directory of
// its own below the log's, so that any number of gateways share one state directory without waiting
// for each other.
//
//   auto log = audit::Log::Open({.directory = state + "/audit"});
//   Result<uint64_t> sequence = (*log)->AppendIntent(intent);   // before forwarding
//   if (!sequence) deny the call
//   (*log)->AppendOutcome({.intent = *sequence, ...});
//
// When an Append has returned, its record survives the death of the process (the kernel has it);
// Sync makes it survive the death of the machine. The process should ignore SIGXFSZ, as it does
// SIGPIPE: a file size limit is then an error of Append.

#ifndef MCPLEXER_RUNTIME_AUDIT_LOG_H_
#define MCPLEXER_RUNTIME_AUDIT_LOG_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/audit/clock.h"
#include "runtime/audit/record.h"
#include "runtime/audit/redactor.h"
#include "runtime/base/result.h"

namespace mcplexer::audit {

struct LogOptions {
  // Made with mode 0700 when it is missing, its parents too.
  std::string directory = {};
  std::string program_version = {};  // told in the stream's first record
  // A segment is the unit of keeping and of verifying: not too large to copy, not too many.
  uint64_t segment_bytes = uint64_t{64} << 20;
  const Clock* clock = nullptr;  // null: the system's
};

// One thread at a time.
class Log {
 public:
  // Starts a new stream. Does not look at others: see RecoverStreams in recover.h.
  static Result<std::unique_ptr<Log>> Open(LogOptions options);
  // Closes, when Close was not called.
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // Writes the redacted record and returns its sequence, which is above 0. On failure nothing is in
  // the log: what a short write left is cut off again, and later Appends may succeed. Where even
  // that fails the log is broken and every later Append fails too.
  Result<uint64_t> AppendIntent(const Intent& intent);
  Result<uint64_t> AppendOutcome(const Outcome& outcome);
  Result<uint64_t> AppendEvent(const Event& event);

  // Everything appended so far onto the disk (fdatasync, about 200 us): one call for a whole group
  // of records.
  Status Sync();
  // Writes the closing record and seals the stream. Nothing can be appended afterwards.
  Status Close();

  // Where secrets are made known as they are resolved.
  Redactor& redactor();
  // The name of the stream, and the directory it is in.
  const std::string& stream() const;
  const std::string& stream_directory() const;

 private:
  struct Impl;
  explicit Log(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_LOG_H_
