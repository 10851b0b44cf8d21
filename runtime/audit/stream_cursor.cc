// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/stream_cursor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace mcplexer::audit {
namespace {

// Some hundred records at a time.
constexpr size_t kWindow = size_t{256} << 10;

bool IsKnown(RecordType type) {
  return type >= RecordType::kOpened && type <= RecordType::kRecovered;
}

bool AllZero(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

}  // namespace

StreamCursor::StreamCursor(std::string stream_directory)
    : directory_(std::move(stream_directory)) {}

StreamCursor::Step StreamCursor::Next() {
  if (damaged_) return Step::kDamaged;
  torn_bytes_ = 0;
  if (!file_.valid()) {
    switch (OpenSegment(first_segment_)) {
      case Opened::kYes:
        break;
      case Opened::kNo:
        return Damage("the segment is missing");
      case Opened::kDamaged:
        return Step::kDamaged;
    }
  }
  for (;;) {
    if (!Peek(1).empty()) return ReadRecord();
    // A segment that has no record yet is the last one, and would be taken for its own successor.
    if (end_.next_sequence == end_.segment) return EndOfSegment();
    switch (OpenSegment(end_.next_sequence)) {
      case Opened::kYes:
        continue;
      case Opened::kNo:
        return EndOfSegment();
      case Opened::kDamaged:
        return Step::kDamaged;
    }
  }
}

// The bytes from the end of what verified on, `size` of them or what there is.
std::string_view StreamCursor::Peek(uint64_t size) {
  const auto in_window = [&]() -> std::string_view {
    const uint64_t skip = end_.size - window_begin_;
    return skip < window_.size() ? std::string_view(window_).substr(skip) : std::string_view();
  };
  if (in_window().size() < size) {
    window_.resize(std::max<size_t>(size, kWindow));
    window_begin_ = end_.size;
    size_t filled = 0;
    while (filled < window_.size()) {
      const ssize_t got = pread(file_.get(), window_.data() + filled, window_.size() - filled,
                                static_cast<off_t>(window_begin_ + filled));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      filled += static_cast<size_t>(got);
    }
    window_.resize(filled);
  }
  return in_window().substr(0, size);
}

StreamCursor::Opened StreamCursor::OpenSegment(uint64_t sequence) {
  const bool is_next = file_.valid();
  const std::string path = directory_ + "/" + SegmentName(sequence);
  Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.valid() && errno == ENOENT) {
    if (!is_next) end_.segment = sequence;
    return Opened::kNo;
  }
  StreamEnd before = end_;
  end_.segment = sequence;
  end_.size = 0;
  end_.next_sequence = sequence;
  const auto damaged = [&](std::string what) {
    Damage(std::move(what));
    return Opened::kDamaged;
  };
  if (!file.valid()) return damaged(fmt::format("cannot be opened: {}", std::strerror(errno)));
  file_ = std::move(file);
  window_.clear();
  window_begin_ = 0;
  const std::string_view bytes = Peek(sizeof(SegmentHeader));
  SegmentHeader header = {};
  if (bytes.size() < sizeof(header)) return damaged("the segment's header is cut");
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.magic != kMagic) return damaged("the segment's header has another magic");
  if (header.major_version != kMajorVersion) {
    return damaged(fmt::format("the segment is of version {}", header.major_version));
  }
  if (header.checksum != HeaderChecksum(header) || header.header_size != sizeof(header)) {
    return damaged("the segment's header has a wrong checksum");
  }
  if (header.first_sequence != sequence) return damaged("the segment is named by another sequence");
  if (is_next && header.stream_id != before.stream_id) {
    return damaged("the segment belongs to another stream");
  }
  const bool follows =
      is_next ? header.previous == before.chain : sequence != 1 || header.previous == Digest{};
  if (!follows) return damaged("the segment does not follow the one before");
  end_.stream_id = header.stream_id;
  end_.size = sizeof(header);
  end_.chain = ChainOf(sha_, header);
  return Opened::kYes;
}

StreamCursor::Step StreamCursor::ReadRecord() {
  const std::string_view head_bytes = Peek(sizeof(RecordHead));
  if (head_bytes.size() < sizeof(RecordHead)) return Tail("a piece of a record's head");
  RecordHead head;
  std::memcpy(&head, head_bytes.data(), sizeof(head));
  if (head.head_checksum != HeadChecksum(head)) {
    if (OnlyZerosFollow()) return Tail("zeros in place of records");
    return Damage("a record's head has a wrong checksum");
  }
  if (head.payload_size < 2 || head.payload_size > kMaxPayload || !IsKnown(head.type)) {
    return Damage("a record has an impossible size or type");
  }
  const std::string_view bytes = Peek(sizeof(head) + head.payload_size);
  if (bytes.size() < sizeof(head) + head.payload_size) return Tail("a piece of a record");
  const std::string_view payload = bytes.substr(sizeof(head));
  if (head.payload_checksum != PayloadChecksum(payload)) {
    const bool unwritten = payload.find('\0') != payload.npos;
    if (unwritten && end_.size + bytes.size() == FileSize()) return Tail("a record with holes");
    return Damage("a record's payload has a wrong checksum");
  }
  if (head.sequence != end_.next_sequence) {
    return Damage(fmt::format("a record has the sequence number {}", head.sequence));
  }
  if (head.chain != ChainOf(sha_, end_.chain, head, payload)) {
    return Damage("a record does not follow the one before: its chain hash is wrong");
  }
  looked_twice_ = false;
  record_ = {head.type, head.sequence, head.time, payload};
  end_.size += bytes.size();
  end_.chain = head.chain;
  ++end_.next_sequence;
  return Step::kRecord;
}

// The writer of a live stream may have completed this segment and begun another one since we read
// the end of this one. Whatever is missing then is there at a second look.
bool StreamCursor::LookAgain() {
  window_.clear();
  return !std::exchange(looked_twice_, true);
}

StreamCursor::Step StreamCursor::EndOfSegment() {
  if (!LaterSegmentExists()) return Step::kEnd;
  if (LookAgain()) return Next();
  end_.segment = end_.next_sequence;
  end_.size = 0;
  return Damage("the segment is missing");
}

// Only the last segment of a stream can end in a torn record.
StreamCursor::Step StreamCursor::Tail(std::string_view what) {
  if (LaterSegmentExists()) {
    if (LookAgain()) return Next();
    return Damage(fmt::format("{} before another segment", what));
  }
  torn_bytes_ = FileSize() - end_.size;
  // Read anew next time: the record may be whole by then.
  window_.clear();
  return Step::kTorn;
}

StreamCursor::Step StreamCursor::Damage(std::string what) {
  damaged_ = true;
  problem_ = {SegmentName(end_.segment), end_.size, end_.next_sequence, std::move(what)};
  return Step::kDamaged;
}

bool StreamCursor::LaterSegmentExists() const {
  const Result<std::vector<uint64_t>> segments = ListSegments(directory_);
  return segments && !segments->empty() && segments->back() > end_.segment;
}

bool StreamCursor::OnlyZerosFollow() {
  char bytes[4096];
  for (uint64_t offset = end_.size;;) {
    const ssize_t got = pread(file_.get(), bytes, sizeof(bytes), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) return true;
    if (!AllZero({bytes, static_cast<size_t>(got)})) return false;
    offset += static_cast<uint64_t>(got);
  }
}

uint64_t StreamCursor::FileSize() const {
  struct stat status = {};
  return fstat(file_.get(), &status) == 0 ? static_cast<uint64_t>(status.st_size) : end_.size;
}

}  // namespace mcplexer::audit
