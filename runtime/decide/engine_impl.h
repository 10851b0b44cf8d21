// SPDX-License-Identifier: Apache-2.0
// What sessions of one engine share. Immutable once the engine exists.

#ifndef MCPLEXER_RUNTIME_DECIDE_ENGINE_IMPL_H_
#define MCPLEXER_RUNTIME_DECIDE_ENGINE_IMPL_H_

#include <re2/re2.h>

#include <memory>
#include <vector>

#include "runtime/decide/decide.h"
#include "runtime/decide/roots.h"
#include "runtime/plan/tables.h"

namespace mcplexer::decide {

struct EngineTables {
  std::shared_ptr<const plan::Plan> plan;
  plan::Tables tables;
  Roots roots;
  std::vector<std::unique_ptr<const re2::RE2>> regexes;  // each text once
  std::vector<const re2::RE2*> regex_of_node;            // by condition node; null: not `matches`
};

struct Engine::Impl : EngineTables {};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_ENGINE_IMPL_H_
