// SPDX-License-Identifier: Apache-2.0
// Matcher: which rules a call's name is subject to, in one directory and for one principal.
//
// The directory and the principal are fixed for a session, so its path automata run once, and what
// remains are the buckets of rules whose paths and principals match. A name then runs through the
// automata of its namespace, which yields the sets of names that hold it, and each bucket is
// searched for these sets: whichever is shorter, the name's sets or the bucket's entries, is gone
// through, and the other is searched by bisection. So the cost follows how many different patterns
// match, not how many rules there are.

#ifndef MCPLEXER_RUNTIME_DECIDE_MATCHER_H_
#define MCPLEXER_RUNTIME_DECIDE_MATCHER_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/decide/engine_impl.h"

namespace mcplexer::decide {

// A rule that matches a call by everything but its conditions.
struct Candidate {
  uint32_t rule;
  uint32_t distance;  // of its workspace from the home workspace, in steps outwards
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

class Matcher {
 public:
  // `engine` outlives the matcher.
  explicit Matcher(const EngineTables& engine);

  // Before the first Match, and for each session. `directory` is in normal form (paths.h) and lies
  // in the workspace `home`, if that is not kNone.
  void Begin(std::string_view directory, uint32_t home, uint32_t principal);

  // Overwrites `candidates` with each matching rule once, sorted by rule. `automata` are those of
  // the name's kind and namespace.
  void Match(plan::Range automata, std::string_view name, plan::CallKind kind,
             std::vector<Candidate>* candidates);

 private:
  struct Bucket {
    plan::Range entries;
    uint32_t distance;
  };

  void AddBuckets(const Place& place, std::string_view subpath, uint32_t principal,
                  uint32_t distance);
  // Adds the bucket's rules that are of one of sets_.
  void Search(const Bucket& bucket, std::vector<Candidate>* candidates) const;
  // sets_ becomes the union, ascending, of the sets that the automata say hold `text`.
  void CollectSets(plan::Range automata, std::string_view text);

  const EngineTables& engine_;
  const plan::Tables& tables_;
  std::vector<Bucket> buckets_;
  std::span<const uint32_t> sets_;  // of the plan, or joined_
  std::vector<uint32_t> joined_, merged_;
};

}  // namespace mcplexer::decide

#endif  // MCPLEXER_RUNTIME_DECIDE_MATCHER_H_
