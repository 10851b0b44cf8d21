// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/plan_source.h"

#include <fmt/format.h>

#include <utility>

#include "runtime/plan/plan.h"

namespace mcplexer::commands {

Result<std::shared_ptr<const decide::Engine>> PlanSource::Load() const {
  auto plan = plan::Plan::LoadFile(path, trust);
  if (!plan) return tl::unexpected(plan.error());
  auto engine = decide::Engine::Create(std::make_shared<const plan::Plan>(std::move(*plan)), home);
  if (!engine) return tl::unexpected(engine.error());
  if (auto found = (*engine)->FindPrincipal(principal); !found) {
    return tl::unexpected(found.error());
  }
  return engine;
}

std::string Described(const plan::Plan& plan) {
  const auto signer = plan::SignerId(plan.header());
  return fmt::format("{}, {}", plan.id(), signer ? "signed by key " + *signer : "not signed");
}

}  // namespace mcplexer::commands
