// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/offers.h"

#include <string_view>

namespace mcplexer::downstream {
namespace {

json::NodeId ObjectMember(const json::Document& doc, json::NodeId object, std::string_view key) {
  if (!object.valid()) return {};
  const json::NodeId node = doc.Find(object, key);
  return node.valid() && doc.TypeOf(node) == json::Type::kObject ? node : json::NodeId();
}

}  // namespace

Offers ReadOffers(const json::Document& doc, json::NodeId introduction) {
  const json::NodeId all = ObjectMember(doc, introduction, "capabilities");
  const json::NodeId resources = ObjectMember(doc, all, "resources");
  const json::NodeId tasks = ObjectMember(doc, all, "tasks");
  Offers offers;
  offers.prompts = ObjectMember(doc, all, "prompts").valid();
  offers.resources = resources.valid();
  if (resources.valid()) {
    const json::NodeId subscribe = doc.Find(resources, "subscribe");
    offers.subscriptions = subscribe.valid() && doc.TypeOf(subscribe) == json::Type::kTrue;
  }
  offers.logging = ObjectMember(doc, all, "logging").valid();
  offers.tasks_list = ObjectMember(doc, tasks, "list").valid();
  offers.tasks_cancel = ObjectMember(doc, tasks, "cancel").valid();
  return offers;
}

}  // namespace mcplexer::downstream
