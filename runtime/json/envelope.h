// SPDX-License-Identifier: Apache-2.0
// Envelope: what one JSON-RPC 2.0 message of MCP is, and where its parts lie (JSON-RPC 2.0 sections
// 4 and 5; MCP basic/index). Only the parts a gateway needs are named. Members it does not know are
// neither refused nor lost: messages pass on as the bytes they were (see splice.h).

#ifndef MCPLEXER_RUNTIME_JSON_ENVELOPE_H_
#define MCPLEXER_RUNTIME_JSON_ENVELOPE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/json/document.h"

namespace mcplexer::json {

inline constexpr int kParseErrorCode = -32700;
inline constexpr int kInvalidRequestCode = -32600;
inline constexpr int kMethodNotFoundCode = -32601;
inline constexpr int kInvalidParamsCode = -32602;
inline constexpr int kInternalErrorCode = -32603;

enum class MessageKind : uint8_t {
  kRequest,        // method and id
  kNotification,   // method, no id
  kResult,         // result and id
  kErrorResponse,  // error; the id may be null or missing, when the peer could not read ours
  kBatch,          // a non-empty array: read its elements one by one
  kInvalid,        // see `fault`; to be answered with kInvalidRequestCode
};

// The JSON type of an id is part of it: 1 and "1" are two ids.
enum class IdType : uint8_t { kMissing, kNull, kInteger, kString };

// Nodes that are not valid() are parts the message does not have.
struct Envelope {
  MessageKind kind = MessageKind::kInvalid;
  IdType id_type = IdType::kMissing;

  NodeId message;
  NodeId id;  // of an invalid message too where it can be read, so that the answer can name it
  NodeId method_node;
  std::string_view method;  // unescaped
  NodeId params;            // an object; `"params": null` counts as missing
  NodeId result;            // any type
  NodeId error;             // an object

  // Members of params. A null counts as missing for all but `arguments` and `meta`.
  NodeId name;        // a string
  NodeId uri;         // a string
  NodeId cursor;      // a string
  NodeId request_id;  // a string or an integer
  NodeId arguments;   // any type: what is not an object cannot be evaluated, but is on the record
  NodeId meta;        // an object or null: params._meta
  NodeId progress_token;  // a string or an integer: params._meta.progressToken

  // kInvalid: why, a static text, lower case, no full stop. Else empty.
  std::string_view fault;
  // A member of params named above is of a type the protocol does not give it, and its node is left
  // not valid(). A method that uses the member answers kInvalidParamsCode with this text; a method
  // the gateway does not know may mean something else by the name. Else empty.
  std::string_view params_fault;
};

// Reads the message at `message`: a document's root, or an element of a batch at the root. `method`
// views the text or, where it was written with escapes, `scratch`. A member named above that occurs
// twice makes the message invalid even when the document was parsed without a search for
// duplicates.
Envelope ReadEnvelope(const Document& doc, NodeId message, std::string& scratch);

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_ENVELOPE_H_
