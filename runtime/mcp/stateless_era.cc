// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/stateless_era.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "runtime/downstream/versions.h"
#include "runtime/json/splice.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/client_info.h"
#include "runtime/mcp/codes.h"
#include "runtime/mcp/stateless_methods.h"

namespace mcplexer::mcp {
namespace {

constexpr std::chrono::seconds kSweep{30};

// As `server/discover` says it: those that a request can be of.
std::string SupportedVersions(std::string_view requested) {
  return fmt::format(R"({{"supported":["{}"],"requested":{}}})", downstream::kModernVersion,
                     json::EscapeString(requested));
}

}  // namespace

StatelessEra::StatelessEra(StatelessHost host, Client& client, const StatelessLimits& limits)
    : host_(std::move(host)),
      limits_(limits),
      client_(client),
      states_(host_.timers),
      sweep_(host_.timers) {
  if (limits_.idle_session != transport::Duration::zero()) {
    sweep_.SetAfter(kSweep, [this] { Sweep(); });
  }
}

void StatelessEra::Refuse(const ReplyTo& reply, int code, std::string_view why,
                          std::string_view data) {
  client_.Answer(reply, json::ErrorResponse(reply.raw_id, code, why, data));
}

void StatelessEra::OnRequest(const Message& request, const ReplyTo& reply) {
  const StatelessMeta meta = ReadStatelessMeta(request);
  const std::string_view method = request.envelope.method;
  if (reply.batch) {
    return Refuse(reply, json::kInvalidRequestCode,
                  "batches are not part of this protocol version");
  }
  if (!meta.version.empty() && meta.version != downstream::kModernVersion) {
    return Refuse(reply, kUnsupportedVersionCode, "unsupported protocol version",
                  SupportedVersions(meta.version));
  }
  if (!meta.fault.empty()) return Refuse(reply, json::kInvalidParamsCode, meta.fault);
  if (!IsStatelessMethod(method)) {
    return Refuse(reply, json::kMethodNotFoundCode, "method not found");
  }
  // What the policy decides is refused where it can be put on the record.
  if (request.ambiguous && !FindMethod(method)) {
    return Refuse(reply, json::kInvalidRequestCode, "an object has a key twice");
  }
  if (StatelessSession* session = SessionOf(request, reply, meta)) {
    session->OnRequest(request, reply, meta);
  }
}

StatelessSession* StatelessEra::SessionOf(const Message& request, const ReplyTo& reply,
                                          const StatelessMeta& meta) {
  const json::Document& doc = request.doc;
  std::string introduction;
  if (meta.client_info.valid()) introduction = doc.Raw(meta.client_info);
  introduction.append("\n").append(doc.Raw(meta.capabilities));
  const auto at = std::find_if(sessions_.begin(), sessions_.end(), [&](const Entry& entry) {
    return entry.introduction == introduction;
  });
  if (at != sessions_.end()) {
    sessions_.splice(sessions_.end(), sessions_, at);
    return at->session.get();
  }
  if (introduction.size() > limits_.introduction_bytes) {
    Refuse(reply, json::kInvalidParamsCode, "what params._meta says of the client is too long");
    return nullptr;
  }
  if (stopped_ || !MakeRoom()) {
    Refuse(reply, json::kInternalErrorCode, "too many clients are served at once");
    return nullptr;
  }
  ClientInfo info;
  if (meta.client_info.valid()) info = ReadClientInfoObject(doc, meta.client_info);
  sessions_.push_back({introduction, std::make_unique<StatelessSession>(
                                         host_, limits_, client_, introduction, std::move(info),
                                         ReadCapabilitiesObject(doc, meta.capabilities), states_,
                                         [this] { CheckIdle(); })});
  sessions_.back().session->SetReading(reading_);
  return sessions_.back().session.get();
}

// False when all that there are have something to do.
bool StatelessEra::MakeRoom() {
  if (sessions_.size() < limits_.sessions) return true;
  const auto at = std::find_if(sessions_.begin(), sessions_.end(),
                               [](const Entry& entry) { return entry.session->idle(); });
  if (at == sessions_.end()) return false;
  at->session->Stop("the client has introduced itself otherwise since");
  sessions_.erase(at);
  return true;
}

void StatelessEra::Sweep() {
  sweep_.SetAfter(kSweep, [this] { Sweep(); });
  for (auto at = sessions_.begin(); at != sessions_.end();) {
    const bool over = at->session->idle() &&
                      host_.timers.Now() - at->session->last_used() >= limits_.idle_session;
    if (over) at->session->Stop("nobody has used it for a while");
    at = over ? sessions_.erase(at) : std::next(at);
  }
}

bool StatelessEra::Cancel(const Message& notification) {
  if (notification.ambiguous || !notification.envelope.request_id.valid()) return false;
  const std::string key = IdKey(notification.doc, notification.envelope.request_id);
  return std::any_of(sessions_.begin(), sessions_.end(),
                     [&](const Entry& entry) { return entry.session->Cancel(key); });
}

void StatelessEra::Renew(const plan::Plan& next, GatewaySession::PolicyFactory make_policy) {
  host_.plan = &next;
  host_.make_policy = std::move(make_policy);
  for (const Entry& entry : sessions_) entry.session->Renew();
}

void StatelessEra::ForEach(const std::function<void(const GatewaySession&)>& visit) const {
  for (const Entry& entry : sessions_) visit(entry.session->gateway());
}

void StatelessEra::OnClientGone() {
  for (const Entry& entry : sessions_) entry.session->OnClientGone();
}

void StatelessEra::SetReading(bool on) {
  reading_ = on;
  for (const Entry& entry : sessions_) entry.session->SetReading(on);
}

void StatelessEra::WhenIdle(std::function<void()> callback) {
  when_idle_ = std::move(callback);
  CheckIdle();
}

void StatelessEra::CheckIdle() {
  if (!when_idle_) return;
  for (const Entry& entry : sessions_) {
    if (!entry.session->idle()) return;
  }
  std::exchange(when_idle_, nullptr)();
}

void StatelessEra::Stop(std::string_view why) {
  stopped_ = true;
  sweep_.Cancel();
  for (const Entry& entry : sessions_) entry.session->Stop(why);
}

}  // namespace mcplexer::mcp
