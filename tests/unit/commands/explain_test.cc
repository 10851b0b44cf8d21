// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/explain.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace mcplexer::commands {
namespace {

TEST(ExplainTest, ArgumentsThatAreNoJsonAreAUsageError) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "explain_test.plex";
  std::ofstream(path) << "server a { command = [\"a\"] }\n"
                         "workspace w { root = \"/w\"  allow a__x when arg.n == 1 }\n";
  for (const auto& [arguments, expected] :
       std::vector<std::pair<std::string, int>>{{R"({"n":1})", 0}, {"{n:1}", 2}, {"n=1", 2}}) {
    CLI::App app;
    int code = -1;
    AddExplain(app, code);
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    // CLI11 takes them from the back.
    app.parse(std::vector<std::string>{arguments, "--args", "a__x", "--call", "/w", "--dir",
                                       "/home", "--home", path.string(), "explain"});
    const std::string out = ::testing::internal::GetCapturedStdout();
    const std::string error = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(code, expected) << arguments << error;
    EXPECT_EQ(out.empty(), expected != 0) << out;
    EXPECT_EQ(error.find("--args is not JSON") != std::string::npos, expected != 0) << error;
  }
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace mcplexer::commands
