// SPDX-License-Identifier: Apache-2.0
// What the audit says about a call, as the gateway tells it. docs/audit-format.md describes the
// bytes that become of it; nothing here is redacted yet, and nothing of it is kept: every view only
// has to live until the Append that it is given to returns.

#ifndef MCPLEXER_RUNTIME_AUDIT_RECORD_H_
#define MCPLEXER_RUNTIME_AUDIT_RECORD_H_

#include <cstdint>
#include <string_view>

#include "runtime/base/id.h"
#include "runtime/plan/plan.h"

namespace mcplexer::audit {

// Written before a call is forwarded, or when it is refused. A call whose decision is `deny` is
// told in this one record and has no Outcome.
struct Intent {
  // The plan that decided: names and policy lines are taken from it.
  const plan::Plan* plan = nullptr;

  std::string_view session = {};  // the gateway's own id of the client session
  std::string_view client_name = {};
  std::string_view client_version = {};
  PrincipalId principal = {};
  WorkspaceId workspace = {};     // home workspace, if any
  std::string_view subpath = {};  // of the home workspace

  // The request: what it means to do with what `kind` and `name` say.
  std::string_view method = "tools/call";
  plan::CallKind kind = plan::CallKind::kTool;
  std::string_view name = {};  // as exposed, `ns__name`, or the URI of a resource
  // The exact bytes of `arguments`; empty when the call has none.
  std::string_view arguments = {};

  std::string_view decision = {};  // allow, approve, deny: decide::ToString(Verdict)
  std::string_view reason = {};    // decide::ToString(Reason)
  bool unevaluated = false;
  RuleId rule = {};
  ServerId server = {};
  ScopeId scope = {};
  std::string_view tool = {};  // the name behind the namespace
};

enum class OutcomeStatus : uint8_t {
  kOk,
  kToolError,    // the tool said isError
  kError,        // a protocol error, from the server or the gateway
  kDenied,       // an approval was refused or ran out
  kCancelled,    // by the client
  kTimeout,      // of the call
  kInterrupted,  // the server or the gateway went away
};

std::string_view ToString(OutcomeStatus status);  // "ok", "tool_error", ...

// The second record of a call that was not denied at once.
struct Outcome {
  uint64_t intent = 0;  // the sequence that AppendIntent returned
  OutcomeStatus status = OutcomeStatus::kOk;
  std::string_view error = {};  // empty for none; masked before it is written
  uint64_t latency_us = 0;      // from the request's arrival to the response's
  uint64_t response_size = 0;   // bytes of the response message
};

// Something of note that is no call: a plan loaded, a tool held back, an approval given.
struct Event {
  std::string_view name = {};     // lower_case, e.g. "plan_loaded"
  std::string_view session = {};  // empty for none
  uint64_t intent = 0;            // the call it belongs to, or 0
  std::string_view detail = {};   // for people; masked before it is written
};

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_RECORD_H_
