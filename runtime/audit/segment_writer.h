// SPDX-License-Identifier: Apache-2.0
// Appends records to the segments of one stream and extends its chain. Knows nothing of what the
// payloads mean.

#ifndef MCPLEXER_RUNTIME_AUDIT_SEGMENT_WRITER_H_
#define MCPLEXER_RUNTIME_AUDIT_SEGMENT_WRITER_H_

#include <array>
#include <cstdint>
#include <string>

#include "runtime/audit/digest.h"
#include "runtime/audit/format.h"
#include "runtime/audit/stream_directory.h"
#include "runtime/base/result.h"

namespace mcplexer::audit {

// Where a stream ends: all that is needed to go on writing it.
struct StreamEnd {
  std::array<uint8_t, 16> stream_id = {};
  uint64_t segment = 0;  // first sequence of the last segment
  uint64_t size = 0;     // bytes of it that verify
  uint64_t next_sequence = 1;
  Digest chain = {};
};

// One thread at a time.
class SegmentWriter {
 public:
  // Begins the first segment in the directory, which stays the caller's.
  static Result<SegmentWriter> Begin(int directory_fd, const std::array<uint8_t, 16>& stream_id,
                                     uint64_t segment_bytes, uint64_t utc_nanoseconds);
  // Goes on where a stream ends. The last segment must be `end.size` long.
  static Result<SegmentWriter> Resume(int directory_fd, const StreamEnd& end,
                                      uint64_t segment_bytes);

  // The sequence number that the next record will get.
  uint64_t next_sequence() const { return end_.next_sequence; }

  // An empty payload to append to; then Commit writes it as the next record with one write().
  std::string& payload();
  // Fails when the record could not be written whole. What was written of it has been cut off again
  // then; where it could not be, every later Commit fails with the same message.
  Status Commit(RecordType type, uint64_t utc_nanoseconds);

  // fdatasync of all records so far.
  Status Sync();

 private:
  SegmentWriter(int directory_fd, uint64_t segment_bytes)
      : directory_fd_(directory_fd), segment_bytes_(segment_bytes) {}
  Status BeginSegment(uint64_t utc_nanoseconds);
  Status Write(std::string_view bytes);

  int directory_fd_;
  uint64_t segment_bytes_;
  StreamEnd end_;
  Descriptor file_;
  Sha256 sha_;
  std::string buffer_;  // a record: head and payload
  std::string broken_;  // why nothing can be written any more
  bool syncing_ = false;
  bool directory_changed_ = true;
};

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_SEGMENT_WRITER_H_
