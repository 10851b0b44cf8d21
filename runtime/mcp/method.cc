// SPDX-License-Identifier: Apache-2.0
#include "runtime/mcp/method.h"

#include <array>
#include <cstddef>

namespace mcplexer::mcp {
namespace {

using downstream::Offers;
using plan::CallKind;

constexpr std::string_view kCompletion = "completion/complete";

// In the order of Method. Servers of 2024-11-05 complete without saying so in their capabilities.
constexpr std::array<MethodInfo, 10> kMethods = {{
    {"tools/call", CallKind::kTool, nullptr},
    {"prompts/get", CallKind::kPrompt, &Offers::prompts},
    {"resources/read", CallKind::kResource, &Offers::resources},
    {"resources/subscribe", CallKind::kResource, &Offers::subscriptions},
    {"resources/unsubscribe", CallKind::kResource, &Offers::subscriptions},
    {kCompletion, CallKind::kPrompt, nullptr},
    {kCompletion, CallKind::kResource, nullptr},
    {"tasks/get", CallKind::kTool, nullptr},
    {"tasks/result", CallKind::kTool, nullptr},
    {"tasks/cancel", CallKind::kTool, &Offers::tasks_cancel},
}};

}  // namespace

const MethodInfo& Info(Method method) { return kMethods.at(static_cast<size_t>(method)); }

bool MayNeedInput(Method method) {
  return method == Method::kCallTool || method == Method::kGetPrompt ||
         method == Method::kReadResource;
}

std::optional<Method> FindMethod(std::string_view name) {
  if (name == kCompletion) return std::nullopt;
  for (size_t i = 0; i < kMethods.size(); ++i) {
    if (kMethods[i].name == name) return static_cast<Method>(i);
  }
  return std::nullopt;
}

}  // namespace mcplexer::mcp
