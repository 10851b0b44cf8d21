// SPDX-License-Identifier: Apache-2.0
// Intents and outcomes put together again: the calls of all streams, for people.

#ifndef MCPLEXER_RUNTIME_AUDIT_CALLS_H_
#define MCPLEXER_RUNTIME_AUDIT_CALLS_H_

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "runtime/audit/stream_cursor.h"
#include "runtime/audit/stream_directory.h"
#include "runtime/base/result.h"
#include "runtime/json/document.h"

namespace mcplexer::audit {

enum class CallState : uint8_t {
  kDenied,       // at once: the intent says so
  kFinished,     // the outcome says how
  kPending,      // no outcome yet
  kInterrupted,  // no outcome, and none will come
};

struct Call {
  std::string stream;
  uint64_t sequence = 0;  // of the intent
  uint64_t time = 0;      // of the intent, nanoseconds since 1970 UTC
  CallState state = CallState::kPending;
  std::string intent = {};   // the record's payload, JSON
  std::string outcome = {};  // the same; empty when there is none
};

// The calls of one stream, in the order in which they end. One thread at a time.
class StreamCalls {
 public:
  // Begins with the segment of that first sequence; outcomes of calls before it are passed over.
  StreamCalls(const std::string& directory, std::string stream, uint64_t first_segment);

  // Reads on to the end of what is there and appends the calls that have ended.
  StreamCursor::Step Poll(std::vector<Call>& ended);
  // The calls without an outcome so far, moved out.
  std::vector<Call> TakeOpen(CallState state);
  // Copies of them.
  std::vector<Call> Open() const;

  const std::string& stream() const { return stream_; }
  const Problem& problem() const { return cursor_.problem(); }

 private:
  void Take(const RecordView& record, std::vector<Call>& ended);

  std::string stream_;
  StreamCursor cursor_;
  std::map<uint64_t, Call> open_;  // by sequence
  json::Document document_;
};

struct StreamProblem {
  std::string stream;
  Problem problem;
};

// The last calls of a log, and then the ones that come. One thread at a time.
class CallTail {
 public:
  explicit CallTail(std::string directory) : directory_(std::move(directory)) {}

  // The `count` calls that began last, oldest first. Call it first, once.
  Result<std::vector<Call>> Last(size_t count);
  // The calls that have ended since, in no particular order among streams, and those of gateways
  // that died. A call that Last gave as pending comes again.
  Result<std::vector<Call>> Poll();

  // Damage met so far; what is behind it in its stream is not read.
  const std::vector<StreamProblem>& problems() const { return problems_; }

 private:
  struct Candidate;
  void ReadLast(const Candidate& candidate, size_t count, std::vector<Call>& calls);

  std::string directory_;
  std::set<std::string> known_;                         // streams that are or were read
  std::vector<std::unique_ptr<StreamCalls>> followed_;  // those that may still grow
  std::vector<StreamProblem> problems_;
};

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_CALLS_H_
