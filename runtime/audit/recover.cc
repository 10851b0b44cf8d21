// SPDX-License-Identifier: Apache-2.0
//
// The order of steps is what makes a death in between harmless: bytes are on the disk in `torn`
// before they are cut, they are cut before `recovered` tells of them, and the lock goes last, so
// until then the stream counts as abandoned and the next recovery does the rest.

#include "runtime/audit/recover.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <limits>

#include "runtime/audit/payload.h"
#include "runtime/audit/segment_writer.h"
#include "runtime/audit/stream_cursor.h"
#include "runtime/audit/stream_directory.h"

namespace mcplexer::audit {
namespace {

// Reads up to the end of the file; a torn tail is not larger than a segment.
Result<std::string> ReadFrom(int fd, uint64_t offset) {
  std::string bytes;
  char chunk[16384];
  for (;;) {
    const ssize_t got = pread(fd, chunk, sizeof(chunk), static_cast<off_t>(offset + bytes.size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailErrno("cannot be read");
    if (got == 0) return bytes;
    bytes.append(chunk, static_cast<size_t>(got));
  }
}

Status AppendFile(int directory_fd, const char* name, std::string_view bytes) {
  const Descriptor file(
      openat(directory_fd, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.valid()) return FailErrno("cannot make the file of torn bytes");
  while (!bytes.empty()) {
    const ssize_t written = write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return FailErrno("cannot write the torn bytes");
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  if (fsync(file.get()) != 0 || fsync(directory_fd) != 0) {
    return FailErrno("cannot sync the torn bytes");
  }
  return {};
}

// Puts what lies behind the last record into `torn` and cuts it off.
Status PutTornBytesAside(int directory_fd, const StreamEnd& end) {
  const Descriptor segment(
      openat(directory_fd, SegmentName(end.segment).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
  if (!segment.valid()) return FailErrno("cannot open the last segment");
  const Result<std::string> torn = ReadFrom(segment.get(), end.size);
  if (!torn) return tl::unexpected(torn.error());
  if (Status aside = AppendFile(directory_fd, kTornName, *torn); !aside) return aside;
  if (ftruncate(segment.get(), static_cast<off_t>(end.size)) != 0) {
    return FailErrno("cannot cut the torn bytes off");
  }
  return {};
}

// Appends `recovered`, which tells of whatever is in `torn`. Returns how much that is.
Result<uint64_t> AppendRecord(int directory_fd, const StreamEnd& end, const Clock& clock) {
  std::string torn;
  const Descriptor file(openat(directory_fd, kTornName, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.valid()) {
    Result<std::string> bytes = ReadFrom(file.get(), 0);
    if (!bytes) return tl::unexpected(std::move(bytes.error()));
    torn = std::move(*bytes);
  }
  Result<SegmentWriter> writer =
      SegmentWriter::Resume(directory_fd, end, std::numeric_limits<uint64_t>::max());
  if (!writer) return tl::unexpected(std::move(writer.error()));
  const Digest digest = Sha256().Of({torn});
  const uint64_t now = clock.UtcNanoseconds();
  AppendRecovered(writer->next_sequence(), now, torn.size(), torn.empty() ? nullptr : &digest,
                  writer->payload());
  if (Status written = writer->Commit(RecordType::kRecovered, now); !written) {
    return tl::unexpected(std::move(written.error()));
  }
  return torn.size();
}

// Seals a stream whose lock is ours.
Result<uint64_t> Seal(const std::string& path, const Clock& clock) {
  const Descriptor directory(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.valid()) return FailErrno("cannot open the stream");
  const Result<std::vector<uint64_t>> segments = ListSegments(path);
  if (!segments) return tl::unexpected(segments.error());
  if (segments->empty()) return Fail("the stream has no segment");

  // The last segment alone: what lies before is for Verify, and may be many times as much.
  StreamCursor cursor(path);
  cursor.StartAt(segments->back());
  RecordType last = RecordType::kOpened;
  StreamCursor::Step step = cursor.Next();
  for (; step == StreamCursor::Step::kRecord; step = cursor.Next()) last = cursor.record().type;
  if (step == StreamCursor::Step::kDamaged) {
    const Problem& problem = cursor.problem();
    return Fail(fmt::format("{} at offset {}: {}", problem.segment, problem.offset, problem.what));
  }
  if (step == StreamCursor::Step::kTorn) {
    if (Status cut = PutTornBytesAside(directory.get(), cursor.end()); !cut) {
      return tl::unexpected(std::move(cut.error()));
    }
  }
  // The process, or a recovery before this one, may have died with only the lock left to remove.
  Result<uint64_t> torn = 0;
  if (last != RecordType::kClosed && last != RecordType::kRecovered) {
    torn = AppendRecord(directory.get(), cursor.end(), clock);
  }
  if (!torn) return torn;
  unlinkat(directory.get(), kNextSegmentName, 0);
  if (unlinkat(directory.get(), kLockName, 0) != 0) return FailErrno("cannot remove the lock");
  return torn;
}

}  // namespace

Result<std::vector<RecoveredStream>> RecoverStreams(const std::string& directory,
                                                    const Clock& clock) {
  std::vector<RecoveredStream> recovered;
  struct stat status = {};
  if (stat(directory.c_str(), &status) != 0 && errno == ENOENT) return recovered;
  const Result<std::vector<std::string>> streams = ListStreams(directory);
  if (!streams) return tl::unexpected(streams.error());
  for (const std::string& stream : *streams) {
    const std::string path = directory + "/" + stream;
    const Result<Descriptor> lock = LockAbandoned(path);
    if (lock && !lock->valid()) continue;
    RecoveredStream result{.stream = stream};
    Result<uint64_t> sealed = Fail("");
    if (lock) {
      sealed = Seal(path, clock);
    } else {
      sealed = tl::unexpected(lock.error());
    }
    if (sealed) {
      result.torn_bytes = *sealed;
    } else {
      result.problem = sealed.error().message;
    }
    recovered.push_back(std::move(result));
  }
  return recovered;
}

}  // namespace mcplexer::audit
