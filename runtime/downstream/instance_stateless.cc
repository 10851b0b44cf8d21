// SPDX-License-Identifier: Apache-2.0
// Instance and the stateless era (MCP 2026-07-28): which era a server is of, and how what a client
// of the session era says once is said with each request.
//
// A server of which nothing is known is asked `server/discover` first. An answer that says so, or
// an error that only the stateless era has, makes it one of that era. Any other error, silence for
// a while, and even its end make it one of the session era; one that ended is started once more,
// and that was no failure of it. What came of it is remembered (era_memory.h).
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "runtime/downstream/instance.h"
#include "runtime/downstream/modern_meta.h"
#include "runtime/downstream/versions.h"
#include "runtime/json/splice.h"
#include "runtime/json/writer.h"

namespace mcplexer::downstream {
namespace {

constexpr std::string_view kUnsupportedVersion = "-32022";
constexpr std::string_view kHeaderMismatch = "-32020";
constexpr std::string_view kMissingCapability = "-32021";

bool IsOfType(const json::Document& doc, json::NodeId node, json::Type type) {
  return node.valid() && doc.TypeOf(node) == type;
}

// Whether one of the texts in `list` is a version we speak in that era.
bool Names(const json::Document& doc, json::NodeId list, ServerEra era) {
  if (!IsOfType(doc, list, json::Type::kArray)) return false;
  std::string scratch;
  for (const json::NodeId one : doc.Elements(list)) {
    if (!IsOfType(doc, one, json::Type::kString)) continue;
    const std::string_view version = doc.Unescape(one, scratch);
    if (era == ServerEra::kStateless ? version == kModernVersion : IsSessionVersion(version)) {
      return true;
    }
  }
  return false;
}

}  // namespace

void Instance::SendDiscover() {
  state_ = State::kProbing;
  probe_id_ = NextId();
  json::Document doc;
  std::string scratch;
  const std::string frame = json::Request(std::to_string(probe_id_), "server/discover", "{}");
  if (!doc.Parse(frame)) return FallBack();
  peer_->Send(Stamped(doc, json::ReadEnvelope(doc, doc.Root(), scratch)));
  probe_timer_.SetAfter(options_.limits.probe, [this] {
    if (state_ != State::kProbing) return;
    peer_->Abort(probe_id_);
    FallBack();
  });
}

// The answer still counts if it comes before the one to `initialize`.
void Instance::FallBack() {
  probe_timer_.Cancel();
  SendInitialize();
}

bool Instance::RestartAfterProbe() {
  EraMemory* memory = eras();
  if (memory == nullptr || memory->Of(options_.name)) return false;
  memory->Note(options_.name, ServerEra::kSession);
  spdlog::info("server `{}` ended when it was asked which era it is of; it is started again",
               options_.name);
  Drop();
  if (auto launched = Launch(); !launched) {
    FailAll(FailureKind::kUnavailable, launched.error().message);
    observer_.OnLost(*this);
  }
  return true;
}

void Instance::HandleDiscover(const json::Envelope& response) {
  if (response.kind == json::MessageKind::kResult) {
    const json::NodeId versions = doc_.Find(response.result, "supportedVersions");
    if (Names(doc_, versions, ServerEra::kStateless)) {
      introduction_ = doc_.Raw(response.result);
      offers_ = ReadOffers(doc_, response.result);
      if (state_ == State::kProbing) return BecomeStateless();
      late_discover_ = true;
      probe_id_ = 0;
      return;
    }
    if (versions.valid() && !Names(doc_, versions, ServerEra::kSession)) {
      return Reject("speaks no version of the protocol that this gateway does");
    }
  } else {
    const json::NodeId code = doc_.Find(response.error, "code");
    const std::string_view raw = code.valid() ? doc_.Raw(code) : std::string_view();
    const json::NodeId data = doc_.Find(response.error, "data");
    const json::NodeId supported =
        IsOfType(doc_, data, json::Type::kObject) ? doc_.Find(data, "supported") : json::NodeId();
    // It speaks what was said, and wants to hear it once more.
    if (raw == kUnsupportedVersion && Names(doc_, supported, ServerEra::kStateless) &&
        state_ == State::kProbing && !std::exchange(probed_again_, true)) {
      return SendDiscover();
    }
    const bool of_stateless_era =
        raw == kHeaderMismatch || raw == kMissingCapability ||
        (raw == kUnsupportedVersion && !Names(doc_, supported, ServerEra::kSession));
    if (of_stateless_era && state_ == State::kProbing) {
      return Reject("refused `server/discover`, and speaks no version that has `initialize`");
    }
  }
  probe_id_ = 0;
  if (state_ == State::kProbing) FallBack();
}

void Instance::BecomeStateless() {
  stateless_ = true;
  if (EraMemory* memory = eras()) memory->Note(options_.name, ServerEra::kStateless);
  OnIntroduced();
  if (state_ == State::kReady) listen_timer_.SetAfter({}, [this] { Listen(); });
}

std::string Instance::Stamped(const json::Document& doc, const json::Envelope& request) const {
  std::string meta =
      fmt::format(R"("{}":"{}","{}":{},"{}":{})", kVersionKey, kModernVersion, kClientInfoKey,
                  options_.client_info, kCapabilitiesKey, options_.client_capabilities);
  const bool has_meta = IsOfType(doc, request.meta, json::Type::kObject);
  if (!raw_log_level_.empty() && !(has_meta && doc.Find(request.meta, kLogLevelKey).valid())) {
    meta += fmt::format(R"(,"{}":{})", kLogLevelKey, raw_log_level_);
  }
  json::Splicer splicer(doc, request.message);
  if (has_meta) {
    const std::string rest =
        WithoutMembers(doc, request.meta, {kVersionKey, kClientInfoKey, kCapabilitiesKey});
    splicer.Replace(request.meta,
                    fmt::format("{{{}{}{}", meta, rest.size() > 2 ? "," : "", rest.substr(1)));
  } else if (request.params.valid()) {
    splicer.SetMember(request.params, "_meta", "{" + meta + "}");
  } else {
    splicer.SetMember(request.message, "params", fmt::format(R"({{"_meta":{{{}}}}})", meta));
  }
  return splicer.Apply();
}

bool Instance::ToStateless(uint64_t id, Pending& pending, std::string& frame, std::string& fields) {
  json::Document doc;
  std::string scratch;
  json::Limits limits;
  limits.unique_keys_depth = 1;
  if (!doc.Parse(frame, limits)) return true;  // which it was when it was written
  const json::Envelope request = json::ReadEnvelope(doc, doc.Root(), scratch);
  if (request.method == "logging/setLevel") {
    const json::NodeId level = doc.Find(request.params, "level");
    if (level.valid()) raw_log_level_ = doc.Raw(level);
    SettleHere(id, json::ResultResponse(std::to_string(id), "{}"));
    return false;
  }
  const bool subscribe = request.method == "resources/subscribe";
  if (subscribe || request.method == "resources/unsubscribe") {
    std::string uri_scratch;
    SubscribeByListening(id, std::string(doc.Unescape(request.uri, uri_scratch)), subscribe);
    return false;
  }
  pending.lists_tools = request.method == "tools/list";
  if (request.method == "tools/call" && request.name.valid() && peer_->HasHeaders()) {
    std::string name_scratch;
    fields = tool_headers_.Fields(std::string(doc.Unescape(request.name, name_scratch)), doc,
                                  request.arguments);
  }
  frame = Stamped(doc, request);
  return true;
}

void Instance::SettleHere(uint64_t id, const std::string& response) {
  json::Document doc;
  std::string scratch;
  json::Limits limits;
  limits.unique_keys_depth = 1;
  const auto settled = pending_.extract(id);
  if (settled.empty()) return;
  Exchange& exchange = *settled.mapped().exchange;
  if (doc.Parse(response, limits)) {
    exchange.OnResponse(doc, json::ReadEnvelope(doc, doc.Root(), scratch));
  } else {
    exchange.OnFailure(
        {FailureKind::kGone, fmt::format("server `{}` answered too much", options_.name)});
  }
  CheckLeft();
}

void Instance::SubscribeByListening(uint64_t id, const std::string& uri, bool on) {
  const std::string raw_id = std::to_string(id);
  if (on && cannot_listen_) {
    return SettleHere(id, json::ErrorResponse(raw_id, json::kMethodNotFoundCode,
                                              "the server has no subscriptions"));
  }
  if (on) {
    subscribed_.insert(uri);
    subscribing_.emplace(id, uri);
  } else {
    subscribed_.erase(uri);
    SettleHere(id, json::ResultResponse(raw_id, "{}"));
  }
  // All that are changed at once in one.
  if (!listen_timer_.set()) listen_timer_.SetAfter({}, [this] { Listen(); });
}

void Instance::EndListening() {
  if (listen_id_ == 0) return;
  const uint64_t id = std::exchange(listen_id_, 0);
  peer_->Send(
      json::Notification("notifications/cancelled", fmt::format(R"({{"requestId":{}}})", id)));
}

// The server keeps one subscription for us, with all that this session wants to hear of.
void Instance::Listen() {
  if (cannot_listen_ || !peer_) return;
  EndListening();
  listen_id_ = NextId();
  std::string filter = R"("toolsListChanged":true)";
  if (offers_.prompts) filter += R"(,"promptsListChanged":true)";
  if (offers_.resources) filter += R"(,"resourcesListChanged":true)";
  std::string uris;
  for (const std::string& uri : subscribed_) {
    uris += (uris.empty() ? "" : ",") + json::EscapeString(uri);
  }
  if (!uris.empty()) filter += fmt::format(R"(,"resourceSubscriptions":[{}])", uris);
  const std::string frame = json::Request(std::to_string(listen_id_), "subscriptions/listen",
                                          fmt::format(R"({{"notifications":{{{}}}}})", filter));
  json::Document doc;
  std::string scratch;
  if (doc.Parse(frame)) peer_->Send(Stamped(doc, json::ReadEnvelope(doc, doc.Root(), scratch)));
}

// `response` is null where the connection broke.
void Instance::HandleListenEnd(const json::Envelope* response) {
  listen_id_ = 0;
  if (response != nullptr && response->kind == json::MessageKind::kErrorResponse) {
    cannot_listen_ = true;
    for (const auto& [id, uri] : std::exchange(subscribing_, {})) {
      SettleHere(id, json::ErrorResponse(std::to_string(id), json::kMethodNotFoundCode,
                                         "the server has no subscriptions"));
    }
    return;
  }
  const uint32_t doublings = std::min(listens_lost_++, uint32_t{10});
  const auto wait = std::min(options_.limits.listen_again * (1 << doublings),
                             options_.limits.longest_listen_again);
  listen_timer_.SetAfter(wait, [this] { Listen(); });
}

void Instance::HandleAcknowledged(const json::Envelope& notification) {
  listens_lost_ = 0;
  std::set<std::string> agreed;
  const json::NodeId filter = doc_.Find(notification.params, "notifications");
  const json::NodeId uris = IsOfType(doc_, filter, json::Type::kObject)
                                ? doc_.Find(filter, "resourceSubscriptions")
                                : json::NodeId();
  std::string scratch;
  if (IsOfType(doc_, uris, json::Type::kArray)) {
    for (const json::NodeId one : doc_.Elements(uris)) {
      if (IsOfType(doc_, one, json::Type::kString)) agreed.emplace(doc_.Unescape(one, scratch));
    }
  }
  for (const auto& [id, uri] : std::exchange(subscribing_, {})) {
    const std::string raw_id = std::to_string(id);
    if (agreed.contains(uri)) {
      SettleHere(id, json::ResultResponse(raw_id, "{}"));
    } else {
      subscribed_.erase(uri);
      SettleHere(id, json::ErrorResponse(raw_id, json::kInvalidParamsCode,
                                         "the server does not tell of changes of this resource"));
    }
  }
}

bool Instance::HandleStatelessNotification(const json::Envelope& notification) {
  const std::string_view method = notification.method;
  if (method == "notifications/message") return true;
  if (method == "notifications/cancelled") {
    const json::NodeId id = notification.request_id;
    if (listen_id_ != 0 && id.valid() && doc_.Raw(id) == std::to_string(listen_id_)) {
      HandleListenEnd(nullptr);
    }
    return false;
  }
  const json::NodeId id = IsOfType(doc_, notification.meta, json::Type::kObject)
                              ? doc_.Find(notification.meta, kSubscriptionKey)
                              : json::NodeId();
  const bool ours = listen_id_ != 0 && id.valid() && doc_.Raw(id) == std::to_string(listen_id_);
  if (method == "notifications/subscriptions/acknowledged") {
    if (ours && notification.params.valid()) HandleAcknowledged(notification);
    return false;
  }
  return ours;
}

std::string Instance::UsableTools(const json::Envelope& response) {
  const json::NodeId tools = doc_.Find(response.result, "tools");
  if (!IsOfType(doc_, tools, json::Type::kArray)) return {};
  std::string kept = "[";
  size_t dropped = 0;
  std::string_view why;
  for (const json::NodeId tool : doc_.Elements(tools)) {
    const std::string_view fault = tool_headers_.Note(doc_, tool);
    if (fault.empty()) {
      if (kept.size() > 1) kept += ',';
      kept += doc_.Raw(tool);
    } else if (dropped++ == 0) {
      why = fault;
    }
  }
  if (dropped == 0) return {};
  spdlog::warn("server `{}`: {} of its tools are not listed; the first one: {}", options_.name,
               dropped, why);
  json::Splicer splicer(doc_, response.message);
  splicer.Replace(tools, kept + "]");
  return splicer.Apply();
}

bool Instance::CheckStatelessResponse(const Pending& pending, const json::Envelope& response,
                                      std::string* frame) {
  if (response.kind != json::MessageKind::kResult) return true;
  const json::NodeId type = IsOfType(doc_, response.result, json::Type::kObject)
                                ? doc_.Find(response.result, "resultType")
                                : json::NodeId();
  if (!type.valid() || doc_.StringEquals(type, "complete") ||
      doc_.StringEquals(type, "input_required")) {
    if (pending.lists_tools && peer_->HasHeaders()) *frame = UsableTools(response);
    return frame->empty();
  }
  *frame = json::ErrorResponse(
      doc_.Raw(response.id), json::kInternalErrorCode,
      fmt::format("server `{}` answered with a result of a kind that is not known", options_.name));
  return false;
}

}  // namespace mcplexer::downstream
