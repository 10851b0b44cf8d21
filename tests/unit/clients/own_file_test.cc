// SPDX-License-Identifier: Apache-2.0
#include "runtime/clients/own_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace mcplexer::clients {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class OwnFileTest : public testing::Test {
 protected:
  OwnFileTest() {
    std::string name = testing::TempDir() + "/own-file-XXXXXX";
    root_ = ::mkdtemp(name.data());
  }
  ~OwnFileTest() override { fs::remove_all(root_); }

  std::string Path(const std::string& name) const { return root_ + "/" + name; }
  void Put(const std::string& name, const std::string& bytes, mode_t mode = 0640) const {
    std::ofstream(Path(name)) << bytes;
    ASSERT_EQ(::chmod(Path(name).c_str(), mode), 0);
  }
  std::string Get(const std::string& name) const {
    std::ostringstream out;
    out << std::ifstream(Path(name)).rdbuf();
    return out.str();
  }
  mode_t ModeOf(const std::string& name) const {
    struct stat status{};
    ::stat(Path(name).c_str(), &status);
    return status.st_mode & 07777;
  }

  std::string root_;
};

TEST_F(OwnFileTest, KeepsItsModeAndWhatItWas) {
  Put("f", "before", 0604);
  const auto file = ReadOwnFile(Path("f"));
  ASSERT_TRUE(file.has_value()) << file.error().message;
  EXPECT_EQ(file->bytes, "before");
  ASSERT_TRUE(ReplaceOwnFile(*file, "after", 0600).has_value());
  EXPECT_EQ(Get("f"), "after");
  EXPECT_EQ(ModeOf("f"), 0604u);
  EXPECT_EQ(Get("f.before-mcplexer"), "before");
  EXPECT_EQ(ModeOf("f.before-mcplexer"), 0604u);
  EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 2);
}

TEST_F(OwnFileTest, ANewOneHasTheModeThatIsSaid) {
  const auto file = ReadOwnFile(Path("f"));
  ASSERT_TRUE(file.has_value());
  EXPECT_FALSE(file->exists);
  ASSERT_TRUE(ReplaceOwnFile(*file, "new", 0600).has_value());
  EXPECT_EQ(Get("f"), "new");
  EXPECT_EQ(ModeOf("f"), 0600u);
  EXPECT_FALSE(fs::exists(Path("f.before-mcplexer")));
}

TEST_F(OwnFileTest, ALinkStaysAndWhatItLeadsToIsChanged) {
  fs::create_directory(Path("repo"));
  fs::permissions(Path("repo"), fs::perms(0755));
  Put("repo/f", "before");
  fs::create_symlink("repo/f", Path("f"));
  const auto file = ReadOwnFile(Path("f"));
  ASSERT_TRUE(file.has_value());
  ASSERT_TRUE(ReplaceOwnFile(*file, "after", 0600).has_value());
  EXPECT_TRUE(fs::is_symlink(Path("f")));
  EXPECT_EQ(Get("repo/f"), "after");
  fs::create_symlink("nowhere", Path("g"));
  EXPECT_FALSE(ReadOwnFile(Path("g")).has_value());
}

TEST_F(OwnFileTest, OthersFilesAndPlacesAreLeftAlone) {
  fs::create_symlink("/etc/passwd", Path("f"));
  const auto passwd = ReadOwnFile(Path("f"));
  if (::geteuid() != 0) {
    ASSERT_FALSE(passwd.has_value());
    EXPECT_THAT(passwd.error().message, HasSubstr("another user"));
  } else {
    Put("theirs", "x");
    ASSERT_EQ(::chown(Path("theirs").c_str(), 12345, 12345), 0);
    fs::create_symlink("theirs", Path("g"));
    EXPECT_THAT(ReadOwnFile(Path("g")).error().message, HasSubstr("another user"));
  }
  fs::create_directory(Path("open"));
  ASSERT_EQ(::chmod(Path("open").c_str(), 0777), 0);
  Put("open/f", "x");
  EXPECT_THAT(ReadOwnFile(Path("open/f")).error().message, HasSubstr("others may write there"));
  ASSERT_EQ(::mkfifo(Path("fifo").c_str(), 0600), 0);
  EXPECT_THAT(ReadOwnFile(Path("fifo")).error().message, HasSubstr("not a regular file"));
  EXPECT_FALSE(ReadOwnFile(root_).has_value());
}

TEST_F(OwnFileTest, WhatSomebodyElseHasWrittenIsNotOverwritten) {
  Put("f", "before");
  const auto file = ReadOwnFile(Path("f"));
  const auto none = ReadOwnFile(Path("g"));
  fs::remove(Path("f"));
  Put("f", "theirs");
  Put("g", "theirs");
  EXPECT_THAT(ReplaceOwnFile(*file, "after", 0600).error().message, HasSubstr("meanwhile"));
  EXPECT_THAT(ReplaceOwnFile(*none, "after", 0600).error().message, HasSubstr("meanwhile"));
  EXPECT_EQ(Get("f"), "theirs");
  EXPECT_EQ(Get("g"), "theirs");
}

}  // namespace
}  // namespace mcplexer::clients
