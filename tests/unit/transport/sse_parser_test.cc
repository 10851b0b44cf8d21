// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/sse_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mcplexer::transport {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;

// What a stream comes to, read in the given pieces.
struct Reading {
  std::vector<std::string> events;  // "name|data"
  std::string last_id;
  std::optional<milliseconds> retry;
  bool operator==(const Reading&) const = default;
};

struct Reader {
  explicit Reader(size_t limit = 1000)
      : parser(limit, [this](const SseParser::Event& event) {
          seen.push_back(event.name + "|" + event.data);
        }) {}
  Reading Result() const { return {seen, parser.last_event_id(), parser.retry()}; }

  std::vector<std::string> seen;
  SseParser parser;
};

Reading Read(std::initializer_list<std::string_view> pieces) {
  Reader reader;
  for (const std::string_view piece : pieces) EXPECT_TRUE(reader.parser.Feed(piece));
  return reader.Result();
}

const std::string kStream =
    "\xEF\xBB\xBF: comment\r\nid: 1\ndata:\n\nevent: message\rdata: {\"a\":1}\r\rretry: 30\nid:"
    "x-2\r\ndata:x\r\ndata:  y\r\n\r\ndatax: no\n\ndata\n\nid: cut\ndata: off";

TEST(SseParserTest, ReadsTheSameHoweverTheStreamIsCut) {
  const Reading whole = Read({kStream});
  EXPECT_THAT(whole.events, ElementsAre("message|{\"a\":1}", "|x\n y"));
  EXPECT_EQ(whole.last_id, "x-2");
  EXPECT_EQ(whole.retry, milliseconds(30));
  const std::string_view stream = kStream;
  for (size_t first = 0; first <= stream.size(); ++first) {
    for (size_t second = first; second <= stream.size(); ++second) {
      EXPECT_EQ(Read({stream.substr(0, first), stream.substr(first, second - first),
                      stream.substr(second)}),
                whole)
          << first << " " << second;
    }
  }
  Reader bytes;
  for (const char c : kStream) EXPECT_TRUE(bytes.parser.Feed({&c, 1}));
  EXPECT_EQ(bytes.Result(), whole);
}

TEST(SseParserTest, AnEventEndsWithABlankLineOnly) {
  EXPECT_THAT(Read({"data: a\n"}).events, IsEmpty());
  EXPECT_THAT(Read({"data: a\n\n"}).events, ElementsAre("|a"));
}

TEST(SseParserTest, AnEventWithoutDataIsNotToldButItsIdCounts) {
  const Reading reading = Read({"id: 7\n\n\n\ndata: a\n\n"});
  EXPECT_THAT(reading.events, ElementsAre("|a"));
  EXPECT_EQ(reading.last_id, "7");
}

TEST(SseParserTest, TheIdOfAnUnfinishedEventDoesNotCount) {
  EXPECT_EQ(Read({"id: 1\ndata: a\n\nid: 2\ndata: b\n"}).last_id, "1");
}

TEST(SseParserTest, IdsThatAreNoHeaderAreNone) {
  EXPECT_EQ(Read({"id: 1\n\nid: a\tb\n\n"}).last_id, "1");
  EXPECT_EQ(Read({"id: 1\n\nid: \xC3\xA4\n\n"}).last_id, "1");
  EXPECT_EQ(Read({"id: 1\n\nid: a b\n\n"}).last_id, "1");
  EXPECT_EQ(Read({"id: 1\n\nid:\n\n"}).last_id, "") << "the standard's way to forget it";
}

TEST(SseParserTest, RetryIsDigitsOnly) {
  for (const std::string_view stream :
       {"retry: -1\n\n", "retry: 1s\n\n", "retry:\n\n", "retry: 99999999999\n\n"}) {
    EXPECT_EQ(Read({stream}).retry, std::nullopt) << stream;
  }
}

TEST(SseParserTest, AnotherStreamBeginsAfterTheLastWholeEvent) {
  Reader reader;
  EXPECT_TRUE(reader.parser.Feed("id: 1\ndata: a\n\nid: 2\ndata: lo"));
  reader.parser.Restart();
  EXPECT_EQ(reader.parser.last_event_id(), "1");
  EXPECT_EQ(reader.parser.held_bytes(), 0u);
  EXPECT_TRUE(
      reader.parser.Feed("\xEF\xBB\xBF"
                         "data: b\n\n"));
  EXPECT_THAT(reader.seen, ElementsAre("|a", "|b"));
  EXPECT_EQ(reader.parser.last_event_id(), "1");
}

TEST(SseParserTest, RefusesEventsBeyondTheLimit) {
  EXPECT_FALSE(Reader(10).parser.Feed("data: 12345"));
  Reader data(10);
  EXPECT_TRUE(data.parser.Feed("data:1234\n"));
  EXPECT_FALSE(data.parser.Feed("data:1234\n"));
  Reader comment(10);
  EXPECT_FALSE(comment.parser.Feed(": 123456789"));
}

}  // namespace
}  // namespace mcplexer::transport
