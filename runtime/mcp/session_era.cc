// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/session_era.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/downstream/versions.h"
#include "runtime/json/splice.h"
#include "runtime/json/writer.h"

namespace mcplexer::mcp {
namespace {

using downstream::kSessionVersions;

// The version asked for where we speak it, else our latest; the client hangs up if it cannot.
std::string_view Negotiate(std::string_view asked) {
  const auto at = std::find(kSessionVersions.begin(), kSessionVersions.end(), asked);
  return at == kSessionVersions.end() ? downstream::kLatestSessionVersion : *at;
}

std::string StringMember(const json::Document& doc, json::NodeId object, std::string_view key) {
  const json::NodeId node = doc.Find(object, key);
  if (!node.valid() || doc.TypeOf(node) != json::Type::kString) return {};
  std::string scratch;
  return std::string(doc.Unescape(node, scratch));
}

ClientInfo ReadClientInfo(const json::Document& doc, json::NodeId params) {
  ClientInfo info;
  const json::NodeId node = doc.Find(params, "clientInfo");
  if (!node.valid() || doc.TypeOf(node) != json::Type::kObject) return info;
  info.raw = doc.Raw(node);
  json::FlattenLines(info.raw);
  info.name = StringMember(doc, node, "name");
  info.version = StringMember(doc, node, "version");
  return info;
}

}  // namespace

void SessionEra::OnRequest(const Message& request, ReplyTo reply) {
  const std::string_view method = request.envelope.method;
  const bool is_call = method == "tools/call";
  if (method != "initialize" && method != "ping" && method != "tools/list" && !is_call) {
    return Refuse(reply, json::kMethodNotFoundCode, "method not found");
  }
  // A call is refused where it can be put on the record.
  if (request.ambiguous && !(is_call && session_.open())) {
    return Refuse(reply, json::kInvalidRequestCode, "an object has a key twice");
  }
  if (method == "ping") return client_.Answer(reply, json::ResultResponse(reply.raw_id, "{}"));
  if (method == "initialize") return Initialize(request, reply);
  if (!session_.open()) {
    return Refuse(reply, json::kInvalidRequestCode, "the session is not initialized");
  }
  if (is_call) return session_.CallTool(request, reply);
  ListTools(request, reply);
}

void SessionEra::OnNotification(const Message& notification) {
  if (!session_.open()) return;
  const std::string_view method = notification.envelope.method;
  if (method == "notifications/cancelled") {
    session_.Cancel(notification);
  } else if (method == "notifications/initialized") {
    session_.StartEagerServers();
  }
}

bool SessionEra::AcceptsBatches() const { return version_ == downstream::kBatchVersion; }

void SessionEra::Initialize(const Message& request, const ReplyTo& reply) {
  if (session_.open()) {
    return Refuse(reply, json::kInvalidRequestCode, "the session is initialized already");
  }
  const json::NodeId params = request.envelope.params;
  const json::NodeId asked =
      params.valid() ? request.doc.Find(params, "protocolVersion") : json::NodeId();
  if (!asked.valid() || request.doc.TypeOf(asked) != json::Type::kString) {
    return Refuse(reply, json::kInvalidParamsCode, "params.protocolVersion is not a string");
  }
  std::string scratch;
  version_ = Negotiate(request.doc.Unescape(asked, scratch));
  session_.Open(ReadClientInfo(request.doc, params));
  client_.Answer(
      reply,
      json::ResultResponse(
          reply.raw_id,
          fmt::format(
              R"({{"protocolVersion":"{}","capabilities":{{"tools":{{"listChanged":true}}}},)"
              R"("serverInfo":{{"name":"mcplexer","version":"{}"}}}})",
              version_, gateway_version_)));
}

void SessionEra::ListTools(const Message& request, const ReplyTo& reply) {
  // The list is one page, so no cursor was ever given out.
  if (request.envelope.cursor.valid() || !request.envelope.params_fault.empty()) {
    return Refuse(reply, json::kInvalidParamsCode, "params.cursor is not one of this list");
  }
  session_.ListTools(reply);
}

void SessionEra::Refuse(const ReplyTo& reply, int code, std::string_view message) {
  client_.Answer(reply, json::ErrorResponse(reply.raw_id, code, message));
}

}  // namespace mcplexer::mcp
