// SPDX-License-Identifier: Apache-2.0
// The small worlds of which all policies are tried (every_policy.h). Between them they have all
// that a decision of section 6 of docs/language.md can turn on, and each has, for the parts it is
// about, rules that are equal, nested, overlapping, apart, and of which two make up a third.

#ifndef MCPLEXER_TESTS_UNIT_ANALYSIS_ALPHABETS_H_
#define MCPLEXER_TESTS_UNIT_ANALYSIS_ALPHABETS_H_

#include <string>
#include <vector>

#include "tests/unit/analysis/every_policy.h"

namespace mcplexer::analysis {

// Calls by which rules of these can tell arguments apart.
inline const std::vector<std::string> kNumbers = {"", "\"n\":0", "\"n\":2"};
inline const std::vector<std::string> kNumbersAndMore = {
    "", "\"n\":0", "\"n\":2", "\"r\":1", "\"n\":0,\"r\":1", "\"n\":2,\"r\":1"};

// Precedence: inclusion, conditions and priorities against each other, with denies before all.
inline SmallWorld NamesAndConditions() {
  const std::vector<std::string> names = {"s__x*", "s__*y", "s__* except s__x*", "s__*"};
  const std::vector<std::string> when = {"", " when arg.n > 1"};
  SmallWorld world;
  world.outer = Concat(Product({{"allow ", "approve "}, names, when, {"", " priority 50"}}),
                       Product({{"deny "}, names, when}));
  world.shapes = {{}};
  world.names = {"x", "y", "xy", "z"};
  world.directories = {"/", "/w"};
  world.arguments = kNumbers;
  world.clauses = {{"never allow", "s__x*"},
                   {"never allow", "s__*", true},
                   {"always deny", "s__*y", false, "", " when arg.n > 1"}};
  return world;
}

// Boxes: what is left of one when another is taken away.
inline SmallWorld Boxes() {
  SmallWorld world;
  world.outer = Product({{"allow ", "approve ", "deny "},
                         {"s__x*", "s__*y"},
                         {"", " for p"},
                         {"", " in \"i/**\"", " in \"*\""}});
  world.shapes = {{}};
  world.names = {"x", "y", "xy", "z"};
  world.directories = {"/", "/w", "/w/a", "/w/i", "/w/i/a"};
  world.arguments = {""};
  world.principals = 2;
  world.clauses = {{"never allow", "s__x* for p"},
                   {"never allow", "s__*", true, "w/i/**"},
                   {"always deny", "s__*y for anonymous", false, "w/*"}};
  return world;
}

// The same with conditions: a rule can keep a wider one from deciding where it does not decide.
inline SmallWorld ConditionalBoxes() {
  SmallWorld world;
  world.outer = Product(
      {{"allow ", "approve "}, {"s__x*", "s__*y"}, {"", " for p"}, {"", " when arg.n > 1"}});
  world.shapes = {{.outer_allows = true}};
  world.names = {"x", "y", "xy", "z"};
  world.directories = {"/", "/w"};
  world.arguments = kNumbers;
  world.principals = 2;
  world.clauses = {{"never allow", "s__x* for p"},
                   {"never allow", "s__*", true, "", " when arg.n > 1"}};
  return world;
}

// What rules do: credentials, terms of approval, requirements.
inline SmallWorld Effects() {
  const std::vector<std::string> names = {"s__x*", "s__*y"};
  const std::vector<std::string> when = {"", " when arg.n > 1"};
  SmallWorld world;
  world.outer = Concat(
      Concat(Product({{"allow "}, names, when, {"", " using a", " require has arg.r"}}),
             Product({{"approve "}, names, when, {"", " timeout 60s", " require has arg.r"}})),
      Product({{"deny "}, names, when}));
  world.shapes = {{.outer_allows = false}, {.outer_allows = true}};
  world.names = {"x", "y", "xy", "z"};
  world.directories = {"/", "/w"};
  world.arguments = kNumbersAndMore;
  world.clauses = {{"never allow", "s__x*"},
                   {"never allow", "s__*", true, "", " when has arg.r"},
                   {"always deny", "s__*", false, "", " when not has arg.r"}};
  return world;
}

// A workspace in another one.
inline SmallWorld Nests() {
  SmallWorld world;
  world.outer = Product({{"allow ", "approve ", "deny "},
                         {"s__x*", "s__*", "s__* in \"*\""},
                         {"", " when arg.n > 1"}});
  world.inner = Product({{"allow ", "approve ", "deny "}, {"s__x*", "s__*"}});
  world.shapes = {{.has_inner = true, .inner_allows = true},
                  {.outer_allows = true, .has_inner = true}};
  world.names = {"x", "z"};
  world.directories = {"/", "/w", "/w/a", "/w/i", "/w/i/a"};
  world.arguments = kNumbers;
  world.clauses = {{"never allow", "s__x*"},
                   {"never allow", "s__*", true, "w/i/**"},
                   {"always deny", "s__*", false, "w/*", " when arg.n > 1"}};
  return world;
}

// For all orders of its rules. One of these matches no call.
inline SmallWorld AnyOrder() {
  SmallWorld world;
  world.outer = {"allow s__x*",
                 "allow s__*",
                 "allow s__* when arg.n > 1",
                 "approve s__*y",
                 "approve s__* when arg.n > 1 and arg.n < 1",
                 "deny s__x*",
                 "deny s__* when arg.n > 1"};
  world.shapes = {{}};
  world.names = {"x", "y", "xy", "z"};
  world.directories = {"/", "/w"};
  world.arguments = kNumbers;
  world.clauses = {{"never allow", "s__x*"}, {"never allow", "s__*", true}};
  return world;
}

// For pairs of policies.
inline SmallWorld Changes() {
  SmallWorld world;
  world.outer = {"allow s__x*",
                 "allow s__*",
                 "allow s__* when arg.n > 1",
                 "allow s__x* using a",
                 "allow s__* require has arg.r",
                 "approve s__x*",
                 "approve s__* timeout 60s",
                 "deny s__* for p when arg.n > 1"};
  world.shapes = {{.outer_allows = false}, {.outer_allows = true}};
  world.names = {"x", "y", "xy", "z"};
  world.directories = {"/", "/w"};
  world.arguments = kNumbersAndMore;
  world.principals = 2;
  return world;
}

// For pairs in which a workspace comes or goes, or a server becomes another one.
inline SmallWorld NestedChanges() {
  SmallWorld world;
  world.outer = {"allow s__x*", "allow s__* when arg.n > 1", "approve s__* in \"*\""};
  world.inner = {"allow s__*", "approve s__x*", "deny s__x*"};
  world.shapes = {
      {}, {.has_inner = true}, {.has_inner = true, .inner_allows = true, .command = "s2"}};
  world.names = {"x", "z"};
  world.directories = {"/", "/w", "/w/a", "/w/i", "/w/i/a"};
  world.arguments = kNumbers;
  return world;
}

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_TESTS_UNIT_ANALYSIS_ALPHABETS_H_
