// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/stateless_http.h"

#include <fmt/format.h>

#include <boost/asio/post.hpp>
#include <charconv>
#include <utility>
#include <vector>

#include "runtime/downstream/modern_meta.h"
#include "runtime/downstream/versions.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/codes.h"
#include "runtime/mcp/stateless_meta.h"
#include "runtime/transport/mcp_header.h"

namespace mcplexer::listen {
namespace {

constexpr uint32_t kStatusOk = 200;
constexpr uint32_t kStatusAccepted = 202;
constexpr uint32_t kStatusBadRequest = 400;
constexpr uint32_t kStatusNotFound = 404;
constexpr uint32_t kStatusUnavailable = 503;
constexpr size_t kKeptStatelessDocument = size_t{256} << 10;
constexpr std::string_view kJsonField = "Content-Type: application/json\r\n";

std::optional<uint64_t> ReadOurId(std::string_view raw) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
  if (error != std::errc() || end != raw.data() + raw.size()) return std::nullopt;
  return number;
}

// Clients tell a request that makes no sense from one that failed by the status.
uint32_t StatusOf(const json::Document& doc, const json::Envelope& answer) {
  if (answer.kind != json::MessageKind::kErrorResponse) return kStatusOk;
  const json::NodeId code = doc.Find(answer.error, "code");
  const std::string_view raw = code.valid() ? doc.Raw(code) : std::string_view();
  if (raw == std::to_string(json::kMethodNotFoundCode)) return kStatusNotFound;
  for (const int bad : {mcp::kHeaderMismatchCode, mcp::kMissingCapabilityCode,
                        mcp::kUnsupportedVersionCode, json::kInvalidRequestCode}) {
    if (raw == std::to_string(bad)) return kStatusBadRequest;
  }
  return kStatusOk;
}

json::NodeId NamedBy(const json::Envelope& request) {
  if (request.method == "tools/call" || request.method == "prompts/get") return request.name;
  return request.method == "resources/read" ? request.uri : json::NodeId();
}

// Empty where the header is there once and says this.
std::string Mismatch(const transport::HttpHead& head, std::string_view field,
                     std::string_view shown, std::string_view expected, bool encoded) {
  const std::string* value = head.Find(field);
  if (value == nullptr) return fmt::format("the header {} is missing", shown);
  if (head.Count(field) > 1) return fmt::format("the header {} is there twice", shown);
  const auto decoded =
      encoded ? transport::DecodeMcpHeader(*value) : std::optional<std::string>(*value);
  if (!decoded) return fmt::format("the header {} is not well-formed", shown);
  if (*decoded != expected) {
    return fmt::format("the header {} does not say what the body does", shown);
  }
  return {};
}

void ReplaceOwn(const json::Document& doc, json::NodeId object, std::string_view key,
                std::string_view own, std::string_view raw, json::Splicer& splicer) {
  if (!object.valid() || doc.TypeOf(object) != json::Type::kObject) return;
  const json::NodeId node = doc.Find(object, key);
  if (node.valid() && doc.Raw(node) == own) splicer.Replace(node, raw);
}

}  // namespace

bool IsStatelessPost(const transport::HttpHead& head, const json::Document& doc,
                     const json::Envelope& envelope) {
  if (envelope.kind == json::MessageKind::kBatch) return false;
  const std::string* version = head.Find("mcp-protocol-version");
  if (version != nullptr && *version == downstream::kModernVersion) return true;
  return envelope.kind == json::MessageKind::kRequest && mcp::IsStateless({doc, envelope, false});
}

std::optional<std::string> StatelessFault(const transport::HttpHead& head,
                                          const json::Document& doc,
                                          const json::Envelope& envelope) {
  if (envelope.kind == json::MessageKind::kNotification) return std::nullopt;
  if (envelope.kind != json::MessageKind::kRequest) {
    return json::ErrorResponse("", json::kInvalidRequestCode, "a request is expected");
  }
  const mcp::StatelessMeta meta = mcp::ReadStatelessMeta({doc, envelope, false});
  const std::string_view raw_id = doc.Raw(envelope.id);
  if (!meta.fault.empty() && (meta.version.empty() || meta.version == downstream::kModernVersion)) {
    return json::ErrorResponse(raw_id, json::kInvalidParamsCode, meta.fault);
  }
  std::string fault =
      Mismatch(head, "mcp-protocol-version", "MCP-Protocol-Version", meta.version, false);
  if (fault.empty() && meta.version == downstream::kModernVersion) {
    fault = Mismatch(head, "mcp-method", "Mcp-Method", envelope.method, false);
    const json::NodeId named = NamedBy(envelope);
    if (fault.empty() && named.valid()) {
      std::string scratch;
      fault = Mismatch(head, "mcp-name", "Mcp-Name", doc.Unescape(named, scratch), true);
    }
  }
  if (fault.empty()) return std::nullopt;
  return json::ErrorResponse(raw_id, mcp::kHeaderMismatchCode, "Header mismatch: " + fault);
}

StatelessHttp::StatelessHttp(boost::asio::io_context& io, transport::Timers& timers,
                             const StatelessHttpLimits& limits)
    : io_(io), timers_(timers), limits_(limits), last_used_(timers.Now()) {}

StatelessHttp::~StatelessHttp() {
  std::vector<std::shared_ptr<HttpConnection>> connections;
  for (const auto& [id, open] : open_) connections.push_back(open.connection);
  for (const auto& connection : connections) connection->Close();
}

