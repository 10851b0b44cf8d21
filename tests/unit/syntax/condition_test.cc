// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "compiler/syntax/parse_condition.h"
#include "tests/unit/syntax/parsed.h"

namespace mcplexer::syntax {
namespace {

// A condition as a rule's `require`, dumped with all its parentheses; or the errors.
std::string Condition(const std::string& text) {
  const Parsed parsed("workspace w { deny x__* require " + text + "\n}");
  if (!parsed.errors().empty()) return parsed.errors();
  const Rule& rule = parsed.file.declarations.at(0).body.at(0).rule.at(0);
  return Dump(*rule.require);
}

TEST(ConditionTest, NotBindsTighterThanAndThanOr) {
  EXPECT_EQ(Condition("has arg.a or has arg.b and not has arg.c"),
            "(has arg[\"a\"] or (has arg[\"b\"] and not has arg[\"c\"]))");
  EXPECT_EQ(Condition("not has arg.a and has arg.b or has arg.c"),
            "((not has arg[\"a\"] and has arg[\"b\"]) or has arg[\"c\"])");
  EXPECT_EQ(Condition("(has arg.a or has arg.b) and has arg.c"),
            "((has arg[\"a\"] or has arg[\"b\"]) and has arg[\"c\"])");
  EXPECT_EQ(Condition("not not (has arg.a)"), "not not has arg[\"a\"]");
}

TEST(ConditionTest, ChainsJoinFromTheLeft) {
  EXPECT_EQ(Condition("has arg.a and has arg.b and has arg.c"),
            "((has arg[\"a\"] and has arg[\"b\"]) and has arg[\"c\"])");
  EXPECT_EQ(Condition("has arg.a or has arg.b or has arg.c"),
            "((has arg[\"a\"] or has arg[\"b\"]) or has arg[\"c\"])");
}

TEST(ConditionTest, ReadsEveryOperator) {
  for (const char* op : {"==", "!=", "<", "<=", ">", ">="}) {
    EXPECT_EQ(Condition(std::string("arg.a ") + op + " 1"), std::string("arg[\"a\"] ") + op + " 1");
    EXPECT_EQ(Condition(std::string("arg.a") + op + "1"), std::string("arg[\"a\"] ") + op + " 1");
  }
  EXPECT_EQ(Condition("arg.a in [\"x\", 1, -2.5e3, true, false, null,]"),
            "arg[\"a\"] in [\"x\", 1, -2.5e3, true, false, null]");
  EXPECT_EQ(Condition("arg.a in []"), "arg[\"a\"] in []");
  EXPECT_EQ(Condition("arg.a like \"x*\""), "arg[\"a\"] like \"x*\"");
  EXPECT_EQ(Condition("arg.a matches re\"x\\.y\""), "arg[\"a\"] matches re\"x\\.y\"");
  EXPECT_EQ(Condition("arg.a matches \"x.y\""), "arg[\"a\"] matches \"x.y\"");
  EXPECT_EQ(Condition("arg.a under \"src\""), "arg[\"a\"] under \"src\"");
}

TEST(ConditionTest, ReadsEveryOperand) {
  EXPECT_EQ(Condition("session.client == session.model"), "session.client == session.model");
  EXPECT_EQ(Condition("principal.name in principal.groups"), "principal.name in principal.groups");
  EXPECT_EQ(Condition("workspace.tags.team == workspace.tags[\"a b\"]"),
            "workspace.tags[\"team\"] == workspace.tags[\"a b\"]");
  EXPECT_EQ(Condition("size(arg.files) <= 10"), "size(arg[\"files\"]) <= 10");
  EXPECT_EQ(Condition("\"x\" in arg.names"), "\"x\" in arg[\"names\"]");
  EXPECT_EQ(Condition("arg.a == arg.b"), "arg[\"a\"] == arg[\"b\"]");
}

TEST(ConditionTest, ReadsPaths) {
  EXPECT_EQ(Condition("arg.a.b-c[\"weird \\\"key\\\"\"][0][12].d? == 1"),
            "arg[\"a\"][\"b-c\"][\"weird \"key\"\"][0][12][\"d\"]? == 1");
  EXPECT_EQ(Condition("all arg.files[*].path under \"src\""),
            "all arg[\"files\"][*][\"path\"] under \"src\"");
  EXPECT_EQ(Condition("any arg[*] == 1"), "any arg[*] == 1");
  EXPECT_EQ(Condition("has arg.size"), "has arg[\"size\"]");
}

TEST(ConditionTest, EndsWhereAClauseBegins) {
  const Parsed parsed(
      "workspace w { allow x__* when arg.a == 1 in \"src/**\" require has arg.b as r\n"
      "allow y__* when arg.a in [1] in \"lib\" { deny z__* } }");
  EXPECT_EQ(parsed.errors(), "");
  EXPECT_EQ(parsed.tree(),
            "workspace \"w\"\n"
            "  rule allow tool\n"
            "    pattern glob \"x__*\"\n"
            "    in \"src/**\"\n"
            "    when arg[\"a\"] == 1\n"
            "    require has arg[\"b\"]\n"
            "    as \"r\"\n"
            "  rule allow tool\n"
            "    pattern glob \"y__*\"\n"
            "    when arg[\"a\"] in [1]\n"
            "  block\n"
            "    in \"lib\"\n"
            "    rule deny tool\n"
            "      pattern glob \"z__*\"\n");
}

TEST(ConditionTest, SaysWhatIsWrong) {
  EXPECT_EQ(Condition("arg.a = 1"),
            "1:39: error[E0101]: found `=`, expected a comparison such as `==`, `in` or `matches` "
            "after `arg.a`\n");
  EXPECT_EQ(Condition("arg.a =="),
            "2:1: error[E0101]: found `}`, expected a value to compare with after `==`\n");
  EXPECT_EQ(Condition("arg.a macthes re\"x\""),
            "1:39: error[E0101]: found `macthes`, expected a comparison such as `==`, `in` or "
            "`matches` after `arg.a`\n");
  EXPECT_EQ(Condition("arg.a[99999999999] == 1"),
            "1:39: error[E0111]: an index is at most 4294967295\n");
  EXPECT_EQ(Condition("(has arg.a"), "2:1: error[E0101]: found `}`, expected `)` after `arg.a`\n");
}

TEST(ConditionTest, EveryNodeKnowsItsPlace) {
  const std::string text = "workspace w { deny x__* when not has arg.a and arg.bb == \"c\" }";
  const Parsed parsed(text);
  const Expr& expr = *parsed.file.declarations.at(0).body.at(0).rule.at(0).when;
  std::vector<std::string> places;
  for (const ExprNode& node : expr.nodes) {
    places.emplace_back(parsed.sources.text(node.span));
  }
  EXPECT_EQ(places, (std::vector<std::string>{"has arg.a", "not has arg.a", "arg.bb == \"c\"",
                                              "not has arg.a and arg.bb == \"c\""}));
  EXPECT_EQ(parsed.sources.text(expr.nodes[2].lhs.span), "arg.bb");
  EXPECT_EQ(parsed.sources.text(expr.nodes[2].rhs.span), "\"c\"");
}

TEST(ConditionTest, AHundredThousandOperandsAreOneCondition) {
  std::string text = "workspace w { deny x__* when ";
  for (int i = 0; i < 99'999; ++i) text += i % 2 == 0 ? "has arg.a and " : "arg.b == 1 or ";
  const Parsed parsed(text + "has arg.c }");
  EXPECT_EQ(parsed.errors(), "");
  EXPECT_EQ(parsed.file.declarations.at(0).body.at(0).rule.at(0).when->nodes.size(), 199'999u);
}

TEST(LoneConditionTest, IsPlacedInTheFileItStandsIn) {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  const FileId file = sources.Add("a.yaml", "when: has arg.a");
  const auto expr = ParseCondition(sources, {file, 6, 15}, "has arg.a", {}, diagnostics);
  ASSERT_TRUE(expr.has_value());
  EXPECT_EQ(Dump(*expr), "has arg[\"a\"]");
  EXPECT_EQ(sources.text(expr->nodes[0].lhs.span), "arg.a");
}

TEST(LoneConditionTest, HasOnePlaceWhereTheFileSpellsItOtherwise) {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  const FileId file = sources.Add("a.yaml", "when: \"arg.a == \\\"x\\\"\"");
  const Span scalar{file, 6, 22};
  const auto expr = ParseCondition(sources, scalar, "arg.a == \"x\"", {}, diagnostics);
  ASSERT_TRUE(expr.has_value());
  EXPECT_EQ(expr->nodes[0].rhs.literal.span, scalar);
  EXPECT_FALSE(ParseCondition(sources, scalar, "arg.a ==", {}, diagnostics).has_value());
  ASSERT_EQ(diagnostics.all().size(), 1u);
  EXPECT_EQ(diagnostics.all()[0].primary.span, scalar);
}

TEST(LoneConditionTest, IsAllOfTheText) {
  source::SourceMap sources;
  for (const char* text :
       {"", "has arg.a using x", "has arg.a)", "arg.a", "((((", "has arg.a //"}) {
    source::Diagnostics diagnostics;
    const FileId file = sources.Add("a.yaml", text);
    const Span span{file, 0, static_cast<uint32_t>(std::string_view(text).size())};
    const bool comment = std::string_view(text).ends_with("//");
    EXPECT_EQ(ParseCondition(sources, span, text, {}, diagnostics).has_value(), comment) << text;
    EXPECT_EQ(diagnostics.all().size(), comment ? 0u : 1u) << text;
  }
}

}  // namespace
}  // namespace mcplexer::syntax
