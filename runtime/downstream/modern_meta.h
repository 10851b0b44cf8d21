// SPDX-License-Identifier: Apache-2.0
// What each message of the stateless era (MCP 2026-07-28, basic/index) says in `_meta` of the hop
// it is on: the keys that are a gateway's own business on both of its sides. All other keys pass.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_MODERN_META_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_MODERN_META_H_

#include <initializer_list>
#include <string>
#include <string_view>

#include "runtime/json/document.h"

namespace mcplexer::downstream {

inline constexpr std::string_view kVersionKey = "io.modelcontextprotocol/protocolVersion";
inline constexpr std::string_view kClientInfoKey = "io.modelcontextprotocol/clientInfo";
inline constexpr std::string_view kCapabilitiesKey = "io.modelcontextprotocol/clientCapabilities";
inline constexpr std::string_view kLogLevelKey = "io.modelcontextprotocol/logLevel";
inline constexpr std::string_view kSubscriptionKey = "io.modelcontextprotocol/subscriptionId";
inline constexpr std::string_view kServerInfoKey = "io.modelcontextprotocol/serverInfo";

// The object's bytes without its members of these names; the others as they were.
std::string WithoutMembers(const json::Document& doc, json::NodeId object,
                           std::initializer_list<std::string_view> keys);

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_MODERN_META_H_
