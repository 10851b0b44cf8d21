// SPDX-License-Identifier: Apache-2.0
// subscriptions/listen: a request that stays open and on which changes are told, those of lists as
// well as those of resources. Each resource is decided and subscribed to at its server like
// `resources/subscribe` of the session era; the acknowledgement names those that came of it.
#include <fmt/format.h>

#include <utility>

#include "runtime/downstream/modern_meta.h"
#include "runtime/json/splice.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/line.h"
#include "runtime/mcp/stateless_session.h"

namespace mcplexer::mcp {
namespace {

std::string SubscriptionMeta(std::string_view raw_id) {
  return fmt::format(R"("_meta":{{"{}":{}}})", downstream::kSubscriptionKey, raw_id);
}

bool IsTrue(const json::Document& doc, json::NodeId object, std::string_view key) {
  const json::NodeId node = doc.Find(object, key);
  return node.valid() && doc.TypeOf(node) == json::Type::kTrue;
}

// The filter's resources; false when that is no list of texts.
bool ReadUris(const json::Document& doc, json::NodeId filter, std::set<std::string>& uris) {
  const json::NodeId list = doc.Find(filter, "resourceSubscriptions");
  if (!list.valid()) return true;
  if (doc.TypeOf(list) != json::Type::kArray) return false;
  std::string scratch;
  for (const json::NodeId one : doc.Elements(list)) {
    if (doc.TypeOf(one) != json::Type::kString) return false;
    uris.emplace(doc.Unescape(one, scratch));
  }
  return true;
}

}  // namespace

void StatelessSession::BeginListen(const Message& request, const ReplyTo& reply) {
  const json::Document& doc = request.doc;
  const json::NodeId params = request.envelope.params;
  const json::NodeId filter = doc.Find(params, "notifications");
  std::set<std::string> uris;
  if (!filter.valid() || doc.TypeOf(filter) != json::Type::kObject ||
      !ReadUris(doc, filter, uris)) {
    return Refuse(reply, json::kInvalidParamsCode, "params.notifications is not a filter");
  }
  if (listens_.size() >= limits_.listens || uris.size() > limits_.listen_uris) {
    return Refuse(reply, json::kInternalErrorCode, "the client listens to too much at once");
  }
  const uint64_t id = ++last_listen_;
  Listen& listen = listens_.try_emplace(id, host_.timers).first->second;
  listen.reply = reply;
  listen.id_key = IdKey(doc, request.envelope.id);
  listen.tools = IsTrue(doc, filter, "toolsListChanged");
  listen.prompts =
      IsTrue(doc, filter, "promptsListChanged") && gateway_.InReach(plan::CallKind::kPrompt);
  const bool resources = gateway_.InReach(plan::CallKind::kResource);
  listen.resources = IsTrue(doc, filter, "resourcesListChanged") && resources;
  if (listen.tools || listen.prompts || listen.resources) gateway_.WatchLists();
  if (!resources || uris.empty()) return Acknowledge(id);
  listen.pending = uris.size();
  listen.patience.SetAfter(limits_.acknowledge, [this, id] { Acknowledge(id); });
  for (const std::string& uri : uris) Subscribe(id, uri);
}

void StatelessSession::Subscribe(uint64_t listen, const std::string& uri) {
  Open open;
  open.listen = listen;
  open.listen_uri = uri;
  AskAbout(Method::kSubscribe, uri, std::move(open));
}

// A request of the client's making, in the words of the session era.
void StatelessSession::AskAbout(Method method, const std::string& uri, Open open) {
  const uint64_t id = ++last_id_;
  const std::string raw_id = std::to_string(id);
  open_.emplace(id, std::move(open));
  const std::string frame = json::Request(raw_id, Info(method).name,
                                          fmt::format(R"({{"uri":{}}})", json::EscapeString(uri)));
  json::Document doc;
  std::string scratch;
  if (!doc.Parse(frame)) return Erase(open_.find(id));
  const json::Envelope envelope = json::ReadEnvelope(doc, doc.Root(), scratch);
  gateway_.Ask(method, {doc, envelope, false}, {raw_id, nullptr});
}

void StatelessSession::OnSubscribed(uint64_t listen, const std::string& uri, bool agreed) {
  const auto at = listens_.find(listen);
  // Too late to be acknowledged.
  const bool wanted = at != listens_.end() && !at->second.acknowledged;
  if (agreed && wanted) {
    ++subscribed_[uri];
    at->second.uris.insert(uri);
  } else if (agreed && !subscribed_.contains(uri)) {
    Open open;
    open.unheard = true;
    AskAbout(Method::kUnsubscribe, uri, std::move(open));
  }
  if (wanted && --at->second.pending == 0) Acknowledge(listen);
}

void StatelessSession::Acknowledge(uint64_t id) {
  Listen& listen = listens_.at(id);
  listen.acknowledged = true;
  listen.patience.Cancel();
  std::string filter;
  const auto add = [&](std::string_view member) {
    filter += fmt::format("{}{}", filter.empty() ? "" : ",", member);
  };
  if (listen.tools) add(R"("toolsListChanged":true)");
  if (listen.prompts) add(R"("promptsListChanged":true)");
  if (listen.resources) add(R"("resourcesListChanged":true)");
  if (!listen.uris.empty()) {
    std::string uris;
    for (const std::string& uri : listen.uris) {
      uris += (uris.empty() ? "" : ",") + json::EscapeString(uri);
    }
    add(fmt::format(R"("resourceSubscriptions":[{}])", uris));
  }
  client_.Tell(json::Notification("notifications/subscriptions/acknowledged",
                                  fmt::format(R"({{{},"notifications":{{{}}}}})",
                                              SubscriptionMeta(listen.reply.raw_id), filter)),
               &listen.reply);
}

void StatelessSession::EndListen(std::map<uint64_t, Listen>::iterator at, bool tell) {
  const auto ended = listens_.extract(at);
  const Listen& listen = ended.mapped();
  if (tell) {
    client_.Answer(listen.reply,
                   json::ResultResponse(
                       listen.reply.raw_id,
                       fmt::format(R"({{"_meta":{{"{}":{},"{}":{}}},"resultType":"complete"}})",
                                   downstream::kSubscriptionKey, listen.reply.raw_id,
                                   downstream::kServerInfoKey, raw_server_info_)));
  }
  for (const std::string& uri : listen.uris) {
    if (--subscribed_.at(uri) != 0) continue;
    subscribed_.erase(uri);
    if (client_gone_) continue;  // its servers end with it
    Open open;
    open.unheard = true;
    AskAbout(Method::kUnsubscribe, uri, std::move(open));
  }
  on_settled_();
}

void StatelessSession::TellListens(const json::Document& doc, const json::Envelope& notification) {
  const std::string_view method = notification.method;
  std::string uri;
  if (method == "notifications/resources/updated" && notification.uri.valid()) {
    std::string scratch;
    uri = doc.Unescape(notification.uri, scratch);
  }
  for (const auto& [id, listen] : listens_) {
    if (!listen.acknowledged) continue;
    bool wanted = (listen.tools && method == "notifications/tools/list_changed") ||
                  (listen.prompts && method == "notifications/prompts/list_changed") ||
                  (listen.resources && method == "notifications/resources/list_changed");
    for (const std::string& one : listen.uris) {
      wanted = wanted || (!uri.empty() && uri.starts_with(one));
    }
    if (!wanted) continue;
    if (!notification.params.valid()) {
      client_.Tell(
          json::Notification(method, fmt::format("{{{}}}", SubscriptionMeta(listen.reply.raw_id))),
          &listen.reply);
      continue;
    }
    json::Splicer splicer(doc, notification.message);
    if (notification.meta.valid() && doc.TypeOf(notification.meta) == json::Type::kObject) {
      splicer.SetMember(notification.meta, downstream::kSubscriptionKey, listen.reply.raw_id);
    } else if (!notification.meta.valid()) {
      splicer.InsertMembers(notification.params, SubscriptionMeta(listen.reply.raw_id));
    } else {
      splicer.Replace(notification.meta, fmt::format(R"({{"{}":{}}})", downstream::kSubscriptionKey,
                                                     listen.reply.raw_id));
    }
    client_.Tell(LineOf(splicer), &listen.reply);
  }
}

}  // namespace mcplexer::mcp
