// SPDX-License-Identifier: Apache-2.0
#include "compiler/testing/report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "compiler/source/printable.h"
#include "tests/unit/testing/tested.h"

namespace mcplexer::testing {
namespace {

// XML 1.0, productions 2 and 14, and no control that a terminal would act on.
bool MayStand(char32_t c) {
  if (c == '\n' || c == '\t') return true;
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;
  if (c == '<' || c == '>' || c == '"') return false;
  return c != 0xFFFE && c != 0xFFFF;
}

// What a parser reads; the five references that we write.
std::string Parsed(std::string text) {
  const std::pair<const char*, const char*> kReferences[] = {{"&lt;", "<"},    {"&gt;", ">"},
                                                             {"&quot;", "\""}, {"&#10;", "\n"},
                                                             {"&#9;", "\t"},   {"&amp;", "&"}};
  for (const auto& [reference, character] : kReferences) {
    for (size_t at = 0; (at = text.find(reference, at)) != std::string::npos; ++at) {
      text.replace(at, std::string(reference).size(), character);
    }
  }
  return text;
}

TEST(XmlTest, EveryCodePointIsWrittenAsXmlMayHoldIt) {
  // Above the first plane there is nothing special; some of each are enough.
  for (char32_t value = 0; value <= 0x10FFFF; value += value < 0x10100 ? 1 : 251) {
    std::string text;
    if (!source::AppendUtf8(value, text)) continue;
    for (const std::string& xml : {XmlAttribute(text), XmlText(text)}) {
      for (size_t at = 0; at < xml.size();) {
        const source::CodePoint point = source::Decode(xml, at);
        ASSERT_TRUE(point.valid);
        ASSERT_TRUE(MayStand(point.value)) << "U+" << std::hex << static_cast<uint32_t>(value);
        at += point.length;
      }
      const bool kept = MayStand(value) || value == '<' || value == '>' || value == '"';
      if (kept && !source::IsInvisible(value)) {
        ASSERT_EQ(Parsed(xml), text);
      } else {
        ASSERT_NE(Parsed(xml), "") << "U+" << std::hex << static_cast<uint32_t>(value);
      }
    }
  }
}

TEST(XmlTest, WhatXmlCannotHoldIsShownAsAnEscape) {
  EXPECT_EQ(XmlText(std::string("a\0b\x1b[2J", 7)), "a\\u{0}b\\u{1b}[2J");
  EXPECT_EQ(XmlText("\xEF\xBF\xBE"), "\\u{fffe}");
  EXPECT_EQ(XmlText("a\xFFz"), "a\\xffz");
  EXPECT_EQ(XmlText("]]>"), "]]&gt;");
  EXPECT_EQ(XmlText("&amp;"), "&amp;amp;");
}

TEST(XmlTest, AttributesKeepTheirLineEnds) {
  EXPECT_EQ(XmlAttribute("a\n\t\"b\""), "a&#10;&#9;&quot;b&quot;");
  EXPECT_EQ(XmlText("a\n\tb"), "a\n\tb");
}

constexpr const char* kPolicy = R"(server s { command = ["s"] }
workspace w { root = "/w"  allow s__a  as a  deny s__b  because "<no> & \"never\""  as b }
test "<t> & \u{1b}[31m\"" {
  in "/w"
  call s__a { x: "<&>" } expect allow
  call s__b expect allow because "]]>"
}
)";

TEST(ReportTest, JunitHasASuiteForEachTestAndACaseForEachCall) {
  EXPECT_EQ(JunitReport(RunText(kPolicy)->report()),
            R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="mcplexerc test" tests="2" failures="1" errors="0" time="0">
  <testsuite name="&lt;t&gt; &amp; \u{1b}[31m&quot;" tests="2" failures="1" errors="0" skipped="0" time="0">
    <testcase classname="&lt;t&gt; &amp; \u{1b}[31m&quot;" name="1. s__a {&quot;x&quot;:&quot;&lt;&amp;&gt;&quot;}" file="p.plex" line="5" time="0"/>
    <testcase classname="&lt;t&gt; &amp; \u{1b}[31m&quot;" name="2. s__b" file="p.plex" line="6" time="0">
      <failure message="expected `allow`, found `deny`; expected because &quot;]]&gt;&quot;, found &quot;&lt;no&gt; &amp; &quot;never&quot;&quot;" type="mismatch">expected `allow`, found `deny`
expected because &quot;]]&gt;&quot;, found &quot;&lt;no&gt; &amp; &quot;never&quot;&quot;
deny: by w.b (p.plex:2)
  workspace  w
  server     s
  name       b
  because    &lt;no&gt; &amp; &quot;never&quot;
rules that match:
  deny     w.b (p.plex:2): decides
</failure>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST(ReportTest, JsonHoldsTextsAsTheyAre) {
  const auto tested = RunText(kPolicy);
  const std::string report = JsonReport(tested->report());
  EXPECT_EQ(report.find('\n'), report.size() - 1) << "one line";
  const auto json = nlohmann::json::parse(report);
  EXPECT_EQ(json["calls"], 2);
  EXPECT_EQ(json["failed"], 1);
  const auto& test = json["tests"].at(0);
  EXPECT_EQ(test["title"], "<t> & \x1b[31m\"");
  EXPECT_EQ(test["at"], "p.plex:3");
  EXPECT_EQ(test["dir"], "/w");
  EXPECT_EQ(test["principal"], nullptr);
  EXPECT_EQ(test["passed"], false);
  EXPECT_EQ(test["calls"].at(0)["arguments"], (nlohmann::json{{"x", "<&>"}}));
  EXPECT_EQ(test["calls"].at(0)["mismatches"], nlohmann::json::array());
  EXPECT_EQ(test["calls"].at(1)["arguments"], nullptr);
  EXPECT_EQ(test["calls"].at(1)["mismatches"].size(), 2u);
  EXPECT_EQ(test["calls"].at(1)["decision"]["rule"], "w.b");
  EXPECT_EQ(test["calls"].at(1)["decision"]["considered"].at(0)["outcome"], "decided");
  EXPECT_EQ(json["coverage"]["percent"], 100.0);
  EXPECT_EQ(json["coverage"]["rules"].at(1),
            nlohmann::json::parse(
                R"({"rule":"w.b","effect":"deny","at":"p.plex:2","decided":1,"matched":1})"));
}

TEST(ReportTest, CoverageIsNullWhereItIsNotAskedFor) {
  const auto tested = RunText(kPolicy);
  Report report = tested->report();
  report.coverage = nullptr;
  EXPECT_EQ(nlohmann::json::parse(JsonReport(report))["coverage"], nullptr);
  EXPECT_EQ(TextReport(report).find("rules that tests put to use"), std::string::npos);
}

}  // namespace
}  // namespace mcplexer::testing
