// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/resource_calls.h"

#include <fmt/format.h>

#include <utility>

#include "runtime/base/check.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/denial.h"

namespace mcplexer::mcp {
namespace {

json::NodeId StringIn(const json::Document& doc, json::NodeId object, std::string_view key) {
  if (!object.valid()) return {};
  const json::NodeId node = doc.Find(object, key);
  return node.valid() && doc.TypeOf(node) == json::Type::kString ? node : json::NodeId();
}

}  // namespace

json::NodeId CompletionSubject(const Message& request, Method* method) {
  const json::NodeId params = request.envelope.params;
  if (!params.valid()) return {};
  const json::NodeId ref = request.doc.Find(params, "ref");
  const json::NodeId type = StringIn(request.doc, ref, "type");
  if (!type.valid()) return {};
  if (request.doc.StringEquals(type, "ref/prompt")) {
    *method = Method::kCompletePrompt;
    return StringIn(request.doc, ref, "name");
  }
  if (request.doc.StringEquals(type, "ref/resource")) {
    *method = Method::kCompleteResource;
    return StringIn(request.doc, ref, "uri");
  }
  return {};
}

void ResourceCalls::Ask(Method method, const Message& request, const ReplyTo& reply,
                        json::NodeId uri) {
  Ask(method, request, reply, uri, false);
}

void ResourceCalls::Ask(Method method, const Message& request, const ReplyTo& reply,
                        json::NodeId uri, bool final) {
  if (!uri.valid() || !request.envelope.params_fault.empty()) {
    client_.Answer(reply, json::ErrorResponse(reply.raw_id, json::kInvalidParamsCode,
                                              "the URI is missing or not a string"));
    return;
  }
  std::string scratch;
  const std::string name(request.doc.Unescape(uri, scratch));
  Subject subject{method, name, uri, {}, {}};
  if (request.ambiguous) return calls_.Ask(request, reply, subject);  // which refuses it
  const auto sort = method == Method::kCompleteResource ? ResourceRoutes::Subject::kTemplate
                                                        : ResourceRoutes::Subject::kUri;
  const Route route = routes_.Find(name, sort, final);
  switch (route.kind) {
    case Route::Kind::kOwner:
    case Route::Kind::kDenied:
      subject.server = route.servers.front();
      return calls_.Ask(request, reply, subject);
    case Route::Kind::kContested:
      return RefuseContested(reply, subject, route);
    case Route::Kind::kUnlisted:
      return Wait(method, request, reply);
    case Route::Kind::kUnknown:
      break;
  }
  calls_.RefuseUnknown(reply, subject);
}

void ResourceCalls::RefuseContested(const ReplyTo& reply, const Subject& subject,
                                    const Route& route) {
  const plan::Plan& plan = policy_.plan();
  std::string names;
  for (const ServerId server : route.servers) {
    names += fmt::format("{}`{}`", names.empty() ? "" : " and ",
                         plan.text(plan.servers()[server.index()].name));
  }
  calls_.Refuse(reply, subject, "ambiguous_owner", kDeniedCode,
                fmt::format("{} is a resource of servers {}; the policy has to allow it for one of "
                            "them only",
                            QuoteName(subject.name), names));
}

void ResourceCalls::Wait(Method method, const Message& request, const ReplyTo& reply) {
  const std::string_view frame = request.doc.Raw(request.envelope.message);
  if (waiting_.size() >= kMaxWaiting || waiting_bytes_ + frame.size() > kMaxWaitingBytes) {
    client_.Answer(reply, json::ErrorResponse(reply.raw_id, kConnectionClosedCode,
                                              "too many requests wait for lists of resources"));
    return;
  }
  waiting_bytes_ += frame.size();
  waiting_.push_back({method, reply, IdKey(request.doc, request.envelope.id), std::string(frame)});
  if (lists_ != 0) return;
  lists_ = 2;
  const auto learnt = [this] {
    if (--lists_ == 0) TakeUp();
  };
  resources_.Learn(learnt);
  templates_.Learn(learnt);
}

void ResourceCalls::TakeUp() {
  std::list<Waiting> waiting = std::exchange(waiting_, {});
  waiting_bytes_ = 0;
  for (const Waiting& each : waiting) {
    json::Document doc;
    std::string scratch;
    MCPLEXER_CHECK(doc.Parse(each.frame).has_value());  // it was read before
    const json::Envelope envelope = json::ReadEnvelope(doc, doc.Root(), scratch);
    const Message request{doc, envelope, false};
    Method method = each.method;
    const json::NodeId uri =
        method == Method::kCompleteResource ? CompletionSubject(request, &method) : envelope.uri;
    Ask(method, request, each.reply, uri, true);
  }
  on_settled_();
}

bool ResourceCalls::Cancel(const Message& notification) {
  const std::string key = IdKey(notification.doc, notification.envelope.request_id);
  return Cancel([&](const Waiting& one) { return one.id_key == key; });
}

bool ResourceCalls::Cancel(std::string_view raw_reply_id) {
  return Cancel([&](const Waiting& one) { return one.reply.raw_id == raw_reply_id; });
}

bool ResourceCalls::Cancel(const std::function<bool(const Waiting&)>& is_meant) {
  for (auto at = waiting_.begin(); at != waiting_.end(); ++at) {
    if (!is_meant(*at)) continue;
    client_.Forget(at->reply);
    waiting_bytes_ -= at->frame.size();
    waiting_.erase(at);
    return true;
  }
  return false;
}

}  // namespace mcplexer::mcp
