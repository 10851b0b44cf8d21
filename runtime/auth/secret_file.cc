// SPDX-License-Identifier: Apache-2.0

#include "runtime/auth/secret_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace mcplexer::auth {
namespace {

struct Descriptor {
  int fd;
  ~Descriptor() {
    if (fd >= 0) close(fd);
  }
};

std::string SystemError() { return std::strerror(errno); }

// The file as it is behind the open descriptor, so that what is checked is what is read.
Status CheckFile(const struct stat& status, const ResolveContext& context) {
  if (!S_ISREG(status.st_mode)) return Fail("is not a regular file");
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return Fail("may be written by others than its owner (chmod go-w)");
  }
  if (static_cast<uint64_t>(status.st_size) > context.limits.file_bytes) {
    return Fail(fmt::format("is larger than {} bytes", context.limits.file_bytes));
  }
  return {};
}

void DropLineBreak(SecretString& value) {
  size_t size = value.size();
  if (size != 0 && value.Reveal()[size - 1] == '\n') {
    --size;
    if (size != 0 && value.Reveal()[size - 1] == '\r') --size;
  }
  value.Resize(size);
}

}  // namespace

Result<SecretString> ReadSecretFile(const std::string& path, const ResolveContext& context) {
  std::string absolute = path;
  if (path == "~" || path.starts_with("~/")) {
    if (context.home.empty()) return Fail("is below `~`, and there is no home directory");
    absolute = context.home + path.substr(1);
  }
  if (!absolute.starts_with('/')) return Fail("is neither absolute nor below `~`");
  if (absolute.find('\0') != std::string::npos) return Fail("has a NUL byte in its path");

  // O_NONBLOCK: a FIFO in this place would otherwise hold the gateway until somebody writes to it.
  const Descriptor file{open(absolute.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  if (file.fd < 0) return Fail("cannot be opened: " + SystemError());
  struct stat status = {};
  if (fstat(file.fd, &status) != 0) return Fail("cannot be examined: " + SystemError());
  if (Status fine = CheckFile(status, context); !fine) return tl::unexpected(fine.error());

  // One byte more than allowed: a file may grow while it is read.
  SecretString value;
  value.Resize(context.limits.file_bytes + 1);
  size_t size = 0;
  while (size < value.size()) {
    const ssize_t got = read(file.fd, value.MutableData() + size, value.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Fail("cannot be read: " + SystemError());
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  if (size > context.limits.file_bytes) {
    return Fail(fmt::format("is larger than {} bytes", context.limits.file_bytes));
  }
  value.Resize(size);
  DropLineBreak(value);
  if (value.empty()) return Fail("is empty");
  if ((status.st_mode & S_IROTH) != 0 && context.warn) {
    context.warn(
        fmt::format("file `{}` holds a secret and may be read by everybody (chmod go-r)", path));
  }
  return value;
}

}  // namespace mcplexer::auth
