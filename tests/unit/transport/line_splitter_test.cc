// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/line_splitter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace mcplexer::transport {
namespace {

void Feed(LineSplitter& lines, std::string_view bytes, std::vector<std::string>& out) {
  while (!bytes.empty()) {
    const auto room = lines.Prepare();
    const size_t n = std::min(room.size(), bytes.size());
    std::memcpy(room.data(), bytes.data(), n);
    lines.Commit(n);
    bytes.remove_prefix(n);
    while (const auto line = lines.Next()) {
      out.push_back(line->oversized ? "<oversized>" : std::string(line->text));
    }
  }
}

std::vector<std::string> Split(const std::vector<std::string_view>& chunks, size_t max) {
  LineSplitter lines(max);
  std::vector<std::string> out;
  for (std::string_view chunk : chunks) Feed(lines, chunk, out);
  if (const auto rest = lines.Rest()) {
    out.push_back(rest->oversized ? "<oversized>" : std::string(rest->text));
  }
  return out;
}

TEST(LineSplitterTest, IsTheSameForEverySplitIntoThreeReads) {
  const std::string stream = "{\"a\":1}\r\n\n \t\r\n[2]\n\r\nxxxxxxxxxxxxxxxxxxxx\ny\r\nlast";
  const std::vector<std::string> expected = {"{\"a\":1}", "[2]", "<oversized>", "y", "last"};
  for (size_t i = 0; i <= stream.size(); ++i) {
    for (size_t j = i; j <= stream.size(); ++j) {
      const std::string_view all = stream;
      EXPECT_EQ(Split({all.substr(0, i), all.substr(i, j - i), all.substr(j)}, 10), expected)
          << i << " " << j;
    }
  }
}

TEST(LineSplitterTest, TheBoundCountsTheLineWithoutItsEnd) {
  EXPECT_EQ(Split({"12345\r\n", "123456\n", "12345\n"}, 5),
            (std::vector<std::string>{"12345", "<oversized>", "12345"}));
  EXPECT_EQ(Split({"123456\r", "\n1\n"}, 5), (std::vector<std::string>{"<oversized>", "1"}));
}

TEST(LineSplitterTest, AnOversizedLineIsReportedOnceAndTakesNoMemory) {
  LineSplitter lines(1000);
  std::vector<std::string> out;
  const std::string chunk(10'000, 'x');
  size_t largest = 0;
  for (int i = 0; i < 1000; ++i) {
    Feed(lines, chunk, out);
    largest = std::max(largest, lines.Prepare().size());
  }
  Feed(lines, "\nok\n", out);
  EXPECT_EQ(out, (std::vector<std::string>{"<oversized>", "ok"}));
  EXPECT_LT(largest, size_t{100'000});
}

TEST(LineSplitterTest, ALineOfMegabytesArrivesWhole) {
  std::string line;
  for (int i = 0; line.size() < (size_t{3} << 20); ++i) line += std::to_string(i);
  const std::string stream = "a\n" + line + "\nb\n";
  EXPECT_EQ(Split({stream}, size_t{4} << 20), (std::vector<std::string>{"a", line, "b"}));
}

TEST(LineSplitterTest, GivesTheBufferOfALongLineBack) {
  LineSplitter lines(size_t{8} << 20);
  std::vector<std::string> out;
  Feed(lines, std::string(size_t{4} << 20, 'x') + "\n", out);
  ASSERT_EQ(out.size(), 1u);
  EXPECT_LT(lines.Prepare().size(), size_t{256} << 10);
}

}  // namespace
}  // namespace mcplexer::transport
