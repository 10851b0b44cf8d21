// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/stateless_answer.h"

#include <fmt/format.h>

#include "runtime/downstream/modern_meta.h"
#include "runtime/json/envelope.h"
#include "runtime/json/splice.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/codes.h"

namespace mcplexer::mcp {
namespace {

constexpr std::string_view kUncached = R"("ttlMs":0,"cacheScope":"private")";

bool HasType(const json::Document& doc, json::NodeId node, json::Type type) {
  return node.valid() && doc.TypeOf(node) == type;
}

// Each hop names its own server in `_meta`.
void NameServer(const json::Document& doc, json::NodeId result, std::string_view raw_server_info,
                json::Splicer& splicer) {
  const json::NodeId meta = doc.Find(result, "_meta");
  if (!meta.valid()) {
    splicer.InsertMembers(
        result, fmt::format(R"("_meta":{{"{}":{}}})", downstream::kServerInfoKey, raw_server_info));
  } else if (HasType(doc, meta, json::Type::kObject)) {
    splicer.SetMember(meta, downstream::kServerInfoKey, raw_server_info);
  }
}

audit::OutcomeStatus DressResult(const json::Document& doc, json::NodeId result,
                                 const AnswerShape& shape, std::string_view raw_server_info,
                                 json::Splicer& splicer) {
  if (!HasType(doc, result, json::Type::kObject)) return audit::OutcomeStatus::kOk;
  const json::NodeId type = doc.Find(result, "resultType");
  const bool complete = !type.valid() || doc.StringEquals(type, "complete");
  if (!type.valid()) splicer.InsertMembers(result, R"("resultType":"complete")");
  if (shape.cacheable && complete) {
    // What the policy lets one client see is not for others, whatever the server says.
    if (!doc.Find(result, "ttlMs").valid()) splicer.InsertMembers(result, R"("ttlMs":0)");
    splicer.SetMember(result, "cacheScope", R"("private")");
  }
  NameServer(doc, result, raw_server_info, splicer);
  return HasType(doc, doc.Find(result, "isError"), json::Type::kTrue)
             ? audit::OutcomeStatus::kToolError
             : audit::OutcomeStatus::kOk;
}

// What the client would be asked for and has not declared.
std::set<std::string> Undeclared(const json::Document& doc, json::NodeId result,
                                 const std::set<std::string>& declared) {
  std::set<std::string> undeclared;
  const json::NodeId questions = doc.Find(result, "inputRequests");
  if (!HasType(doc, questions, json::Type::kObject)) return undeclared;
  std::string scratch;
  for (const auto [key, question] : doc.Members(questions)) {
    const json::NodeId method =
        HasType(doc, question, json::Type::kObject) ? doc.Find(question, "method") : json::NodeId();
    if (!HasType(doc, method, json::Type::kString)) continue;
    const std::string_view name = doc.Unescape(method, scratch);
    const std::string capability(name.substr(0, name.find('/')));
    if (!declared.contains(capability)) undeclared.insert(capability);
  }
  return undeclared;
}

std::string MissingCapability(const json::Document& doc, json::NodeId error,
                              const AnswerShape& shape) {
  std::string needed;
  for (const std::string& one : shape.undeclared) {
    needed += fmt::format(R"({}"{}":{{}})", needed.empty() ? "" : ",", one);
  }
  const json::NodeId message = doc.Find(error, "message");
  std::string scratch;
  const std::string_view text = HasType(doc, message, json::Type::kString)
                                    ? doc.Unescape(message, scratch)
                                    : std::string_view("the server cannot answer");
  return json::ErrorResponse(
      shape.raw_id, kMissingCapabilityCode,
      fmt::format("the server asks for what the client did not declare: {}", text.substr(0, 500)),
      fmt::format(R"({{"requiredCapabilities":{{{}}}}})", needed));
}

}  // namespace

std::string ResultStart(std::string_view raw_server_info, std::string_view result_type) {
  return fmt::format(R"("_meta":{{"{}":{}}},"resultType":"{}")", downstream::kServerInfoKey,
                     raw_server_info, result_type);
}

DressedAnswer DressAnswer(const std::string& frame, std::string_view raw_id,
                          const AnswerShape& shape, std::string_view raw_server_info) {
  if (shape.list) {
    // Written by us, and perhaps larger than what is parsed.
    const std::string start = fmt::format(R"({{"jsonrpc":"2.0","id":{},"result":{{)", raw_id);
    if (frame.starts_with(start)) {
      return {fmt::format(R"({{"jsonrpc":"2.0","id":{},"result":{{{},{},{})", shape.raw_id,
                          ResultStart(raw_server_info, "complete"), kUncached,
                          std::string_view(frame).substr(start.size()))};
    }
  }
  json::Document doc;
  json::Limits limits;
  limits.unique_keys_depth = 1;
  std::string scratch;
  if (!doc.Parse(frame, limits)) {
    return {json::ErrorResponse(shape.raw_id, json::kInternalErrorCode,
                                "the answer is too large to be passed on"),
            audit::OutcomeStatus::kError};
  }
  const json::Envelope envelope = json::ReadEnvelope(doc, doc.Root(), scratch);
  json::Splicer splicer(doc, doc.Root());
  splicer.Replace(envelope.id, shape.raw_id);
  if (envelope.kind == json::MessageKind::kResult) {
    const json::NodeId state = HasType(doc, envelope.result, json::Type::kObject)
                                   ? doc.Find(envelope.result, "requestState")
                                   : json::NodeId();
    if (shape.seal && HasType(doc, state, json::Type::kString)) {
      splicer.Replace(state, json::EscapeString(shape.seal(doc.Unescape(state, scratch))));
    }
    if (shape.declared != nullptr && HasType(doc, envelope.result, json::Type::kObject)) {
      AnswerShape missing = shape;
      missing.undeclared = Undeclared(doc, envelope.result, *shape.declared);
      if (!missing.undeclared.empty()) {
        return {MissingCapability(doc, envelope.result, missing), audit::OutcomeStatus::kError};
      }
    }
    const auto status = DressResult(doc, envelope.result, shape, raw_server_info, splicer);
    return {splicer.Apply(), status};
  }
  if (!shape.undeclared.empty()) {
    return {MissingCapability(doc, envelope.error, shape), audit::OutcomeStatus::kError};
  }
  const json::NodeId code = doc.Find(envelope.error, "code");
  if (shape.resource && code.valid() && doc.Raw(code) == std::to_string(kResourceNotFoundCode)) {
    splicer.Replace(code, std::to_string(json::kInvalidParamsCode));
  }
  return {splicer.Apply(), audit::OutcomeStatus::kError};
}

}  // namespace mcplexer::mcp
