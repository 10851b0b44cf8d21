// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/workflow_commands.h"

#include <gtest/gtest.h>

#include <string>

namespace mcplexer::commands {
namespace {

using source::Code;
using source::Span;

TEST(WorkflowCommandsTest, LooksAsDocumented) {
  Compilation compilation;
  const FileId file = compilation.sources.Add("a,b:c%.plex", "one\ntwo three\n");
  compilation.diagnostics.Report(Code::kSyntaxError, Span{file, 4, 7}, "50%\n::warning::`x`")
      .Help("write: a, b");
  compilation.diagnostics.Report(Code::kIgnoredKey, Span{file, 0, 9}, "over two lines");
  compilation.diagnostics.Report(Code::kIgnoredKey, Span{}, "nowhere");
  compilation.diagnostics.Report(Code::kIgnoredKey, Span{file, 0, 1}, "accepted").suppressed = "x";
  EXPECT_EQ(WorkflowCommands(compilation),
            "::error file=a%2Cb%3Ac%25.plex,line=2,endLine=2,col=1,endColumn=3,"
            "title=E0101%3A syntax error::50%25\\n::warning::`x`%0Ahelp: write: a, b\n"
            "::warning file=a%2Cb%3Ac%25.plex,line=1,endLine=2,"
            "title=W0211%3A key has no effect::over two lines\n"
            "::warning title=W0211%3A key has no effect::nowhere\n");
}

TEST(WorkflowCommandsTest, WhatIsOverGitHubsLimitIsCounted) {
  Compilation compilation;
  compilation.input_errors = {"cannot read `##[add-mask]x`"};
  for (int i = 0; i < 12; ++i) {
    compilation.diagnostics.Report(Code::kIgnoredKey, Span{}, std::to_string(i));
  }
  for (int i = 0; i < 10; ++i) {
    compilation.diagnostics.Report(Code::kSyntaxError, Span{}, std::to_string(i));
  }
  const std::string text = WorkflowCommands(compilation);
  EXPECT_TRUE(text.starts_with("::error title=mcplexerc::cannot read `##[add-mask]x`\n"));
  EXPECT_TRUE(
      text.ends_with("\nnot shown, because GitHub keeps 10 of each kind: 1 error, 2 warnings\n"));
  size_t errors = 0;
  for (size_t at = 0; (at = text.find("::error ", at)) != std::string::npos; ++at) ++errors;
  EXPECT_EQ(errors, 10u);
}

}  // namespace
}  // namespace mcplexer::commands
