// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/client_tasks.h"

#include <string_view>

namespace mcplexer::mcp {
namespace {

// Empty where it has none: no task is called that.
std::string TaskIdOf(const json::Document& doc, json::NodeId object) {
  if (!object.valid()) return {};
  const json::NodeId id = doc.Find(object, "taskId");
  if (!id.valid() || doc.TypeOf(id) != json::Type::kString) return {};
  std::string scratch;
  return std::string(doc.Unescape(id, scratch));
}

}  // namespace

void ClientTasks::OnResult(downstream::Instance& instance, const json::Document& doc,
                           json::NodeId result) {
  if (!result.valid()) return;
  const std::string id = TaskIdOf(doc, doc.Find(result, "task"));
  if (id.empty() || !owners_.try_emplace(id, &instance).second) return;
  order_.push_back(id);
  if (order_.size() <= kMax) return;
  owners_.erase(order_.front());
  order_.pop_front();
}

downstream::Instance* ClientTasks::OwnerOf(const json::Document& doc, json::NodeId object) const {
  const auto at = owners_.find(TaskIdOf(doc, object));
  return at == owners_.end() ? nullptr : at->second;
}

void ClientTasks::Filter(const downstream::Instance& instance, const json::Document& doc,
                         json::NodeId result, json::Splicer& splicer) const {
  const json::NodeId tasks = result.valid() ? doc.Find(result, "tasks") : json::NodeId();
  if (!tasks.valid()) return;
  std::string kept = "[";
  for (const json::NodeId task : doc.Elements(tasks)) {
    if (OwnerOf(doc, task) != &instance) continue;
    if (kept.size() > 1) kept += ',';
    kept += doc.Raw(task);
  }
  splicer.Replace(tasks, kept + "]");
}

void ClientTasks::OnLost(const downstream::Instance& instance) {
  std::erase_if(owners_, [&](const auto& owner) { return owner.second == &instance; });
}

}  // namespace mcplexer::mcp
