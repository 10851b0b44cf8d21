// SPDX-License-Identifier: Apache-2.0
// Requests that the gateway makes of a server by itself and whose answer changes nothing.

#ifndef MCPLEXER_RUNTIME_MCP_OWN_REQUEST_H_
#define MCPLEXER_RUNTIME_MCP_OWN_REQUEST_H_

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/downstream/instance.h"
#include "runtime/json/writer.h"

namespace mcplexer::mcp {

class UnheardAnswer final : public downstream::Exchange {
 public:
  void OnProgress(const json::Document&, const json::Envelope&, json::NodeId) override {}
  void OnResponse(const json::Document&, const json::Envelope&) override {}
  void OnFailure(const downstream::Failure&) override {}
};

// Only where the server offers what is needed for it.
inline void SendOwnRequest(downstream::Instance& instance, std::string_view method,
                           std::string_view raw_params, downstream::Offer needed) {
  constexpr std::chrono::seconds kPatience{60};
  const uint64_t id = instance.NextId();
  instance.Send(id, json::Request(std::to_string(id), method, raw_params),
                std::make_unique<UnheardAnswer>(), {kPatience, kPatience}, needed);
}

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_OWN_REQUEST_H_
