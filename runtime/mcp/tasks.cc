// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/tasks.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "runtime/json/writer.h"
#include "runtime/mcp/line.h"

namespace mcplexer::mcp {
namespace {

constexpr std::string_view kRelated = "io.modelcontextprotocol/related-task";

// Results are not searched for keys that are there twice. What is read of one and given another
// value must be there once, or not at all.
json::NodeId FindOnce(const json::Document& doc, json::NodeId object, std::string_view key) {
  json::NodeId found;
  if (!object.valid()) return found;
  for (const auto [name, value] : doc.Members(object)) {
    if (!doc.StringEquals(name, key)) continue;
    if (found.valid()) return {};
    found = value;
  }
  return found;
}

json::NodeId FindString(const json::Document& doc, json::NodeId object, std::string_view key) {
  const json::NodeId node = FindOnce(doc, object, key);
  return node.valid() && doc.TypeOf(node) == json::Type::kString ? node : json::NodeId();
}

std::string TextOf(const json::Document& doc, json::NodeId node) {
  std::string scratch;
  return std::string(doc.Unescape(node, scratch));
}

json::NodeId RelatedId(const json::Document& doc, json::NodeId holder) {
  return FindString(doc, FindOnce(doc, FindOnce(doc, holder, "_meta"), kRelated), "taskId");
}

}  // namespace

struct Tasks::Listing {
  ReplyTo reply;
  std::string tasks;
  size_t open = 1;  // servers that are asked, and the asking itself
};

// One page of one server's tasks.
class Tasks::ListRequest final : public downstream::Exchange {
 public:
  ListRequest(Tasks& owner, std::shared_ptr<Listing> listing, downstream::Instance& instance,
              size_t page)
      : owner_(owner), listing_(std::move(listing)), instance_(instance), page_(page) {}

  void OnProgress(const json::Document&, const json::Envelope&, json::NodeId) override {}
  void OnResponse(const json::Document& doc, const json::Envelope& response) override {
    if (response.kind != json::MessageKind::kResult) return owner_.OnListed(listing_);
    owner_.OnPage(listing_, instance_, doc, response.result, page_);
  }
  void OnFailure(const downstream::Failure&) override { owner_.OnListed(listing_); }

