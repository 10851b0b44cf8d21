// SPDX-License-Identifier: Apache-2.0
// Any bytes: a Document and nlohmann/json agree on whether they are JSON and on every value (see
// oracle.h for the differences we mean); the envelope of whatever is accepted can be read, and
// splices leave it readable.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "runtime/json/decimal.h"
#include "runtime/json/envelope.h"
#include "runtime/json/splice.h"
#include "tests/unit/json/oracle.h"

namespace mcplexer::json {
namespace {

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "json_fuzz: %s\n", what);
  std::abort();
}

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

void ReadMessages(const Document& doc, NodeId message) {
  std::string scratch;
  const Envelope envelope = ReadEnvelope(doc, message, scratch);
  Require((envelope.kind == MessageKind::kInvalid) == !envelope.fault.empty(), "no fault given");
  if (envelope.kind == MessageKind::kBatch) {
    for (const NodeId element : doc.Elements(message)) ReadMessages(doc, element);
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

}  // namespace
}  // namespace mcplexer::json

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace mcplexer::json;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static Document doc;  // kept, so that what a parse leaves behind meets the next one

  const std::string disagreement = oracle::Disagreement(doc, text, {});
  Require(disagreement.empty(), disagreement.c_str());
  if (doc.Root().valid()) {
    ReadMessages(doc, doc.Root());
    CompareNeighbours(doc);
  }

  Limits unchecked;
  unchecked.unique_keys_depth = 0;
  const bool has_keys_twice_only = !doc.Root().valid() && doc.Parse(text, unchecked).has_value();
  if (has_keys_twice_only) {
    Require(!doc.CheckUniqueKeys(doc.Root()).has_value(), "a duplicate key was lost");
    std::string scratch;
    ReadEnvelope(doc, doc.Root(), scratch);
  }
  return 0;
}
