// SPDX-License-Identifier: Apache-2.0
// The instances of one client session, one for each (server, scope) it has used: a child that
// serves one client cannot leak its state to another, and one that holds a scope's credentials
// serves only the calls that the policy sends there with that scope.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_POOL_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_POOL_H_

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/downstream/instance.h"
#include "runtime/plan/plan.h"

namespace mcplexer::downstream {

// One thread. All parameters must outlive the pool.
class Pool {
 public:
  Pool(const plan::Plan& plan, Launcher& launcher, transport::Timers& timers,
       InstanceObserver& observer)
      : plan_(&plan), launcher_(launcher), timers_(timers), observer_(observer) {}

  // Another plan comes into force; the one before has to live until this returns. Instances that
  // are defined alike in both and that `wanted` is true of (by the new plan's ids) go on under
  // their new ids, the others leave: they end what they have been asked for and are destroyed.
  void Renew(const plan::Plan& next, const std::function<bool(ServerId)>& wanted);

  // Whom servers are told they talk to, raw JSON; for instances made from now on.
  void SetClientInfo(std::string raw) { client_info_ = std::move(raw); }
  // What that client can be asked for, raw JSON; the same.
  void SetClientCapabilities(std::string raw) { client_capabilities_ = std::move(raw); }

  // Makes the instance if there is none, without starting it.
  Instance& Get(ServerId server, ScopeId scope);
  // An instance of the server that is running, or null.
  Instance* FindRunning(ServerId server) const;
  // Null if none was made.
  Instance* Find(ServerId server, ScopeId scope) const;
  // Of all that are made, those that leave too; none may be made meanwhile.
  void ForEach(const std::function<void(Instance&)>& visit) const;

  void SetReading(bool on);
  // For good: nothing can be sent any more.
  void Stop(std::string_view why);

 private:
  // However many timeouts of its own a call may take, so may what a leaving instance has to do.
  static constexpr int kLeavePatience = 10;

  InstanceOptions OptionsOf(ServerId server, ScopeId scope) const;
  void LetLeave(std::unique_ptr<Instance> instance, std::chrono::milliseconds call_timeout);

  const plan::Plan* plan_;
  Launcher& launcher_;
  transport::Timers& timers_;
  InstanceObserver& observer_;
  std::string client_info_ = R"({"name":"mcplexer","version":"0"})";
  std::string client_capabilities_ = "{}";
  bool reading_ = true;
  std::map<std::pair<ServerId, ScopeId>, std::unique_ptr<Instance>> instances_;
  std::list<std::unique_ptr<Instance>> leaving_;
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_POOL_H_
