// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/unit/syntax/parsed.h"

namespace mcplexer::syntax {
namespace {

std::string TreeOf(const std::string& text) {
  const Parsed parsed(text);
  return parsed.errors() + parsed.tree();
}

std::string RuleOf(const std::string& rule) { return TreeOf("workspace w {\n" + rule + "\n}"); }

TEST(ParseTest, AnEmptyFileIsAnEmptyTree) {
  EXPECT_EQ(TreeOf(""), "");
  EXPECT_EQ(TreeOf(" \r\n\t// only\n/* comments ** / */"), "");
}

TEST(ParseTest, ReadsEveryDeclaration) {
  EXPECT_EQ(
      TreeOf("import \"std/github.plex\" secret s = file(\"x\") tools t = []\n"
             "server a {} scope b {} provider c { url = \"x\" } principal d { uid = 0 }\n"
             "workspace e {} template f() {} template g(x, y,) {} invariant h {} test \"i\" {}"),
      "import \"std/github.plex\"\n"
      "secret \"s\"\n  value call file(\"x\")\n"
      "tools \"t\"\n"
      "server \"a\"\n"
      "scope \"b\"\n"
      "provider \"c\"\n  attribute \"url\" = \"x\"\n"
      "principal \"d\"\n  attribute \"uid\" = 0\n"
      "workspace \"e\"\n"
      "template \"f\"\n"
      "template \"g\"\n  parameter \"x\"\n  parameter \"y\"\n"
      "invariant \"h\"\n"
      "test \"i\"\n");
}

TEST(ParseTest, AttributesNeedNothingBetweenThem) {
  const char* expected =
      "scope \"s\"\n  attribute \"type\" = word env\n  set \"A\" = call secret(word a)\n"
      "  attribute \"x\" = 1\n";
  EXPECT_EQ(TreeOf("scope s { type = env set A = secret(a) x = 1 }"), expected);
  EXPECT_EQ(TreeOf("scope s { type = env, set A = secret(a), x = 1, }"), expected);
  EXPECT_EQ(TreeOf("scope s {\r\n type=env\r\n set A=secret(a)\r\n x=1\r\n}\r\n"), expected);
}

TEST(ParseTest, ReadsEveryClauseInAnyOrder) {
  const char* expected =
      "workspace \"w\"\n"
      "  rule approve tool\n"
      "    pattern glob \"a__*\"\n    pattern regex \"b.*\"\n    pattern set \"c\"\n"
      "    except glob \"a__x\"\n    except glob \"a__y\"\n"
      "    for \"alice\"\n    for \"the ops team\"\n"
      "    in \"src/**\"\n    in \"lib\"\n"
      "    using \"s\"\n    via \"v\"\n"
      "    when has arg[\"w\"]\n    require has arg[\"r\"]\n"
      "    priority 10\n    timeout 120000ms\n    quorum 2\n"
      "    approver \"sec\"\n    approver \"ops\"\n"
      "    log \"debug\"\n    because \"text\"\n    as \"name\"\n";
  EXPECT_EQ(
      RuleOf("approve tool a__*, re\"b.*\", @c except a__x, a__y for alice, \"the ops team\" "
             "in \"src/**\", \"lib\" using s via v when has arg.w require has arg.r priority 10 "
             "timeout 2m quorum 2 approvers sec, ops log debug because \"text\" as name"),
      expected);
  EXPECT_EQ(
      RuleOf("approve a__*, re\"b.*\", @c as name because \"text\" log debug approvers sec, ops "
             "quorum 2 timeout 2m priority 10 require has arg.r when has arg.w via v using s in "
             "\"src/**\", \"lib\" for alice, \"the ops team\" except a__x, a__y"),
      expected);
}

TEST(ParseTest, AClauseIsGivenOnce) {
  const Parsed parsed("workspace w {\nallow a__* using x\nusing y using z }");
  EXPECT_EQ(parsed.errors(),
            "3:1: error[E0109]: `using` is given twice in one rule\n"
            "3:9: error[E0109]: `using` is given twice in one rule\n");
  EXPECT_EQ(parsed.sources.text(parsed.diagnostics.all()[0].secondary.at(0).span), "using");
  EXPECT_EQ(Parsed("invariant i { never allow a__* for x for y }").errors(),
            "1:38: error[E0109]: `for` is given twice in one statement of an invariant\n");
  EXPECT_EQ(
      Parsed("test \"t\" { in \"a\" in \"b\" as p as q call a__b expect deny by r by s }").errors(),
      "1:19: error[E0109]: `in` is given twice in one test\n"
      "1:31: error[E0109]: `as` is given twice in one test\n"
      "1:63: error[E0109]: `by` is given twice in one expectation\n");
}

TEST(ParseTest, AnInAfterARuleIsItsClauseUnlessABraceFollows) {
  EXPECT_EQ(RuleOf("allow a__* in \"x\", \"y\" deny b__*"),
            "workspace \"w\"\n"
            "  rule allow tool\n    pattern glob \"a__*\"\n    in \"x\"\n    in \"y\"\n"
            "  rule deny tool\n    pattern glob \"b__*\"\n");
  EXPECT_EQ(RuleOf("allow a__* in \"x\", \"y\" { deny b__* in \"z\" { deny c__* } } deny d__*"),
            "workspace \"w\"\n"
            "  rule allow tool\n    pattern glob \"a__*\"\n"
            "  block\n    in \"x\"\n    in \"y\"\n"
            "    rule deny tool\n      pattern glob \"b__*\"\n"
            "    block\n      in \"z\"\n"
            "      rule deny tool\n        pattern glob \"c__*\"\n"
            "  rule deny tool\n    pattern glob \"d__*\"\n");
}

TEST(ParseTest, RulesKnowTheirPlaces) {
  const Parsed parsed("workspace w { allow resource docs: \"a\", \"b\" in \"x\"\n as n }");
  ASSERT_EQ(parsed.errors(), "");
  const Rule& rule = parsed.file.declarations.at(0).body.at(0).rule.at(0);
  EXPECT_EQ(parsed.sources.text(rule.effect_span), "allow");
  EXPECT_EQ(parsed.sources.text(rule.head_span), "allow resource docs: \"a\", \"b\"");
  EXPECT_EQ(parsed.sources.text(rule.span), "allow resource docs: \"a\", \"b\" in \"x\"\n as n");
  EXPECT_EQ(parsed.sources.text(parsed.file.declarations[0].span),
            parsed.sources.text(rule.span.file));
}

TEST(ParseTest, InvariantsHaveBoundsInAnyOrder) {
  EXPECT_EQ(
      TreeOf(
          "invariant i { never allow @d in \"~/a\", \"/b\" for p when has arg.x without approval "
          "except a__b always deny prompt c__* never allow resource docs: \"file:///**\" }"),
      "invariant \"i\"\n"
      "  never allow without approval tool\n    pattern set \"d\"\n    except glob \"a__b\"\n"
      "    in \"~/a\"\n    in \"/b\"\n    for \"p\"\n    when has arg[\"x\"]\n"
      "  always deny prompt\n    pattern glob \"c__*\"\n"
      "  never allow resource\n    server \"docs\"\n    pattern glob \"file:///**\"\n");
  EXPECT_EQ(Parsed("invariant i { always deny a__* without approval }").errors(),
            "1:32: error[E0112]: `without approval` has no meaning after `always deny`\n");
}

TEST(ParseTest, TestsHoldCalls) {
  EXPECT_EQ(
      TreeOf("test \"t\" { in \"~\" as p\n call a__b expect deny\n"
             "call resource \"file:///x\" expect allow via s using c by w.r because \"y\"\n"
             "call prompt a__b { x: [1, null], \"y z\" = { k: true } } expect approve by w#3 }"),
      "test \"t\"\n  in \"~\"\n  as \"p\"\n"
      "  call tool \"a__b\"\n    expect deny\n"
      "  call resource \"file:///x\"\n    expect allow\n    via \"s\"\n    using \"c\"\n"
      "    by \"w.r\"\n    because \"y\"\n"
      "  call prompt \"a__b\"\n    arguments {\"x\": [1, null], \"y z\": {\"k\": true}}\n"
      "    expect approve\n    by \"w#3\"\n");
}

TEST(ParseTest, CommentsAreKeptAside) {
  const Parsed parsed("// allow(W0302): why\nserver a {} /* b */ server c {} // end");
  EXPECT_EQ(parsed.errors(), "");
  ASSERT_EQ(parsed.file.comments.size(), 3u);
  EXPECT_EQ(parsed.sources.text(parsed.file.comments[0]), "// allow(W0302): why");
  EXPECT_EQ(parsed.sources.text(parsed.file.comments[1]), "/* b */");
  EXPECT_EQ(parsed.sources.text(parsed.file.comments[2]), "// end");
}

TEST(ParseTest, OffsetsAreBytesAndColumnsAreCharacters) {
  const Parsed parsed("/* \xC3\xA9\xF0\x9F\x98\x80 */ server a { x = \"\xC3\xA9\" ; }");
  EXPECT_EQ(parsed.errors(),
            "1:29: error[E0101]: found `;`, expected an attribute `key = value` or `}`\n");
}

}  // namespace
}  // namespace mcplexer::syntax
