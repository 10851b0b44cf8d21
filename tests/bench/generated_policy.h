// SPDX-License-Identifier: Apache-2.0
// Policies of any size that look like what people write: exact tool names, prefixes, one verb of
// every server, directories, a few denies, a few conditions. One size is one text, on every
// platform: what is drawn comes from a generator of our own, not from <random>'s distributions.
//
// No two rules are level and differ. Plain allows have the default priority and the same outcome;
// every rule with an outcome of its own (an approval, a scope, a requirement) has a priority of its
// own in its workspace; denies need none.

#ifndef MCPLEXER_TESTS_BENCH_GENERATED_POLICY_H_
#define MCPLEXER_TESTS_BENCH_GENERATED_POLICY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::bench {

// xorshift64*.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 0x2545F4914F6CDD1Du) {}

  // 0 .. bound - 1; bound > 0.
  size_t Below(size_t bound) {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return static_cast<size_t>((state_ * 0x2545F4914F6CDD1Du) >> 33) % bound;
  }

 private:
  uint64_t state_;
};

struct GeneratedPolicy {
  std::string text;                // .plex
  std::vector<std::string> roots;  // of the workspaces; some lie in another
  std::vector<std::string> tools;  // exposed names that servers like these would have
};

constexpr size_t kMostFloating = 8;

// What generated rules may say. Common is what other deciders say too: no approvals (an allow in
// their place), `when` for `require`, globs for regular expressions; and every third rule is for a
// group or one principal.
enum class Words { kAll, kCommon };

// `rules` rules in max(1, rules / 50) workspaces over 4 servers (up to 100 rules) or 40. The number
// of rules is the generator's seed. With `floating` (at most kMostFloating), three in four of the
// directories that rules name are one of so many globs `**/x/**`.
GeneratedPolicy GeneratePolicy(size_t rules, size_t floating = 0, Words words = Words::kAll);

// The principals of common policies, the anonymous one first.
constexpr std::string_view kPrincipals[] = {"", "alice", "bob"};

// A generated policy as it was before somebody wrote every hundredth of its rules.
std::string WithoutSomeRules(const std::string& text);

// A directory at or below the root, for which path rules do and do not hold.
std::string RandomDirectory(Random& random, const std::string& root);

// Arguments of exactly `bytes` bytes (at least 120) that the conditions of generated rules read.
std::string RandomArguments(Random& random, size_t bytes);

}  // namespace mcplexer::bench

#endif  // MCPLEXER_TESTS_BENCH_GENERATED_POLICY_H_
