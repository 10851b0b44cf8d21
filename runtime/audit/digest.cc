// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/digest.h"

// As runtime/plan/digest.cc says: the older interface takes less memory, and less time to begin.
#define OPENSSL_API_COMPAT 10101
#include <openssl/sha.h>
#include <xxhash.h>

#include "runtime/base/check.h"

namespace mcplexer::audit {
namespace {

template <typename T>
std::string_view Bytes(const T& value, size_t size = sizeof(T)) {
  return {reinterpret_cast<const char*>(&value), size};
}

std::string_view Bytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

struct Sha256::Impl {
  SHA256_CTX context;
};

Sha256::Sha256() : impl_(std::make_unique<Impl>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Digest Sha256::Of(std::initializer_list<std::string_view> parts) {
  MCPLEXER_CHECK(SHA256_Init(&impl_->context) == 1);
  for (const std::string_view part : parts) {
    MCPLEXER_CHECK(SHA256_Update(&impl_->context, part.data(), part.size()) == 1);
  }
  Digest digest;
  MCPLEXER_CHECK(SHA256_Final(digest.data(), &impl_->context) == 1);
  return digest;
}

void AppendHex(const Digest& digest, std::string& out) {
  static constexpr char kDigits[] = "0123456789abcdef";
  for (const uint8_t byte : digest) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
}

uint64_t HeaderChecksum(const SegmentHeader& header) {
  return XXH64(&header, offsetof(SegmentHeader, checksum), 0);
}

uint64_t HeadChecksum(const RecordHead& head) {
  return XXH64(&head, offsetof(RecordHead, head_checksum), 0);
}

uint64_t PayloadChecksum(std::string_view payload) {
  return XXH64(payload.data(), payload.size(), 0);
}

Digest ChainOf(Sha256& sha, const SegmentHeader& header) { return sha.Of({Bytes(header)}); }

Digest ChainOf(Sha256& sha, const Digest& previous, const RecordHead& head,
               std::string_view payload) {
  return sha.Of({Bytes(previous), Bytes(head, offsetof(RecordHead, chain)), payload});
}

}  // namespace mcplexer::audit
