// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/stateless_session.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/downstream/versions.h"
#include "runtime/json/splice.h"
#include "runtime/json/writer.h"
#include "runtime/mcp/item_kind.h"
#include "runtime/mcp/log_messages.h"
#include "runtime/mcp/stateless_methods.h"

namespace mcplexer::mcp {
namespace {

constexpr int kBusyCode = json::kInternalErrorCode;

std::optional<uint64_t> ReadOwnId(std::string_view raw) {
  uint64_t id = 0;
  const auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), id);
  if (error != std::errc() || end != raw.data() + raw.size()) return std::nullopt;
  return id;
}

std::set<std::string> DeclaredIn(const ClientCapabilities& capabilities) {
  std::set<std::string> declared;
  if (capabilities.roots) declared.insert("roots");
  if (capabilities.sampling) declared.insert("sampling");
  if (capabilities.elicitation_form || capabilities.elicitation_url) declared.insert("elicitation");
  return declared;
}

ReplyTo OwnReply(uint64_t id) { return {std::to_string(id), nullptr}; }

}  // namespace

StatelessSession::StatelessSession(const StatelessHost& host, const StatelessLimits& limits,
                                   Client& client, std::string introduction, ClientInfo info,
                                   ClientCapabilities capabilities, const RequestStates& states,
                                   std::function<void()> on_settled)
    : host_(host),
      limits_(limits),
      client_(client),
      on_settled_(std::move(on_settled)),
      raw_server_info_(
          fmt::format(R"({{"name":"mcplexer","version":{}}})", json::EscapeString(host.version))),
      declared_(DeclaredIn(capabilities)),
      introduction_(std::move(introduction)),
      states_of_servers_(states),
      last_used_(host.timers.Now()),
      gateway_(*host.plan, host.make_policy, host.journal, host.launcher, host.timers, *this,
               host.new_id()) {
  gateway_.Open(std::move(info), std::move(capabilities), true);
}

StatelessSession::~StatelessSession() = default;

void StatelessSession::OnRequest(const Message& request, const ReplyTo& reply,
                                 const StatelessMeta& meta) {
  last_used_ = host_.timers.Now();
  if (open_.size() >= limits_.requests) {
    return Refuse(reply, kBusyCode, "the client has too many requests open");
  }
  const std::string_view method = request.envelope.method;
  if (method == "server/discover") return Discover(reply);
  if (method == "subscriptions/listen") return BeginListen(request, reply);
  if (const auto list = FindListMethod(method)) return AskList(*list, request, reply, meta);
  AskServer(request, reply, meta);
}

void StatelessSession::Discover(const ReplyTo& reply) {
  client_.Answer(
      reply, json::ResultResponse(
                 reply.raw_id, fmt::format(R"({{{},"supportedVersions":["{}"],"capabilities":{},)"
                                           R"("ttlMs":0,"cacheScope":"private"}})",
                                           ResultStart(raw_server_info_, "complete"),
                                           downstream::kModernVersion, ServerCapabilities())));
}

std::string StatelessSession::ServerCapabilities() const {
  const bool prompts = gateway_.InReach(plan::CallKind::kPrompt);
  const bool resources = gateway_.InReach(plan::CallKind::kResource);
  std::string capabilities = R"({"tools":{"listChanged":true})";
  if (prompts) capabilities += R"(,"prompts":{"listChanged":true})";
  if (resources) capabilities += R"(,"resources":{"subscribe":true,"listChanged":true})";
  if (prompts || resources) capabilities += R"(,"completions":{})";
  return capabilities + R"(,"logging":{}})";
}

uint64_t StatelessSession::Begin(const Message& request, const ReplyTo& reply,
                                 const StatelessMeta& meta) {
  const uint64_t id = ++last_id_;
  Open& open = open_[id];
  open.reply = reply;
  open.id_key = IdKey(request.doc, request.envelope.id);
  open.shape.raw_id = reply.raw_id;
  open.log_level = meta.log_level;
  const json::NodeId token = request.envelope.progress_token;
  if (token.valid()) open.raw_token = request.doc.Raw(token);
  return id;
}

