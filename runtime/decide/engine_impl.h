// SPDX-License-Identifier: Apache-2.0
// What sessions of one engine share. Immutable once the engine exists, but for the pool.

#ifndef MCPLEXER_RUNTIME_DECIDE_ENGINE_IMPL_H_
#define MCPLEXER_RUNTIME_DECIDE_ENGINE_IMPL_H_

#include <re2/re2.h>

#include <memory>
#include <mutex>
#include <vector>

#include "runtime/decide/decide.h"
#include "runtime/decide/roots.h"
#include "runtime/decide/text_index.h"
#include "runtime/plan/tables.h"

namespace mcplexer::decide {

// States of sessions that ended. Any thread may take and give.
class IdleSessions {
 public:
  IdleSessions();
  ~IdleSessions();
  std::unique_ptr<SessionState> Take();  // null when there is none
  void Give(std::unique_ptr<SessionState> state);

 private:
  // A small state takes some kilobytes.
  static constexpr size_t kMost = 16;

  std::mutex mutex_;
  std::vector<std::unique_ptr<SessionState>> idle_;
};

struct EngineTables {
  std::shared_ptr<const plan::Plan> plan;
  plan::Tables tables;
  Roots roots;
  std::vector<std::unique_ptr<const re2::RE2>> regexes;  // each text once
  std::vector<const re2::RE2*> regex_of_node;            // by condition node; null: not `matches`
  TextIndex namespaces;                                  // names of the plan's
  mutable IdleSessions idle;  // last, since the states refer to all that is above
};

struct Engine::Impl : EngineTables {};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_ENGINE_IMPL_H_
