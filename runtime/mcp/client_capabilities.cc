// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/client_capabilities.h"

#include <string_view>

#include "runtime/json/splice.h"

namespace mcplexer::mcp {
namespace {

json::NodeId Part(const json::Document& doc, json::NodeId object, std::string_view key) {
  if (!object.valid()) return {};
  const json::NodeId node = doc.Find(object, key);
  return node.valid() && doc.TypeOf(node) == json::Type::kObject ? node : json::NodeId();
}

}  // namespace

ClientCapabilities ReadClientCapabilities(const json::Document& doc, json::NodeId params) {
  return ReadCapabilitiesObject(doc, Part(doc, params, "capabilities"));
}

ClientCapabilities ReadCapabilitiesObject(const json::Document& doc, json::NodeId all) {
  ClientCapabilities capabilities;
  if (!all.valid()) return capabilities;
  capabilities.raw = doc.Raw(all);
  json::FlattenLines(capabilities.raw);
  capabilities.tasks = Part(doc, all, "tasks").valid();
  capabilities.roots = Part(doc, all, "roots").valid();
  const json::NodeId sampling = Part(doc, all, "sampling");
  capabilities.sampling = sampling.valid();
  capabilities.sampling_tools = Part(doc, sampling, "tools").valid();
  // An empty object stands for forms: there was nothing else before 2025-11-25.
  const json::NodeId elicitation = Part(doc, all, "elicitation");
  capabilities.elicitation_url = Part(doc, elicitation, "url").valid();
  capabilities.elicitation_form = Part(doc, elicitation, "form").valid() ||
                                  (elicitation.valid() && doc.ElementCount(elicitation) == 0);
  return capabilities;
}

}  // namespace mcplexer::mcp
