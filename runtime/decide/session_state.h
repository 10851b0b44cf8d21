// SPDX-License-Identifier: Apache-2.0
// SessionState: what a session keeps between calls, and the pool of those that no session has.
//
// A state is a dozen pieces of memory: tables, texts, lists that grow as calls need them. Making
// and freeing them was a third of the first decision of a session, so a state outlives its session
// and is begun anew for the next one, with its memory. The pool keeps few and only small ones.

#ifndef MCPLEXER_RUNTIME_DECIDE_SESSION_STATE_H_
#define MCPLEXER_RUNTIME_DECIDE_SESSION_STATE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/decide/engine_impl.h"
#include "runtime/decide/evaluator.h"
#include "runtime/decide/leaf_cache.h"
#include "runtime/decide/matcher.h"
#include "runtime/decide/ranking.h"
#include "runtime/decide/target.h"

namespace mcplexer::decide {

struct SessionState {
  explicit SessionState(const EngineTables& engine_tables);

  // Everything that a decision depends on is the new session's.
  void Begin(std::shared_ptr<const Engine>&& engine_in, std::string&& directory_in,
             PrincipalId principal_in, std::string&& client, std::string&& model);
  // Drops what belongs to the session, the engine among it. False when the state has grown so large
  // that it should not be kept.
  bool End();

  const Leaf& LeafOf(const Call& call);
  void Resolve(const Call& call, const Target& target, Leaf* leaf);
  void ResolveRules(Leaf* leaf);
  // The rule has won: its effect, scope and place.
  void Grant(uint32_t rule, Decision* decision) const;
  static void Deny(uint32_t rule, Reason reason, Decision* decision);
  Decision Ask(const Leaf& leaf, std::string_view arguments);

  const EngineTables& shared;
  const plan::Tables& tables;
  std::shared_ptr<const Engine> engine;  // null between sessions
  std::string directory;
  PrincipalId principal;
  std::string normal;
  uint32_t home = plan::kNone;
  Matcher matcher;
  Evaluator evaluator;
  LeafCache cache;

  // Scratch, valid until the next leaf is worked out.
  std::vector<Candidate> candidates;
  Ranking ranking;
  std::vector<uint32_t> rules;
  Leaf uncached;
};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_SESSION_STATE_H_
