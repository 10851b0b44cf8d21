// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/gateway_session.h"

#include <spdlog/spdlog.h>

#include <array>
#include <set>
#include <utility>
#include <vector>

#include "runtime/base/check.h"
#include "runtime/downstream/definition.h"
#include "runtime/downstream/modern_meta.h"
#include "runtime/json/splice.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/line.h"
#include "runtime/mcp/links.h"
#include "runtime/mcp/log_messages.h"
#include "runtime/mcp/server_requests.h"
#include "runtime/mcp/subscriptions.h"
#include "runtime/mcp/tasks.h"

namespace mcplexer::mcp {
namespace {

bool SameTarget(const plan::Plan& a, const Target& in_a, const plan::Plan& b, const Target& in_b) {
  return in_a.scope.valid() == in_b.scope.valid() &&
         downstream::DefinitionOf(a, in_a.server, in_a.scope) ==
             downstream::DefinitionOf(b, in_b.server, in_b.scope);
}

// A server of the stateless era names the subscription that we made.
std::string WithoutSubscription(const json::Document& doc, const json::Envelope& notification) {
  json::Splicer splicer(doc, notification.message);
  if (notification.meta.valid() && doc.TypeOf(notification.meta) == json::Type::kObject &&
      doc.Find(notification.meta, downstream::kSubscriptionKey).valid()) {
    splicer.Replace(notification.meta, downstream::WithoutMembers(doc, notification.meta,
                                                                  {downstream::kSubscriptionKey}));
  }
  return LineOf(splicer);
}

}  // namespace

struct GatewaySession::Parts {
  Parts(GatewaySession& s, ClientCapabilities capabilities, const std::function<void()>& settled)
      : tools_changed(s.client_, s.timers_, "notifications/tools/list_changed"),
        prompts_changed(s.client_, s.timers_, "notifications/prompts/list_changed"),
        resources_changed(s.client_, s.timers_, "notifications/resources/list_changed"),
        tool_targets(s.policy_.Targets(plan::CallKind::kTool)),
        prompt_targets(s.policy_.Targets(plan::CallKind::kPrompt)),
        resource_targets(s.policy_.Targets(plan::CallKind::kResource)),
        tools(ItemKind::kTool, tool_targets, s.policy_, s.pool_, s.timers_, s.client_,
              tools_changed, settled),
        prompts(ItemKind::kPrompt, prompt_targets, s.policy_, s.pool_, s.timers_, s.client_,
                prompts_changed, settled),
        resources(ItemKind::kResource, resource_targets, s.policy_, s.pool_, s.timers_, s.client_,
                  resources_changed, settled),
        templates(ItemKind::kTemplate, resource_targets, s.policy_, s.pool_, s.timers_, s.client_,
                  resources_changed, settled),
        calls(s.policy_, s.journal_, s.pool_, s.timers_, s.client_, s.facts_, s, settled),
        routes(s.policy_, resources, templates),
        resource_calls(s.policy_, calls, routes, resources, templates, s.client_, settled),
        tasks(calls, s.client_, settled),
        log(s.pool_, tasks),
        server_requests(s.timers_, s.client_, calls, tasks, std::move(capabilities)) {
    tools.OnLink([this](ServerId server, std::string_view uri) { routes.AddLink(server, uri); });
  }

  std::array<Catalogue*, 4> catalogues() { return {&tools, &prompts, &resources, &templates}; }
  const std::vector<Target>& TargetsOf(plan::CallKind kind) const {
    if (kind == plan::CallKind::kTool) return tool_targets;
    return kind == plan::CallKind::kPrompt ? prompt_targets : resource_targets;
  }
  Catalogue& catalogue(ItemKind kind) { return *catalogues().at(static_cast<size_t>(kind)); }

