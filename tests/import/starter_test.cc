// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/starter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "compiler/commands/compilation.h"
#include "compiler/reference/interpreter.h"
#include "compiler/syntax/parse.h"
#include "tests/import/cases.h"

namespace mcplexer {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kProject = "/home/ada/work/shop";

struct FakeMachine {
  std::map<std::string, std::string> files;
  std::set<std::string> programs;

  importer::Machine Get() const {
    importer::Machine machine;
    machine.home = std::string(kHome);
    machine.read = [this](const std::string& path) -> std::optional<std::string> {
      const auto file = files.find(path);
      return file == files.end() ? std::nullopt : std::optional(file->second);
    };
    machine.exists = [this](const std::string& path) { return files.contains(path); };
    machine.has_program = [this](const std::string& name) { return programs.contains(name); };
    return machine;
  }
};

importer::Imported Make(const FakeMachine& machine) {
  auto made = importer::MakeStarter(kProject, machine.Get(), TestOptions());
  EXPECT_TRUE(made.has_value()) << made.error().message;
  return made ? *made : importer::Imported();
}

// What the reference interpreter says to each call of the policy's tests, against what they expect.
// Returns how many calls there were.
size_t RunTests(const std::string& policy) {
  commands::Compilation compilation;
  const FileId id = compilation.sources.Add("mcplexer.plex", policy);
  const syntax::File file = syntax::ParsePlex(compilation.sources, id, {}, compilation.diagnostics);
  commands::CompileTrees({file}, std::string(kHome), compilation);
  EXPECT_FALSE(compilation.plan.empty()) << policy;
  const reference::Interpreter interpreter(compilation.policy, std::string(kHome));
  size_t calls = 0;
  for (const syntax::Declaration& declaration : file.declarations) {
    for (const syntax::TestCall& test : declaration.calls) {
      reference::Call call;
      const std::string& directory = declaration.directory->text;
      call.directory =
          directory.starts_with('~') ? std::string(kHome) + directory.substr(1) : directory;
      call.name = test.name.text;
      call.principal = PrincipalId(0u);  // the anonymous one
      using Verdict = reference::Outcome::Verdict;
      const Verdict expected = test.expect == syntax::Effect::kAllow     ? Verdict::kAllow
                               : test.expect == syntax::Effect::kApprove ? Verdict::kApprove
                                                                         : Verdict::kDeny;
      EXPECT_EQ(interpreter.Decide(call).verdict, expected) << call.name << "\n" << policy;
      ++calls;
    }
  }
  return calls;
}

TEST(StarterTest, WithoutConfigurationsThereAreFilesToBeginWith) {
  FakeMachine machine;
  machine.programs = {"npx", "uvx"};
  machine.files[std::string(kProject) + "/.git"] = "";
  const importer::Imported made = Make(machine);
  EXPECT_THAT(made.policy, HasSubstr("server files {"));
  EXPECT_THAT(made.policy, HasSubstr("\"uvx\", \"mcp-server-git\""));
  EXPECT_THAT(made.policy, HasSubstr("cwd     = \"~/work/shop\""));
  EXPECT_EQ(RunTests(made.policy), 3U);
  for (const importer::Note& note : made.notes) EXPECT_THAT(note.text, Not(HasSubstr("PATH")));
}

TEST(StarterTest, WhatIsInstalledIsTaken) {
  FakeMachine machine;
  machine.programs = {"mcp-server-filesystem", "github-mcp-server"};
  const importer::Imported made = Make(machine);
  EXPECT_THAT(made.policy, HasSubstr("command = [\"mcp-server-filesystem\", \".\"]"));
  EXPECT_THAT(made.policy, HasSubstr("env(\"GITHUB_PERSONAL_ACCESS_TOKEN\")"));
  EXPECT_THAT(made.policy, Not(HasSubstr("server git {")));
}

TEST(StarterTest, AMissingProgramIsTold) {
  const importer::Imported made = Make({});
  ASSERT_FALSE(made.notes.empty());
  EXPECT_EQ(made.notes.front().text, "`npx` is not in PATH");
}

TEST(StarterTest, ConfigurationsOfProjectAndPersonAreMerged) {
  FakeMachine machine;
  machine.files["/home/ada/work/shop/.mcp.json"] =
      R"({"mcpServers": {"shop": {"command": "shop-mcp", "env": {"KEY": "c4nAry"}}}})";
  machine.files["/home/ada/.claude.json"] =
      R"({"mcpServers": {"notes": {"command": "notes-mcp"}},
          "projects": {"/home/ada/other": {"mcpServers": {"alien": {"command": "x"}}}}})";
  machine.files["/home/ada/.cursor/mcp.json"] = "{ broken c4nAry";
  const importer::Imported made = Make(machine);
  EXPECT_THAT(made.policy, HasSubstr("server shop {"));
  EXPECT_THAT(made.policy, HasSubstr("server notes {"));
  EXPECT_THAT(made.policy, Not(HasSubstr("alien")));
  EXPECT_THAT(made.policy, Not(HasSubstr(std::string(kCanary))));
  EXPECT_EQ(RunTests(made.policy), 3U);
  EXPECT_THAT(made.notes.front().text, HasSubstr("left out: ~/.cursor/mcp.json: line 1"));
  EXPECT_THAT(made.notes.front().text, Not(HasSubstr(std::string(kCanary))));
}

TEST(StarterTest, EveryCaseGivesATestThatHolds) {
  size_t calls = 0;
  for (const auto& [name, sources] : ReadCases()) {
    SCOPED_TRACE(name);
    FakeMachine machine;
    for (const importer::Source& source : sources) machine.files[source.path] = source.text;
    const auto made = importer::MakeStarter(kProject, machine.Get(), TestOptions());
    ASSERT_TRUE(made.has_value()) << made.error().message;
    EXPECT_THAT(made->policy, Not(HasSubstr(std::string(kCanary))));
    calls += RunTests(made->policy);
  }
  EXPECT_GE(calls, 80U);
}

}  // namespace
}  // namespace mcplexer
