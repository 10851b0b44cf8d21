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
      restart_timer_(timers),
      leave_timer_(timers),
      leave_limit_(timers),
      probe_timer_(timers),
      listen_timer_(timers) {}

Instance::~Instance() {
  if (peer_) launcher_.Retire(std::move(peer_));
}

void Instance::Send(uint64_t id, std::string frame, std::unique_ptr<Exchange> exchange,
                    const Patience& patience, Offer needed) {
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
  if (!HasRoomFor(frame.size())) {
    return refuse(fmt::format("server `{}` does not take what is sent to it", options_.name));
  }
  const auto [at, added] = pending_.try_emplace(id, timers_, std::move(exchange), patience);
  MCPLEXER_CHECK(added);
  at->second.needed = needed;
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
  if (pending.needed != nullptr && !(offers_.*pending.needed)) return FailNotOffered(id);
  pending.last_sign = timers_.Now();
  pending.latest = pending.last_sign + pending.patience.total;
  pending.timer.SetAt(pending.last_sign + pending.patience.step, [this, id] { CheckPatience(id); });
  std::string fields;
  if (stateless_ && !ToStateless(id, pending, frame, fields)) return;
  peer_->SendWith(std::move(frame), fields);
}

void Instance::FailNotOffered(uint64_t id) {
  const auto settled = pending_.extract(id);
  settled.mapped().exchange->OnFailure(
      {FailureKind::kNotOffered, fmt::format("server `{}` does not offer this", options_.name)});
  CheckLeft();
}

bool Instance::HasRoomFor(size_t bytes) const {
  return waiting_bytes_ + peer_->QueuedBytes() + bytes <= options_.limits.queued_bytes;
}

void Instance::Notify(std::string frame) {
  // Servers of the stateless era take none but cancellations.
  if (stateless_) return;
  if (state_ == State::kReady && HasRoomFor(frame.size())) peer_->Send(std::move(frame));
}

void Instance::Answer(uint64_t run, std::string frame) {
  if (run != run_ || !peer_) return;
  Forget(run);
  if (HasRoomFor(frame.size())) peer_->Send(std::move(frame));
}

void Instance::Forget(uint64_t run) {
  if (run != run_ || asking_ == 0) return;
  --asking_;
  // A server that waited for a person has not been idle, and neither are its own answers late.
  last_used_ = timers_.Now();
  for (auto& [id, pending] : pending_) pending.last_sign = last_used_;
}

void Instance::Release() {
  MCPLEXER_CHECK(holds_ != 0);
  --holds_;
  last_used_ = timers_.Now();
  CheckLeft();
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
  if (sent && peer_ && HasRoomFor(notification.size())) peer_->Send(std::move(notification));
  CheckLeft();
}

void Instance::CheckPatience(uint64_t id) {
  const auto at = pending_.find(id);
  MCPLEXER_CHECK(at != pending_.end());  // the timer lives in the entry
  Pending& pending = at->second;
  // While the server waits for the client, it is not the server that is slow.
  if (asking_ != 0) pending.last_sign = timers_.Now();
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
  CheckLeft();
}

void Instance::CheckIdle() {
  if (state_ != State::kReady) return;
  const transport::TimePoint now = timers_.Now();
  if (!pending_.empty() || asking_ != 0 || holds_ != 0) last_used_ = now;
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

void Instance::Rebind(ServerId server, ScopeId scope, plan::Restart restart,
                      transport::Duration idle_timeout) {
  options_.server = server;
  options_.scope = scope;
  options_.restart = restart;
  const bool timed = options_.idle_timeout != idle_timeout;
  options_.idle_timeout = idle_timeout;
  if (!timed || state_ != State::kReady) return;
  idle_timer_.Cancel();
  if (idle_timeout == transport::Duration::zero()) return;
  last_used_ = timers_.Now();
  idle_timer_.SetAfter(idle_timeout, [this] { CheckIdle(); });
}

void Instance::Leave(transport::Duration limit, std::function<void()> left) {
  leaving_ = true;
  left_ = std::move(left);
  options_.server = ServerId();  // it has none in the plan that is in force
  options_.scope = ScopeId();
  restart_timer_.Cancel();
  leave_limit_.SetAfter(limit, [this] { FinishLeaving(); });
  CheckLeft();
}

void Instance::CheckLeft() {
  if (!leaving_ || leave_timer_.set() || !left_) return;
  if (peer_ && (!pending_.empty() || holds_ != 0)) return;
  // From the event loop: whoever settled the last request is still at it.
  leave_timer_.SetAfter(transport::Duration::zero(), [this] {
    if (!peer_ || (pending_.empty() && holds_ == 0)) FinishLeaving();
  });
}

void Instance::FinishLeaving() {
  const auto left = std::exchange(left_, nullptr);
  if (!left) return;
  if (peer_)
    spdlog::info("server `{}` is not what the plan says any more and is ended", options_.name);
  Stop("the plan was replaced");
  left();  // the last thing: this may be gone now
}

void Instance::SetReading(bool on) {
  reading_ = on;
  if (peer_) peer_->SetReading(on);
}

void Instance::Drop() {
  state_ = State::kStopped;
  asking_ = 0;
  stateless_ = false;
  probe_id_ = 0;
  late_discover_ = false;
  probed_again_ = false;
  listen_id_ = 0;
  listens_lost_ = 0;
  cannot_listen_ = false;
  subscribed_.clear();
  subscribing_.clear();
  probe_timer_.Cancel();
  listen_timer_.Cancel();
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
  CheckLeft();
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
