// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/stateless_meta.h"

#include "runtime/downstream/modern_meta.h"
#include "runtime/json/splice.h"
#include "runtime/mcp/line.h"
#include "runtime/mcp/log_messages.h"

namespace mcplexer::mcp {
namespace {

json::NodeId MetaMember(const Message& request, std::string_view key) {
  const json::NodeId meta = request.envelope.meta;
  return meta.valid() ? request.doc.Find(meta, key) : json::NodeId();
}

bool IsOfMetaType(const Message& request, json::NodeId node, json::Type type) {
  return node.valid() && request.doc.TypeOf(node) == type;
}

// The level's rank, or a fault.
void ReadLogLevel(const Message& request, StatelessMeta& meta) {
  const json::NodeId node = MetaMember(request, downstream::kLogLevelKey);
  if (!node.valid()) return;
  if (IsOfMetaType(request, node, json::Type::kString) && !request.doc.HasEscapes(node)) {
    const std::string_view raw = request.doc.Raw(node);
    meta.log_level_name = raw.substr(1, raw.size() - 2);
    meta.log_level = FindLogLevel(meta.log_level_name);
  }
  if (!meta.log_level) meta.fault = "params._meta names no log level";
}

}  // namespace

bool IsStateless(const Message& request) {
  return request.envelope.method == "server/discover" ||
         request.envelope.method == "subscriptions/listen" ||
         MetaMember(request, downstream::kVersionKey).valid() ||
         MetaMember(request, downstream::kCapabilitiesKey).valid();
}

StatelessMeta ReadStatelessMeta(const Message& request) {
  StatelessMeta meta;
  const json::NodeId version = MetaMember(request, downstream::kVersionKey);
  if (!IsOfMetaType(request, version, json::Type::kString)) {
    meta.fault = "params._meta needs io.modelcontextprotocol/protocolVersion, a string";
    return meta;
  }
  std::string scratch;
  meta.version = request.doc.Unescape(version, scratch);
  meta.capabilities = MetaMember(request, downstream::kCapabilitiesKey);
  meta.client_info = MetaMember(request, downstream::kClientInfoKey);
  if (!IsOfMetaType(request, meta.capabilities, json::Type::kObject)) {
    meta.fault = "params._meta needs io.modelcontextprotocol/clientCapabilities, an object";
  } else if (meta.client_info.valid() &&
             !IsOfMetaType(request, meta.client_info, json::Type::kObject)) {
    meta.fault = "io.modelcontextprotocol/clientInfo in params._meta is not an object";
  } else {
    ReadLogLevel(request, meta);
  }
  return meta;
}

std::string WithoutStatelessMeta(const Message& request) {
  const json::Document& doc = request.doc;
  json::Splicer splicer(doc, request.envelope.message);
  if (IsOfMetaType(request, request.envelope.meta, json::Type::kObject)) {
    splicer.Replace(
        request.envelope.meta,
        downstream::WithoutMembers(doc, request.envelope.meta,
                                   {downstream::kVersionKey, downstream::kClientInfoKey,
                                    downstream::kCapabilitiesKey, downstream::kSubscriptionKey}));
  }
  return LineOf(splicer);
}

}  // namespace mcplexer::mcp
