// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/session_era.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "runtime/downstream/versions.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/stateless_methods.h"

namespace mcplexer::mcp {
namespace {

using downstream::kSessionVersions;

// The version asked for where we speak it, else our latest; the client hangs up if it cannot.
std::string_view Negotiate(std::string_view asked) {
  const auto at = std::find(kSessionVersions.begin(), kSessionVersions.end(), asked);
  return at == kSessionVersions.end() ? downstream::kLatestSessionVersion : *at;
}

ClientInfo ReadClientInfo(const json::Document& doc, json::NodeId params) {
  const json::NodeId node = doc.Find(params, "clientInfo");
  if (!node.valid() || doc.TypeOf(node) != json::Type::kObject) return {};
  return ReadClientInfoObject(doc, node);
}

constexpr std::string_view kComplete = "completion/complete";
constexpr std::string_view kSetLevel = "logging/setLevel";
constexpr std::string_view kListTasks = "tasks/list";

bool IsOther(std::string_view method) {
  return method == "initialize" || method == "ping" || method == kComplete || method == kSetLevel ||
         method == kListTasks;
}

// Lists are one page, so no cursor was ever given out.
bool IsFirstPage(const Message& request) {
  return !request.envelope.cursor.valid() && request.envelope.params_fault.empty();
}

}  // namespace

void SessionEra::OnRequest(const Message& request, ReplyTo reply) {
  const std::string_view method = request.envelope.method;
  const auto forwarded = FindMethod(method);
  const auto list = FindListMethod(method);
  if (!forwarded && !list && !IsOther(method)) {
    return Refuse(reply, json::kMethodNotFoundCode, "method not found");
  }
  // What the policy decides is refused where it can be put on the record.
  if (request.ambiguous && !(forwarded && session_.open())) {
    return Refuse(reply, json::kInvalidRequestCode, "an object has a key twice");
  }
  if (method == "ping") return client_.Answer(reply, json::ResultResponse(reply.raw_id, "{}"));
  if (method == "initialize") return Initialize(request, reply);
  if (!session_.open()) {
    return Refuse(reply, json::kInvalidRequestCode, "the session is not initialized");
  }
  if (method == kComplete) return session_.Complete(request, reply);
  if (method == kSetLevel) return session_.SetLogLevel(request, reply);
  if (method == kListTasks) {
    if (!IsFirstPage(request)) return RefuseCursor(reply);
    return session_.ListTasks(reply);
  }
  if (forwarded) return session_.Ask(*forwarded, request, reply);
  List(*list, request, reply);
}

void SessionEra::OnNotification(const Message& notification) {
  if (!session_.open()) return;
  const std::string_view method = notification.envelope.method;
  if (method == "notifications/cancelled") {
    session_.Cancel(notification);
  } else if (method == "notifications/initialized") {
    session_.StartEagerServers();
  } else if (method == "notifications/progress") {
    session_.OnClientProgress(notification);
  } else if (method == "notifications/tasks/status") {
    session_.OnClientTaskStatus(notification);
  } else if (method == "notifications/roots/list_changed") {
    session_.OnRootsChanged(notification);
  }
}

void SessionEra::OnResponse(const Message& response) {
  if (session_.open()) session_.OnResponse(response);
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
  session_.Open(ReadClientInfo(request.doc, params), ReadClientCapabilities(request.doc, params));
  client_.Answer(
      reply, json::ResultResponse(
                 reply.raw_id, fmt::format(R"({{"protocolVersion":"{}","capabilities":{},)"
                                           R"("serverInfo":{{"name":"mcplexer","version":"{}"}}}})",
                                           version_, Capabilities(), gateway_version_)));
}

std::string SessionEra::Capabilities() const {
  const bool prompts = session_.InReach(plan::CallKind::kPrompt);
  const bool resources = session_.InReach(plan::CallKind::kResource);
  std::string capabilities = R"({"tools":{"listChanged":true})";
  if (prompts) capabilities += R"(,"prompts":{"listChanged":true})";
  if (resources) capabilities += R"(,"resources":{"subscribe":true,"listChanged":true})";
  if (prompts || resources) capabilities += R"(,"completions":{})";
  if (version_ == downstream::kLatestSessionVersion) {
    capabilities += R"(,"tasks":{"list":{},"cancel":{},"requests":{"tools":{"call":{}}}})";
  }
  return capabilities + R"(,"logging":{}})";
}

void SessionEra::List(ItemKind kind, const Message& request, const ReplyTo& reply) {
  // A client that no rule lets see any was not told that there are such things.
  if (kind != ItemKind::kTool && !session_.InReach(Info(kind).call)) {
    return Refuse(reply, json::kMethodNotFoundCode, "method not found");
  }
  if (!IsFirstPage(request)) return RefuseCursor(reply);
  session_.List(kind, reply);
}

void SessionEra::RefuseCursor(const ReplyTo& reply) {
  Refuse(reply, json::kInvalidParamsCode, "params.cursor is not one of this list");
}

void SessionEra::Refuse(const ReplyTo& reply, int code, std::string_view message) {
  client_.Answer(reply, json::ErrorResponse(reply.raw_id, code, message));
}

}  // namespace mcplexer::mcp
