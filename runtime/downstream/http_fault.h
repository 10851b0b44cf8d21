// SPDX-License-Identifier: Apache-2.0
// What an HTTP status that is no success means for whoever uses the server.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_HTTP_FAULT_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_HTTP_FAULT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace mcplexer::downstream {

// "answered HTTP 404", with what is known of the cause. Nothing of the answer's body is quoted: it
// may echo what was sent.
std::string HttpFault(uint32_t status);

// Whether an answer says that the server does not know the session: 404 as the spec has it, 400 as
// widespread servers do, which say so in words.
bool SaysSessionLost(uint32_t status, std::string_view body);

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_HTTP_FAULT_H_
