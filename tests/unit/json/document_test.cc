// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/document.h"

#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <string>

#include "tests/unit/json/allocation_count.h"

namespace mcplexer::json {
namespace {

// The kind and place of the error of a text that must be refused.
struct Refusal {
  ErrorKind kind;
  size_t offset;
  friend bool operator==(const Refusal&, const Refusal&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
    return out << ParseError{refusal.kind, refusal.offset}.Message();
  }
};

Refusal RefusalOf(std::string_view text, const Limits& limits = {}) {
  Document doc;
  const ParseStatus status = doc.Parse(text, limits);
  EXPECT_FALSE(status.has_value()) << text;
  EXPECT_FALSE(doc.Root().valid());
  if (status.has_value()) return {};
  return {status.error().kind, status.error().offset};
}

TEST(DocumentTest, SaysWhatIsWrongAndWhere) {
  using enum ErrorKind;
  EXPECT_EQ(RefusalOf(""), (Refusal{kUnexpectedEnd, 0}));
  EXPECT_EQ(RefusalOf("  "), (Refusal{kUnexpectedEnd, 2}));
  EXPECT_EQ(RefusalOf("{} {}"), (Refusal{kTrailingContent, 3}));
  EXPECT_EQ(RefusalOf("{},"), (Refusal{kTrailingContent, 2}));
  EXPECT_EQ(RefusalOf("[1,]"), (Refusal{kUnexpectedCharacter, 3}));
  EXPECT_EQ(RefusalOf("{\"a\":1,}"), (Refusal{kUnexpectedCharacter, 7}));
  EXPECT_EQ(RefusalOf("[1 2]"), (Refusal{kUnexpectedCharacter, 3}));
  EXPECT_EQ(RefusalOf("[1}"), (Refusal{kUnexpectedCharacter, 2}));
  EXPECT_EQ(RefusalOf("{\"a\":1]"), (Refusal{kUnexpectedCharacter, 6}));
  EXPECT_EQ(RefusalOf("{a:1}"), (Refusal{kUnexpectedCharacter, 1}));
  EXPECT_EQ(RefusalOf("{\"a\" 1}"), (Refusal{kUnexpectedCharacter, 5}));
  EXPECT_EQ(RefusalOf("[/*x*/]"), (Refusal{kUnexpectedCharacter, 1}));
  EXPECT_EQ(RefusalOf("NaN"), (Refusal{kUnexpectedCharacter, 0}));
  EXPECT_EQ(RefusalOf("\xEF\xBB\xBF{}"), (Refusal{kUnexpectedCharacter, 0}));
  EXPECT_EQ(RefusalOf("[nul]"), (Refusal{kInvalidLiteral, 1}));
  EXPECT_EQ(RefusalOf("tru"), (Refusal{kInvalidLiteral, 0}));
  for (const char* number : {"-", "01", "-01", "1.", "1.e1", "1e", "1e+", "-.5", "00", "-a"}) {
    EXPECT_EQ(RefusalOf(number), (Refusal{kInvalidNumber, 0})) << number;
  }
  EXPECT_EQ(RefusalOf("+1"), (Refusal{kUnexpectedCharacter, 0}));
  EXPECT_EQ(RefusalOf("1x"), (Refusal{kTrailingContent, 1}));
  EXPECT_EQ(RefusalOf("\"abc"), (Refusal{kUnexpectedEnd, 4}));
  EXPECT_EQ(RefusalOf("\"abc\\"), (Refusal{kUnexpectedEnd, 4}));
  EXPECT_EQ(RefusalOf("\"a\nb\""), (Refusal{kControlCharacter, 2}));
  EXPECT_EQ(RefusalOf(std::string_view("\"a\0b\"", 5)), (Refusal{kControlCharacter, 2}));
  EXPECT_EQ(RefusalOf(std::string_view("{}\0", 3)), (Refusal{kTrailingContent, 2}));
  EXPECT_EQ(RefusalOf(R"("\x41")"), (Refusal{kInvalidEscape, 1}));
  EXPECT_EQ(RefusalOf(R"("ab\u12g4")"), (Refusal{kInvalidEscape, 3}));
  EXPECT_EQ(RefusalOf(R"("\ud800")"), (Refusal{kLoneSurrogate, 1}));
  EXPECT_EQ(RefusalOf(R"("\ud800\u0041")"), (Refusal{kLoneSurrogate, 1}));
  EXPECT_EQ(RefusalOf(R"("x\udc00")"), (Refusal{kLoneSurrogate, 2}));
  EXPECT_EQ(RefusalOf("{\"a\":\"\xC0\xAF\"}"), (Refusal{kInvalidUtf8, 6}));
  EXPECT_EQ(RefusalOf("\"\xED\xA0\x80\""), (Refusal{kInvalidUtf8, 1}));
}

TEST(DocumentTest, MessageIsOneLine) {
  EXPECT_EQ((ParseError{ErrorKind::kDuplicateKey, 17}.Message()), "duplicate key at byte 17");
}

TEST(DocumentTest, RefusesDuplicateKeysAfterUnescaping) {
  using enum ErrorKind;
  EXPECT_EQ(RefusalOf(R"({"a":1,"a":2})"), (Refusal{kDuplicateKey, 7}));
  EXPECT_EQ(RefusalOf(R"({"a":1,"\u0061":2})"), (Refusal{kDuplicateKey, 7}));
  EXPECT_EQ(RefusalOf(R"({"\u0061":1,"a":2})"), (Refusal{kDuplicateKey, 12}));
  EXPECT_EQ(RefusalOf(R"({"\/":1,"/":2})"), (Refusal{kDuplicateKey, 8}));
  EXPECT_EQ(RefusalOf(R"({"\ud83d\ude00":1,"😀":2})"), (Refusal{kDuplicateKey, 18}));
  EXPECT_EQ(RefusalOf(R"([{"":1,"":2}])"), (Refusal{kDuplicateKey, 7}));
  EXPECT_EQ(RefusalOf(R"({"x":{"long enough key":[],"long enough key":2}})"),
            (Refusal{kDuplicateKey, 27}));
}

TEST(DocumentTest, KeysThatOnlyLookAlikeAreDifferent) {
  Document doc;
  for (const char* text :
       {R"({"a":1,"A":2})", R"({"a":{"a":{"a":1}}})", R"([{"a":1},{"a":1}])", R"({"a":"a"})",
        R"({"\u0000":1,"":2,"\u0000\u0000":3})", R"({"a ":1,"a":2})", R"({"\\u0061":1,"a":2})",
        R"({"12345678x12345678":1,"12345678y12345678":2})"}) {
    EXPECT_TRUE(doc.Parse(text).has_value()) << text;
  }
}

TEST(DocumentTest, SearchesForDuplicatesAsDeepAsAsked) {
  const std::string_view text = R"({"p":{"q":{"a":1,"a":2},"r":{"b":1}},"s":1})";
  Document doc;
  Limits limits;
  EXPECT_FALSE(doc.Parse(text, limits).has_value());
  limits.unique_keys_depth = 3;
  EXPECT_FALSE(doc.Parse(text, limits).has_value());
  limits.unique_keys_depth = 2;
  ASSERT_TRUE(doc.Parse(text, limits).has_value());
  const NodeId p = doc.Find(doc.Root(), "p");
  EXPECT_TRUE(doc.CheckUniqueKeys(doc.Find(p, "r")).has_value());
  EXPECT_TRUE(doc.CheckUniqueKeys(doc.Find(doc.Root(), "s")).has_value());
  const ParseStatus status = doc.CheckUniqueKeys(p);
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().kind, ErrorKind::kDuplicateKey);
  EXPECT_EQ(status.error().offset, 17u);
  limits.unique_keys_depth = 0;
  ASSERT_TRUE(doc.Parse(R"({"a":1,"a":2})", limits).has_value());
  EXPECT_EQ(doc.Raw(doc.Find(doc.Root(), "a")), "1");
}

TEST(DocumentTest, KeepsToItsLimits) {
  using enum ErrorKind;
  Limits limits;
  limits.bytes = 4;
  EXPECT_EQ(RefusalOf("[1,2]", limits), (Refusal{kTooLarge, 4}));
  Document doc;
  EXPECT_TRUE(doc.Parse("[12]", limits).has_value());
  limits = {};
  limits.depth = 2;
  EXPECT_TRUE(doc.Parse("[[1],{}]", limits).has_value());
  EXPECT_EQ(RefusalOf("[[[1]]]", limits), (Refusal{kTooDeep, 2}));
  EXPECT_EQ(RefusalOf("[{\"a\":{}}]", limits), (Refusal{kTooDeep, 6}));
  limits = {};
  limits.nodes = 3;
  EXPECT_TRUE(doc.Parse("[1,2]", limits).has_value());
  EXPECT_EQ(RefusalOf("[1,2,3]", limits), (Refusal{kTooManyNodes, 5}));
  limits.nodes = 0;
  EXPECT_EQ(RefusalOf("1", limits), (Refusal{kTooManyNodes, 0}));
  // A tape that has grown before does not widen the limit.
  EXPECT_TRUE(doc.Parse("[1,2,3,4,5,6,7,8,9]").has_value());
  limits.nodes = 3;
  EXPECT_FALSE(doc.Parse("[1,2,3]", limits).has_value());
}

TEST(DocumentTest, SurvivesDeepNesting) {
  const std::string text = std::string(200'000, '[') + std::string(200'000, ']');
  EXPECT_EQ(RefusalOf(text), (Refusal{ErrorKind::kTooDeep, 128}));
  Limits limits;
  limits.depth = 200'000;
  Document doc;
  ASSERT_TRUE(doc.Parse(text, limits).has_value());
  EXPECT_EQ(doc.NodeCount(), 200'000u);
}

TEST(DocumentTest, ReachesEveryValue) {
  Document doc;
  const std::string_view text =
      R"({"n":-1.50e+3,"s":"a\tb","l":[10,[20,21],{"x":null},"z"],"t":true,"f":false})";
  ASSERT_TRUE(doc.Parse(text).has_value());
  const NodeId root = doc.Root();
  EXPECT_EQ(doc.Raw(root), text);
  EXPECT_EQ(doc.ElementCount(root), 5u);
  EXPECT_EQ(doc.Raw(doc.Find(root, "n")), "-1.50e+3");
  std::string scratch;
  EXPECT_EQ(doc.Unescape(doc.Find(root, "s"), scratch), "a\tb");
  const NodeId list = doc.Find(root, "l");
  EXPECT_EQ(doc.ElementCount(list), 4u);
  EXPECT_EQ(doc.Raw(doc.Element(list, 1)), "[20,21]");
  EXPECT_EQ(doc.Raw(doc.Element(list, 3)), "\"z\"");
  EXPECT_FALSE(doc.Element(list, 4).valid());
  EXPECT_EQ(doc.TypeOf(doc.Find(doc.Element(list, 2), "x")), Type::kNull);
  EXPECT_EQ(doc.TypeOf(doc.Find(root, "t")), Type::kTrue);
  EXPECT_EQ(doc.TypeOf(doc.Find(root, "f")), Type::kFalse);
  EXPECT_FALSE(doc.Find(root, "x").valid());
  std::string keys;
  for (const auto [key, value] : doc.Members(root)) keys += doc.Unescape(key, scratch);
  EXPECT_EQ(keys, "nsltf");
}

TEST(DocumentTest, AsksOfTheWrongTypeFindNothing) {
  Document doc;
  ASSERT_TRUE(doc.Parse("[1]").has_value());
  const NodeId one = doc.Element(doc.Root(), 0);
  std::string scratch;
  EXPECT_FALSE(doc.Find(doc.Root(), "a").valid());
  EXPECT_FALSE(doc.Element(one, 0).valid());
  EXPECT_EQ(doc.ElementCount(one), 0u);
  EXPECT_FALSE(doc.StringEquals(one, "1"));
  EXPECT_EQ(doc.Unescape(one, scratch), "");
  EXPECT_EQ(doc.CodePointCount(one), 0u);
}

TEST(DocumentTest, TellsIntegersByTheirText) {
  Document doc;
  ASSERT_TRUE(
      doc.Parse(R"([0,-7,123456789012345678901234567890,1.0,1e3,2E0,"1",null])").has_value());
  std::string integers;
  for (const NodeId e : doc.Elements(doc.Root())) integers += doc.IsIntegerText(e) ? 'y' : 'n';
  EXPECT_EQ(integers, "yyynnnnn");
}

TEST(DocumentTest, CountsCodePoints) {
  Document doc;
  ASSERT_TRUE(doc.Parse(R"("aé€😀\ud83d\ude00\u00e9\n")").has_value());
  EXPECT_EQ(doc.CodePointCount(doc.Root()), 7u);
}

TEST(DocumentTest, ViewsStringsWithoutEscapesInPlace) {
  Document doc;
  const std::string_view text = R"(["plain","\/"])";
  ASSERT_TRUE(doc.Parse(text).has_value());
  std::string scratch;
  EXPECT_EQ(doc.Unescape(doc.Element(doc.Root(), 0), scratch).data(), text.data() + 2);
  EXPECT_EQ(doc.Unescape(doc.Element(doc.Root(), 1), scratch).data(), scratch.data());
}

std::string ObjectOf(size_t count, const auto& key) {
  std::string text = "{";
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) text += ',';
    text += '"' + key(i) + "\":0";
  }
  return text + '}';
}

// The quick hash sees the length and the two ends only: these keys all have the same one.
std::string SameQuickHash(size_t i) {
  return "beginning" + std::to_string(1'000'000 + i) + "the end!";
}

TEST(DocumentTest, FindsTheDuplicateAmongManyKeys) {
  for (const size_t count : {2u, 15u, 16u, 17u, 18u, 1'000u}) {
    for (const size_t repeated : {size_t{0}, (count - 1) / 2, count - 2}) {
      const auto with_repeat = [&](size_t i) {
        return SameQuickHash(i == count - 1 ? repeated : i);
      };
      Document doc;
      EXPECT_TRUE(doc.Parse(ObjectOf(count, SameQuickHash)).has_value());
      const std::string text = ObjectOf(count, with_repeat);
      EXPECT_EQ(RefusalOf(text), (Refusal{ErrorKind::kDuplicateKey, text.rfind("\"beginning")}));
    }
  }
}

// All pairs of these keys would be 2 * 10^10 comparisons, minutes at the least.
TEST(DocumentTest, SearchesAHostileObjectInReasonableTime) {
  const auto escaped = [](size_t i) { return "\\u0062" + SameQuickHash(i); };
  Document doc;
  const auto start = std::chrono::steady_clock::now();
  EXPECT_TRUE(doc.Parse(ObjectOf(200'000, SameQuickHash)).has_value());
  EXPECT_TRUE(doc.Parse(ObjectOf(200'000, escaped)).has_value());
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(DocumentTest, WarmParseAllocatesNothing) {
  const std::string many = ObjectOf(100, [](size_t i) { return "\\u0061" + std::to_string(i); });
  const std::string text =
      R"({"a":[1,2,{"b":"\u0061\n","\u0063 long enough to leave the object":[[[]]]}],"m":)" + many +
      "}";
  Document doc;
  const size_t cold = AllocationCount();
  ASSERT_TRUE(doc.Parse(text).has_value());
  EXPECT_GT(AllocationCount(), cold);
  const size_t warm = AllocationCount();
  const bool parsed = doc.Parse(text).has_value();
  const bool refused = !doc.Parse("{\"a\":1,\"a\":2}").has_value();
  EXPECT_EQ(AllocationCount(), warm);
  EXPECT_TRUE(parsed && refused);
}

TEST(DocumentTest, TakesMemoryForValuesNotForBytesAndGivesItBack) {
  Document doc;
  const std::string long_string = '"' + std::string(1 << 20, 'x') + '"';
  ASSERT_TRUE(doc.Parse(long_string).has_value());
  EXPECT_LT(doc.MemoryBytes(), 10'000u);
  ASSERT_TRUE(doc.Parse(ObjectOf(10'000, SameQuickHash)).has_value());
  EXPECT_GT(doc.MemoryBytes(), 300'000u);
  doc.Release();
  EXPECT_EQ(doc.MemoryBytes(), Document().MemoryBytes());
  EXPECT_FALSE(doc.Root().valid());
  EXPECT_TRUE(doc.Parse("[]").has_value());
}

}  // namespace
}  // namespace mcplexer::json
