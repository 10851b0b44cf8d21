// SPDX-License-Identifier: Apache-2.0
// Starts the plan's stdio servers as child processes, and ends those that are out of use.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_PROCESS_LAUNCHER_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_PROCESS_LAUNCHER_H_

#include <boost/asio/io_context.hpp>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "runtime/auth/resolve.h"
#include "runtime/downstream/child_process.h"
#include "runtime/downstream/peer.h"
#include "runtime/plan/plan.h"

namespace mcplexer::downstream {

class ProcessLauncher final : public Launcher {
 public:
  struct Options {
    std::string directory;  // the session's: where a server without `cwd` of its own runs
    auth::ResolveContext secrets;
    // Told of each secret that a server gets, before it does. May be empty.
    std::function<void(const auth::SecretString&)> on_secret;
    std::string entry = "/proc/self/exe";  // see Spawn
    ShutdownTimes times;
  };

  ProcessLauncher(boost::asio::io_context& io, transport::Timers& timers,
                  std::shared_ptr<const plan::Plan> plan, Options options);

  Result<std::unique_ptr<Peer>> Launch(ServerId server, ScopeId scope) override;
  void Retire(std::unique_ptr<Peer> peer) override;

  // What is launched from now on is what this plan says.
  void SetPlan(std::shared_ptr<const plan::Plan> plan) { plan_ = std::move(plan); }

  // `callback` runs, from the event loop, when no retired process is left.
  void WhenEmpty(std::function<void()> callback);
  // Ends the retired processes at once.
  void KillRetired();

 private:
  void CheckEmpty();

  boost::asio::io_context& io_;
  transport::Timers& timers_;
  std::shared_ptr<const plan::Plan> plan_;
  const Options options_;
  std::list<std::unique_ptr<ChildProcess>> retired_;
  std::function<void()> when_empty_;
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_PROCESS_LAUNCHER_H_