 private:
  Tasks& owner_;
  const std::shared_ptr<Listing> listing_;
  downstream::Instance& instance_;
  const size_t page_;
};

Tasks::~Tasks() = default;

void Tasks::Ask(Method method, const Message& request, const ReplyTo& reply) {
  const json::NodeId params = request.envelope.params;
  const json::NodeId id = FindString(request.doc, params, "taskId");
  if (!id.valid() || !request.envelope.params_fault.empty()) {
    client_.Answer(reply, json::ErrorResponse(reply.raw_id, json::kInvalidParamsCode,
                                              "params.taskId is missing or not a string"));
    return;
  }
  const std::string handle = TextOf(request.doc, id);
  const auto known = by_handle_.find(handle);
  if (known == by_handle_.end()) {
    return calls_.Refuse(reply, {method, handle, id, {}, {}}, "unknown_name",
                         json::kInvalidParamsCode, "unknown task");
  }
  const Task& task = *known->second;
  const Subject subject{method, task.name, id, {}, task.instance->options().server};
  if (request.ambiguous) {
    return calls_.Refuse(reply, subject, "invalid_arguments", json::kInvalidParamsCode,
                         "an object has a key twice");
  }
  calls_.Follow(request, reply, subject, {task.policy, task.decision, *task.instance},
                json::EscapeString(task.own_id));
}

void Tasks::Add(const SentCall& call, std::string own_id) {
  const std::string& name_space = call.instance->options().name_space;
  const std::string& scope_name = call.instance->options().scope_name;
  Task task;
  // The only server there is, used in one way only, needs no telling apart.
  task.handle = name_space.empty() && scope_name.empty()
                    ? own_id
                    : fmt::format("{}/{}/{}", name_space, scope_name, own_id);
  if (by_handle_.contains(task.handle)) return;
  task.instance = call.instance;
  task.own_id = std::move(own_id);
  task.name = call.name;
  task.decision = call.decision;
  task.policy = call.policy;
  task.call_id = call.id;
  task.progress_token = call.progress_token;
  task.held = true;
  call.instance->Hold();
  tasks_.push_back(std::move(task));
  const auto at = std::prev(tasks_.end());
  by_handle_.emplace(at->handle, at);
  by_own_.emplace(std::make_pair(at->instance, at->own_id), at);
  if (tasks_.size() <= kMax) return;
  Task& oldest = tasks_.front();
  Release(oldest);
  by_handle_.erase(oldest.handle);
  by_own_.erase({oldest.instance, oldest.own_id});
  tasks_.pop_front();
}

void Tasks::Release(Task& task) {
  if (std::exchange(task.held, false)) task.instance->Release();
}

const Tasks::Task* Tasks::TaskOf(const downstream::Instance& instance, const json::Document& doc,
                                 json::NodeId task_id) const {
  if (!task_id.valid()) return nullptr;
  const auto at = by_own_.find({&instance, TextOf(doc, task_id)});
  return at == by_own_.end() ? nullptr : &*at->second;
}

// A task that failed or was cancelled has no result that its server would have to be kept for.
void Tasks::NoteStatus(const Task& known, const json::Document& doc, json::NodeId state) {
  const json::NodeId status = FindString(doc, state, "status");
  if (!status.valid()) return;
  if (doc.StringEquals(status, "failed") || doc.StringEquals(status, "cancelled")) {
    Release(*by_handle_.at(known.handle));
  }
}

void Tasks::OnResult(const SentCall& call, const json::Document& doc, json::NodeId result,
                     json::Splicer& splicer) {
  json::NodeId state;
  if (call.method == Method::kCallTool) {
    state = FindOnce(doc, result, "task");
    const json::NodeId made = FindString(doc, state, "taskId");
    if (made.valid()) Add(call, TextOf(doc, made));
  } else if (call.method == Method::kGetTask || call.method == Method::kCancelTask) {
    state = result;
  }
  const json::NodeId id = FindString(doc, state, "taskId");
  if (const Task* task = TaskOf(*call.instance, doc, id)) {
    splicer.Replace(id, json::EscapeString(task->handle));
    NoteStatus(*task, doc, state);
  }
  RelateToClient(*call.instance, doc, result, splicer);
  if (call.method == Method::kTaskResult) {
    if (const Task* task = TaskOf(*call.instance, doc, RelatedId(doc, result))) {
      Release(*by_handle_.at(task->handle));
    }
  }
}

void Tasks::RelateToClient(const downstream::Instance& instance, const json::Document& doc,
                           json::NodeId holder, json::Splicer& splicer) const {
  const json::NodeId id = RelatedId(doc, holder);
  if (const Task* task = TaskOf(instance, doc, id)) {
    splicer.Replace(id, json::EscapeString(task->handle));
  }
}

void Tasks::RelateToServer(const downstream::Instance& instance, const json::Document& doc,
                           json::NodeId holder, json::Splicer& splicer) const {
  const json::NodeId id = RelatedId(doc, holder);
  if (!id.valid()) return;
  const auto known = by_handle_.find(TextOf(doc, id));
  if (known == by_handle_.end() || known->second->instance != &instance) return;
  splicer.Replace(id, json::EscapeString(known->second->own_id));
}

std::optional<std::string> Tasks::OnStatus(const downstream::Instance& instance,
                                           const json::Document& doc,
                                           const json::Envelope& notification) {
  const json::NodeId id = FindString(doc, notification.params, "taskId");
  const Task* task = TaskOf(instance, doc, id);
  if (task == nullptr) return std::nullopt;
  NoteStatus(*task, doc, notification.params);
  json::Splicer splicer(doc, notification.message);
  splicer.Replace(id, json::EscapeString(task->handle));
  RelateToClient(instance, doc, notification.params, splicer);
  return LineOf(splicer);
}

std::optional<std::string> Tasks::OnProgress(const downstream::Instance& instance,
                                             const json::Document& doc,
                                             const json::Envelope& notification) const {
  const json::NodeId token = FindOnce(doc, notification.params, "progressToken");
  if (!token.valid()) return std::nullopt;
  const auto at = std::find_if(tasks_.begin(), tasks_.end(), [&](const Task& task) {
    return task.instance == &instance && task.held && !task.progress_token.empty() &&
           doc.Raw(token) == std::to_string(task.call_id);
  });
  if (at == tasks_.end()) return std::nullopt;
  json::Splicer splicer(doc, notification.message);
  splicer.Replace(token, at->progress_token);
  RelateToClient(instance, doc, notification.params, splicer);
  return LineOf(splicer);
}

void Tasks::OnLost(const downstream::Instance& instance) {
  for (Task& task : tasks_) {
    if (task.instance == &instance) Release(task);
  }
}

void Tasks::Forget(const downstream::Instance& instance) {
  for (auto at = tasks_.begin(); at != tasks_.end();) {
    if (at->instance != &instance) {
      ++at;
      continue;
    }
    Release(*at);
    by_handle_.erase(at->handle);
    by_own_.erase({at->instance, at->own_id});
    at = tasks_.erase(at);
  }
}

void Tasks::List(const ReplyTo& reply) {
  std::set<downstream::Instance*> instances;
  for (const Task& task : tasks_) {
    if (task.instance->ready()) instances.insert(task.instance);
  }
  const auto listing = std::make_shared<Listing>();
  listing->reply = reply;
  ++lists_;
  for (downstream::Instance* instance : instances) {
    ++listing->open;
    RequestPage(listing, *instance, "", 1);
  }
  OnListed(listing);
}

void Tasks::RequestPage(const std::shared_ptr<Listing>& listing, downstream::Instance& instance,
                        const std::string& raw_cursor, size_t page) {
  const uint64_t id = instance.NextId();
  const std::string params =
      raw_cursor.empty() ? std::string() : fmt::format(R"({{"cursor":{}}})", raw_cursor);
  instance.Send(id, json::Request(std::to_string(id), "tasks/list", params),
                std::make_unique<ListRequest>(*this, listing, instance, page),
                {kListPatience, kListPatience}, &downstream::Offers::tasks_list);
}

void Tasks::OnPage(const std::shared_ptr<Listing>& listing, downstream::Instance& instance,
                   const json::Document& doc, json::NodeId result, size_t page) {
  const json::NodeId tasks = FindOnce(doc, result, "tasks");
  if (tasks.valid()) {
    for (const json::NodeId element : doc.Elements(tasks)) {
      const json::NodeId id = FindString(doc, element, "taskId");
      const Task* task = TaskOf(instance, doc, id);
      if (task == nullptr || listing->tasks.size() > kMaxListBytes) continue;
      json::Splicer splicer(doc, element);
      splicer.Replace(id, json::EscapeString(task->handle));
      if (!listing->tasks.empty()) listing->tasks += ',';
      listing->tasks += LineOf(splicer);
    }
  }
  const json::NodeId cursor = FindString(doc, result, "nextCursor");
  if (cursor.valid() && page < kMaxPages) {
    return RequestPage(listing, instance, std::string(doc.Raw(cursor)), page + 1);
  }
  OnListed(listing);
}

void Tasks::OnListed(const std::shared_ptr<Listing>& listing) {
  if (--listing->open != 0) return;
  --lists_;
  client_.Answer(listing->reply,
                 json::ResultResponse(listing->reply.raw_id,
                                      fmt::format(R"({{"tasks":[{}]}})", listing->tasks)));
  on_settled_();
}

}  // namespace mcplexer::mcp
