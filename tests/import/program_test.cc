// SPDX-License-Identifier: Apache-2.0
// `mcplexerc import` and `init` as programs: exit codes, where output goes, what stays as it is.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/import/cases.h"

namespace mcplexer {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Ran {
  int code = -1;
  std::string out;
  std::string err;
};

class ImportProgramTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "mcplexer-import-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root_ = fs::canonical(name);
    fs::create_directories(root_ / "work/shop");
  }
  void TearDown() override { fs::remove_all(root_); }

  void Put(const std::string& path, const std::string& text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path, std::ios::binary) << text;
  }

  Ran Run(const std::string& arguments) const {
    const std::string command =
        fmt::format("cd '{0}' && HOME='{0}' XDG_CONFIG_HOME= {1} {2} >out 2>err", root_.string(),
                    MCPLEXERC, arguments);
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, ReadFile(root_ / "out"),
            ReadFile(root_ / "err")};
  }

  fs::path root_;
};

constexpr const char* kServers =
    R"({"mcpServers": {"shop": {"command": "shop-mcp", "env": {"KEY": "c4nAry"}}}})";

TEST_F(ImportProgramTest, ThePolicyGoesToStdoutAndTheNotesToStderr) {
  Put("work/shop/.mcp.json", kServers);
  const Ran ran = Run("import work/shop/.mcp.json");
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr("root    = \"~/work/shop\""));
  EXPECT_THAT(ran.err, HasSubstr("put the value into the variable KEY"));
  EXPECT_THAT(ran.err, HasSubstr("1 server, 1 rule, 1 note"));
  EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("c4nAry")));
}

TEST_F(ImportProgramTest, WhatIsWrittenChecks) {
  Put("work/shop/.mcp.json", kServers);
  EXPECT_EQ(Run("import work/shop/.mcp.json -o made.plex").code, 0);
  const Ran ran = Run("check made.plex");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out, "1 file, 1 rule, 0 errors, 0 warnings\n");
}

TEST_F(ImportProgramTest, WhatCannotBeImportedIsAUsageError) {
  Put("broken.json", "{ \"mcpServers\": \"c4nAry");
  Put("empty.json", "{ \"mcpServers\": {} }");
  for (const char* arguments :
       {"import missing.json", "import .", "import broken.json", "import empty.json", "import",
        "import empty.json --as nonsense", "import empty.json --as codex"}) {
    const Ran ran = Run(fmt::format("{} -o made.plex", arguments));
    EXPECT_EQ(ran.code, 2) << arguments;
    EXPECT_THAT(ran.out, IsEmpty()) << arguments;
    EXPECT_THAT(ran.err, Not(HasSubstr("c4nAry"))) << arguments;
    EXPECT_FALSE(fs::exists(root_ / "made.plex")) << arguments;
  }
}

TEST_F(ImportProgramTest, TheKindCanBeSaid) {
  Put("servers", "[mcp_servers.a]\ncommand = 'a-mcp'\n");
  EXPECT_THAT(Run("import servers --as codex").out, HasSubstr("a configuration of Codex"));
  Put("list", kServers);
  EXPECT_THAT(Run("import list --as cursor").out, HasSubstr("a configuration of Cursor"));
}

TEST_F(ImportProgramTest, InitWritesAPolicyThatChecksAndNeverOverwrites) {
  Put("work/shop/.mcp.json", kServers);
  const Ran first = Run("init work/shop");
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.out, IsEmpty());
  EXPECT_EQ(Run("check work/shop").code, 0);
  const std::string written = ReadFile(root_ / "work/shop/mcplexer.plex");
  EXPECT_THAT(written, HasSubstr("test \""));
  EXPECT_THAT(written, Not(HasSubstr("c4nAry")));
  Put("work/shop/mcplexer.plex", "// mine\n");
  const Ran second = Run("init work/shop");
  EXPECT_EQ(second.code, 1);
  EXPECT_THAT(second.err, HasSubstr("stays as it is"));
  EXPECT_EQ(ReadFile(root_ / "work/shop/mcplexer.plex"), "// mine\n");
}

TEST_F(ImportProgramTest, InitLeavesADanglingLinkAlone) {
  fs::create_symlink(root_ / "elsewhere.plex", root_ / "work/shop/mcplexer.plex");
  EXPECT_EQ(Run("init work/shop").code, 1);
  EXPECT_FALSE(fs::exists(root_ / "elsewhere.plex"));
}

TEST_F(ImportProgramTest, InitNeedsADirectory) {
  EXPECT_EQ(Run("init nowhere").code, 2);
  Put("file", "");
  EXPECT_EQ(Run("init file").code, 2);
}

}  // namespace
}  // namespace mcplexer
