// SPDX-License-Identifier: Apache-2.0
// Tasks that the client made of what servers asked of it (MCP 2025-11-25, basic/utilities/tasks).
// The client chose their ids, so these pass as they are; whose each is has to be known, or one
// server could read what was said to another.

#ifndef MCPLEXER_RUNTIME_MCP_CLIENT_TASKS_H_
#define MCPLEXER_RUNTIME_MCP_CLIENT_TASKS_H_

#include <deque>
#include <map>
#include <string>

#include "runtime/downstream/instance.h"
#include "runtime/json/document.h"
#include "runtime/json/splice.h"

namespace mcplexer::mcp {

// One thread. The instances that it is told of must outlive its use.
class ClientTasks {
 public:
  // A new one takes the place of the oldest.
  static constexpr size_t kMax = 1024;

  // The client's answer to what the server asked, if it is a task.
  void OnResult(downstream::Instance& instance, const json::Document& doc, json::NodeId result);
  // Whose the task is that `params` or a task names; null for nobody's.
  downstream::Instance* OwnerOf(const json::Document& doc, json::NodeId object) const;
  // Takes out of a list of tasks those that are not of this server.
  void Filter(const downstream::Instance& instance, const json::Document& doc, json::NodeId result,
              json::Splicer& splicer) const;
  void OnLost(const downstream::Instance& instance);

 private:
  std::map<std::string, downstream::Instance*> owners_;
  std::deque<std::string> order_;  // oldest first; may hold what has been lost
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_CLIENT_TASKS_H_
