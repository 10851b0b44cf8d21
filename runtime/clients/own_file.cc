// SPDX-License-Identifier: Apache-2.0
#include "runtime/clients/own_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "runtime/clients/entry.h"
#include "runtime/transport/unique_fd.h"

namespace mcplexer::clients {
namespace {

using transport::UniqueFd;

tl::unexpected<Error> FailAbout(const std::string& path, std::string_view what) {
  return Fail(fmt::format("`{}`: {}", path, what));
}
tl::unexpected<Error> FailSystem(const std::string& path) {
  return FailAbout(path, std::strerror(errno));
}

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Who may write to a directory may put other files in the place of those in it.
Status CheckParent(const std::string& path) {
  const std::string directory = DirectoryOf(path);
  struct stat status{};
  if (::stat(directory.c_str(), &status) != 0) return FailSystem(directory);
  if (!S_ISDIR(status.st_mode)) return FailAbout(directory, "it is not a directory");
  if (status.st_uid != ::geteuid()) return FailAbout(directory, "it belongs to another user");
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return FailAbout(directory, "others may write there");
  }
  return {};
}

// The file itself, through links.
Result<std::string> Resolved(const std::string& path) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return path;
    return FailSystem(path);
  }
  std::string real(PATH_MAX, '\0');
  // A link that leads nowhere is not made to lead somewhere.
  if (::realpath(path.c_str(), real.data()) == nullptr) return FailSystem(path);
  real.resize(std::strlen(real.c_str()));
  return real;
}

Status ReadBytes(int fd, OwnFile* file) {
  std::string buffer(size_t{64} << 10, '\0');
  for (;;) {
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FailSystem(file->path);
    if (got == 0) return {};
    file->bytes.append(buffer.data(), static_cast<size_t>(got));
    if (file->bytes.size() > kMaxConfigurationBytes) {
      return FailAbout(file->path, "it is larger than any configuration");
    }
  }
}

Status WriteBytes(int fd, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FailSystem(path);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return {};
}

bool IsSame(const struct stat& status, const OwnFile& file) {
  return status.st_dev == file.device && status.st_ino == file.inode &&
         status.st_mtim.tv_sec == file.modified.tv_sec &&
         status.st_mtim.tv_nsec == file.modified.tv_nsec;
}

// Nobody has changed it since it was read.
Status CheckUnchanged(const OwnFile& file) {
  struct stat status{};
  const bool there = ::lstat(file.path.c_str(), &status) == 0;
  if (there == file.exists && (!there || IsSame(status, file))) return {};
  return FailAbout(file.path, "somebody else has changed it meanwhile; try again");
}

// A whole new file, on the disk, under a name of its own that then becomes `path`.
Status PutInPlace(const std::string& path, std::string_view bytes, mode_t mode) {
  const std::string temporary = fmt::format("{}.{}.tmp", path, ::getpid());
  const auto fail = [&](const Error& error) {
    ::unlink(temporary.c_str());
    return tl::unexpected(error);
  };
  UniqueFd fd(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!fd.valid()) return FailSystem(temporary);
  if (auto written = WriteBytes(fd.get(), bytes, temporary); !written) return fail(written.error());
  if (::fchmod(fd.get(), mode) != 0 || ::fsync(fd.get()) != 0 ||
      ::rename(temporary.c_str(), path.c_str()) != 0) {
    return fail(FailSystem(path).value());
  }
  return {};
}

}  // namespace

Result<OwnFile> ReadOwnFile(const std::string& path) {
  auto real = Resolved(path);
  if (!real) return tl::unexpected(real.error());
  OwnFile file;
  file.path = std::move(*real);
  if (auto checked = CheckParent(file.path); !checked) return tl::unexpected(checked.error());
  // Not blocking, so that a FIFO in place of the file is an error and not a wait for its writer.
  const UniqueFd fd(::open(file.path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!fd.valid()) {
    if (errno == ENOENT) return file;
    return FailSystem(file.path);
  }
  struct stat status{};
  if (::fstat(fd.get(), &status) != 0) return FailSystem(file.path);
  if (!S_ISREG(status.st_mode)) return FailAbout(file.path, "it is not a regular file");
  if (status.st_uid != ::geteuid()) return FailAbout(file.path, "it belongs to another user");
  file.exists = true;
  file.mode = status.st_mode & 07777;
  file.device = status.st_dev;
  file.inode = status.st_ino;
  file.modified = status.st_mtim;
  if (auto read = ReadBytes(fd.get(), &file); !read) return tl::unexpected(read.error());
  return file;
}

std::string BackupOf(const OwnFile& file) { return file.path + ".before-mcplexer"; }

Status ReplaceOwnFile(const OwnFile& file, std::string_view bytes, mode_t new_mode) {
  if (file.exists) {
    if (auto kept = PutInPlace(BackupOf(file), file.bytes, file.mode); !kept) return kept;
  }
  if (auto same = CheckUnchanged(file); !same) return same;
  return PutInPlace(file.path, bytes, file.exists ? file.mode : new_mode);
}

}  // namespace mcplexer::clients
