// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/source.h"

#include <gtest/gtest.h>

namespace mcplexer::source {
namespace {

std::pair<uint32_t, uint32_t> At(const SourceMap& sources, FileId file, uint32_t offset) {
  const Position at = sources.position(file, offset);
  return {at.line, at.column};
}

using Place = std::pair<uint32_t, uint32_t>;

TEST(SourceMapTest, LinesAndColumnsBeginAtOne) {
  SourceMap sources;
  const FileId file = sources.Add("a.plex", "ab\ncd\r\n\nx");
  EXPECT_EQ(At(sources, file, 0), Place(1, 1));
  EXPECT_EQ(At(sources, file, 2), Place(1, 3));
  EXPECT_EQ(At(sources, file, 3), Place(2, 1));
  EXPECT_EQ(At(sources, file, 7), Place(3, 1));
  EXPECT_EQ(At(sources, file, 8), Place(4, 1));
  EXPECT_EQ(At(sources, file, 9), Place(4, 2));
  EXPECT_EQ(At(sources, file, 1000), Place(4, 2));
  EXPECT_EQ(sources.line_text(file, 1), "ab");
  EXPECT_EQ(sources.line_text(file, 2), "cd");
  EXPECT_EQ(sources.line_text(file, 3), "");
  EXPECT_EQ(sources.line_text(file, 4), "x");
  EXPECT_EQ(sources.line_start(file, 4), 8u);
}

TEST(SourceMapTest, ColumnsCountCodePoints) {
  SourceMap sources;
  const FileId file = sources.Add("a.plex", "\xC3\xA9\xF0\x9F\x98\x80x");
  EXPECT_EQ(At(sources, file, 2), Place(1, 2));
  EXPECT_EQ(At(sources, file, 6), Place(1, 3));
}

TEST(SourceMapTest, AnEmptyFileHasOneEmptyLine) {
  SourceMap sources;
  const FileId file = sources.Add("a.plex", "");
  EXPECT_EQ(At(sources, file, 0), Place(1, 1));
  EXPECT_EQ(sources.line_text(file, 1), "");
}

TEST(SourceMapTest, TextsStayWhereTheyAreWhenFilesAreAdded) {
  SourceMap sources;
  const std::string_view first = sources.text(sources.Add("a", "short"));
  for (int i = 0; i < 100; ++i) sources.Add("b", "x");
  EXPECT_EQ(first, "short");
  EXPECT_EQ(sources.size(), 101u);
  EXPECT_EQ(sources.text(Span{FileId(0u), 1, 3}), "ho");
  EXPECT_EQ(sources.text(Span{FileId(0u), 4, 99}), "t");
}

}  // namespace
}  // namespace mcplexer::source
