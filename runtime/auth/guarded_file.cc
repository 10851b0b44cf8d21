// SPDX-License-Identifier: Apache-2.0

#include "runtime/auth/guarded_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace mcplexer::auth {
namespace {

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) close(fd);
  }
};

std::string SystemError() { return std::strerror(errno); }

tl::unexpected<Error> TooLarge(size_t max_bytes) {
  return Fail(fmt::format("is larger than {} bytes", max_bytes));
}

Status CheckFile(const struct stat& status, Others others, size_t max_bytes) {
  if (!S_ISREG(status.st_mode)) return Fail("is not a regular file");
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return Fail("may be written by others than its owner (chmod go-w)");
  }
  if (others == Others::kMayNothing && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Fail("may be read by others than its owner (chmod go=)");
  }
  if (static_cast<uint64_t>(status.st_size) > max_bytes) return TooLarge(max_bytes);
  return {};
}

}  // namespace

Result<GuardedFile> ReadGuardedFile(const std::string& path, Others others, size_t max_bytes) {
  // O_NONBLOCK: a FIFO in this place would otherwise hold us until somebody writes to it.
  const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  if (file.fd < 0) return Fail("cannot be opened: " + SystemError());
  struct stat status = {};
  if (fstat(file.fd, &status) != 0) return Fail("cannot be examined: " + SystemError());
  if (Status fine = CheckFile(status, others, max_bytes); !fine) {
    return tl::unexpected(std::move(fine.error()));
  }
  Result<SecretString> bytes = ReadGuarded(file.fd, max_bytes);
  if (!bytes) return tl::unexpected(std::move(bytes.error()));
  return GuardedFile{std::move(*bytes), status.st_mode};
}

Result<SecretString> ReadGuarded(int descriptor, size_t max_bytes) {
  // One byte more than allowed: a file may grow while it is read.
  SecretString bytes;
  bytes.Resize(max_bytes + 1);
  size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = read(descriptor, bytes.MutableData() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Fail("cannot be read: " + SystemError());
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  if (size > max_bytes) return TooLarge(max_bytes);
  bytes.Resize(size);
  return bytes;
}

}  // namespace mcplexer::auth
