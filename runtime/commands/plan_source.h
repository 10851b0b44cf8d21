// SPDX-License-Identifier: Apache-2.0
// Where a gateway's plan comes from, at its start and whenever it is loaded anew.

#ifndef MCPLEXER_RUNTIME_COMMANDS_PLAN_SOURCE_H_
#define MCPLEXER_RUNTIME_COMMANDS_PLAN_SOURCE_H_

#include <memory>
#include <string>

#include "runtime/base/result.h"
#include "runtime/decide/decide.h"
#include "runtime/plan/signature.h"

namespace mcplexer::commands {

struct PlanSource {
  std::string path;       // absolute
  plan::Trust trust;      // as it was at the start
  std::string home;       // what `~` stands for, empty where nothing does
  std::string principal;  // whom clients act as; empty for the anonymous one

  // The plan that is at `path` now, verified and bound to this machine. Fails with the reason, also
  // when it has no such principal.
  Result<std::shared_ptr<const decide::Engine>> Load() const;
};

// Which plan it is, and who vouches for it.
std::string Described(const plan::Plan& plan);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_PLAN_SOURCE_H_
