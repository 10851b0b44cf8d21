// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/stream_directory.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <memory>

#include "runtime/base/check.h"

namespace mcplexer::audit {
namespace {

struct flock WholeFile() {
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return lock;
}

// The names in a directory, without those that begin with a dot.
Result<std::vector<std::string>> ListNames(const std::string& directory) {
  const auto close_directory = [](DIR* d) { closedir(d); };
  const std::unique_ptr<DIR, decltype(close_directory)> handle(opendir(directory.c_str()),
                                                               close_directory);
  if (!handle) return FailErrno(fmt::format("cannot open directory `{}`", directory));
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = readdir(handle.get())) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
  }
  if (errno != 0) return FailErrno(fmt::format("cannot read directory `{}`", directory));
  return names;
}

}  // namespace

void Descriptor::Reset() {
  if (fd_ >= 0) close(std::exchange(fd_, -1));
}

tl::unexpected<Error> FailErrno(std::string_view what) {
  const int error = errno;
  return Fail(fmt::format("{}: {}", what, std::strerror(error)));
}

Status MakePrivateDirectory(const std::string& path) {
  for (size_t slash = 0; slash != std::string::npos;) {
    slash = path.find('/', slash + 1);
    const std::string part = path.substr(0, slash);
    if (mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) {
      return FailErrno(fmt::format("cannot make directory `{}`", part));
    }
  }
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) return FailErrno(fmt::format("cannot examine `{}`", path));
  if (!S_ISDIR(status.st_mode)) return Fail(fmt::format("`{}` is not a directory", path));
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return Fail(fmt::format("`{}` may be written by others than its owner", path));
  }
  return {};
}

Result<StreamState> StateOf(const std::string& stream_directory) {
  const std::string path = stream_directory + "/" + kLockName;
  const Descriptor lock(open(path.c_str(), O_RDWR | O_CLOEXEC));
  if (!lock.valid()) {
    if (errno == ENOENT) return StreamState::kSealed;
    return FailErrno(fmt::format("cannot open `{}`", path));
  }
  struct flock holder = WholeFile();
  if (fcntl(lock.get(), F_OFD_GETLK, &holder) != 0) {
    return FailErrno(fmt::format("cannot test the lock of `{}`", path));
  }
  return holder.l_type == F_UNLCK ? StreamState::kAbandoned : StreamState::kLive;
}

Result<Descriptor> LockAbandoned(const std::string& stream_directory) {
  const std::string path = stream_directory + "/" + kLockName;
  Descriptor lock(open(path.c_str(), O_RDWR | O_CLOEXEC));
  if (!lock.valid()) {
    if (errno == ENOENT) return Descriptor();
    return FailErrno(fmt::format("cannot open `{}`", path));
  }
  struct flock whole = WholeFile();
  if (fcntl(lock.get(), F_OFD_SETLK, &whole) != 0) {
    if (errno == EAGAIN || errno == EACCES) return Descriptor();
    return FailErrno(fmt::format("cannot lock `{}`", path));
  }
  // Who held the lock may have sealed the stream between our open and our lock.
  struct stat status = {};
  if (fstat(lock.get(), &status) != 0) return FailErrno(fmt::format("cannot examine `{}`", path));
  return status.st_nlink == 0 ? Descriptor() : std::move(lock);
}

Status LockNew(int lock_fd) {
  struct flock whole = WholeFile();
  if (fcntl(lock_fd, F_OFD_SETLK, &whole) != 0) return FailErrno("cannot lock a new stream");
  return {};
}

Result<std::vector<std::string>> ListStreams(const std::string& directory) {
  Result<std::vector<std::string>> names = ListNames(directory);
  if (!names) return names;
  std::erase_if(*names, [](const std::string& name) { return name[0] < '0' || name[0] > '9'; });
  std::sort(names->begin(), names->end());
  return names;
}

Result<std::vector<uint64_t>> ListSegments(const std::string& stream_directory) {
  const Result<std::vector<std::string>> names = ListNames(stream_directory);
  if (!names) return tl::unexpected(names.error());
  std::vector<uint64_t> segments;
  for (const std::string& name : *names) {
    uint64_t sequence = 0;
    std::from_chars(name.data(), name.data() + name.size(), sequence);
    if (sequence != 0 && name == SegmentName(sequence)) segments.push_back(sequence);
  }
  std::sort(segments.begin(), segments.end());
  return segments;
}

std::string SegmentName(uint64_t first_sequence) {
  return fmt::format("{:020}.log", first_sequence);
}

std::string NewStreamName(uint64_t utc_nanoseconds) {
  const auto seconds = static_cast<time_t>(utc_nanoseconds / 1'000'000'000);
  struct tm t = {};
  gmtime_r(&seconds, &t);
  uint32_t random = 0;
  MCPLEXER_CHECK(getrandom(&random, sizeof(random), 0) == sizeof(random));
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}.{:09}Z-{}-{:08x}", t.tm_year + 1900,
                     t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec,
                     utc_nanoseconds % 1'000'000'000, getpid(), random);
}

}  // namespace mcplexer::audit
