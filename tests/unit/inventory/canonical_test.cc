// SPDX-License-Identifier: Apache-2.0
#include "compiler/inventory/canonical.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "runtime/json/decimal.h"

namespace mcplexer::inventory {
namespace {

std::string Canonicalised(std::string_view text, Layout layout = Layout::kCompact) {
  json::Document doc;
  const auto parsed = doc.Parse(text);
  if (!parsed) return "not JSON: " + parsed.error().Message();
  return Canonical(doc, doc.Root(), layout);
}

// RFC 8785 section 3.2.2 and 3.2.3, but for the number that only a double rounds.
TEST(CanonicalTest, FollowsTheExampleOfRfc8785) {
  EXPECT_EQ(Canonicalised(R"({
      "numbers": [333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    })"),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

// RFC 8785 section 3.2.3.
TEST(CanonicalTest, SortsKeysByTheirUtf16CodeUnits) {
  EXPECT_EQ(Canonicalised(R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,
                              "\u00f6":7})"),
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\U0001F600\":5,"
            "\"\uFB33\":3}");
}

TEST(CanonicalTest, WritesNumbersAsEcmaScriptDoes) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"0", "0"},
      {"-0", "0"},
      {"-0.0e5", "0"},
      {"1.0", "1"},
      {"1.50", "1.5"},
      {"100", "100"},
      {"1e2", "100"},
      {"-1e-1", "-0.1"},
      {"1e-6", "0.000001"},
      {"1e-7", "1e-7"},
      {"12e-8", "1.2e-7"},
      {"1e20", "100000000000000000000"},
      {"1e21", "1e+21"},
      {"999999999999999900000", "999999999999999900000"},
      {"123456789012345680000", "123456789012345680000"},
      {"-1234.5E-3", "-1.2345"},
      {"0.00001230", "0.0000123"},
  };
  for (const auto& [written, canonical] : cases) EXPECT_EQ(Canonicalised(written), canonical);
}

TEST(CanonicalTest, KeepsWhatADoubleWouldLose) {
  EXPECT_EQ(Canonicalised("9007199254740993"), "9007199254740993");
  EXPECT_EQ(Canonicalised("0.1000000000000000055511151231257827"),
            "0.1000000000000000055511151231257827");
  EXPECT_EQ(Canonicalised("1e400"), "1e+400");
  EXPECT_EQ(Canonicalised("1e2000000000"), "1e2000000000");
}

// The oracle compares values; the text must be the value's and the only one.
TEST(CanonicalTest, NumbersKeepTheirValueAndHaveOneText) {
  std::mt19937 random(7);
  const auto digits = [&](int most) {
    std::string text;
    for (int i = static_cast<int>(random() % static_cast<unsigned>(most)); i >= 0; --i) {
      text += static_cast<char>('0' + random() % 10);
    }
    return text;
  };
  for (int round = 0; round < 20'000; ++round) {
    std::string integer = digits(25);
    integer.erase(0, std::min(integer.find_first_not_of('0'), integer.size() - 1));
    std::string text = (random() % 2 ? "-" : "") + integer;
    if (random() % 2) text += "." + digits(25);
    if (random() % 2) text += std::string("e") + "+-"[random() % 2] + digits(2);
    const std::string canonical = json::Decimal::Parse(text)->Text();
    EXPECT_EQ(json::Decimal::Parse(canonical), json::Decimal::Parse(text)) << text;
    EXPECT_EQ(json::Decimal::Parse(canonical)->Text(), canonical) << text;
    EXPECT_EQ(json::Decimal::Parse("0e0")->Text(), "0");
  }
}

TEST(CanonicalTest, DoesNotDependOnHowAValueIsWritten) {
  const std::string one = R"({"b":[1,{"x":"é"}],"a":{}})";
  const std::string other = " { \"a\" : {\n} , \"\\u0062\" : [ 1.0e0 , {\"x\":\"\\u00e9\"} ] } ";
  EXPECT_EQ(Canonicalised(one), Canonicalised(other));
  EXPECT_EQ(Canonicalised(one), R"({"a":{},"b":[1,{"x":"é"}]})");
}

TEST(CanonicalTest, DeepValuesNeedNoStack) {
  std::string deep;
  for (int i = 0; i < 120; ++i) deep += i % 2 ? "[" : "{\"a\":";
  deep += "1";
  for (int i = 119; i >= 0; --i) deep += i % 2 ? "]" : "}";
  EXPECT_EQ(Canonicalised(deep), deep);
}

TEST(CanonicalTest, IndentsForFilesAndShowsWhatIsHidden) {
  EXPECT_EQ(Canonicalised("{\"a\":[],\"b\":[1,{\"c\":\"x\u200b\u202e\U000E0041\u007fé\"}]}",
                          Layout::kIndented),
            "{\n  \"a\": [],\n  \"b\": [\n    1,\n    {\n      \"c\": "
            "\"x\\u200b\\u202e\\udb40\\udc41\\u007fé\"\n    }\n  ]\n}\n");
}

TEST(CanonicalTest, IndentedIsTheSameValue) {
  const std::string text = "{\"z\":\"\u200b\",\"k\":[1e2,{\"y\":{}}],\"a\":null}";
  EXPECT_EQ(nlohmann::json::parse(Canonicalised(text, Layout::kIndented)),
            nlohmann::json::parse(text));
  EXPECT_EQ(Canonicalised(Canonicalised(text, Layout::kIndented)), Canonicalised(text));
}

TEST(CanonicalTest, DigestsAreSha256) {
  EXPECT_EQ(DigestText(DigestOf("{}")),
            "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
}

}  // namespace
}  // namespace mcplexer::inventory
