// SPDX-License-Identifier: Apache-2.0
// The bytes of a credential. They lie in pages of their own which are kept out of swap and core
// dumps where the system lets us, between guard pages, and are wiped when the object goes. The type
// cannot be copied, compared, printed or formatted: the only way to the bytes is Reveal(), so a
// search for that word finds every place that can leak one.

#ifndef MCPLEXER_RUNTIME_AUTH_SECRET_STRING_H_
#define MCPLEXER_RUNTIME_AUTH_SECRET_STRING_H_

#include <cstddef>
#include <string_view>

namespace mcplexer::auth {

// One thread at a time; may be moved between threads.
class SecretString {
 public:
  SecretString() = default;
  // Copies the bytes; the caller's copy is the caller's to wipe.
  explicit SecretString(std::string_view bytes);
  ~SecretString();
  SecretString(SecretString&& other) noexcept;
  SecretString& operator=(SecretString&& other) noexcept;
  SecretString(const SecretString&) = delete;
  SecretString& operator=(const SecretString&) = delete;

  // Appends the bytes. The old ones are wiped when they have to move.
  void Append(std::string_view bytes);

  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }

  // A view that ends with this object. Never log it, never put it on a command line.
  std::string_view Reveal() const { return {data_, size_}; }
  // For reading into: `size` bytes, the first ones kept, new ones zero.
  void Resize(size_t size);
  char* MutableData() { return data_; }

 private:
  void Reserve(size_t size);

  char* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace mcplexer::auth

#endif  // MCPLEXER_RUNTIME_AUTH_SECRET_STRING_H_
