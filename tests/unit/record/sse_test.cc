// SPDX-License-Identifier: Apache-2.0
#include "compiler/record/sse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mcplexer::record {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> Events(std::string_view stream, size_t piece) {
  std::vector<std::string> events;
  SseParser parser(1000, [&](std::string data) { events.push_back(std::move(data)); });
  for (size_t at = 0; at < stream.size(); at += piece) {
    EXPECT_TRUE(parser.Feed(stream.substr(at, piece)));
  }
  return events;
}

TEST(SseTest, ReadsEventsHoweverTheStreamIsCut) {
  const std::string stream =
      "\xEF\xBB\xBF: comment\r\nid: 1\ndata:\n\nevent: message\rdata: {\"a\":1}\r\rdata:x\r\n"
      "data:  y\r\n\r\ndatax: no\n\ndata\n\ndata: cut off";
  for (size_t piece = 1; piece <= stream.size(); ++piece) {
    EXPECT_THAT(Events(stream, piece), ElementsAre("{\"a\":1}", "x\n y")) << piece;
  }
}

TEST(SseTest, AnEventEndsWithABlankLineOnly) {
  EXPECT_THAT(Events("data: a\n", 3), IsEmpty());
  EXPECT_THAT(Events("data: a\n\n", 3), ElementsAre("a"));
}

TEST(SseTest, RefusesEventsBeyondTheLimit) {
  SseParser lines(10, [](const std::string&) { FAIL(); });
  EXPECT_FALSE(lines.Feed("data: 12345"));
  SseParser data(10, [](const std::string&) { FAIL(); });
  EXPECT_TRUE(data.Feed("data:1234\n"));
  EXPECT_FALSE(data.Feed("data:1234\n"));
}

}  // namespace
}  // namespace mcplexer::record
