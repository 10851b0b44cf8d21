// SPDX-License-Identifier: Apache-2.0
// SHA-256 and XXH64 over what the format puts under them.
//
// SHA-256 is OpenSSL's, which uses the processor's instructions for it (libsodium's is portable C
// and several times slower).

#ifndef MCPLEXER_RUNTIME_AUDIT_DIGEST_H_
#define MCPLEXER_RUNTIME_AUDIT_DIGEST_H_

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/audit/format.h"

namespace mcplexer::audit {

// One thread at a time.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  Digest Of(std::initializer_list<std::string_view> parts);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

void AppendHex(const Digest& digest, std::string& out);

uint64_t HeaderChecksum(const SegmentHeader& header);
uint64_t HeadChecksum(const RecordHead& head);
uint64_t PayloadChecksum(std::string_view payload);

// The chain hash that precedes a segment's first record.
Digest ChainOf(Sha256& sha, const SegmentHeader& header);
// The chain hash of a record; reads the head's first 24 bytes.
Digest ChainOf(Sha256& sha, const Digest& previous, const RecordHead& head,
               std::string_view payload);

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_DIGEST_H_