void StatelessSession::AskList(ItemKind kind, const Message& request, const ReplyTo& reply,
                               const StatelessMeta& meta) {
  if (kind != ItemKind::kTool && !gateway_.InReach(Info(kind).call)) {
    return Refuse(reply, json::kMethodNotFoundCode, "method not found");
  }
  if (request.envelope.cursor.valid() || !request.envelope.params_fault.empty()) {
    return Refuse(reply, json::kInvalidParamsCode, "params.cursor is not one of this list");
  }
  const uint64_t id = Begin(request, reply, meta);
  open_.at(id).shape.list = true;
  gateway_.List(kind, OwnReply(id));
}

void StatelessSession::AskServer(const Message& request, const ReplyTo& reply,
                                 const StatelessMeta& meta) {
  const auto method = FindMethod(request.envelope.method);
  const bool may_ask = method == Method::kCallTool || method == Method::kGetPrompt ||
                       method == Method::kReadResource;
  json::Document doc;
  std::string scratch;
  std::string frame = WithoutStatelessMeta(request);
  json::Limits limits;
  if (request.ambiguous) limits.unique_keys_depth = 0;
  MCPLEXER_CHECK(doc.Parse(frame, limits).has_value());  // it was read before
  json::Envelope envelope = json::ReadEnvelope(doc, doc.Root(), scratch);
  const Message plain{doc, envelope, request.ambiguous};
  if (may_ask && !request.ambiguous && envelope.params.valid()) {
    const json::NodeId node = doc.Find(envelope.params, "requestState");
    if (node.valid()) {
      std::string state_scratch;
      const bool text = doc.TypeOf(node) == json::Type::kString;
      const std::string state(text ? doc.Unescape(node, state_scratch) : std::string_view());
      if (!RequestStates::IsSealed(state)) return Retry(plain, reply, meta, state);
      // A server's own: it goes back to where the policy sends this request.
      const auto opened = states_of_servers_.Open(PurposeOf(plain), state);
      if (!opened) {
        return Refuse(reply, json::kInvalidParamsCode,
                      "params.requestState is not of this request, or has expired");
      }
      json::Splicer splicer(doc, doc.Root());
      splicer.Replace(node, json::EscapeString(*opened));
      std::string own = splicer.Apply();
      frame.swap(own);
      MCPLEXER_CHECK(doc.Parse(frame, limits).has_value());
      envelope = json::ReadEnvelope(doc, doc.Root(), scratch);
    }
  }
  WantLogLevel(meta);
  const uint64_t id = Begin(request, reply, meta);
  Open& open = open_.at(id);
  open.may_ask = may_ask;
  open.shape.resource = method == Method::kReadResource;
  open.shape.cacheable = open.shape.resource;
  if (may_ask) {
    if (!declared_.empty()) open.arguments = DigestOf(plain);
    open.shape.declared = &declared_;
    open.shape.seal = [this, purpose = PurposeOf(plain)](std::string_view state) {
      return states_of_servers_.Seal(purpose, state);
    };
  }
  if (method) return gateway_.Ask(*method, plain, OwnReply(id));
  gateway_.Complete(plain, OwnReply(id));
}

// Servers of the session era keep a level; each message is held against its request's own level on
// its way to the client.
void StatelessSession::WantLogLevel(const StatelessMeta& meta) {
  if (!meta.log_level || (log_level_ && *log_level_ <= *meta.log_level)) return;
  log_level_ = meta.log_level;
  gateway_.SetLogLevel(meta.log_level_name);
}

void StatelessSession::Refuse(const ReplyTo& reply, int code, std::string_view why) {
  client_.Answer(reply, json::ErrorResponse(reply.raw_id, code, why));
}

StatelessSession::Open* StatelessSession::FindOpen(const ReplyTo* reply) {
  const auto id = reply != nullptr ? ReadOwnId(reply->raw_id) : std::nullopt;
  const auto at = id ? open_.find(*id) : open_.end();
  return at == open_.end() ? nullptr : &at->second;
}

void StatelessSession::Answer(const ReplyTo& reply, std::string frame) {
  const auto id = ReadOwnId(reply.raw_id);
  const auto at = id ? open_.find(*id) : open_.end();
  if (at == open_.end()) return;  // the client has cancelled it
  if (at->second.unheard) return Erase(at);
  if (at->second.listen != 0) {
    const bool agreed = IsResult(frame);
    const Open open = std::move(at->second);
    open_.erase(at);
    OnSubscribed(open.listen, open.listen_uri, agreed);
    return on_settled_();
  }
  if (!at->second.attached) return KeepAnswer(*id, std::move(frame));
  AnswerOpen(at, frame);
}

