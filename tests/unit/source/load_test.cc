// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/load.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace mcplexer::source {
namespace {

class LoadTest : public testing::Test {
 protected:
  std::string Write(const std::string& text) {
    const std::string path = testing::TempDir() + "/mcplexer_load_test_" + std::to_string(getpid());
    std::ofstream(path, std::ios::binary) << text;
    written_ = path;
    return path;
  }
  void TearDown() override {
    if (!written_.empty()) std::filesystem::remove(written_);
  }

  // The diagnostics of CheckText: code and first byte.
  std::vector<std::pair<Code, uint32_t>> Check(std::string text) {
    Diagnostics diagnostics;
    const FileId file = sources_.Add("x", std::move(text));
    const bool good = CheckText(sources_, file, limits_, diagnostics);
    EXPECT_EQ(good, diagnostics.all().empty());
    std::vector<std::pair<Code, uint32_t>> found;
    for (const Diagnostic& d : diagnostics.all()) found.emplace_back(d.code, d.primary.span.begin);
    return found;
  }

  using Found = std::vector<std::pair<Code, uint32_t>>;
  SourceMap sources_;
  Limits limits_;
  std::string written_;
};

TEST_F(LoadTest, ReadsAFileUnderTheNameThatIsShown) {
  const auto file = LoadFile(Write("a\r\nb"), "policy.plex", limits_, sources_);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(sources_.text(*file), "a\r\nb");
  EXPECT_EQ(sources_.path(*file), "policy.plex");
}

TEST_F(LoadTest, LeavesOutAByteOrderMark) {
  EXPECT_EQ(sources_.text(*LoadFile(Write("\xEF\xBB\xBFx"), "x", limits_, sources_)), "x");
}

TEST_F(LoadTest, SaysWhyAFileCannotBeRead) {
  EXPECT_EQ(LoadFile("/nonexistent/\x1b", "no\x1b", limits_, sources_).error().message,
            "cannot read `no\\u{1b}`: No such file or directory");
  EXPECT_EQ(LoadFile(testing::TempDir(), "dir", limits_, sources_).error().message,
            "cannot read `dir`: Is a directory");
}

TEST_F(LoadTest, StopsReadingBehindTheLimit) {
  limits_.file_bytes = 100;
  const auto file = LoadFile("/dev/zero", "zero", limits_, sources_);
  ASSERT_TRUE(file.has_value());
  EXPECT_LT(sources_.text(*file).size(), 110u);
  Diagnostics diagnostics;
  EXPECT_FALSE(CheckText(sources_, *file, limits_, diagnostics));
  EXPECT_EQ(diagnostics.all().at(0).code, Code::kLimitExceeded);
}

TEST_F(LoadTest, TheLimitItselfIsAllowed) {
  limits_.file_bytes = 4;
  EXPECT_EQ(Check("abcd"), Found());
  EXPECT_EQ(Check("abcde"), (Found{{Code::kLimitExceeded, 0}}));
}

TEST_F(LoadTest, TextIsUtf8WithoutNulBytes) {
  EXPECT_EQ(Check("gr\xC3\xBC\xC3\x9F\r\n"), Found());
  EXPECT_EQ(Check("ab\xC3"), (Found{{Code::kBadEncoding, 2}}));
  EXPECT_EQ(Check("a\xC3\xBC\xFFz"), (Found{{Code::kBadEncoding, 3}}));
  EXPECT_EQ(Check("a\xED\xA0\x80"), (Found{{Code::kBadEncoding, 1}}));
  EXPECT_EQ(Check(std::string("ab\0c", 4)), (Found{{Code::kBadEncoding, 2}}));
}

TEST_F(LoadTest, TextHasNoDirectionControls) {
  EXPECT_EQ(Check("\xE2\x80\xA2 \xE2\x82\xAC"), Found()) << "a bullet and a euro sign";
  EXPECT_EQ(Check("ab \xE2\x80\xAE"), (Found{{Code::kHiddenText, 3}}));
  EXPECT_EQ(Check("\xE2\x82\xAC\xE2\x81\xA6"), (Found{{Code::kHiddenText, 3}}));
}

TEST_F(LoadTest, TextHasNoControlsAndNoLineEndsOfOtherKinds) {
  EXPECT_EQ(Check("a\tb\r\n\xC2\xA0\xE2\x80\xA6\xC3\xA9\n"), Found());
  EXPECT_EQ(Check("// a\rb"), (Found{{Code::kHiddenText, 4}}));
  EXPECT_EQ(Check("a\r\r\n"), (Found{{Code::kHiddenText, 1}}));
  EXPECT_EQ(Check("a\r"), (Found{{Code::kHiddenText, 1}}));
  for (const char* control :
       {"\v", "\f", "\x1b[8m", "\x7f", "\xC2\x85", "\xC2\x9B", "\xE2\x80\xA8", "\xE2\x80\xA9"}) {
    EXPECT_EQ(Check(std::string("// ") + control), (Found{{Code::kHiddenText, 3}})) << control;
  }
}

}  // namespace
}  // namespace mcplexer::source