void StatelessHttp::Post(const std::shared_ptr<HttpConnection>& connection,
                         const json::Document& doc, const json::Envelope& envelope) {
  last_used_ = timers_.Now();
  // The era has none over HTTP.
  if (envelope.kind == json::MessageKind::kNotification) {
    return connection->Respond(kStatusAccepted, "", "");
  }
  if (!reading_ || ended_ || open_.size() >= limits_.requests) {
    return connection->Respond(
        kStatusUnavailable, fmt::format("{}Retry-After: 1\r\n", kJsonField),
        json::ErrorResponse("", json::kInternalErrorCode, "too much waits for these clients"));
  }
  Watch(connection);
  const uint64_t id = ++last_id_;
  const std::string own = std::to_string(id);
  json::Splicer splicer(doc, envelope.message);
  splicer.Replace(envelope.id, own);
  Open open{connection, std::string(doc.Raw(envelope.id)), {}};
  if (envelope.progress_token.valid()) {
    open.raw_token = doc.Raw(envelope.progress_token);
    splicer.Replace(envelope.progress_token, own);
  }
  open_.emplace(id, std::move(open));
  receiver_->OnFrame(splicer.Apply());
}

void StatelessHttp::Send(std::string frame) {
  json::Limits limits;
  limits.unique_keys_depth = 1;
  if (!doc_.Parse(frame, limits)) return;
  const json::Envelope answer = json::ReadEnvelope(doc_, doc_.Root(), scratch_);
  const auto id = answer.id.valid() ? ReadOurId(doc_.Raw(answer.id)) : std::nullopt;
  const bool response =
      answer.kind == json::MessageKind::kResult || answer.kind == json::MessageKind::kErrorResponse;
  const auto at = id && response ? open_.find(*id) : open_.end();
  if (at == open_.end()) return;
  const Open open = std::move(at->second);
  open_.erase(at);
  last_used_ = timers_.Now();
  json::Splicer splicer(doc_, doc_.Root());
  const std::string own = std::to_string(*id);
  splicer.Replace(answer.id, open.raw_id);
  if (answer.result.valid()) {
    const json::NodeId meta = doc_.Find(answer.result, "_meta");
    ReplaceOwn(doc_, meta, downstream::kSubscriptionKey, own, open.raw_id, splicer);
  }
  if (open.events) {
    open.connection->Event(fmt::format("data: {}\n\n", splicer.Apply()));
    open.connection->EndEvents();
  } else {
    open.connection->Respond(StatusOf(doc_, answer), kJsonField, splicer.Apply());
  }
  if (doc_.MemoryBytes() > kKeptStatelessDocument) doc_.Release();
  UpdateCongestion();
}

void StatelessHttp::SendAbout(std::string frame, std::string_view raw_id) {
  const auto id = ReadOurId(raw_id);
  const auto at = id ? open_.find(*id) : open_.end();
  json::Limits limits;
  limits.unique_keys_depth = 1;
  if (at == open_.end() || !doc_.Parse(frame, limits)) return;
  Open& open = at->second;
  const json::Envelope message = json::ReadEnvelope(doc_, doc_.Root(), scratch_);
  json::Splicer splicer(doc_, doc_.Root());
  const std::string own = std::to_string(*id);
  ReplaceOwn(doc_, message.params, "progressToken", own, open.raw_token, splicer);
  ReplaceOwn(doc_, message.meta, downstream::kSubscriptionKey, own, open.raw_id, splicer);
  if (!std::exchange(open.events, true)) open.connection->BeginEvents("");
  open.connection->Event(fmt::format("data: {}\n\n", splicer.Apply()));
  if (doc_.MemoryBytes() > kKeptStatelessDocument) doc_.Release();
  UpdateCongestion();
}

void StatelessHttp::End() {
  if (std::exchange(ended_, true)) return;
  boost::asio::post(io_, [this, alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired() && receiver_ != nullptr) receiver_->OnClosed();
  });
}

size_t StatelessHttp::QueuedBytes() const {
  size_t bytes = 0;
  for (const auto& connection : connections_) bytes += connection->queued_bytes();
  return bytes;
}

void StatelessHttp::Watch(const std::shared_ptr<HttpConnection>& connection) {
  std::erase_if(connections_, [](const auto& one) { return !one->open(); });
  connections_.insert(connection);
  connection->on_change = [this, alive = std::weak_ptr<int>(alive_)] {
    if (alive.expired()) return;
    UpdateCongestion();
    // Not from here: whoever closed it may be in the middle of an answer.
    boost::asio::post(io_, [this, alive] {
      if (!alive.expired()) CancelBroken();
    });
  };
}

void StatelessHttp::CancelBroken() {
  std::vector<uint64_t> broken;
  for (const auto& [id, open] : open_) {
    if (!open.connection->open()) broken.push_back(id);
  }
  for (const uint64_t id : broken) {
    open_.erase(id);
    last_used_ = timers_.Now();
    receiver_->OnFrame(json::Notification(
        "notifications/cancelled",
        fmt::format(R"({{"requestId":{},"reason":"the connection was closed"}})", id)));
  }
}

void StatelessHttp::UpdateCongestion() {
  const size_t queued = QueuedBytes();
  const bool congested =
      congested_ ? queued > limits_.queue_bytes / 2 : queued > limits_.queue_bytes;
  if (congested == congested_) return;
  congested_ = congested;
  boost::asio::post(io_, [this, congested, alive = std::weak_ptr<int>(alive_)] {
    if (!alive.expired() && receiver_ != nullptr) receiver_->OnCongestion(congested);
  });
}

}  // namespace mcplexer::listen
