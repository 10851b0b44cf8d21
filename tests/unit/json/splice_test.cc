// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/splice.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "runtime/json/envelope.h"
#include "tests/unit/json/generator.h"
#include "tests/unit/json/oracle.h"

namespace mcplexer::json {
namespace {

TEST(SpliceTest, ChangesIdNameAndTokenAndNothingElse) {
  const std::string_view text =
      "{ \"id\" : \"c\\u0031\",\n  \"jsonrpc\":\"2.0\", \"method\":\"tools/call\", \"x-unknown\": "
      "1.0e+05,\n"
      "  \"params\":{\"_meta\":{\"k\":[ ],\"progressToken\" :7 },\"name\":\"gh__get\",\n"
      "  \"arguments\":{\"big\":123456789012345678901234567890,\"s\":\"\\/\"}}}";
  Document doc;
  ASSERT_TRUE(doc.Parse(text).has_value());
  std::string scratch;
  const Envelope envelope = ReadEnvelope(doc, doc.Root(), scratch);
  ASSERT_EQ(envelope.kind, MessageKind::kRequest);
  Splicer splicer(doc, envelope.message);
  splicer.Replace(envelope.name, "\"get\"");
  splicer.Replace(envelope.id, "41");
  splicer.SetMember(envelope.meta, "progressToken", "\"p-9\"");
  EXPECT_EQ(
      splicer.Apply(),
      "{ \"id\" : 41,\n  \"jsonrpc\":\"2.0\", \"method\":\"tools/call\", \"x-unknown\": 1.0e+05,\n"
      "  \"params\":{\"_meta\":{\"k\":[ ],\"progressToken\" :\"p-9\" },\"name\":\"get\",\n"
      "  \"arguments\":{\"big\":123456789012345678901234567890,\"s\":\"\\/\"}}}");
}

std::string Spliced(std::string_view text, auto&& change) {
  Document doc;
  EXPECT_TRUE(doc.Parse(text).has_value());
  Splicer splicer(doc, doc.Root());
  change(doc, splicer);
  const std::string result = splicer.Apply();
  Document check;
  EXPECT_TRUE(check.Parse(result).has_value()) << result;
  return result;
}

TEST(SpliceTest, InsertsMembersAtTheFront) {
  EXPECT_EQ(Spliced("{}", [](Document& d, Splicer& s) { s.SetMember(d.Root(), "a\"", "1"); }),
            "{\"a\\\"\":1}");
  EXPECT_EQ(
      Spliced("{ }", [](Document& d, Splicer& s) { s.InsertMembers(d.Root(), "\"a\":1,\"b\":2"); }),
      "{\"a\":1,\"b\":2 }");
  EXPECT_EQ(Spliced("{ \"z\":0}", [](Document& d, Splicer& s) { s.SetMember(d.Root(), "a", "1"); }),
            "{\"a\":1, \"z\":0}");
}

TEST(SpliceTest, InsertsSeveralTimesIntoOneObject) {
  const auto insert = [](Document& d, Splicer& s) {
    s.SetMember(d.Root(), "a", "1");
    s.SetMember(d.Root(), "b", "2");
    s.SetMember(d.Root(), "z", "3");
  };
  EXPECT_EQ(Spliced("{}", insert), R"({"z":3,"b":2,"a":1})");
  EXPECT_EQ(Spliced(R"({"z":0})", insert), R"({"b":2,"a":1,"z":3})");
}

TEST(SpliceTest, CutsOneMessageOutOfABatch) {
  Document doc;
  ASSERT_TRUE(doc.Parse(R"([ {"id":1}, {"id":2} ])").has_value());
  const NodeId second = doc.Element(doc.Root(), 1);
  Splicer splicer(doc, second);
  splicer.SetMember(second, "id", "\"two\"");
  EXPECT_EQ(splicer.Apply(), R"({"id":"two"})");
}

TEST(SpliceDeathTest, OverlapsAreBugs) {
  Document doc;
  ASSERT_TRUE(doc.Parse(R"({"a":{"b":1}})").has_value());
  const NodeId a = doc.Find(doc.Root(), "a");
  Splicer splicer(doc, doc.Root());
  splicer.Replace(a, "1");
  splicer.SetMember(a, "b", "2");
  EXPECT_DEATH(splicer.Apply(), "span");
}

// On random texts: the events of the result are those of the original but for the replaced values,
// and the bytes outside the replaced spans are the original's.
TEST(SpliceTest, KeepsEveryOtherByteOfRandomTexts) {
  Generator generator(7);
  Document doc;
  Document result_doc;
  int replaced = 0;
  for (int i = 0; i < 4'000; ++i) {
    const std::string text = generator.Text();
    if (!doc.Parse(text).has_value()) continue;
    Splicer splicer(doc, doc.Root());
    std::vector<Span> spans;
    std::vector<oracle::Event> expected = oracle::EventsOf(doc);
    size_t event = 0;
    for (uint32_t n = 0; n < doc.NodeCount(); ++n, ++event) {
      while (expected[event].kind == '}' || expected[event].kind == ']') ++event;
      if (expected[event].kind != '#' || generator.OneIn(2)) continue;
      const std::string number = generator.Number();
      splicer.Replace(NodeId(n), number);
      expected[event].text = number;
      spans.push_back(doc.SpanOf(NodeId(n)));
      ++replaced;
    }
    const std::string result = splicer.Apply();
    ASSERT_TRUE(result_doc.Parse(result).has_value()) << result;
    ASSERT_TRUE(oracle::SameEvents(oracle::EventsOf(result_doc), expected)) << text << "\n"
                                                                            << result;
    // Between two spans lie the original's bytes, in order.
    size_t at = 0;
    uint32_t from = doc.SpanOf(doc.Root()).begin;
    for (const Span span : spans) {
      const std::string between = text.substr(from, span.begin - from);
      const size_t found = result.find(between, at);
      ASSERT_NE(found, std::string::npos) << text << "\n" << result;
      at = found + between.size();
      from = span.end;
    }
    const std::string rest = text.substr(from, doc.SpanOf(doc.Root()).end - from);
    ASSERT_TRUE(result.ends_with(rest)) << text << "\n" << result;
  }
  EXPECT_GT(replaced, 1'000);
}

TEST(SpliceTest, FlattenedTextIsOneLineWithTheSameValues) {
  Generator generator(8);
  Document doc;
  int broken = 0;
  for (int i = 0; i < 2'000; ++i) {
    std::string text = generator.Text();
    if (!doc.Parse(text).has_value()) continue;
    const std::vector<oracle::Event> before = oracle::EventsOf(doc);
    broken += text.find_first_of("\r\n") != std::string::npos;
    FlattenLines(text);
    ASSERT_EQ(text.find_first_of("\r\n"), std::string::npos);
    ASSERT_TRUE(doc.Parse(text).has_value());
    ASSERT_EQ(oracle::EventsOf(doc), before);
  }
  EXPECT_GT(broken, 500);
}

}  // namespace
}  // namespace mcplexer::json
