// SPDX-License-Identifier: Apache-2.0
// Tasks (MCP 2025-11-25, basic/utilities/tasks): calls that are answered at once by the id of a
// task, whose state and result are asked for later. Servers choose their ids alike, so towards the
// client each gets the namespace and scope of its server in front: `ns/scope/ID`.
//
// A task was made by a call that the policy let through, in this session, and only tasks that were
// are known here. What is asked about one goes where the call went, with its decision, and is on
// record; a made-up id reaches no server.

#ifndef MCPLEXER_RUNTIME_MCP_TASKS_H_
#define MCPLEXER_RUNTIME_MCP_TASKS_H_

#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "runtime/downstream/pool.h"
#include "runtime/json/splice.h"
#include "runtime/mcp/calls.h"

namespace mcplexer::mcp {

// One thread. All parameters must outlive it.
class Tasks {
 public:
  // Tasks that are known at the same time; a new one takes the place of the oldest.
  static constexpr size_t kMax = 1024;
  // As for lists of other things (catalogue.h).
  static constexpr std::chrono::seconds kListPatience{10};
  static constexpr size_t kMaxPages = 100;
  static constexpr size_t kMaxListBytes = size_t{32} << 20;

  // `on_settled` runs after each list that was answered later than it was asked.
  Tasks(Calls& calls, Client& client, std::function<void()> on_settled)
      : calls_(calls), client_(client), on_settled_(std::move(on_settled)) {}
  ~Tasks();

  // tasks/get, tasks/result, tasks/cancel.
  void Ask(Method method, const Message& request, const ReplyTo& reply);
  // tasks/list: those of all servers.
  void List(const ReplyTo& reply);
  bool idle() const { return lists_ == 0; }

  // A result on its way to the client, as ResultObserver::OnResult.
  void OnResult(const SentCall& call, const json::Document& doc, json::NodeId result,
                json::Splicer& splicer);
  // What `_meta` of a message's params or result says of a task it belongs to: the client's id of
  // it for the server's, and the other way round.
  void RelateToClient(const downstream::Instance& instance, const json::Document& doc,
                      json::NodeId holder, json::Splicer& splicer) const;
  void RelateToServer(const downstream::Instance& instance, const json::Document& doc,
                      json::NodeId holder, json::Splicer& splicer) const;
  // notifications/tasks/status and progress of a call that was answered by a task; the notification
  // for the client, if it is one of a known task.
  std::optional<std::string> OnStatus(const downstream::Instance& instance,
                                      const json::Document& doc,
                                      const json::Envelope& notification);
  std::optional<std::string> OnProgress(const downstream::Instance& instance,
                                        const json::Document& doc,
                                        const json::Envelope& notification) const;
  void OnLost(const downstream::Instance& instance);
  // The instance goes for good, and its tasks with it.
  void Forget(const downstream::Instance& instance);

 private:
  class ListRequest;
  struct Listing;

  struct Task {
    std::string handle;  // as the client knows it
    downstream::Instance* instance = nullptr;
    std::string own_id;
    std::string name;  // of the tool, as exposed
    decide::Decision decision;
    std::shared_ptr<Policy> policy;  // whose that is
    uint64_t call_id = 0;            // the id, and so the progress token, of the call that made it
    std::string progress_token;      // the client's, raw; empty for none
    bool held = false;               // the server is kept for it
  };

  // The id of a task in the object, if it is there once.
  const Task* TaskOf(const downstream::Instance& instance, const json::Document& doc,
                     json::NodeId task_id) const;
  void Add(const SentCall& call, std::string own_id);
  void Release(Task& task);
  void NoteStatus(const Task& known, const json::Document& doc, json::NodeId state);
  void RequestPage(const std::shared_ptr<Listing>& listing, downstream::Instance& instance,
                   const std::string& raw_cursor, size_t page);
  void OnPage(const std::shared_ptr<Listing>& listing, downstream::Instance& instance,
              const json::Document& doc, json::NodeId result, size_t page);
  void OnListed(const std::shared_ptr<Listing>& listing);

  Calls& calls_;
  Client& client_;
  const std::function<void()> on_settled_;
  std::list<Task> tasks_;  // oldest first
  std::unordered_map<std::string_view, std::list<Task>::iterator> by_handle_;
  std::map<std::pair<const downstream::Instance*, std::string>, std::list<Task>::iterator> by_own_;
  size_t lists_ = 0;
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_TASKS_H_
