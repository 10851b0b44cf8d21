// SPDX-License-Identifier: Apache-2.0
// Instance's beginning and end: launch, handshake, departure, restart (MCP basic/lifecycle).

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "runtime/downstream/instance.h"
#include "runtime/downstream/versions.h"
#include "runtime/json/writer.h"

namespace mcplexer::downstream {

Status Instance::Launch() {
  if (leaving_)
    return Fail(fmt::format("server `{}` was replaced by another plan's", options_.name));
  if (stopped_for_good_) return Fail("the gateway is shutting down");
  if (!dead_.empty()) {
    return Fail(fmt::format("server `{}` {}, and is not started again (restart = never)",
                            options_.name, dead_));
  }
  const transport::TimePoint now = timers_.Now();
  if (now < backoff_.not_before()) {
    const auto wait = std::chrono::ceil<std::chrono::seconds>(backoff_.not_before() - now);
    return Fail(fmt::format("server `{}` {}; it can be started again in {} s", options_.name,
                            last_failure_, wait.count()));
  }
  restart_timer_.Cancel();
  auto peer = launcher_.Launch(options_.server, options_.scope);
  if (!peer) {
    NoteFailure(fmt::format("cannot be started: {}", peer.error().message));
    return Fail(fmt::format("server `{}` {}", options_.name, last_failure_));
  }
  peer_ = std::move(*peer);
  ++run_;
  started_ = now;
  peer_->Start(*this);
  if (!reading_) peer_->SetReading(false);
  EraMemory* memory = eras();
  if (memory != nullptr && memory->Of(options_.name) != ServerEra::kSession) {
    SendDiscover();
  } else {
    SendInitialize();
  }
  handshake_timer_.SetAfter(options_.limits.handshake, [this] {
    Reject(
        fmt::format("did not answer `initialize` within {} s", options_.limits.handshake.count()));
  });
  return {};
}

void Instance::SendInitialize() {
  state_ = State::kIntroducing;
  initialize_id_ = NextId();
  peer_->Send(json::Request(
      std::to_string(initialize_id_), "initialize",
      fmt::format(R"({{"protocolVersion":"{}","capabilities":{},"clientInfo":{}}})",
                  kLatestSessionVersion, options_.client_capabilities, options_.client_info)));
}

void Instance::HandleInitialize(const json::Envelope& response) {
  if (response.kind != json::MessageKind::kResult) {
    return late_discover_ ? BecomeStateless() : Reject("refused `initialize`");
  }
  std::string scratch;
  const json::NodeId node = doc_.Find(response.result, "protocolVersion");
  const std::string_view version = node.valid() ? doc_.Unescape(node, scratch) : std::string_view();
  if (!IsSessionVersion(version)) {
    return Reject(fmt::format("speaks version `{}` of the protocol, which this gateway does not",
                              Printable(version, 32)));
  }
  introduction_ = doc_.Raw(response.result);
  offers_ = ReadOffers(doc_, response.result);
  if (EraMemory* memory = eras()) memory->Note(options_.name, ServerEra::kSession);
  peer_->Send(json::Notification("notifications/initialized", ""));
  OnIntroduced();
}

void Instance::OnIntroduced() {
  state_ = State::kReady;
  probe_id_ = 0;
  probe_timer_.Cancel();
  handshake_timer_.Cancel();
  observer_.OnReady(*this);
  while (!waiting_.empty()) {
    const uint64_t id = waiting_.front();
    waiting_.pop_front();
    Pending& pending = pending_.at(id);
    std::string frame = std::exchange(pending.waiting_frame, {});
    waiting_bytes_ -= frame.size();
    Transmit(id, pending, std::move(frame));
  }
  last_used_ = timers_.Now();
  if (options_.idle_timeout != transport::Duration::zero()) {
    idle_timer_.SetAfter(options_.idle_timeout, [this] { CheckIdle(); });
  }
}

void Instance::OnGone(const Departure& departure) {
  if (state_ == State::kProbing && RestartAfterProbe()) return;
  const bool was_ready = state_ == State::kReady;
  if (EraMemory* memory = eras(); memory != nullptr && !was_ready) {
    memory->Forget(options_.name);
  }
  Drop();
  spdlog::log(departure.clean && was_ready ? spdlog::level::info : spdlog::level::warn,
              "server `{}` {}{}", options_.name, departure.what,
              was_ready ? "" : " before it was ready");
  if (!departure.clean || !was_ready) {
    NoteFailure(departure.what);
  } else if (options_.restart == plan::Restart::kNever) {
    dead_ = departure.what;
  }
  if (options_.restart == plan::Restart::kAlways && !stopped_for_good_ && !leaving_) {
    restart_timer_.SetAt(std::max(timers_.Now() + Backoff::kFirst, backoff_.not_before()),
                         [this] { Start(); });
  }
  FailAll(FailureKind::kGone, fmt::format("server `{}` {} {}", options_.name, departure.what,
                                          was_ready ? "during the call" : "before it was ready"));
  observer_.OnLost(*this);
}

void Instance::Reject(const std::string& why) {
  if (EraMemory* memory = eras()) memory->Forget(options_.name);
  Drop();
  spdlog::warn("server `{}` {}", options_.name, why);
  NoteFailure(why);
  FailAll(FailureKind::kUnavailable, fmt::format("server `{}` {}", options_.name, why));
  observer_.OnLost(*this);
}

void Instance::NoteFailure(const std::string& what) {
  last_failure_ = what;
  const transport::TimePoint now = timers_.Now();
  backoff_.OnFailure(
      now, started_ == transport::TimePoint{} ? transport::Duration::zero() : now - started_);
  if (options_.restart == plan::Restart::kNever) dead_ = what;
}

}  // namespace mcplexer::downstream
