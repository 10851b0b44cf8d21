// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/segment_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace mcplexer::audit {
namespace {

// write() without the one error that means "again".
ssize_t WriteOnce(int fd, std::string_view bytes) {
  ssize_t written = 0;
  do {
    written = write(fd, bytes.data(), bytes.size());
  } while (written < 0 && errno == EINTR);
  return written;
}

}  // namespace

Result<SegmentWriter> SegmentWriter::Begin(int directory_fd,
                                           const std::array<uint8_t, 16>& stream_id,
                                           uint64_t segment_bytes, uint64_t utc_nanoseconds) {
  SegmentWriter writer(directory_fd, segment_bytes);
  writer.end_.stream_id = stream_id;
  if (Status begun = writer.BeginSegment(utc_nanoseconds); !begun) {
    return tl::unexpected(std::move(begun.error()));
  }
  return writer;
}

Result<SegmentWriter> SegmentWriter::Resume(int directory_fd, const StreamEnd& end,
                                            uint64_t segment_bytes) {
  SegmentWriter writer(directory_fd, segment_bytes);
  writer.end_ = end;
  writer.file_ = Descriptor(openat(directory_fd, SegmentName(end.segment).c_str(),
                                   O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW));
  if (!writer.file_.valid()) return FailErrno("cannot open the last segment for writing");
  return writer;
}

std::string& SegmentWriter::payload() {
  buffer_.assign(sizeof(RecordHead), '\0');
  return buffer_;
}

Status SegmentWriter::Commit(RecordType type, uint64_t utc_nanoseconds) {
  if (!broken_.empty()) return Fail(broken_);
  const std::string_view payload = std::string_view(buffer_).substr(sizeof(RecordHead));
  if (payload.size() < 2 || payload.size() > kMaxPayload) {
    return Fail(fmt::format("an audit record of {} bytes cannot be written", payload.size()));
  }
  if (end_.size > sizeof(SegmentHeader) && end_.size + buffer_.size() > segment_bytes_) {
    if (Status begun = BeginSegment(utc_nanoseconds); !begun) return begun;
  }
  RecordHead head = {};
  head.payload_size = static_cast<uint32_t>(payload.size());
  head.type = type;
  head.sequence = end_.next_sequence;
  head.time = utc_nanoseconds;
  head.chain = ChainOf(sha_, end_.chain, head, payload);
  head.payload_checksum = PayloadChecksum(payload);
  head.head_checksum = HeadChecksum(head);
  std::memcpy(buffer_.data(), &head, sizeof(head));

  if (Status written = Write(buffer_); !written) return written;
  end_.size += buffer_.size();
  end_.chain = head.chain;
  ++end_.next_sequence;
  return {};
}

// One write, so that the death of the process leaves the record whole or not at all but for what
// the kernel itself leaves half done.
Status SegmentWriter::Write(std::string_view bytes) {
  const ssize_t written = WriteOnce(file_.get(), bytes);
  if (written == static_cast<ssize_t>(bytes.size())) return {};
  const std::string why = written < 0 ? std::strerror(errno) : "no space left for all of it";
  if (written > 0 && ftruncate(file_.get(), static_cast<off_t>(end_.size)) != 0) {
    broken_ = fmt::format("the audit log cannot be written and half a record not be taken back: {}",
                          std::strerror(errno));
    return Fail(broken_);
  }
  return Fail("cannot write an audit record: " + why);
}

Status SegmentWriter::BeginSegment(uint64_t utc_nanoseconds) {
  SegmentHeader header = {};
  header.magic = kMagic;
  header.major_version = kMajorVersion;
  header.minor_version = kMinorVersion;
  header.header_size = sizeof(header);
  header.first_sequence = end_.next_sequence;
  header.created = utc_nanoseconds;
  header.stream_id = end_.stream_id;
  header.previous = end_.chain;
  header.checksum = HeaderChecksum(header);

  const std::string_view bytes(reinterpret_cast<const char*>(&header), sizeof(header));
  Descriptor file(openat(directory_fd_, kNextSegmentName,
                         O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid()) return FailErrno("cannot make a segment of the audit log");
  const ssize_t written = WriteOnce(file.get(), bytes);
  if (written >= 0 && written < static_cast<ssize_t>(bytes.size())) errno = ENOSPC;
  if (written != static_cast<ssize_t>(bytes.size()) ||
      renameat(directory_fd_, kNextSegmentName, directory_fd_,
               SegmentName(header.first_sequence).c_str()) != 0) {
    const tl::unexpected<Error> failure = FailErrno("cannot begin a segment of the audit log");
    unlinkat(directory_fd_, kNextSegmentName, 0);
    return failure;
  }
  // Later Syncs only reach the new segment.
  if (syncing_ && fdatasync(file_.get()) != 0) {
    broken_ = fmt::format("cannot sync the audit log: {}", std::strerror(errno));
    return Fail(broken_);
  }
  file_ = std::move(file);
  end_.segment = header.first_sequence;
  end_.size = sizeof(header);
  end_.chain = ChainOf(sha_, header);
  directory_changed_ = true;
  return {};
}

Status SegmentWriter::Sync() {
  syncing_ = true;
  if (!broken_.empty()) return Fail(broken_);
  // After a failed sync the kernel forgets which pages it could not write: a second try would
  // succeed without them.
  if (fdatasync(file_.get()) != 0 || (directory_changed_ && fsync(directory_fd_) != 0)) {
    broken_ = fmt::format("cannot sync the audit log: {}", std::strerror(errno));
    return Fail(broken_);
  }
  directory_changed_ = false;
  return {};
}

}  // namespace mcplexer::audit
