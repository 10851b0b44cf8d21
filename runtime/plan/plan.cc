// SPDX-License-Identifier: Apache-2.0
#include "runtime/plan/plan.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "runtime/plan/digest.h"
#include "runtime/plan/verify.h"

namespace mcplexer::plan {
namespace {

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

tl::unexpected<Error> FailFile(const std::string& path, const char* what) {
  return Fail(fmt::format("plan: {}: {}", path, what));
}

// Grows while there is more: the size that fstat tells may be out of date by the time of the read.
Result<std::vector<std::byte>> ReadAll(const std::string& path) {
  // Not blocking, so that a FIFO in place of the file is an error and not a wait for its writer.
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info{};
  if (file.get() < 0 || ::fstat(file.get(), &info) != 0) {
    return FailFile(path, std::strerror(errno));
  }
  if (!S_ISREG(info.st_mode)) return FailFile(path, "not a regular file");
  if (static_cast<uint64_t>(info.st_size) > Plan::kMaxFileBytes) {
    return FailFile(path, "larger than any plan");
  }
  std::vector<std::byte> bytes(static_cast<size_t>(info.st_size) + 1);
  size_t size = 0;
  for (;;) {
    if (size == bytes.size()) {
      if (size > Plan::kMaxFileBytes) return FailFile(path, "larger than any plan");
      bytes.resize(size * 2);
    }
    const ssize_t got = ::read(file.get(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailFile(path, std::strerror(errno));
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

Result<Plan> Plan::Load(std::vector<std::byte> bytes, const Trust& trust) {
  if (bytes.size() > kMaxFileBytes) return Fail("plan: larger than any plan");
  Plan plan;
  plan.bytes_ = std::move(bytes);
  Result<Tables> tables = Verify(plan.bytes_, trust);
  if (!tables) return tl::unexpected(std::move(tables).error());
  plan.tables_ = *tables;
  plan.id_ = Hex(plan.header().content_digest);
  return plan;
}

Result<Plan> Plan::LoadFile(const std::string& path, const Trust& trust) {
  Result<std::vector<std::byte>> bytes = ReadAll(path);
  if (!bytes) return tl::unexpected(std::move(bytes).error());
  return Load(std::move(*bytes), trust);
}

}  // namespace mcplexer::plan
