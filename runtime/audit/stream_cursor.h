// SPDX-License-Identifier: Apache-2.0
// Goes through the records of one stream and believes nothing: checksums, sequence numbers and the
// chain are verified as it goes. docs/audit-format.md, "Reading and recovering".

#ifndef MCPLEXER_RUNTIME_AUDIT_STREAM_CURSOR_H_
#define MCPLEXER_RUNTIME_AUDIT_STREAM_CURSOR_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/audit/digest.h"
#include "runtime/audit/format.h"
#include "runtime/audit/segment_writer.h"
#include "runtime/audit/stream_directory.h"

namespace mcplexer::audit {

// One record, as it lies in the log.
struct RecordView {
  RecordType type = RecordType::kOpened;
  uint64_t sequence = 0;
  uint64_t time = 0;         // nanoseconds since 1970 UTC
  std::string_view payload;  // until the cursor moves
};

// A place in a stream that is not as it should be.
struct Problem {
  std::string segment;    // its file's name
  uint64_t offset = 0;    // in bytes
  uint64_t sequence = 0;  // of the record that should be there
  std::string what;       // one line, lower case, no full stop
};

// One thread at a time.
class StreamCursor {
 public:
  enum class Step : uint8_t {
    kRecord,   // record() is the next one
    kEnd,      // no more yet; more may come while the stream is live
    kTorn,     // the same, and behind the last record is a piece of one
    kDamaged,  // problem() says where; the cursor stays there
  };

  explicit StreamCursor(std::string stream_directory);

  // Goes to the beginning of a segment instead of the stream's. What its header says about the
  // segment before is taken as it is. Before the first Next.
  void StartAt(uint64_t segment) { first_segment_ = segment; }

  Step Next();

  const RecordView& record() const { return record_; }
  const Problem& problem() const { return problem_; }
  // What verified so far.
  const StreamEnd& end() const { return end_; }
  // Bytes behind the last record, after kTorn.
  uint64_t torn_bytes() const { return torn_bytes_; }

 private:
  enum class Opened : uint8_t { kYes, kNo, kDamaged };

  Opened OpenSegment(uint64_t sequence);
  std::string_view Peek(uint64_t size);
  Step ReadRecord();
  bool LookAgain();
  Step EndOfSegment();
  Step Tail(std::string_view what);
  Step Damage(std::string what);
  bool LaterSegmentExists() const;
  bool OnlyZerosFollow();
  uint64_t FileSize() const;

  std::string directory_;
  uint64_t first_segment_ = 1;
  Descriptor file_;
  StreamEnd end_;
  Sha256 sha_;
  RecordView record_;
  Problem problem_;
  uint64_t torn_bytes_ = 0;
  bool damaged_ = false;
  bool looked_twice_ = false;  // at the place behind the last record
  std::string window_;         // bytes of the file from window_begin_ on
  uint64_t window_begin_ = 0;
};

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_STREAM_CURSOR_H_
