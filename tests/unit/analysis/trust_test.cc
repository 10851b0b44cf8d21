// SPDX-License-Identifier: Apache-2.0
// Who somebody is, who may approve and over what a workspace is reached are differences, though no
// call is decided differently.
#include "compiler/analysis/trust.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "compiler/analysis/difference.h"
#include "tests/unit/analysis/analysed.h"

namespace mcplexer::analysis {
namespace {

using Verdict = Comparison::Verdict;
using Lines = std::vector<std::string>;

// A policy with what a test is about in its place.
std::string PolicyText(const std::string& people, const std::string& workspaces = "",
                       const std::string& token = "env(\"A\")",
                       const std::string& approvers = "lead") {
  return "server a { command = [\"a\"] }\nsecret k = " + token + "\n" +
         "principal ben { uid = 11 groups = [dev] }\nprincipal zoe { uid = 99 groups = [lead] }\n" +
         people + "\nworkspace w {\n  root = \"/w\"\n  allow a__get_* for lead\n" +
         "  approve a__put_* for ben approvers " + approvers + "\n}\n" + workspaces;
}

struct Case {
  std::string what;
  std::string before;
  std::string after;
  Lines forward;
  Lines backward;
  Verdict verdict;
  Verdict inverse;
};

Lines LinesOf(const Comparison& comparison) {
  Lines lines;
  for (const TrustChange& change : comparison.trust) {
    lines.push_back(fmt::format("{} {} {}", static_cast<int>(change.kind), change.name,
                                fmt::join(change.what, ",")));
  }
  return lines;
}

std::vector<Case> Cases() {
  const std::string ada = "principal ada { uid = 10 groups = [dev] }";
  const std::string cem = "principal cem { uid = 12 ";
  const std::string jwt = "principal jo { jwt = { issuer: \"https://i.example\", audience: \"";
  const std::string top = "workspace w2 {\n  root = \"/w/in\"\n";
  const auto both = Verdict::kIncomparable;
  return {
      {"nothing",
       PolicyText(ada),
       PolicyText(ada),
       {},
       {},
       Verdict::kEquivalent,
       Verdict::kEquivalent},
      {"uid",
       PolicyText(ada),
       PolicyText("principal ada { uid = 4242 groups = [dev] }"),
       {"0 ada uid"},
       {"0 ada uid"},
       both,
       both},
      {"uid to token",
       PolicyText(ada),
       PolicyText("principal ada { token = secret(k) groups = [dev] }"),
       {"0 ada uid,token"},
       {"0 ada uid,token"},
       both,
       both},
      {"what is behind a secret",
       PolicyText(cem + "token = secret(k) }"),
       PolicyText(cem + "token = secret(k) }", "", "env(\"B\")"),
       {"0 cem token"},
       {"0 cem token"},
       both,
       both},
      {"kind of secret",
       PolicyText(cem + "token = secret(k) }"),
       PolicyText(cem + "token = secret(k) }", "", "file(\"/a\")"),
       {"0 cem token"},
       {"0 cem token"},
       both,
       both},
      {"jwt",
       PolicyText(jwt + "x\", subject: \"s\" } }"),
       PolicyText(jwt + "y\", subject: \"s\" } }"),
       {"0 jo jwt"},
       {"0 jo jwt"},
       both,
       both},
      // Nobody may approve a call of one's own, and all of `lead` may get.
      {"another approver",
       PolicyText(cem + "}"),
       PolicyText(cem + "groups = [lead] }"),
       {"1 cem lead"},
       {"2 cem lead"},
       Verdict::kWider,
       Verdict::kNarrower},
      {"somebody new",
       PolicyText(""),
       PolicyText(cem + "groups = [lead] }"),
       {"1 cem lead"},
       {"2 cem lead"},
       Verdict::kWider,
       Verdict::kNarrower},
      {"a group that approves nothing",
       PolicyText(cem + "}"),
       PolicyText(cem + "groups = [dev] }"),
       {},
       {},
       Verdict::kEquivalent,
       Verdict::kEquivalent},
      {"a group that only one names",
       PolicyText(cem + "}", "", "env(\"A\")", "lead, dev"),
       PolicyText(cem + "groups = [dev] }", "", "env(\"A\")", "lead"),
       {},
       {},
       both,
       both},
      {"http of a new one",
       PolicyText(""),
       PolicyText("", top + "  http = true\n}\n"),
       {"3 w2 "},
       {"4 w2 "},
       Verdict::kWider,
       Verdict::kNarrower},
      {"http",
       PolicyText("", top + "}\n"),
       PolicyText("", top + "  http = true\n}\n"),
       {"3 w2 "},
       {"4 w2 "},
       Verdict::kWider,
       Verdict::kNarrower},
      {"a workspace by another name",
       PolicyText("", top + "  http = true\n}\n"),
       PolicyText("", "workspace x {\n  root = \"/w/in\"\n  http = true\n}\n"),
       {},
       {},
       Verdict::kEquivalent,
       Verdict::kEquivalent},
      {"below one with http",
       PolicyText("", top + "  http = true\n}\n"),
       PolicyText("", top + "  http = true\n}\nworkspace y { root = \"/w/in/y\" }\n"),
       {"4 y "},
       {"3 y "},
       Verdict::kNarrower,
       Verdict::kWider},
      {"below one with http, and with it",
       PolicyText("", top + "  http = true\n}\n"),
       PolicyText("", top + "  http = true\n}\nworkspace y { root = \"/w/in/y\" http = true }\n"),
       {},
       {},
       Verdict::kEquivalent,
       Verdict::kEquivalent},
      {"a sibling with http",
       PolicyText("", top + "}\n"),
       PolicyText("", top + "}\nworkspace y { root = \"/w/inn\" http = true }\n"),
       {"3 y "},
       {"4 y "},
       Verdict::kWider,
       Verdict::kNarrower},
      {"home",
       PolicyText("", "workspace h { root = \"~/h\" http = true }\n"),
       PolicyText("", "workspace h { root = \"~/h\" }\n"),
       {"4 h "},
       {"3 h "},
       Verdict::kNarrower,
       Verdict::kWider},
  };
}

TEST(TrustTest, SaysWhatNoCallShows) {
  for (const Case& one : Cases()) {
    SCOPED_TRACE(one.what);
    const Analysed before = Analyse(one.before);
    const Analysed after = Analyse(one.after);
    const Comparison forward = Compare(before.policy(), after.policy());
    EXPECT_EQ(LinesOf(forward), one.forward);
    const Comparison backward = Compare(after.policy(), before.policy());
    EXPECT_EQ(LinesOf(backward), one.backward);
    EXPECT_TRUE(forward.complete() && backward.complete());
    if (one.what == "another approver" || one.what == "somebody new") {
      // Who is in `lead` may get, too: calls show that, in the same direction.
      EXPECT_FALSE(forward.differences.empty());
    }
    EXPECT_EQ(forward.verdict(), one.verdict);
    EXPECT_EQ(backward.verdict(), one.inverse);
  }
}

TEST(TrustTest, ApproversAloneAreADifference) {
  const auto text = [](const std::string& groups) {
    return "server a { command = [\"a\"] }\nprincipal ada { uid = 1 groups = [lead] }\n"
           "principal ben { uid = 2 groups = [" +
           groups +
           "] }\nworkspace w {\n  root = \"/w\"\n"
           "  approve a__put_* for anonymous approvers lead\n}\n";
  };
  const Analysed before = Analyse(text(""));
  const Analysed after = Analyse(text("lead"));
  const Comparison comparison = Compare(before.policy(), after.policy());
  EXPECT_TRUE(comparison.differences.empty());
  EXPECT_EQ(comparison.verdict(), Verdict::kWider);
  EXPECT_EQ(Compare(after.policy(), before.policy()).verdict(), Verdict::kNarrower);
}

TEST(TrustTest, TheSecretOfAnOauthClientIsWhereItIsFound) {
  const auto text = [](const std::string& name, const std::string& variable) {
    return "server a { command = [\"a\"] }\nsecret " + name + " = env(\"" + variable +
           "\")\nprovider p {\n  issuer = \"https://i.example\"\n  client_id = \"c\"\n"
           "  client_secret = secret(" +
           name +
           ")\n}\nscope s {\n  type = oauth2\n  provider = p\n}\n"
           "workspace w {\n  root = \"/w\"\n  allow a__get_* using s\n}\n";
  };
  const Analysed one = Analyse(text("k", "A"));
  EXPECT_EQ(Compare(one.policy(), Analyse(text("k", "B")).policy()).verdict(),
            Verdict::kIncomparable);
  EXPECT_EQ(Compare(one.policy(), Analyse(text("other", "A")).policy()).verdict(),
            Verdict::kEquivalent);
}

}  // namespace
}  // namespace mcplexer::analysis