  Announcer tools_changed;
  Announcer prompts_changed;
  Announcer resources_changed;
  // What is asked of the plan's tables once.
  std::vector<Target> tool_targets;
  std::vector<Target> prompt_targets;
  std::vector<Target> resource_targets;
  Catalogue tools;
  Catalogue prompts;
  Catalogue resources;
  Catalogue templates;
  Calls calls;
  ResourceRoutes routes;
  ResourceCalls resource_calls;
  Subscriptions subscriptions;
  Tasks tasks;
  LogMessages log;
  ServerRequests server_requests;
};

GatewaySession::GatewaySession(const plan::Plan& plan, PolicyFactory make_policy, Journal& journal,
                               downstream::Launcher& launcher, transport::Timers& timers,
                               Client& client, std::string session_id)
    : plan_(&plan),
      make_policy_(std::move(make_policy)),
      journal_(journal),
      timers_(timers),
      client_(client),
      pool_(plan, launcher, timers, *this) {
  facts_.session = std::move(session_id);
}

GatewaySession::~GatewaySession() { when_idle_ = nullptr; }

void GatewaySession::Stop(std::string_view why) {
  pool_.Stop(why);
  // Calls that wait for the client are with no server.
  if (open()) parts_->server_requests.OnClientGone(why);
}

void GatewaySession::Open(ClientInfo info, ClientCapabilities capabilities, bool asks_again) {
  MCPLEXER_CHECK(!open());
  if (!info.raw.empty()) pool_.SetClientInfo(std::move(info.raw));
  pool_.SetClientCapabilities(capabilities.raw);
  facts_.client_name = std::move(info.name);
  facts_.client_version = std::move(info.version);
  policy_.Set(make_policy_(facts_.client_name));
  parts_ = std::make_unique<Parts>(*this, std::move(capabilities), [this] { CheckIdle(); });
  NoteReach();
  if (asks_again) return;
  parts_->calls.AnswerThrough(parts_->server_requests);
  parts_->tools.ForSessionEra();
  parts_->log.ForSessionEra();
}

void GatewaySession::NoteReach() {
  for (const Catalogue* catalogue : parts_->catalogues()) {
    if (!catalogue->Targets().empty()) {
      in_reach_.at(static_cast<size_t>(catalogue->kind().call)) = true;
    }
  }
}

void GatewaySession::Renew(const plan::Plan& next, PolicyFactory make_policy) {
  const plan::Plan& before = *std::exchange(plan_, &next);
  make_policy_ = std::move(make_policy);
  if (!open()) return pool_.Renew(next, [](ServerId) { return false; });

  const std::shared_ptr<Policy> old = policy_.current();
  policy_.Set(make_policy_(facts_.client_name));
  parts_->tool_targets = policy_.Targets(plan::CallKind::kTool);
  parts_->prompt_targets = policy_.Targets(plan::CallKind::kPrompt);
  parts_->resource_targets = policy_.Targets(plan::CallKind::kResource);
  std::set<ServerId> wanted;
  for (const auto* targets :
       {&parts_->tool_targets, &parts_->prompt_targets, &parts_->resource_targets}) {
    for (const Target& target : *targets) wanted.insert(target.server);
  }
  // Ids of one plan to those of the other, by name, where the definitions are the same.
  const auto was = [&](const Target& now) {
    const plan::ServerRecord& server = next.servers()[now.server.index()];
    return downstream::FindServer(before, next.text(server.name));
  };
  const auto now = [&](ServerId old_server) {
    const plan::ServerRecord& server = before.servers()[old_server.index()];
    const ServerId found = downstream::FindServer(next, before.text(server.name));
    const bool same =
        wanted.contains(found) && SameTarget(before, {old_server, {}}, next, {found, {}});
    return same ? found : ServerId();
  };
  pool_.Renew(next, [&](ServerId server) { return wanted.contains(server); });
  for (Catalogue* catalogue : parts_->catalogues()) {
    const std::vector<Target> targets_before = catalogue->Targets();
    catalogue->Renew(parts_->TargetsOf(catalogue->kind().call), [&](const Target& target) {
      const ServerId old_server = was(target);
      for (const Target& one : targets_before) {
        if (one.server == old_server && SameTarget(before, one, next, target)) return old_server;
      }
      return ServerId();
    });
  }
  parts_->routes.Renew(now);
  parts_->subscriptions.Renew(policy_, pool_);
  NoteReach();
  for (Catalogue* catalogue : parts_->catalogues()) catalogue->Resume();
  if (eager_) StartEagerServers();
}

void GatewaySession::StartEagerServers() {
  eager_ = true;
  for (const Catalogue* catalogue : parts_->catalogues()) {
    for (const Target& target : catalogue->Targets()) {
      if (plan_->servers()[target.server.index()].start != plan::Start::kEager) continue;
      if (pool_.FindRunning(target.server) == nullptr) {
        pool_.Get(target.server, target.scope).Start();
      }
    }
  }
}

bool GatewaySession::InReach(plan::CallKind kind) const {
  return in_reach_.at(static_cast<size_t>(kind));
}

size_t GatewaySession::open_calls() const { return open() ? parts_->calls.open() : 0; }

void GatewaySession::List(ItemKind kind, const ReplyTo& reply) {
  parts_->catalogue(kind).List(reply);
}

void GatewaySession::Ask(Method method, const Message& request, const ReplyTo& reply) {
  switch (method) {
    case Method::kCallTool:
    case Method::kGetPrompt:
      return parts_->calls.Call(method, request, reply);
    case Method::kSubscribe:
      if (parts_->subscriptions.full()) {
        return client_.Answer(
            reply, json::ErrorResponse(reply.raw_id, kConnectionClosedCode,
                                       "the session has too many subscriptions already"));
      }
      [[fallthrough]];
    case Method::kReadResource:
      return parts_->resource_calls.Ask(method, request, reply, request.envelope.uri);
    case Method::kUnsubscribe:
      return Unsubscribe(request, reply);
    case Method::kCompletePrompt:
    case Method::kCompleteResource:
      return Complete(request, reply);
    case Method::kGetTask:
    case Method::kTaskResult:
    case Method::kCancelTask:
      return parts_->tasks.Ask(method, request, reply);
  }
}

// Goes where the subscription is, whoever has the resource by now.
void GatewaySession::Unsubscribe(const Message& request, const ReplyTo& reply) {
  const json::NodeId node = request.envelope.uri;
  if (node.valid()) {
    std::string scratch;
    const std::string uri(request.doc.Unescape(node, scratch));
    if (const auto owner = parts_->subscriptions.OwnerOf(uri)) {
      return parts_->calls.Ask(request, reply, {Method::kUnsubscribe, uri, node, {}, *owner});
    }
  }
  parts_->resource_calls.Ask(Method::kUnsubscribe, request, reply, node);
}

void GatewaySession::Complete(const Message& request, const ReplyTo& reply) {
  Method method{};
  const json::NodeId node = CompletionSubject(request, &method);
  if (!node.valid()) return RefuseParams(reply, "params.ref names no prompt and no resource");
  if (method == Method::kCompleteResource) {
    return parts_->resource_calls.Ask(method, request, reply, node);
  }
  std::string scratch;
  parts_->calls.Ask(request, reply, {method, request.doc.Unescape(node, scratch), node, {}, {}});
}

void GatewaySession::SetLogLevel(const Message& request, const ReplyTo& reply) {
  const json::NodeId params = request.envelope.params;
  const json::NodeId level = params.valid() ? request.doc.Find(params, "level") : json::NodeId();
  std::string scratch;
  if (!level.valid() || request.doc.TypeOf(level) != json::Type::kString ||
      !parts_->log.SetLevel(request.doc.Unescape(level, scratch))) {
    return RefuseParams(reply, "params.level is not a log level");
  }
  client_.Answer(reply, json::ResultResponse(reply.raw_id, "{}"));
}

void GatewaySession::ListTasks(const ReplyTo& reply) { parts_->tasks.List(reply); }

void GatewaySession::RefuseParams(const ReplyTo& reply, std::string_view why) {
  client_.Answer(reply, json::ErrorResponse(reply.raw_id, json::kInvalidParamsCode, why));
}

void GatewaySession::Cancel(const Message& notification) {
  if (notification.ambiguous || !notification.envelope.request_id.valid()) return;
  if (parts_->resource_calls.Cancel(notification)) return CheckIdle();
  parts_->calls.Cancel(notification);
}

void GatewaySession::Cancel(std::string_view raw_reply_id) {
  if (parts_->resource_calls.Cancel(raw_reply_id)) return CheckIdle();
  parts_->calls.Cancel(raw_reply_id);
}

void GatewaySession::SetLogLevel(std::string_view level) { parts_->log.SetLevel(level); }

void GatewaySession::WatchLists() {
  for (Catalogue* catalogue : parts_->catalogues()) catalogue->Watch();
}

const SentCall* GatewaySession::FindOpen(std::string_view raw_reply_id) const {
  return parts_->calls.FindOpen(raw_reply_id);
}

std::optional<uint64_t> GatewaySession::Readmit(const Message& request, const ReplyTo& reply,
                                                const SentCall& call) {
  return parts_->calls.Readmit(request, reply, call);
}

void GatewaySession::EndReadmitted(uint64_t intent, audit::OutcomeStatus status,
                                   size_t response_size) {
  parts_->calls.EndReadmitted(intent, status, response_size);
}

void GatewaySession::OnResponse(const Message& response) {
  parts_->server_requests.OnResponse(response);
}

void GatewaySession::OnClientProgress(const Message& notification) {
  parts_->server_requests.OnProgress(notification);
}

void GatewaySession::OnClientTaskStatus(const Message& notification) {
  parts_->server_requests.OnTaskStatus(notification);
}

void GatewaySession::OnRootsChanged(const Message& notification) {
  if (notification.ambiguous || !parts_->server_requests.capabilities().roots) return;
  const std::string frame = LineOf(notification.doc, notification.envelope.message);
  pool_.ForEach([&](downstream::Instance& instance) { instance.Notify(frame); });
}

void GatewaySession::OnClientGone() {
  if (open()) parts_->server_requests.OnClientGone();
}

void GatewaySession::WhenIdle(std::function<void()> callback) {
  when_idle_ = std::move(callback);
  CheckIdle();
}

void GatewaySession::CheckIdle() {
  if (!when_idle_) return;
  if (open()) {
    if (!parts_->calls.idle() || !parts_->resource_calls.idle() || !parts_->tasks.idle()) return;
    for (const Catalogue* catalogue : parts_->catalogues()) {
      if (!catalogue->idle()) return;
    }
  }
  std::exchange(when_idle_, nullptr)();
}

void GatewaySession::OnReady(downstream::Instance& instance) {
  parts_->log.OnReady(instance);
  parts_->subscriptions.OnReady(instance);
}

void GatewaySession::OnNotification(downstream::Instance& instance, const json::Document& doc,
                                    const json::Envelope& notification) {
  const std::string_view method = notification.method;
  const ServerId server = instance.options().server;
  if (method == "notifications/message") {
    if (auto frame = parts_->log.Translate(instance, doc, notification)) {
      client_.Tell(std::move(*frame), parts_->calls.LastOpen(instance));
    }
  } else if (method == "notifications/progress") {
    if (auto frame = parts_->tasks.OnProgress(instance, doc, notification)) {
      client_.Notify(std::move(*frame));
    }
  } else if (method == "notifications/tasks/status") {
    if (auto frame = parts_->tasks.OnStatus(instance, doc, notification)) {
      client_.Notify(std::move(*frame));
    }
  } else if (method == "notifications/cancelled") {
    parts_->server_requests.OnCancelled(instance, doc, notification);
  } else if (method == "notifications/elicitation/complete") {
    if (parts_->server_requests.capabilities().elicitation_url) {
      client_.Notify(LineOf(doc, notification.message));
    }
  } else if (method == "notifications/resources/updated") {
    std::string scratch;
    if (notification.uri.valid() &&
        parts_->subscriptions.Covers(instance, doc.Unescape(notification.uri, scratch))) {
      client_.Notify(WithoutSubscription(doc, notification));
    }
  } else if (method == "notifications/tools/list_changed") {
    parts_->tools.OnChanged(server);
  } else if (method == "notifications/prompts/list_changed") {
    parts_->prompts.OnChanged(server);
  } else if (method == "notifications/resources/list_changed") {
    parts_->resources.OnChanged(server);
    parts_->templates.OnChanged(server);
  } else {
    spdlog::debug("server `{}`: notification dropped", instance.options().name);
  }
}

bool GatewaySession::OnRequest(downstream::Instance& instance, const json::Document& doc,
                               const json::Envelope& request) {
  return parts_->server_requests.OnRequest(instance, doc, request);
}

void GatewaySession::OnLost(downstream::Instance& instance) {
  parts_->server_requests.OnLost(instance);
  parts_->tasks.OnLost(instance);
  for (Catalogue* catalogue : parts_->catalogues()) catalogue->OnLost(instance.options().server);
}

void GatewaySession::OnLeft(downstream::Instance& instance) {
  parts_->server_requests.OnLost(instance);
  parts_->tasks.Forget(instance);
  parts_->calls.OnLeft(instance);
}

void GatewaySession::OnResult(const SentCall& call, const json::Document& doc, json::NodeId result,
                              json::Splicer& splicer) {
  if (call.method == Method::kSubscribe) parts_->subscriptions.Add(*call.instance, call.name);
  if (call.method == Method::kUnsubscribe) parts_->subscriptions.Remove(*call.instance, call.name);
  if (call.method == Method::kSubscribe && call.instance->leaving()) {
    parts_->subscriptions.Renew(policy_, pool_);
  }
  parts_->tasks.OnResult(call, doc, result, splicer);
  ForEachLink(doc, result, [&](std::string_view uri) {
    parts_->routes.AddLink(call.instance->options().server, uri);
  });
}

void GatewaySession::OnProgress(const SentCall& call, const json::Document& doc,
                                json::NodeId params, json::Splicer& splicer) {
  parts_->tasks.RelateToClient(*call.instance, doc, params, splicer);
}

}  // namespace mcplexer::mcp
