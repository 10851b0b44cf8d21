// SPDX-License-Identifier: Apache-2.0
// The gateway as it is told what to do while it runs: a plan that takes the place of the one in
// force, and what `mcplexer status`, `reload` and `stop` say over its socket.
//
// A plan is loaded as at the start, on the data plane's thread: 100,000 rules take about 15 ms, and
// nothing is decided by half of the one and half of the other. Everything that can fail is done
// before anything changes, the record in the log last.

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <utility>

#include "runtime/audit/clock.h"
#include "runtime/audit/object_writer.h"
#include "runtime/commands/gateway.h"
#include "runtime/downstream/definition.h"
#include "runtime/downstream/era_memory.h"
#include "runtime/json/document.h"

namespace mcplexer::commands {
namespace {

// A server that is defined otherwise may be of the other era.
void ForgetEras(const plan::Plan& before, const plan::Plan& next, downstream::EraMemory& eras) {
  for (size_t i = 0; i < before.servers().size(); ++i) {
    const std::string_view name = before.text(before.servers()[i].name);
    const ServerId now = downstream::FindServer(next, name);
    const bool same = now.valid() && downstream::DefinitionOf(before, ServerId(i), {}) ==
                                         downstream::DefinitionOf(next, now, {});
    if (!same) eras.Forget(std::string(name));
  }
}

}  // namespace

Result<std::shared_ptr<const decide::Engine>> Gateway::LoadNext(const std::string& path) {
  if (stopping_) return Fail("the gateway is shutting down");
  PlanSource source = options_.source;
  source.path = path;
  auto next = source.Load();
  if (!next) return next;
  const std::string detail =
      fmt::format("{}, in place of {}", Described((*next)->plan()), engine_->plan().id());
  if (auto told = log_.AppendEvent({.name = "plan_reloaded", .detail = detail}); !told) {
    return Fail(fmt::format("the audit log cannot be written: {}", told.error().message));
  }
  spdlog::info("plan {}", detail);
  return next;
}

Status Gateway::Reload(const std::string& path) {
  auto next = LoadNext(path);
  if (!next) {
    refused_ = audit::Clock::System().UtcNanoseconds();
    refusal_ = next.error().message;
    spdlog::error("plan {} stays: {}", engine_->plan().id(), refusal_);
    // That nothing changed needs no record to be true.
    static_cast<void>(log_.AppendEvent({.name = "plan_refused", .detail = refusal_}));
    return tl::unexpected(next.error());
  }
  options_.source.path = path;
  loaded_ = audit::Clock::System().UtcNanoseconds();
  refusal_.clear();
  RenewSessions(*next);
  host_.engine = *next;
  engine_ = std::move(*next);
  return {};
}

void Gateway::RenewSessions(const std::shared_ptr<const decide::Engine>& next) {
  ForgetEras(engine_->plan(), next->plan(), *host_.eras);
  for (const auto& session : sessions_) {
    const listen::Identity& identity = session->identity();
    if (identity.user) {
      session->Renew(next, listen::PrincipalOfUser(next->plan(), *identity.user));
      continue;
    }
    const plan::Plan& before = session->plan();
    const std::string_view name = before.text(before.principals()[identity.principal.index()].name);
    if (const auto principal = next->FindPrincipal(name)) {
      session->Renew(next, *principal);
    } else {
      spdlog::warn("a client is hung up on: the plan has no principal `{}` any more", name);
      session->Stop("its principal is not in the plan any more");
    }
  }
  if (!http_) return;
  http_->Renew(next->plan(), [&](WorkspaceId then, WorkspaceId now) {
    return engine_->root(then) == next->root(now);
  });
}

Status Gateway::ListenForCommands() {
  auto listener = control::ControlListener::Create(
      io_, timers_, options_.state, log_.stream(),
      [this](std::string_view request) { return AnswerCommand(request); });
  if (!listener) return tl::unexpected(listener.error());
  commands_ = std::move(*listener);
  return {};
}

std::string Gateway::AnswerCommand(std::string_view request) {
  std::string answer;
  audit::ObjectWriter out(answer);
  json::Document doc;
  const bool object =
      doc.Parse(request).has_value() && doc.TypeOf(doc.Root()) == json::Type::kObject;
  const json::NodeId command = object ? doc.Find(doc.Root(), "command") : json::NodeId();
  if (!command.valid()) {
    out.String("error", "no command");
  } else if (doc.StringEquals(command, "ping")) {
    out.Raw("stopping", stopping_ ? "true" : "false");
  } else if (doc.StringEquals(command, "status")) {
    out.Raw("status", DescribeStatus());
  } else if (doc.StringEquals(command, "reload")) {
    const json::NodeId plan = doc.Find(doc.Root(), "plan");
    std::string scratch;
    const std::string path = plan.valid() && doc.TypeOf(plan) == json::Type::kString
                                 ? std::string(doc.Unescape(plan, scratch))
                                 : options_.source.path;
    const std::string before = engine_->plan().id();
    const auto reloaded = Reload(path);
    out.String("plan", engine_->plan().id());
    out.String("before", before);
    if (!reloaded) out.String("error", reloaded.error().message);
  } else if (doc.StringEquals(command, "stop")) {
    out.Raw("stopping", "true");
    boost::asio::post(io_, [this] {
      spdlog::info("asked to stop: shutting down");
      if (!stopping_) Stop();
    });
  } else {
    out.String("error", "unknown command");
  }
  out.Close();
  return answer;
}

}  // namespace mcplexer::commands
