// SPDX-License-Identifier: Apache-2.0
#include "compiler/yaml/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <memory>
#include <string>
#include <vector>

#include "compiler/yaml/scalar_span.h"

namespace mcplexer::yaml {
namespace {

using ::testing::ElementsAre;
using Kind = Node::Kind;

struct Read {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  FileId id;
  std::optional<Document> document;

  // Each node's text in the file, in order.
  std::vector<std::string> Written() const {
    std::vector<std::string> written;
    for (uint32_t i = 0; i < document->size(); ++i) {
      written.emplace_back(sources.text(document->span(NodeId(i))));
    }
    return written;
  }
};

std::unique_ptr<Read> ReadText(std::string text) {
  auto read = std::make_unique<Read>();
  read->id = read->sources.Add("a.yaml", std::move(text));
  read->document = ReadDocument(read->sources, read->id, {}, read->diagnostics);
  return read;
}

TEST(DocumentTest, SpansCoverNodesOfEveryStyle) {
  const auto read = ReadText(
      "plain: two words  # comment\n"
      "'sing''le': \"dou\\\"ble\"\n"
      "flow: [a, {b: c}, [] ]  # end\n"
      "block:\n"
      "  - x\n"
      "  - y: z\n");
  ASSERT_TRUE(read->document);
  EXPECT_THAT(
      read->Written(),
      ElementsAre("plain: two words  # comment\n'sing''le': \"dou\\\"ble\"\n"
                  "flow: [a, {b: c}, [] ]  # end\nblock:\n  - x\n  - y: z",
                  "plain", "two words", "'sing''le'", "\"dou\\\"ble\"", "flow", "[a, {b: c}, [] ]",
                  "a", "{b: c}", "b", "c", "[]", "block", "- x\n  - y: z", "x", "y: z", "y", "z"));
}

TEST(DocumentTest, SpansOfFoldedScalarsEndWithTheirText) {
  const auto read = ReadText(
      "a: one\n"
      "   two # comment\n"
      "b: |  # header\n"
      "  first\n"
      "\n"
      "    deeper\n"
      "c: >2-\n"
      "    deeper first\n"
      "  then less\n"
      "d: |\n"
      "e: \"x\n"
      "  y\"\n");
  ASSERT_TRUE(read->document);
  const Document& document = *read->document;
  std::vector<std::string> values;
  std::vector<std::string> written;
  for (const Entry& entry : document.Entries(document.root())) {
    values.emplace_back(document.text(entry.value));
    written.emplace_back(read->sources.text(document.span(entry.value)));
  }
  EXPECT_THAT(values, ElementsAre("one two", "first\n\n  deeper\n", "  deeper first\nthen less", "",
                                  "x y"));
  EXPECT_THAT(written, ElementsAre("one\n   two", "|  # header\n  first\n\n    deeper",
                                   ">2-\n    deeper first\n  then less", "|", "\"x\n  y\""));
}

// The oracle for ScalarEnd: what a span covers reads as the same scalar when it is all there is.
TEST(DocumentTest, SpansReadBackAsTheSameScalar) {
  const auto read = ReadText(
      "key: value\n"
      "k2: a: b\n");
  EXPECT_FALSE(read->document);
  const std::vector<std::string> texts = {"a: b\n",
                                          "a: 'it''s'\n",
                                          "a: \"\\u00e9\\\\\"\n",
                                          "a: -x\n",
                                          "a: b#c # d\n",
                                          "a: ä ö\n",
                                          "{a: b, 'c' : [d, \"e\", f g]}\n",
                                          "a: http://x/y?z#q\n",
                                          "a: 'x # y'\n",
                                          "a: \"[,]\"\n",
                                          "a: b\r\nc: d\r\n",
                                          "\"a b\": 'c\n  d'\n",
                                          "a: b\n   c\n",
                                          "? a\n: b\n",
                                          "- ''\n- \"\"\n",
                                          "a: github__{get,list}_*\n",
                                          "a: ~/work\n",
                                          "a: null-ish\nb: nullx\n",
                                          "a: x y \t\nb: c"};
  size_t checked = 0;
  for (const std::string& text : texts) {
    const auto one = ReadText(text);
    ASSERT_TRUE(one->document) << text;
    for (uint32_t i = 0; i < one->document->size(); ++i) {
      const NodeId id(i);
      if (!one->document->is_scalar(id)) continue;
      const std::string written(one->sources.text(one->document->span(id)));
      EXPECT_EQ(YAML::Load(written).as<std::string>(), one->document->text(id)) << text;
      ++checked;
    }
  }
  EXPECT_EQ(checked, 48u);
}

TEST(DocumentTest, NothingAndNullWordsAreNull) {
  const auto read = ReadText("a:\nnull_: ~\nb: null # x\nc: 'null'\nd: nullable\ne: [ , null]\n");
  ASSERT_TRUE(read->document);
  const Document& document = *read->document;
  std::vector<Kind> kinds;
  std::vector<std::string> written;
  for (const Entry& entry : document.Entries(document.root())) {
    kinds.push_back(document[entry.value].kind);
    written.emplace_back(read->sources.text(document.span(entry.value)));
  }
  EXPECT_THAT(kinds, ElementsAre(Kind::kNull, Kind::kNull, Kind::kNull, Kind::kQuoted, Kind::kPlain,
                                 Kind::kList));
  // An empty value is shown at its key.
  EXPECT_THAT(written, ElementsAre("a", "~", "null", "'null'", "nullable", "[ , null]"));
}

TEST(DocumentTest, EmptyValueBeforeAKeyCalledNullIsShownAtItsOwnKey) {
  EXPECT_TRUE(IsNullWord("null", 0));
  EXPECT_TRUE(IsNullWord("~ # x", 0));
  EXPECT_FALSE(IsNullWord("null: x", 0));
  EXPECT_FALSE(IsNullWord("null : x", 0));
  EXPECT_FALSE(IsNullWord("nullx", 0));
  EXPECT_FALSE(IsNullWord("null and more", 0));
}

TEST(DocumentTest, FilesOfCommentsAreEmpty) {
  for (const char* text : {"", "\n\n", "# nothing\n", "  # a\n\n#b", "\xEF\xBB\xBF# x\n"}) {
    const auto read = ReadText(text);
    ASSERT_TRUE(read->document) << text;
    EXPECT_TRUE(read->document->empty()) << text;
    EXPECT_TRUE(read->diagnostics.all().empty()) << text;
  }
}

TEST(DocumentTest, PlacesCountFromTheFileAndNotFromBehindAByteOrderMark) {
  const auto read = ReadText("\xEF\xBB\xBFkey: value\n");
  ASSERT_TRUE(read->document);
  EXPECT_THAT(read->Written(), ElementsAre("key: value", "key", "value"));
}

TEST(DocumentTest, TextsAreUnescapedOnlyWhereTheyHaveTo) {
  const auto read = ReadText("a: plain\nb: \"as is\"\nc: \"es\\tcaped\"\n");
  ASSERT_TRUE(read->document);
  const Document& document = *read->document;
  const std::string_view all = read->sources.text(read->id);
  const auto in_file = [&](NodeId id) {
    const std::string_view text = document.text(id);
    return text.data() >= all.data() && text.data() < all.data() + all.size();
  };
  const std::vector<Entry> entries = document.Entries(document.root());
  EXPECT_TRUE(in_file(entries[0].value));
  EXPECT_TRUE(in_file(entries[1].value));
  EXPECT_FALSE(in_file(entries[2].value));
  EXPECT_EQ(document.text(entries[2].value), "es\tcaped");
}

}  // namespace
}  // namespace mcplexer::yaml
