// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/printable.h"

#include <gtest/gtest.h>

namespace mcplexer::source {
namespace {

TEST(PrintableTest, EveryCodePointDecodesToItself) {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    std::string text;
    if (!AppendUtf8(value, text)) {
      EXPECT_TRUE(value >= 0xD800 && value <= 0xDFFF);
      continue;
    }
    const CodePoint point = Decode(text, 0);
    ASSERT_TRUE(point.valid);
    ASSERT_EQ(point.value, value);
    ASSERT_EQ(point.length, text.size());
  }
  std::string none;
  EXPECT_FALSE(AppendUtf8(0x110000, none));
}

TEST(PrintableTest, WhatDrivesATerminalIsEscaped) {
  EXPECT_EQ(Printable("a\x1b[31mb"), "a\\u{1b}[31mb");
  EXPECT_EQ(Printable("a\nb\tc\rd"), "a\\nb\\tc\\rd");
  EXPECT_EQ(Printable("\xE2\x80\xAE"), "\\u{202e}");
  EXPECT_EQ(Printable("\xC2\x9B"), "\\u{9b}") << "an 8-bit CSI";
  EXPECT_EQ(Printable("\x7f"), "\\u{7f}");
  EXPECT_EQ(Printable("\xEF\xBB\xBF"), "\\u{feff}");
  EXPECT_EQ(Printable("gr\xC3\xBC\xC3\x9F \xE6\x96\x87"), "gr\xC3\xBC\xC3\x9F \xE6\x96\x87");
}

TEST(PrintableTest, BadBytesAreShownAsBytes) {
  EXPECT_EQ(Printable("\xFF"), "\\xff");
  EXPECT_EQ(Printable("\xC3"), "\\xc3");
  EXPECT_EQ(Printable("\xC0\x80"), "\\xc0\\x80") << "an overlong NUL";
  EXPECT_EQ(Printable("\xED\xA0\x80"), "\\xed\\xa0\\x80") << "a surrogate";
  EXPECT_EQ(Printable("\xF4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}

TEST(PrintableTest, NothingPrintedHoldsAControlByte) {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    std::string text;
    if (!AppendUtf8(value, text)) continue;
    for (const char c : Printable(text)) {
      ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)
          << static_cast<uint32_t>(value);
    }
  }
}

TEST(PrintableTest, WidthIsThatOfATerminal) {
  EXPECT_EQ(DisplayWidth('a'), 1u);
  EXPECT_EQ(DisplayWidth(0xE9), 1u);
  EXPECT_EQ(DisplayWidth(0x6587), 2u);
  EXPECT_EQ(DisplayWidth(0x1F600), 2u);
  EXPECT_EQ(DisplayWidth(0x301), 0u);
}

}  // namespace
}  // namespace mcplexer::source
