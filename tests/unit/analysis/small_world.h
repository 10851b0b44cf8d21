// SPDX-License-Identifier: Apache-2.0
// A world small enough to try every call of it: random policies over a few names, directories,
// conditions and principals, and one call for each way in which these can tell calls apart.

#ifndef MCPLEXER_TESTS_UNIT_ANALYSIS_SMALL_WORLD_H_
#define MCPLEXER_TESTS_UNIT_ANALYSIS_SMALL_WORLD_H_

#include <fmt/format.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "compiler/reference/interpreter.h"

namespace mcplexer::analysis {

inline std::string Pick(std::mt19937& random, const std::vector<std::string>& from) {
  return from[random() % from.size()];
}

inline std::string RandomTarget(std::mt19937& random) {
  return Pick(random, {"s__x*", "s__*y", "s__x", "s__xy", "s__x, s__y", "s__*"}) +
         Pick(random, {"", "", "", " except s__xy"}) +
         Pick(random, {"", "", " for p", " for anonymous"});
}

inline std::string RandomCondition(std::mt19937& random) {
  return Pick(random, {"", "", "", " when arg.n > 1", " when arg.n < 3", " when has arg.n"});
}

inline std::string RandomRules(std::mt19937& random, size_t count) {
  std::string text;
  for (; count > 0; --count) {
    const std::string effect = Pick(random, {"allow", "allow", "approve", "deny"});
    text += fmt::format("  {} {}{}{}", effect, RandomTarget(random),
                        Pick(random, {"", "", " in \"i/**\"", " in \"\"", " in \"*\""}),
                        RandomCondition(random));
    if (effect != "deny") {
      text += Pick(random, {"", "", " priority 50"});
      text += Pick(random, {"", "", "", " require has arg.r"});
      text += Pick(random, {"", "", " using a"});
    }
    text += "\n";
  }
  return text;
}

inline constexpr const char* kDeclarations =
    "server s { command = [\"s\"] }\n"
    "secret k = env(\"K\")\n"
    "scope a { type = env set A = secret(k) }\n"
    "principal p { uid = 1 }\n";

struct WorldSize {
  size_t outer = 5;  // rules, at the most
  size_t inner = 2;
};

inline std::string RandomWorld(std::mt19937& random, WorldSize size = {}) {
  const auto any_default = [&] { return Pick(random, {"", "", "  default = allow\n"}); };
  std::string text = kDeclarations;
  text += "workspace outer {\n  root = \"/w\"\n" + any_default() +
          RandomRules(random, 1 + random() % size.outer) + "}\n";
  text += "workspace inner {\n  root = \"/w/i\"\n" + any_default() +
          RandomRules(random, random() % (size.inner + 1)) + "}\n";
  return text;
}

// One call for each class of calls that such a policy can tell apart.
inline std::vector<reference::Call> AllCalls() {
  std::vector<reference::Call> calls;
  for (const char* name : {"x", "y", "xy", "xz", "zy", "xzy", "z"}) {
    for (const char* directory :
         {"/w", "/w/a", "/w/a/a", "/w/i", "/w/i/i", "/w/i/i/a", "/w/i/a", "/w/i/a/a"}) {
      for (const char* n : {"", "\"n\":0", "\"n\":2", "\"n\":4", "\"n\":null"}) {
        for (const char* r : {"", "\"r\":1"}) {
          for (const size_t principal : {0u, 1u}) {
            reference::Call call;
            call.name = fmt::format("s__{}", name);
            call.directory = directory;
            call.arguments = fmt::format("{{{}{}{}}}", n, *n != '\0' && *r != '\0' ? "," : "", r);
            call.principal = PrincipalId(principal);
            calls.push_back(std::move(call));
          }
        }
      }
    }
  }
  return calls;
}

// How many policies a test tries: `usual`, or what MCPLEXER_ROUNDS says.
inline int Rounds(int usual) {
  const char* rounds = std::getenv("MCPLEXER_ROUNDS");
  return rounds == nullptr ? usual : std::atoi(rounds);
}

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_TESTS_UNIT_ANALYSIS_SMALL_WORLD_H_
