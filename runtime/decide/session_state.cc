// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/session_state.h"

#include <algorithm>
#include <utility>

#include "runtime/decide/paths.h"

namespace mcplexer::decide {

IdleSessions::IdleSessions() { idle_.reserve(kMost); }
IdleSessions::~IdleSessions() = default;

std::unique_ptr<SessionState> IdleSessions::Take() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  std::unique_ptr<SessionState> state = std::move(idle_.back());
  idle_.pop_back();
  return state;
}

void IdleSessions::Give(std::unique_ptr<SessionState> state) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() < kMost) idle_.push_back(std::move(state));
}

SessionState::SessionState(const EngineTables& engine_tables)
    : shared(engine_tables),
      tables(engine_tables.tables),
      matcher(engine_tables),
      evaluator(engine_tables) {
  candidates.reserve(std::min<size_t>(tables.meta[0].max_candidates, tables.rules.size()));
}

void SessionState::Begin(std::shared_ptr<const Engine>&& engine_in, std::string&& directory_in,
                         PrincipalId principal_in, std::string&& client, std::string&& model) {
  engine = std::move(engine_in);
  directory = std::move(directory_in);
  principal = principal_in;
  // Outside of all workspaces when the directory is not an absolute path.
  const bool is_path = directory.starts_with('/') && NormalizePath("", directory, normal);
  if (!is_path) normal.clear();
  home = is_path ? shared.roots.Find(normal) : plan::kNone;
  matcher.Begin(normal, home, principal.value);
  evaluator.Begin(home, normal, principal.value, std::move(client), std::move(model));
}

bool SessionState::End() {
  cache.Clear();
  engine.reset();
  return cache.IsSmall() && evaluator.IsSmall();
}

}  // namespace mcplexer::decide
