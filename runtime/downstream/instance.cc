// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/instance.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "runtime/base/check.h"
#include "runtime/json/writer.h"

namespace mcplexer::downstream {

Instance::Instance(InstanceOptions options, Launcher& launcher, transport::Timers& timers,
                   InstanceObserver& observer)
    : options_(std::move(options)),
      launcher_(launcher),
      timers_(timers),
      observer_(observer),
      garbage_rate_(20, 1),  // a banner at start-up is seen, a stream of noise is not
      handshake_timer_(timers),
      idle_timer_(timers),
      restart_timer_(timers) {}

Instance::~Instance() {
  if (peer_) launcher_.Retire(std::move(peer_));
}

void Instance::Send(uint64_t id, std::string frame, std::unique_ptr<Exchange> exchange,
                    const Patience& patience) {
  const auto refuse = [&](std::string message) {
    exchange->OnFailure({FailureKind::kUnavailable, std::move(message)});
  };
  if (pending_.size() >= options_.limits.requests) {
    return refuse(fmt::format("server `{}` has {} requests to answer already", options_.name,
                              pending_.size()));
  }
  if (state_ == State::kStopped) {
    if (auto launched = Launch(); !launched) return refuse(launched.error().message);
  }
  if (waiting_bytes_ + peer_->QueuedBytes() + frame.size() > options_.limits.queued_bytes) {
    return refuse(fmt::format("server `{}` does not take what is sent to it", options_.name));
  }
  const auto [at, added] = pending_.try_emplace(id, timers_, std::move(exchange), patience);
  MCPLEXER_CHECK(added);
  last_used_ = timers_.Now();
  if (state_ == State::kReady) {
    Transmit(id, at->second, std::move(frame));
  } else {
    waiting_.push_back(id);
    waiting_bytes_ += frame.size();
    at->second.waiting_frame = std::move(frame);
  }
}

void Instance::Transmit(uint64_t id, Pending& pending, std::string frame) {
  pending.last_sign = timers_.Now();
  pending.latest = pending.last_sign + pending.patience.total;
  pending.timer.SetAt(pending.last_sign + pending.patience.step, [this, id] { CheckPatience(id); });
  peer_->Send(std::move(frame));
}

void Instance::Cancel(uint64_t id, std::string notification) {
  const auto at = pending_.find(id);
  if (at == pending_.end()) return;
  const bool sent = at->second.waiting_frame.empty();
  if (!sent) {
    waiting_bytes_ -= at->second.waiting_frame.size();
    std::erase(waiting_, id);
  }
  const auto settled = pending_.extract(at);
  // A server that does not read does not miss it, and the client may have written a long reason.
  if (sent && peer_ &&
      waiting_bytes_ + peer_->QueuedBytes() + notification.size() <= options_.limits.queued_bytes) {
    peer_->Send(std::move(notification));
  }
}

void Instance::CheckPatience(uint64_t id) {
  const auto at = pending_.find(id);
  MCPLEXER_CHECK(at != pending_.end());  // the timer lives in the entry
  Pending& pending = at->second;
  const transport::TimePoint until =
      std::min(pending.last_sign + pending.patience.step, pending.latest);
  if (timers_.Now() < until) {
    pending.timer.SetAt(until, [this, id] { CheckPatience(id); });
    return;
  }
  const auto settled = pending_.extract(at);
  peer_->Send(json::Notification("notifications/cancelled",
                                 fmt::format(R"({{"requestId":{},"reason":"timed out"}})", id)));
  settled.mapped().exchange->OnFailure(
      {FailureKind::kTimedOut,
       fmt::format("server `{}` did not answer in time; the request timed out", options_.name)});
}

void Instance::CheckIdle() {
  if (state_ != State::kReady) return;
  const transport::TimePoint now = timers_.Now();
  if (!pending_.empty()) last_used_ = now;
  if (now - last_used_ < options_.idle_timeout) {
    idle_timer_.SetAt(last_used_ + options_.idle_timeout, [this] { CheckIdle(); });
    return;
  }
  spdlog::info("server `{}` was not used for a while and is stopped", options_.name);
  Drop();
}

void Instance::Start() {
  if (state_ != State::kStopped) return;
  if (auto launched = Launch(); !launched) spdlog::warn("{}", launched.error().message);
}

void Instance::Stop(std::string_view why) {
  stopped_for_good_ = true;
  restart_timer_.Cancel();
  Drop();
  FailAll(FailureKind::kGone, fmt::format("server `{}`: {}", options_.name, why));
}

void Instance::SetReading(bool on) {
  reading_ = on;
  if (peer_) peer_->SetReading(on);
}

void Instance::Drop() {
  state_ = State::kStopped;
  handshake_timer_.Cancel();
  idle_timer_.Cancel();
  if (peer_) launcher_.Retire(std::move(peer_));
}

void Instance::FailAll(FailureKind kind_of_sent, const std::string& message) {
  // Whoever is told may send again, so everything is settled before anybody is.
  PendingMap failed;
  failed.swap(pending_);
  waiting_.clear();
  waiting_bytes_ = 0;
  for (auto& [id, pending] : failed) {
    const bool sent = pending.waiting_frame.empty();
    pending.exchange->OnFailure({sent ? kind_of_sent : FailureKind::kUnavailable, message});
  }
}

void Instance::LogGarbage(std::string_view what, std::string_view frame) {
  if (!garbage_rate_.Allow(timers_.Now())) return;
  spdlog::warn("server `{}` wrote {} to stdout ({} bytes), which is skipped", options_.name, what,
               frame.size());
  if (const uint64_t dropped = garbage_rate_.TakeDropped(); dropped != 0) {
    spdlog::warn("server `{}`: {} such messages were not logged", options_.name, dropped);
  }
}

}  // namespace mcplexer::downstream
