// SPDX-License-Identifier: Apache-2.0
// A file descriptor that is closed when its owner goes.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_UNIQUE_FD_H_
#define MCPLEXER_RUNTIME_TRANSPORT_UNIQUE_FD_H_

#include <unistd.h>

#include <utility>

namespace mcplexer::transport {

class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  ~UniqueFd() { Reset(); }
  UniqueFd(UniqueFd&& other) noexcept : fd_(other.Release()) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    if (this != &other) {
      Reset();
      fd_ = other.Release();
    }
    return *this;
  }

  bool valid() const { return fd_ >= 0; }
  int get() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }
  void Reset() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }

 private:
  int fd_ = -1;
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_UNIQUE_FD_H_
