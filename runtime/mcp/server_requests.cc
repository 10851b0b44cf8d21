// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/server_requests.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "runtime/json/writer.h"
#include "runtime/mcp/line.h"

namespace mcplexer::mcp {
namespace {

constexpr std::string_view kSample = "sampling/createMessage";
constexpr std::string_view kElicit = "elicitation/create";
constexpr std::string_view kListRoots = "roots/list";

// Of one task, which params.taskId names.
bool IsAboutTask(std::string_view method) {
  return method == "tasks/get" || method == "tasks/result" || method == "tasks/cancel";
}

json::NodeId ParamOf(const json::Document& doc, const json::Envelope& message,
                     std::string_view key) {
  return message.params.valid() ? doc.Find(message.params, key) : json::NodeId();
}

}  // namespace

bool ServerRequests::Offered(std::string_view method) const {
  if (method == kSample) return capabilities_.sampling;
  if (method == kElicit) return capabilities_.elicitation_form || capabilities_.elicitation_url;
  if (method == kListRoots) return capabilities_.roots;
  return capabilities_.tasks && (method == "tasks/list" || IsAboutTask(method));
}

std::string_view ServerRequests::Fault(const downstream::Instance& instance,
                                       const json::Document& doc,
                                       const json::Envelope& request) const {
  if (!request.params_fault.empty()) return request.params_fault;
  if (IsAboutTask(request.method) && client_tasks_.OwnerOf(doc, request.params) != &instance) {
    return "unknown task";
  }
  if (request.method == kSample && !capabilities_.sampling_tools &&
      ParamOf(doc, request, "tools").valid()) {
    return "the client's sampling takes no tools";
  }
  if (request.method == kElicit) {
    const json::NodeId mode = ParamOf(doc, request, "mode");
    const bool form = !mode.valid() || doc.StringEquals(mode, "form");
    const bool offered = form ? capabilities_.elicitation_form
                              : doc.StringEquals(mode, "url") && capabilities_.elicitation_url;
    if (!offered) return "the client does not offer this mode of elicitation";
  }
  return {};
}

bool ServerRequests::OnRequest(downstream::Instance& instance, const json::Document& doc,
                               const json::Envelope& request) {
  if (!Offered(request.method)) return false;
  const std::string raw_id(doc.Raw(request.id));
  const auto refuse = [&](int code, std::string_view why) {
    instance.Answer(instance.run(), json::ErrorResponse(raw_id, code, why));
    return true;
  };
  if (client_gone_) return refuse(kConnectionClosedCode, "the client has gone");
  if (const std::string_view fault = Fault(instance, doc, request); !fault.empty()) {
    return refuse(json::kInvalidParamsCode, fault);
  }
  if (open_.size() >= limits_.open || OpenOf(instance) >= limits_.open_of_one) {
    return refuse(kConnectionClosedCode, "the client is asked for too much at once");
  }

  const uint64_t id = ++last_id_;
  const std::string own_id = std::to_string(id);
  Open& open = open_.try_emplace(id, timers_).first->second;
  open.instance = &instance;
  open.run = instance.run();
  open.lists_tasks = request.method == "tasks/list";
  open.raw_id = raw_id;
  open.id_key = IdKey(doc, request.id);
  json::Splicer splicer(doc, request.message);
  splicer.Replace(request.id, own_id);
  if (request.progress_token.valid()) {
    open.progress_token = doc.Raw(request.progress_token);
    splicer.Replace(request.progress_token, own_id);
  }
  NameAsker(instance, doc, request, splicer);
  tasks_.RelateToClient(instance, doc, request.params, splicer);
  open.timer.SetAfter(limits_.patience, [this, id] {
    const auto at = open_.find(id);
    TellCancelled(id, at->second, "timed out");
    Fail(at, kRequestTimeoutCode, "the client did not answer in time");
  });
  client_.Tell(LineOf(splicer), calls_.LastOpen(instance));
  return true;
}

void ServerRequests::NameAsker(const downstream::Instance& instance, const json::Document& doc,
                               const json::Envelope& request, json::Splicer& splicer) const {
  if (request.method != kElicit) return;
  const std::string& name_space = instance.options().name_space;
  const json::NodeId message = ParamOf(doc, request, "message");
  if (name_space.empty() || !message.valid() || doc.TypeOf(message) != json::Type::kString) return;
  std::string scratch;
  splicer.Replace(message, json::EscapeString(
                               fmt::format("[{}] {}", name_space, doc.Unescape(message, scratch))));
}

size_t ServerRequests::OpenOf(const downstream::Instance& instance) const {
  return static_cast<size_t>(std::count_if(open_.begin(), open_.end(), [&](const auto& open) {
    return open.second.instance == &instance;
  }));
}

void ServerRequests::OnCancelled(downstream::Instance& instance, const json::Document& doc,
                                 const json::Envelope& notification) {
  if (!notification.request_id.valid()) return;
  const std::string key = IdKey(doc, notification.request_id);
  const auto at = std::find_if(open_.begin(), open_.end(), [&](const auto& open) {
    return open.second.instance == &instance && open.second.run == instance.run() &&
           open.second.id_key == key;
  });
  if (at == open_.end()) return;
  json::Splicer splicer(doc, notification.message);
  splicer.Replace(notification.request_id, std::to_string(at->first));
  client_.Tell(LineOf(splicer), calls_.LastOpen(instance));
  instance.Forget(at->second.run);
  open_.erase(at);
}

void ServerRequests::OnLost(downstream::Instance& instance) {
  client_tasks_.OnLost(instance);
  for (auto at = open_.begin(); at != open_.end();) {
    if (at->second.instance == &instance) {
      TellCancelled(at->first, at->second, "the server went away");
      at = open_.erase(at);
    } else {
      ++at;
    }
  }
}

ServerRequests::OpenMap::const_iterator ServerRequests::Find(const json::Document& doc,
                                                             json::NodeId raw_id) const {
  const std::string_view raw = doc.Raw(raw_id);
  uint64_t id = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), id);
  if (error != std::errc() || end != raw.data() + raw.size()) return open_.end();
  return open_.find(id);
}

