// SPDX-License-Identifier: Apache-2.0
// Instance's reading side: what a server says, and whom it concerns.

#include <spdlog/spdlog.h>

#include <charconv>
#include <optional>
#include <utility>

#include "runtime/downstream/instance.h"
#include "runtime/json/writer.h"

namespace mcplexer::downstream {
namespace {

// A document that grew beyond this for one large result gives its memory back.
constexpr size_t kKeptDocument = size_t{256} << 10;

// Ids and tokens are ours: decimal numbers as we write them.
std::optional<uint64_t> ReadId(std::string_view raw) {
  uint64_t id = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), id);
  if (error != std::errc() || end != raw.data() + raw.size()) return std::nullopt;
  return id;
}

}  // namespace

void Instance::OnFrame(std::string_view frame) {
  // Results pass through as they are: whether their insides repeat a key is for the client to
  // judge. What we read of a message, ReadEnvelope refuses when it is there twice.
  json::Limits limits;
  limits.unique_keys_depth = 1;
  if (const auto parsed = doc_.Parse(frame, limits); !parsed) {
    LogGarbage("what is not JSON", frame);
    return;
  }
  const json::NodeId root = doc_.Root();
  if (doc_.TypeOf(root) == json::Type::kArray) {
    // Servers of 2025-03-26 may answer in batches.
    for (const json::NodeId message : doc_.Elements(root)) {
      Handle(message);
      if (!peer_) break;
    }
  } else {
    Handle(root);
  }
  if (doc_.MemoryBytes() > kKeptDocument) doc_.Release();
}

void Instance::OnOversizedFrame() { LogGarbage("an overlong message", {}); }

void Instance::OnNoAnswer(uint64_t id, const Failure& failure) {
  if (id == 0) return;
  if (id == probe_id_) {
    if (state_ == State::kProbing) FallBack();
    return;
  }
  if (id == listen_id_) return HandleListenEnd(nullptr);
  const auto at = pending_.find(id);
  if (at == pending_.end()) return;
  last_used_ = timers_.Now();
  const auto settled = pending_.extract(at);
  settled.mapped().exchange->OnFailure(failure);
  CheckLeft();
}

void Instance::Handle(json::NodeId message) {
  const json::Envelope envelope = json::ReadEnvelope(doc_, message, method_scratch_);
  switch (envelope.kind) {
    case json::MessageKind::kResult:
    case json::MessageKind::kErrorResponse:
      return HandleResponse(envelope);
    case json::MessageKind::kNotification:
      return HandleNotification(envelope);
    case json::MessageKind::kRequest:
      return HandleRequest(envelope);
    case json::MessageKind::kBatch:
    case json::MessageKind::kInvalid:
      return LogGarbage("an invalid message", doc_.Raw(message));
  }
}

void Instance::HandleResponse(const json::Envelope& response) {
  const auto id =
      response.id_type == json::IdType::kInteger ? ReadId(doc_.Raw(response.id)) : std::nullopt;
  if (id && state_ == State::kIntroducing && *id == initialize_id_) {
    return HandleInitialize(response);
  }
  if (id && *id != 0 && *id == probe_id_) return HandleDiscover(response);
  if (id && *id != 0 && *id == listen_id_) return HandleListenEnd(&response);
  const auto at = id ? pending_.find(*id) : pending_.end();
  // An answer to what was cancelled or timed out, or to nothing we asked.
  if (at == pending_.end() || !at->second.waiting_frame.empty()) {
    spdlog::debug("server `{}` answered what nobody waits for", options_.name);
    return;
  }
  last_used_ = timers_.Now();
  std::string replacement;
  if (stateless_ && !CheckStatelessResponse(at->second, response, &replacement)) {
    return SettleHere(*id, replacement);
  }
  const auto settled = pending_.extract(at);
  settled.mapped().exchange->OnResponse(doc_, response);
  CheckLeft();
}

void Instance::HandleNotification(const json::Envelope& notification) {
  if (notification.method == "notifications/progress" && HandleProgress(notification)) return;
  // What two readers could read differently is not passed on.
  if (notification.params.valid() && !doc_.CheckUniqueKeys(notification.params)) return;
  if (stateless_ && !HandleStatelessNotification(notification)) return;
  observer_.OnNotification(*this, doc_, notification);
}

bool Instance::HandleProgress(const json::Envelope& notification) {
  if (!notification.params.valid()) return true;
  const json::NodeId token = doc_.Find(notification.params, "progressToken");
  const auto id = token.valid() ? ReadId(doc_.Raw(token)) : std::nullopt;
  if (!id) return true;
  // Two tokens in one notification: two readers could take it for two requests.
  if (!doc_.CheckUniqueKeys(notification.params)) return true;
  const auto at = pending_.find(*id);
  if (at == pending_.end()) return false;
  if (!at->second.waiting_frame.empty()) return true;
  at->second.last_sign = timers_.Now();
  at->second.exchange->OnProgress(doc_, notification, token);
  return true;
}

void Instance::HandleRequest(const json::Envelope& request) {
  // A server that asks and asks but does not read gets no answers to fill our memory with.
  if (peer_->QueuedBytes() > options_.limits.queued_bytes) return;
  if (stateless_)
    return LogGarbage("a request, which its era has none of,", doc_.Raw(request.message));
  const std::string_view id = doc_.Raw(request.id);
  if (request.method == "ping") return peer_->Send(json::ResultResponse(id, "{}"));
  if (state_ != State::kReady) {
    return peer_->Send(
        json::ErrorResponse(id, json::kInvalidRequestCode, "the session is not initialized"));
  }
  if (request.params.valid() && !doc_.CheckUniqueKeys(request.params)) {
    return peer_->Send(
        json::ErrorResponse(id, json::kInvalidParamsCode, "an object has a key twice"));
  }
  ++asking_;
  if (observer_.OnRequest(*this, doc_, request)) return;
  Answer(run_, json::ErrorResponse(id, json::kMethodNotFoundCode,
                                   "the client does not offer this method"));
}

}  // namespace mcplexer::downstream
