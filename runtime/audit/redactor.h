// SPDX-License-Identifier: Apache-2.0
// What must not get into the log is taken out before it is written.
//
// By name: the value of a member whose key is on the redact list of the call's scope, or on the
// built-in list, becomes "[redacted]", whatever it is and however deep. By value: in every other
// string, key and number, what looks like a well-known credential, and every secret that the
// gateway has resolved, becomes "[masked]", also where it is base64 or percent encoded or escaped.
// docs/audit-format.md, "Redaction", says exactly what is found and what is not.

#ifndef MCPLEXER_RUNTIME_AUDIT_REDACTOR_H_
#define MCPLEXER_RUNTIME_AUDIT_REDACTOR_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/auth/secret_string.h"
#include "runtime/base/id.h"
#include "runtime/plan/plan.h"

namespace mcplexer::audit {

struct RedactorLimits {
  // More of the arguments, or a longer string in them, says little to a person and costs disk; the
  // digest stays.
  size_t recorded_bytes = size_t{16} << 10;
  // Larger arguments are not even looked through on the thread that forwards calls.
  size_t scanned_bytes = size_t{1} << 20;
  // Secrets looked for at a time; refreshed tokens push out the oldest.
  size_t secrets = 256;
};

// Where a text was shortened.
inline constexpr std::string_view kCutMark = "...[cut]";

enum class ArgumentsForm : uint8_t {
  kNone,      // the call had none
  kFull,      // JSON, redacted
  kCut,       // the beginning of the redacted JSON, as text
  kInvalid,   // not strict JSON: not recorded
  kTooLarge,  // over scanned_bytes: not recorded
};

std::string_view ToString(ArgumentsForm form);

struct RedactedArguments {
  ArgumentsForm form = ArgumentsForm::kNone;
  std::string_view text = {};  // until the next call of the same redactor
  uint32_t replaced = 0;       // values redacted, masked or omitted in the text
};

// One thread at a time. Keeps its memory between calls.
class Redactor {
 public:
  explicit Redactor(const RedactorLimits& limits = {});
  ~Redactor();
  Redactor(const Redactor&) = delete;
  Redactor& operator=(const Redactor&) = delete;

  // From now on the value is masked wherever it shows. Values under four bytes are not looked for:
  // they would mask half of every text. Adding one again changes nothing.
  void AddSecret(const auth::SecretString& secret);

  // `scope`: of the call, or not valid: then the lists of all scopes of the plan apply.
  RedactedArguments RedactArguments(const plan::Plan& plan, ScopeId scope, std::string_view raw);

  // Appends `text` with credentials and secrets masked; returns how many were.
  uint32_t AppendMasked(std::string_view text, std::string& out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_REDACTOR_H_
