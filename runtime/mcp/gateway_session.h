// SPDX-License-Identifier: Apache-2.0
// What one client has of the gateway, whichever era it speaks: its policy session, its servers, its
// list of tools and its open calls.

#ifndef MCPLEXER_RUNTIME_MCP_GATEWAY_SESSION_H_
#define MCPLEXER_RUNTIME_MCP_GATEWAY_SESSION_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/downstream/pool.h"
#include "runtime/mcp/client.h"
#include "runtime/mcp/era.h"
#include "runtime/mcp/policy.h"
#include "runtime/mcp/tool_calls.h"
#include "runtime/mcp/tool_catalogue.h"
#include "runtime/transport/timers.h"

namespace mcplexer::mcp {

// How the client introduced itself.
struct ClientInfo {
  std::string raw;  // the JSON object, for servers; empty when it gave none
  std::string name;
  std::string version;
};

// One thread. All references given to it must outlive it.
class GatewaySession final : private downstream::InstanceObserver {
 public:
  // Conditions see the client's name, so the policy session is made when that is known.
  using PolicyFactory = std::function<std::unique_ptr<Policy>(const std::string& client_name)>;

  GatewaySession(const plan::Plan& plan, PolicyFactory make_policy, Journal& journal,
                 downstream::Launcher& launcher, transport::Timers& timers, Client& client,
                 std::string session_id);

  // Once, before anything else. Starts no server.
  void Open(ClientInfo info);
  bool open() const { return policy_ != nullptr; }
  // Starts the servers that are to be there before they are needed (`start = eager`).
  void StartEagerServers();

  void ListTools(const ReplyTo& reply) { catalogue_->List(reply); }
  void CallTool(const Message& request, const ReplyTo& reply) { calls_->Call(request, reply); }
  void Cancel(const Message& notification) { calls_->Cancel(notification); }

  // While off, nothing is read from any server.
  void SetReading(bool on) { pool_.SetReading(on); }
  // `callback` runs as soon as no request of the client is open, perhaps before this returns.
  void WhenIdle(std::function<void()> callback);
  // Fails what is open and retires all servers, for good.
  void Stop(std::string_view why) { pool_.Stop(why); }

 private:
  void OnToolsChanged(const downstream::Instance& instance) override;
  void OnLost(const downstream::Instance& instance) override;
  void CheckIdle();

  const plan::Plan& plan_;
  const PolicyFactory make_policy_;
  Journal& journal_;
  transport::Timers& timers_;
  Client& client_;
  SessionFacts facts_;
  std::function<void()> when_idle_;
  std::unique_ptr<Policy> policy_;
  std::unique_ptr<ToolCatalogue> catalogue_;
  std::unique_ptr<ToolCalls> calls_;
  downstream::Pool pool_;  // last: what is pending refers to the catalogue and the calls
};

}  // namespace mcplexer::mcp

#endif  // MCPLEXER_RUNTIME_MCP_GATEWAY_SESSION_H_
