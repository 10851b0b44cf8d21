// SPDX-License-Identifier: Apache-2.0
// One request to a downstream, from the moment it is handed over until it is settled.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_EXCHANGE_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_EXCHANGE_H_

#include <cstdint>
#include <string>

#include "runtime/json/document.h"
#include "runtime/json/envelope.h"
#include "runtime/transport/timers.h"

namespace mcplexer::downstream {

enum class FailureKind : uint8_t {
  kUnavailable,  // the request was not sent: the server is not there or has too much to do
  kGone,         // the server went away while it had the request; it may have been carried out
  kTimedOut,     // it did not answer in time, and was told that nobody waits any more
  kNotOffered,   // the request was not sent: the server does not offer such a thing
};

struct Failure {
  FailureKind kind;
  std::string message;  // for the client: one line, names the server
};

// Settled by exactly one of OnResponse, OnFailure and Instance::Cancel (which calls neither), and
// destroyed right after. The document is valid during the call.
class Exchange {
 public:
  virtual ~Exchange() = default;
  // A progress notification for this request, `token` its progressToken node. Not called before
  // the request was sent nor after it was settled, and in the order in which it came.
  virtual void OnProgress(const json::Document& doc, const json::Envelope& notification,
                          json::NodeId token) = 0;
  // A result or an error response.
  virtual void OnResponse(const json::Document& doc, const json::Envelope& response) = 0;
  virtual void OnFailure(const Failure& failure) = 0;
};

struct Patience {
  transport::Duration step;   // without a sign of life, counted from when the request is sent
  transport::Duration total;  // however much progress is reported
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_EXCHANGE_H_