void ServerRequests::OnResponse(const Message& response) {
  const json::NodeId id = response.envelope.id;
  const auto at = id.valid() ? Find(response.doc, id) : open_.cend();
  if (at == open_.end()) {
    spdlog::debug("the client answered what it is not asked");
    return;
  }
  const Open& open = at->second;
  if (response.ambiguous) {
    open.instance->Answer(open.run, json::ErrorResponse(open.raw_id, json::kInternalErrorCode,
                                                        "the client's answer has a key twice"));
  } else {
    json::Splicer splicer(response.doc, response.envelope.message);
    splicer.Replace(id, open.raw_id);
    const json::NodeId result = response.envelope.result;
    tasks_.RelateToServer(*open.instance, response.doc, result, splicer);
    if (open.lists_tasks) {
      client_tasks_.Filter(*open.instance, response.doc, result, splicer);
    } else if (open.run == open.instance->run()) {
      client_tasks_.OnResult(*open.instance, response.doc, result);
    }
    open.instance->Answer(open.run, LineOf(splicer));
  }
  open_.erase(at);
}

void ServerRequests::OnProgress(const Message& notification) const {
  const json::NodeId token = ParamOf(notification.doc, notification.envelope, "progressToken");
  if (notification.ambiguous || !token.valid()) return;
  const auto at = Find(notification.doc, token);
  if (at == open_.end() || at->second.progress_token.empty()) return;
  const Open& open = at->second;
  if (open.run != open.instance->run()) return;
  json::Splicer splicer(notification.doc, notification.envelope.message);
  splicer.Replace(token, open.progress_token);
  open.instance->Notify(LineOf(splicer));
}

void ServerRequests::OnTaskStatus(const Message& notification) const {
  if (notification.ambiguous) return;
  downstream::Instance* owner =
      client_tasks_.OwnerOf(notification.doc, notification.envelope.params);
  if (owner == nullptr) return;
  owner->Notify(LineOf(json::Splicer(notification.doc, notification.envelope.message)));
}

void ServerRequests::OnClientGone() {
  client_gone_ = true;
  while (!open_.empty()) Fail(open_.begin(), kConnectionClosedCode, "the client has gone");
}

void ServerRequests::TellCancelled(uint64_t id, const Open& open, std::string_view reason) {
  client_.Tell(json::Notification("notifications/cancelled",
                                  fmt::format(R"({{"requestId":{},"reason":"{}"}})", id, reason)),
               calls_.LastOpen(*open.instance));
}

void ServerRequests::Fail(OpenMap::iterator at, int code, std::string_view why) {
  const auto failed = open_.extract(at);
  const Open& open = failed.mapped();
  open.instance->Answer(open.run, json::ErrorResponse(open.raw_id, code, why));
}

}  // namespace mcplexer::mcp
