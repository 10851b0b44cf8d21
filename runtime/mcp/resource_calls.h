// SPDX-License-Identifier: Apache-2.0
// Requests about a resource, on their way to the server that has it. One whose owner is not known
// waits until all servers have said what they have, or for as long as a list would.

#ifndef MCPLEXER_RUNTIME_MCP_RESOURCE_CALLS_H_
#define MCPLEXER_RUNTIME_MCP_RESOURCE_CALLS_H_

#include <functional>
#include <list>
#include <string>

#include "runtime/mcp/calls.h"
#include "runtime/mcp/catalogue.h"
#include "runtime/mcp/resource_routes.h"

namespace mcplexer::mcp {

// One thread. All parameters must outlive it.
class ResourceCalls {
 public:
  // Requests that wait, and their bytes: a client in a loop must not fill our memory.
  static constexpr size_t kMaxWaiting = 64;
  static constexpr size_t kMaxWaitingBytes = size_t{4} << 20;

  // `on_settled` runs after requests that waited have been taken up.
  ResourceCalls(const Policy& policy, Calls& calls, ResourceRoutes& routes, Catalogue& resources,
                Catalogue& templates, Client& client, std::function<void()> on_settled)
      : policy_(policy),
        calls_(calls),
        routes_(routes),
        resources_(resources),
        templates_(templates),
        client_(client),
        on_settled_(std::move(on_settled)) {}

  // `uri` is the node that names the resource, a string, or not valid.
  void Ask(Method method, const Message& request, const ReplyTo& reply, json::NodeId uri);
  // False when no request that waits has the id of the notification.
  bool Cancel(const Message& notification);
  // The same for the request that is answered with this id.
  bool Cancel(std::string_view raw_reply_id);
  bool idle() const { return waiting_.empty(); }

 private:
  struct Waiting {
    Method method;
    ReplyTo reply;
    std::string id_key;
    std::string frame;
  };

  void Ask(Method method, const Message& request, const ReplyTo& reply, json::NodeId uri,
           bool final);
  void Wait(Method method, const Message& request, const ReplyTo& reply);
  void TakeUp();
  bool Cancel(const std::function<bool(const Waiting&)>& is_meant);
  void RefuseContested(const ReplyTo& reply, const Subject& subject, const Route& route);

  const Policy& policy_;
  Calls& calls_;
  ResourceRoutes& routes_;
  Catalogue& resources_;
  Catalogue& templates_;
  Client& client_;
  const std::function<void()> on_settled_;
  std::list<Waiting> waiting_;
  size_t waiting_bytes_ = 0;
  int lists_ = 0;  // that are waited for
};

// The node that says what a completion/complete is about: `name` or `uri` of params.ref; not valid
// where it has none or `ref` is of another type.
json::NodeId CompletionSubject(const Message& request, Method* method);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_RESOURCE_CALLS_H_
