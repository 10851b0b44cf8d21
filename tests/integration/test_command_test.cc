// SPDX-License-Identifier: Apache-2.0
// `mcplexerc test` as scripts see it: what it prints where, and its exit codes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace mcplexer {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kPolicy = R"(server s { command = ["s"] }
workspace w {
  root = "~/w"
  allow s__read  as reads
  deny  s__write as writes
}
)";
constexpr const char* kGood = "test \"reading is fine\" { in \"~/w\" call s__read expect allow }\n";
constexpr const char* kBad = "test \"writing is not\" { in \"~/w\" call s__write expect allow }\n";

struct Ended {
  int exit_code = -1;
  std::string out;
  std::string err;
};

class TestCommandTest : public testing::Test {
 protected:
  TestCommandTest() {
    char name[] = "/tmp/mcplexer_test_XXXXXX";
    root_ = ::mkdtemp(name);
  }
  ~TestCommandTest() override { std::filesystem::remove_all(root_); }

  // `mcplexerc test ARGUMENTS` in a folder of its own, without HOME.
  Ended Run(const std::string& arguments) const {
    const std::string command =
        "cd '" + root_ + "' && env -u HOME '" MCPLEXERC "' test " + arguments + " >out 2>err";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, Read("out"), Read("err")};
  }
  Ended Run(const std::string& policy, const std::string& arguments) const {
    std::ofstream(root_ + "/p.plex") << policy;
    return Run(arguments);
  }

 private:
  std::string Read(const std::string& name) const {
    std::ifstream in(root_ + "/" + name, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }

  std::string root_;
};

TEST_F(TestCommandTest, WhenAllPassTheExitCodeIsZero) {
  const Ended ended = Run(std::string(kPolicy) + kGood, "p.plex");
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.out, "pass reading is fine (p.plex:7)\n1 test, 1 call, 0 failed\n");
  EXPECT_EQ(ended.err, "");
}

TEST_F(TestCommandTest, AFailureMakesItOneAndIsExplained) {
  const Ended ended = Run(std::string(kPolicy) + kGood + kBad, "");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_THAT(ended.out, HasSubstr("expected `allow`, found `deny`\n"
                                   "    deny: by w.writes (p.plex:5)\n"));
  EXPECT_THAT(ended.out, EndsWith("\n2 tests, 2 calls, 1 failed\n"));
}

TEST_F(TestCommandTest, OnlyTestsWithAMatchingTitleAreRun) {
  const std::string policy = std::string(kPolicy) + kGood + kBad;
  const Ended good = Run(policy, "--run 'is f(in|un)e$' p.plex");
  EXPECT_EQ(good.exit_code, 0);
  EXPECT_THAT(good.out, EndsWith("\n1 test, 1 call, 0 failed\n"));
  const Ended none = Run(policy, "--run deleting p.plex");
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_EQ(none.out, "");
  EXPECT_EQ(none.err, "mcplexerc: none of 2 tests has a title that matches --run `deleting`\n");
  const Ended bad = Run(policy, "--run '(' p.plex");
  EXPECT_EQ(bad.exit_code, 2);
  EXPECT_THAT(bad.err, StartsWith("mcplexerc: --run `(`: "));
}

TEST_F(TestCommandTest, NoTestIsNoSuccess) {
  const Ended ended = Run(kPolicy, "p.plex");
  EXPECT_EQ(ended.exit_code, 2);
  EXPECT_EQ(ended.out, "");
  EXPECT_EQ(ended.err, "mcplexerc: no test in 1 file\n");
}

TEST_F(TestCommandTest, ErrorsInTheSourcesStopTheTests) {
  const Ended ended = Run(std::string(kPolicy) + kGood + "workspace w { root = \"/\" }", "p.plex");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, HasSubstr("error[E0207]"));
}

TEST_F(TestCommandTest, WhatCannotBeReadIsBadInput) {
  EXPECT_EQ(Run("missing.plex").exit_code, 2);
  EXPECT_EQ(Run("--home relative").exit_code, 2);
  EXPECT_EQ(Run("--min-coverage 101").exit_code, 2);
  EXPECT_EQ(Run("--format short").exit_code, 2);
}

TEST_F(TestCommandTest, TooLittleCoverageFails) {
  const std::string policy = std::string(kPolicy) + kGood;
  const Ended enough = Run(policy, "--min-coverage 50 p.plex");
  EXPECT_EQ(enough.exit_code, 0);
  EXPECT_THAT(enough.out, HasSubstr("1 of 2 rules decide a call (50.0 %), 1 match one\n"));
  EXPECT_EQ(enough.err, "");
  const Ended less = Run(policy, "--min-coverage 50.5 p.plex");
  EXPECT_EQ(less.exit_code, 1);
  EXPECT_EQ(less.err,
            "mcplexerc: 50.0 % of the rules decide a call, and --min-coverage is 50.5 %\n");
}

TEST_F(TestCommandTest, MachineReadableFormatsHaveStandardOutputToThemselves) {
  const std::string policy = std::string(kPolicy) + kGood + kBad;
  const Ended junit = Run(policy, "--format junit --coverage p.plex");
  EXPECT_EQ(junit.exit_code, 1);
  EXPECT_THAT(junit.out, StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
  EXPECT_THAT(junit.out, EndsWith("\n</testsuites>\n"));
  EXPECT_THAT(junit.err, EndsWith("\n2 of 2 rules decide a call (100.0 %), 2 match one\n"));
  const Ended json = Run(policy, "--format json p.plex");
  EXPECT_EQ(json.exit_code, 1);
  EXPECT_THAT(json.out, StartsWith("{\"tests\":["));
  EXPECT_THAT(json.out, EndsWith(",\"coverage\":null,\"calls\":2,\"failed\":1}\n"));
  EXPECT_EQ(json.err, "");
}

TEST_F(TestCommandTest, HomeCanBeGiven) {
  const std::string policy =
      std::string(kPolicy) + "test \"at home\" { in \"/srv/ada/w\" call s__read expect allow }";
  EXPECT_EQ(Run(policy, "p.plex").exit_code, 1);
  EXPECT_EQ(Run(policy, "--home /srv/ada p.plex").exit_code, 0);
}

TEST(ExamplesTest, EachPassesItsOwnTestsAndCoversItsRules) {
  const char* source = std::getenv("MCPLEXER_SOURCE_DIR");
  ASSERT_NE(source, nullptr);
  int examples = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(source) + "/examples")) {
    if (!entry.is_directory()) continue;
    ++examples;
    const std::string command =
        "'" MCPLEXERC "' test --min-coverage 100 '" + entry.path().string() + "' >/dev/null";
    const int status = std::system(command.c_str());
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << entry.path();
  }
  EXPECT_GT(examples, 0);
}

}  // namespace
}  // namespace mcplexer
