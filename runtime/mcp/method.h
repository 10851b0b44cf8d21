// SPDX-License-Identifier: Apache-2.0
// The requests of a client that are decided by the policy and forwarded to one server.

#ifndef MCPLEXER_RUNTIME_MCP_METHOD_H_
#define MCPLEXER_RUNTIME_MCP_METHOD_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/downstream/offers.h"
#include "runtime/plan/format.h"

namespace mcplexer::mcp {

enum class Method : uint8_t {
  kCallTool,
  kGetPrompt,
  kReadResource,
  kSubscribe,
  kUnsubscribe,
  kCompletePrompt,
  kCompleteResource,
  kGetTask,
  kTaskResult,
  kCancelTask,
};

struct MethodInfo {
  std::string_view name;
  plan::CallKind kind;  // which rules decide
  downstream::Offer offer;
};

const MethodInfo& Info(Method method);

// Servers of the stateless era may answer it by what they want to know (MCP 2026-07-28,
// basic/patterns/mrtr).
bool MayNeedInput(Method method);

// The request whose method this is, where that alone says it: completion depends on its `ref`.
std::optional<Method> FindMethod(std::string_view name);

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_METHOD_H_