void StatelessSession::AnswerOpen(OpenMap::iterator at, const std::string& frame) {
  const Open open = std::move(at->second);
  const std::string raw_id = std::to_string(at->first);
  open_.erase(at);
  last_used_ = host_.timers.Now();
  DressedAnswer dressed = DressAnswer(frame, raw_id, open.shape, raw_server_info_);
  const size_t size = dressed.frame.size();
  client_.Answer(open.reply, std::move(dressed.frame));
  if (open.readmitted != 0) gateway_.EndReadmitted(open.readmitted, dressed.status, size);
  on_settled_();
}

void StatelessSession::Erase(OpenMap::iterator at) {
  open_.erase(at);
  on_settled_();
}

void StatelessSession::Forget(const ReplyTo& reply) {
  const auto id = ReadOwnId(reply.raw_id);
  const auto at = id ? open_.find(*id) : open_.end();
  if (at == open_.end()) return;
  if (at->second.attached && !at->second.unheard && at->second.listen == 0) {
    client_.Forget(at->second.reply);
    if (at->second.readmitted != 0) {
      gateway_.EndReadmitted(at->second.readmitted, audit::OutcomeStatus::kCancelled, 0);
    }
  }
  Erase(at);
}

void StatelessSession::Notify(std::string frame) {
  json::Document doc;
  std::string scratch;
  if (!doc.Parse(frame)) return;
  TellListens(doc, json::ReadEnvelope(doc, doc.Root(), scratch));
}

void StatelessSession::Tell(std::string frame, const ReplyTo* about) {
  json::Document doc;
  std::string scratch;
  json::Limits limits;
  limits.unique_keys_depth = 1;
  if (!doc.Parse(frame, limits)) return;
  const json::Envelope message = json::ReadEnvelope(doc, doc.Root(), scratch);
  if (message.kind == json::MessageKind::kRequest) return OnQuestion(doc, message, about);
  if (message.method == "notifications/cancelled") return OnQuestionCancelled(doc, message);
  const Open* open = FindOpen(about);
  if (open == nullptr || !open->attached || open->unheard || open->listen != 0) return;
  if (message.method == "notifications/progress" && message.params.valid()) {
    // The call may have begun with another request than the one that waits now.
    const json::NodeId token = doc.Find(message.params, "progressToken");
    if (!token.valid() || open->raw_token.empty()) return;
    json::Splicer splicer(doc, message.message);
    splicer.Replace(token, open->raw_token);
    client_.Tell(splicer.Apply(), &open->reply);
  } else if (message.method == "notifications/message" && WantsLog(doc, message, *open)) {
    client_.Tell(std::move(frame), &open->reply);
  }
}

bool StatelessSession::WantsLog(const json::Document& doc, const json::Envelope& message,
                                const Open& open) const {
  if (!open.log_level || !message.params.valid()) return false;
  const json::NodeId level = doc.Find(message.params, "level");
  if (!level.valid() || doc.TypeOf(level) != json::Type::kString) return false;
  std::string scratch;
  const auto rank = FindLogLevel(doc.Unescape(level, scratch));
  return rank && *rank >= *open.log_level;
}

void StatelessSession::OnUndeclared(std::string_view capability, const ReplyTo* about) {
  if (Open* open = FindOpen(about)) open->shape.undeclared.emplace(capability);
}

bool StatelessSession::Cancel(const std::string& id_key) {
  for (auto at = listens_.begin(); at != listens_.end(); ++at) {
    if (at->second.id_key != id_key) continue;
    client_.Forget(at->second.reply);
    EndListen(at, false);
    return true;
  }
  for (auto at = open_.begin(); at != open_.end(); ++at) {
    if (!at->second.attached || at->second.id_key != id_key || at->second.listen != 0) continue;
    const uint64_t id = at->first;
    gateway_.Cancel(std::to_string(id));
    Forget(OwnReply(id));  // what nobody was asked yet
    return true;
  }
  return false;
}

void StatelessSession::OnClientGone() {
  client_gone_ = true;
  while (!listens_.empty()) EndListen(listens_.begin(), true);
  while (!parked_.empty()) Abandon(parked_.begin()->first);
  gateway_.OnClientGone();
}

void StatelessSession::Stop(std::string_view why) {
  while (!listens_.empty()) EndListen(listens_.begin(), true);
  gateway_.Stop(why);
}

}  // namespace mcplexer::mcp
