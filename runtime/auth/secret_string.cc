// SPDX-License-Identifier: Apache-2.0

#include "runtime/auth/secret_string.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "runtime/base/check.h"

namespace mcplexer::auth {
namespace {

// sodium_malloc locks and guards what it hands out (a failing mlock, as under a low RLIMIT_MEMLOCK,
// is not an error), and sodium_free wipes it. Both need the library initialised.
char* Allocate(size_t size) {
  static const bool ready = sodium_init() >= 0;
  MCPLEXER_CHECK(ready);
  char* data = static_cast<char*>(sodium_malloc(size));
  MCPLEXER_CHECK(data != nullptr);
  return data;
}

}  // namespace

SecretString::SecretString(std::string_view bytes) { Append(bytes); }

SecretString::~SecretString() { sodium_free(data_); }

SecretString::SecretString(SecretString&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

SecretString& SecretString::operator=(SecretString&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(capacity_, other.capacity_);
  return *this;
}

void SecretString::Append(std::string_view bytes) {
  if (bytes.empty()) return;
  Reserve(size_ + bytes.size());
  std::memcpy(data_ + size_, bytes.data(), bytes.size());
  size_ += bytes.size();
}

void SecretString::Resize(size_t size) {
  Reserve(size);
  if (size > size_) std::memset(data_ + size_, 0, size - size_);
  if (size < size_) sodium_memzero(data_ + size, size_ - size);
  size_ = size;
}

void SecretString::Reserve(size_t size) {
  if (size <= capacity_) return;
  const size_t capacity = std::max({size, 2 * capacity_, size_t{64}});
  char* data = Allocate(capacity);
  if (size_ != 0) std::memcpy(data, data_, size_);
  sodium_free(data_);
  data_ = data;
  capacity_ = capacity;
}

}  // namespace mcplexer::auth
