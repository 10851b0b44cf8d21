// SPDX-License-Identifier: Apache-2.0
// Answers as clients of the stateless era get them: what servers of the session era and the gateway
// itself leave out is added, and what is another hop's is replaced.

#ifndef MCPLEXER_RUNTIME_MCP_STATELESS_ANSWER_H_
#define MCPLEXER_RUNTIME_MCP_STATELESS_ANSWER_H_

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "runtime/audit/record.h"

namespace mcplexer::mcp {

struct AnswerShape {
  std::string raw_id;      // the client's
  bool list = false;       // the gateway's own list
  bool cacheable = false;  // the client may keep it for a time: how long, and for whom, is said
  bool resource = false;   // "there is no such resource" has a code of its own in older versions
  // Of its capabilities, what the client was to be asked for and had not declared.
  std::set<std::string> undeclared;
  // Of a request that may be answered by what a server of this era wants to know: what of the
  // client's capabilities has been declared, and how to seal the state that the server gives.
  const std::set<std::string>* declared = nullptr;
  std::function<std::string(std::string_view)> seal;
};

struct DressedAnswer {
  std::string frame;
  audit::OutcomeStatus status = audit::OutcomeStatus::kOk;
};

// `raw_server_info` is the gateway's. `frame` is a response with `raw_id` as its id.
DressedAnswer DressAnswer(const std::string& frame, std::string_view raw_id,
                          const AnswerShape& shape, std::string_view raw_server_info);

// The members that each result of the gateway's own begins with, `_meta` and `resultType`.
std::string ResultStart(std::string_view raw_server_info, std::string_view result_type);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_STATELESS_ANSWER_H_
