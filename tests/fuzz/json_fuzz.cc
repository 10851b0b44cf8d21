// SPDX-License-Identifier: Apache-2.0
// Any bytes: a Document and nlohmann/json agree on whether they are JSON and on every value (see
// oracle.h for the differences we mean), also under limits so small that they are met; the envelope
// of whatever is accepted holds the values that nlohmann finds, and splices leave it readable. A
// member that a message has twice makes it invalid even where the document did not search for it.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

#include "runtime/json/decimal.h"
#include "runtime/json/envelope.h"
#include "runtime/json/splice.h"
#include "tests/fuzz/require.h"
#include "tests/unit/json/oracle.h"

namespace mcplexer::json {
namespace {

using fuzz::Require;
using Tree = nlohmann::json;

// Replacing the id and setting a member of params or _meta must give a message of the same kind.
void SpliceMessage(const Document& doc, const Envelope& envelope) {
  Splicer splicer(doc, envelope.message);
  if (envelope.id.valid()) splicer.Replace(envelope.id, "\"spliced\"");
  if (envelope.params.valid()) splicer.SetMember(envelope.params, "name", "\"n\"");
  if (envelope.meta.valid() && doc.TypeOf(envelope.meta) == Type::kObject) {
    splicer.SetMember(envelope.meta, "progressToken", "1");
    if (!doc.Find(envelope.meta, "other").valid()) splicer.SetMember(envelope.meta, "other", "{}");
  }
  const std::string result = splicer.Apply();
  Document again;
  Require(again.Parse(result).has_value(), "a spliced message does not parse");
  std::string scratch;
  const Envelope after = ReadEnvelope(again, again.Root(), scratch);
  Require(after.kind == envelope.kind, "a splice changed the kind of a message");
  Require(after.method == envelope.method, "a splice changed the method");
}

// The part of a message is the value that nlohmann has at `pointer`. Parts that are null may be
// left out of an envelope, and params' that are of no use to the gateway.
void ComparePart(const Document& doc, NodeId part, const Tree& message, const char* pointer) {
  if (!part.valid()) return;
  const Tree::json_pointer at(pointer);
  Require(message.contains(at), "a part that nlohmann does not see");
  Require(message[at] == Tree::parse(doc.Raw(part)), "a part with another value");
}

bool IsId(const Tree& id) { return id.is_string() || id.is_number_integer(); }

// `message` is the same message as nlohmann reads it.
void CompareEnvelope(const Document& doc, const Envelope& envelope, const Tree& message) {
  const auto has = [&message](const char* key) { return message.contains(key); };
  const bool plain = message.is_object() && has("jsonrpc") && message["jsonrpc"] == "2.0" &&
                     has("id") && IsId(message["id"]);
  const bool call = has("method") && !has("result") && !has("error");
  switch (envelope.kind) {
    case MessageKind::kInvalid:
      Require(!(plain && call && message["method"].is_string() && !has("params")),
              "a plain request is refused");
      Require(!(plain && !has("method") && has("result") && !has("error")),
              "a plain result is refused");
      return;
    case MessageKind::kBatch:
      Require(message.is_array() && !message.empty(), "a batch that is none");
      return;
    case MessageKind::kRequest:
      Require(call && has("id") && !message["id"].is_null(), "a request that is none");
      break;
    case MessageKind::kNotification:
      Require(call && !has("id"), "a notification that is none");
      break;
    case MessageKind::kResult:
      Require(plain || message["id"].is_number(), "a result for no id");
      Require(has("result") && !has("method") && !has("error"), "a result that is none");
      break;
    case MessageKind::kErrorResponse:
      Require(message["error"].is_object() && !has("method") && !has("result"),
              "an error that is none");
      break;
  }
  Require(message["jsonrpc"] == "2.0", "another protocol");
  if (has("method")) Require(message["method"] == envelope.method, "another method");
  ComparePart(doc, envelope.id, message, "/id");
  ComparePart(doc, envelope.params, message, "/params");
  ComparePart(doc, envelope.result, message, "/result");
  ComparePart(doc, envelope.error, message, "/error");
  ComparePart(doc, envelope.name, message, "/params/name");
  ComparePart(doc, envelope.uri, message, "/params/uri");
  ComparePart(doc, envelope.cursor, message, "/params/cursor");
  ComparePart(doc, envelope.request_id, message, "/params/requestId");
  ComparePart(doc, envelope.arguments, message, "/params/arguments");
  ComparePart(doc, envelope.meta, message, "/params/_meta");
  ComparePart(doc, envelope.progress_token, message, "/params/_meta/progressToken");
  if (message.contains("/params/arguments"_json_pointer)) {
    Require(envelope.arguments.valid() || !call, "lost the arguments");
  }
}

void ReadMessages(const Document& doc, NodeId message, const Tree& tree) {
  std::string scratch;
  const Envelope envelope = ReadEnvelope(doc, message, scratch);
  Require((envelope.kind == MessageKind::kInvalid) == !envelope.fault.empty(), "no fault given");
  if (!tree.is_discarded()) CompareEnvelope(doc, envelope, tree);
  if (envelope.kind == MessageKind::kBatch) {
    size_t i = 0;
    for (const NodeId element : doc.Elements(message)) {
      ReadMessages(doc, element, tree.is_discarded() ? tree : tree[i]);
      ++i;
    }
  } else if (envelope.kind != MessageKind::kInvalid) {
    SpliceMessage(doc, envelope);
  }
}

// Every two neighbouring numbers: the comparison is antisymmetric, and equal to itself.
void CompareNeighbours(const Document& doc) {
  std::string_view last = "0";
  for (uint32_t i = 0; i < doc.NodeCount(); ++i) {
    if (doc.TypeOf(NodeId(i)) != Type::kNumber) continue;
    const std::string_view number = doc.Raw(NodeId(i));
    const auto forward = CompareNumbers(last, number);
    const auto backward = CompareNumbers(number, last);
    Require(forward.has_value() == backward.has_value(), "comparable one way only");
    if (forward.has_value()) {
      Require((*forward < 0) == (*backward > 0) && (*forward == 0) == (*backward == 0),
              "a comparison that is not antisymmetric");
      last = number;
    }
  }
}

// Whether one of the members that a message is read by is there twice, however it is spelled.
bool HasMemberTwice(const Document& doc, NodeId message) {
  static constexpr std::array<std::string_view, 6> kMembers = {"jsonrpc", "id",     "method",
                                                               "params",  "result", "error"};
  std::set<std::string, std::less<>> seen;
  std::string scratch;
  for (const auto [key, value] : doc.Members(message)) {
    const std::string_view name = doc.Unescape(key, scratch);
    if (std::ranges::find(kMembers, name) != kMembers.end() && !seen.emplace(name).second) {
      return true;
    }
  }
  return false;
}

// A text whose only fault is a key that is there twice.
void ReadAmbiguous(Document& doc) {
  Require(!doc.CheckUniqueKeys(doc.Root()).has_value(), "a duplicate key was lost");
  std::string scratch;
  const Envelope envelope = ReadEnvelope(doc, doc.Root(), scratch);
  if (HasMemberTwice(doc, doc.Root())) {
    Require(envelope.kind == MessageKind::kInvalid, "a message with a member twice");
  }
}

}  // namespace
}  // namespace mcplexer::json

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace mcplexer::json;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static Document doc;  // kept, so that what a parse leaves behind meets the next one

  Limits small;
  small.depth = 3;
  small.nodes = 12;
  for (const Limits& limits : {small, Limits()}) {
    const std::string disagreement = oracle::Disagreement(doc, text, limits);
    Require(disagreement.empty(), disagreement.c_str());
  }
  if (doc.Root().valid()) {
    // Discarded where a number is beyond a double: nothing is compared then.
    ReadMessages(doc, doc.Root(), Tree::parse(text, nullptr, /*allow_exceptions=*/false));
    CompareNeighbours(doc);
  }

  Limits unchecked;
  unchecked.unique_keys_depth = 0;
  const bool has_keys_twice_only = !doc.Root().valid() && doc.Parse(text, unchecked).has_value();
  if (has_keys_twice_only) ReadAmbiguous(doc);
  return 0;
}
