// SPDX-License-Identifier: Apache-2.0
// Records as JSON: docs/audit-format.md, "Records". Everything that comes from outside goes through
// the redactor here, and only here.

#ifndef MCPLEXER_RUNTIME_AUDIT_PAYLOAD_H_
#define MCPLEXER_RUNTIME_AUDIT_PAYLOAD_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/audit/digest.h"
#include "runtime/audit/object_writer.h"
#include "runtime/audit/record.h"
#include "runtime/audit/redactor.h"

namespace mcplexer::audit {

struct Stamp {
  uint64_t sequence;
  uint64_t utc_nanoseconds;
  uint64_t monotonic_nanoseconds;
};

// One thread at a time. Each function appends one JSON object to `out`.
class PayloadWriter {
 public:
  void Opened(const Stamp& stamp, std::string_view version, uint64_t pid, std::string& out);
  void Intent(const Stamp& stamp, const audit::Intent& intent, std::string& out);
  void Outcome(const Stamp& stamp, const audit::Outcome& outcome, std::string& out);
  void Event(const Stamp& stamp, const audit::Event& event, std::string& out);
  void Closed(const Stamp& stamp, std::string& out);

  Redactor& redactor() { return redactor_; }

 private:
  uint32_t Masked(ObjectWriter& object, std::string_view key, std::string_view text);
  uint32_t Arguments(ObjectWriter& object, const audit::Intent& intent, std::string& out);

  Redactor redactor_;
  Sha256 sha_;
  std::string scratch_;
};

// The record that ends an abandoned stream; `digest` null for no bytes.
void AppendRecovered(uint64_t sequence, uint64_t utc_nanoseconds, uint64_t torn_bytes,
                     const Digest* digest, std::string& out);

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_PAYLOAD_H_
