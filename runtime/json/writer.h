// SPDX-License-Identifier: Apache-2.0
// Writing the few JSON-RPC messages that are the gateway's own. `raw_...` arguments are JSON bytes
// and are taken over unchanged; other texts are escaped. Every message is one line when its raw
// parts are.

#ifndef MCPLEXER_RUNTIME_JSON_WRITER_H_
#define MCPLEXER_RUNTIME_JSON_WRITER_H_

#include <string>
#include <string_view>

namespace mcplexer::json {

// Appends `bytes` as a JSON string with its quotes. Any bytes: what is not UTF-8 becomes U+FFFD.
void AppendString(std::string& out, std::string_view bytes);
std::string EscapeString(std::string_view bytes);

// An empty raw_id writes null: the id of an answer to what could not be read (JSON-RPC 2.0 section
// 5).
std::string ErrorResponse(std::string_view raw_id, int code, std::string_view message,
                          std::string_view raw_data = {});
std::string ResultResponse(std::string_view raw_id, std::string_view raw_result);

// Empty raw_params leaves the member out.
std::string Request(std::string_view raw_id, std::string_view method, std::string_view raw_params);
std::string Notification(std::string_view method, std::string_view raw_params);

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_WRITER_H_
