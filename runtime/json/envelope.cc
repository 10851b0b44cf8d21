// SPDX-License-Identifier: Apache-2.0
// Members are matched by their unescaped keys, so `"m\u0065thod"` is a method: what a downstream
// would see is what we must see. Whatever could be read two ways (a member twice, a method beside a
// result) is refused rather than resolved.
#include "runtime/json/envelope.h"

namespace mcplexer::json {
namespace {

// The members of one object that have a meaning, and where each was found.
struct KnownMember {
  std::string_view key;
  NodeId* value;
};

// False when a known member occurs twice.
template <size_t kCount>
bool ReadMembers(const Document& doc, NodeId object, const KnownMember (&known)[kCount]) {
  for (const auto [key, value] : doc.Members(object)) {
    for (const KnownMember& member : known) {
      if (!doc.StringEquals(key, member.key)) continue;
      if (member.value->valid()) return false;
      *member.value = value;
      break;
    }
  }
  return true;
}

bool IsNull(const Document& doc, NodeId node) {
  return node.valid() && doc.TypeOf(node) == Type::kNull;
}

bool IsString(const Document& doc, NodeId node) { return doc.TypeOf(node) == Type::kString; }

// A request id or a progress token: a string or an integer. JSON-RPC discourages fractions, and
// peers that keep ids as doubles would give 1.0 back as 1.
bool IsIdLike(const Document& doc, NodeId node) {
  return IsString(doc, node) || doc.IsIntegerText(node);
}

// Keeps the node if it passes `is_right`; drops a null; drops and reports anything else.
void Restrict(const Document& doc, NodeId& node, bool (*is_right)(const Document&, NodeId),
              std::string_view fault, Envelope& envelope) {
  if (!node.valid() || is_right(doc, node)) return;
  if (!IsNull(doc, node) && envelope.params_fault.empty()) envelope.params_fault = fault;
  node = NodeId();
}

Envelope& Invalid(Envelope& envelope, std::string_view fault) {
  envelope.kind = MessageKind::kInvalid;
  envelope.fault = fault;
  return envelope;
}

// Empty when `id` is one that may be answered to (or is missing or null).
std::string_view ReadId(const Document& doc, NodeId id, Envelope& envelope) {
  if (!id.valid()) return {};
  switch (doc.TypeOf(id)) {
    case Type::kNull:
      envelope.id_type = IdType::kNull;
      return {};
    case Type::kString:
      envelope.id_type = IdType::kString;
      break;
    case Type::kNumber:
      if (!doc.IsIntegerText(id)) return "id is a number that is not an integer";
      envelope.id_type = IdType::kInteger;
      break;
    default:
      return "id is neither a string nor an integer";
  }
  envelope.id = id;
  return {};
}

// What is wrong with params, or empty.
std::string_view ReadParams(const Document& doc, Envelope& envelope) {
  if (IsNull(doc, envelope.params)) envelope.params = NodeId();
  if (!envelope.params.valid()) return {};
  if (doc.TypeOf(envelope.params) != Type::kObject) return "params is not an object";
  const KnownMember in_params[] = {
      {"name", &envelope.name},     {"uri", &envelope.uri},
      {"cursor", &envelope.cursor}, {"requestId", &envelope.request_id},
      {"_meta", &envelope.meta},    {"arguments", &envelope.arguments},
  };
  if (!ReadMembers(doc, envelope.params, in_params)) return "a member of params occurs twice";
  Restrict(doc, envelope.name, IsString, "params.name is not a string", envelope);
  Restrict(doc, envelope.uri, IsString, "params.uri is not a string", envelope);
  Restrict(doc, envelope.cursor, IsString, "params.cursor is not a string", envelope);
  Restrict(doc, envelope.request_id, IsIdLike,
           "params.requestId is neither a string nor an integer", envelope);

  if (!envelope.meta.valid() || IsNull(doc, envelope.meta)) return {};
  // Not a matter of the method: the gateway itself writes into `_meta`.
  if (doc.TypeOf(envelope.meta) != Type::kObject) return "params._meta is not an object";
  const KnownMember in_meta[] = {{"progressToken", &envelope.progress_token}};
  if (!ReadMembers(doc, envelope.meta, in_meta)) return "a member of params._meta occurs twice";
  Restrict(doc, envelope.progress_token, IsIdLike,
           "params._meta.progressToken is neither a string nor an integer", envelope);
  return {};
}

Envelope& ReadCall(const Document& doc, Envelope& envelope, std::string& scratch) {
  if (envelope.result.valid() || envelope.error.valid()) {
    return Invalid(envelope, "method beside result or error");
  }
  if (!IsString(doc, envelope.method_node)) return Invalid(envelope, "method is not a string");
  if (envelope.id_type == IdType::kNull) return Invalid(envelope, "the id of a request is null");
  envelope.method = doc.Unescape(envelope.method_node, scratch);
  const std::string_view fault = ReadParams(doc, envelope);
  if (!fault.empty()) return Invalid(envelope, fault);
  envelope.kind =
      envelope.id_type == IdType::kMissing ? MessageKind::kNotification : MessageKind::kRequest;
  return envelope;
}

Envelope& ReadResponse(const Document& doc, Envelope& envelope) {
  if (envelope.result.valid() && envelope.error.valid()) {
    return Invalid(envelope, "result beside error");
  }
  if (envelope.error.valid()) {
    if (doc.TypeOf(envelope.error) != Type::kObject) {
      return Invalid(envelope, "error is not an object");
    }
    envelope.kind = MessageKind::kErrorResponse;
    return envelope;
  }
  if (!envelope.result.valid()) return Invalid(envelope, "no method, result or error");
  if (!envelope.id.valid()) return Invalid(envelope, "result without an id");
  envelope.kind = MessageKind::kResult;
  return envelope;
}

Envelope ReadArray(const Document& doc, NodeId message, Envelope envelope) {
  if (message != doc.Root()) return Invalid(envelope, "a batch within a batch");
  if (doc.ElementCount(message) == 0) return Invalid(envelope, "an empty batch");
  envelope.kind = MessageKind::kBatch;
  return envelope;
}

}  // namespace

Envelope ReadEnvelope(const Document& doc, NodeId message, std::string& scratch) {
  Envelope envelope;
  envelope.message = message;
  if (doc.TypeOf(message) == Type::kArray) return ReadArray(doc, message, envelope);
  if (doc.TypeOf(message) != Type::kObject) return Invalid(envelope, "not an object");

  NodeId version;
  NodeId id;
  const KnownMember in_message[] = {
      {"jsonrpc", &version},
      {"id", &id},
      {"method", &envelope.method_node},
      {"params", &envelope.params},
      {"result", &envelope.result},
      {"error", &envelope.error},
  };
  if (!ReadMembers(doc, message, in_message)) {
    return Invalid(envelope, "a member of the message occurs twice");
  }
  const std::string_view id_fault = ReadId(doc, id, envelope);
  if (!version.valid() || !doc.StringEquals(version, "2.0")) {
    return Invalid(envelope, "jsonrpc is not \"2.0\"");
  }
  if (!id_fault.empty()) return Invalid(envelope, id_fault);
  if (envelope.method_node.valid()) return ReadCall(doc, envelope, scratch);
  return ReadResponse(doc, envelope);
}

}  // namespace mcplexer::json
