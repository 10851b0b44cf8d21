// SPDX-License-Identifier: Apache-2.0
// The files of a stream and whether anybody writes them. docs/audit-format.md, "Directories and
// streams".

#ifndef MCPLEXER_RUNTIME_AUDIT_STREAM_DIRECTORY_H_
#define MCPLEXER_RUNTIME_AUDIT_STREAM_DIRECTORY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/result.h"

namespace mcplexer::audit {

inline constexpr const char* kLockName = "lock";
inline constexpr const char* kTornName = "torn";
inline constexpr const char* kNextSegmentName = ".next";

// An owned file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { Reset(); }
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  void Reset();
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// "what: strerror(errno)".
tl::unexpected<Error> FailErrno(std::string_view what);

// Makes the directory and its parents with mode 0700. Fails when it is there and others than its
// owner may write to it: they could exchange the log.
Status MakePrivateDirectory(const std::string& path);

enum class StreamState : uint8_t { kLive, kAbandoned, kSealed };

// Never takes the lock, so it disturbs nobody.
Result<StreamState> StateOf(const std::string& stream_directory);

// Takes the lock of an abandoned stream for as long as the descriptor is open. Not valid() when the
// stream is live or sealed.
Result<Descriptor> LockAbandoned(const std::string& stream_directory);

// Locks a lock file that nobody else can know of yet.
Status LockNew(int lock_fd);

// Names of the streams below a log's directory, oldest first.
Result<std::vector<std::string>> ListStreams(const std::string& directory);

// First sequence numbers of the segments of a stream, ascending.
Result<std::vector<uint64_t>> ListSegments(const std::string& stream_directory);

std::string SegmentName(uint64_t first_sequence);

// The name of a stream that begins now; unique.
std::string NewStreamName(uint64_t utc_nanoseconds);

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_STREAM_DIRECTORY_H_
