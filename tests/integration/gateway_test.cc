// SPDX-License-Identifier: Apache-2.0
// `mcplexer run` as its clients see it: the real program between pipes, with echo_server behind it.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "compiler/emit/plan_writer.h"
#include "runtime/transport/unique_fd.h"
#include "tests/unit/plan/plan_builder.h"

namespace mcplexer {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::HasSubstr;
using testing::Not;

constexpr milliseconds kSoon{10'000};

const std::string kInitialize =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",)"
    R"("capabilities":{},"clientInfo":{"name":"t","version":"1"}}})";

std::string Call(const std::string& id, const std::string& tool,
                 const std::string& arguments = "{}") {
  return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"tools/call","params":{"name":")" + tool +
         R"(","arguments":)" + arguments + "}}";
}

// A program between pipes, and nothing between it and us.
struct Program {
  pid_t pid = -1;
  transport::UniqueFd input;  // we write
  transport::UniqueFd output;
  transport::UniqueFd errors;
};

Program StartProgram(const std::vector<std::string>& arguments,
                     const std::vector<std::string>& environment) {
  int ends[3][2];
  for (auto& pair : ends) EXPECT_EQ(::pipe2(pair, O_CLOEXEC), 0);
  const auto pointers = [](const std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
    result.push_back(nullptr);
    return result;
  };
  const std::vector<char*> argv = pointers(arguments);
  const std::vector<char*> env = pointers(environment);
  Program program;
  program.pid = ::fork();
  if (program.pid == 0) {
    ::dup2(ends[0][0], STDIN_FILENO);
    ::dup2(ends[1][1], STDOUT_FILENO);
    ::dup2(ends[2][1], STDERR_FILENO);
    ::execve(argv[0], argv.data(), env.data());
    ::_exit(127);
  }
  program.input = transport::UniqueFd(ends[0][1]);
  program.output = transport::UniqueFd(ends[1][0]);
  program.errors = transport::UniqueFd(ends[2][0]);
  for (const int fd : {ends[0][0], ends[1][1], ends[2][1]}) ::close(fd);
  return program;
}

class GatewayProcessTest : public testing::Test {
 protected:
  GatewayProcessTest() {
    char name[] = "/tmp/mcplexer_gateway_XXXXXX";
    root_ = ::mkdtemp(name);
    root_ = std::filesystem::canonical(root_).string();
    std::filesystem::create_directory(root_ + "/work");
    home_ = root_;
    directory_ = root_ + "/work";
  }
  ~GatewayProcessTest() override {
    if (gateway_.pid > 0 && !exited_) {
      ::kill(gateway_.pid, SIGKILL);
      ::waitpid(gateway_.pid, nullptr, 0);
    }
    std::filesystem::remove_all(root_);
  }

  // One server `e`, all of whose tools but exit are allowed in root_/work, with `secret` in TOKEN.
  void WritePlan(const std::vector<std::string>& command) {
    plan::testing::PlanBuilder builder;
    builder.Server("e").Scope("s").Workspace("w", root_ + "/work");
    builder.Rule({.id = "w.all", .workspace = "w", .names = {"e__*"}, .scope = "s"});
    builder.Rule({.id = "w.no_sleep",
                  .workspace = "w",
                  .effect = plan::Effect::kDeny,
                  .names = {"e__sleep"}});
    emit::PlanSections sections = builder.Sections();
    plan::ServerRecord& server = sections.servers.at(0);
    server.call_timeout_ms = 60'000;
    server.cwd = sections.Intern(cwd_);
    server.command = {static_cast<uint32_t>(sections.string_refs.size()),
                      static_cast<uint32_t>(command.size())};
    for (const std::string& argument : command) {
      sections.string_refs.push_back(sections.Intern(argument));
    }
    plan::SecretRecord secret{};
    secret.name = sections.Intern("token");
    secret.source = plan::SecretSource::kEnv;
    secret.arguments = {static_cast<uint32_t>(sections.string_refs.size()), 1};
    sections.string_refs.push_back(sections.Intern("GATEWAY_TEST_SECRET"));
    sections.secrets.push_back(secret);
    plan::TemplatePart part{};
    part.literal = sections.Intern("");
    part.secret = 0;
    sections.template_parts.push_back(part);
    plan::Injection injection{};
    injection.key = sections.Intern("TOKEN");
    injection.parts = {0, 1};
    sections.injections.push_back(injection);
    sections.scopes.at(0).injections = {0, 1};
    const std::vector<std::byte> bytes = emit::Serialize(sections, {});
    std::ofstream(root_ + "/p.plan", std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
  }

  void Start(const std::vector<std::string>& command = {ECHO_SERVER}) {
    WritePlan(command);
    gateway_ = StartProgram(
        {MCPLEXER, "run", root_ + "/p.plan", "--dir", directory_, "--state", root_ + "/state"},
        {"PATH=/usr/bin:/bin", "HOME=" + home_, "LD_LIBRARY_PATH=/nowhere",
         "GATEWAY_TEST_SECRET=s3cr3t-value", "MCPLEXER_LOG=debug"});
    ASSERT_GT(gateway_.pid, 0);
    ::fcntl(gateway_.errors.get(), F_SETFL, O_NONBLOCK);
  }
  void Open(const std::vector<std::string>& command = {ECHO_SERVER}) {
    Start(command);
    Write(kInitialize);
    ASSERT_THAT(Read(), HasSubstr(R"("protocolVersion":"2025-11-25")"));
  }

  void Write(const std::string& line) {
    const std::string bytes = line + "\n";
    ASSERT_EQ(::write(gateway_.input.get(), bytes.data(), bytes.size()),
              static_cast<ssize_t>(bytes.size()));
  }
  // The next line; "" at the end and after `patience`.
  std::string Read(milliseconds patience = kSoon) {
    const auto deadline = steady_clock::now() + patience;
    size_t feed = 0;
    while ((feed = buffer_.find('\n')) == std::string::npos) {
      const auto left =
          std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now()).count();
      pollfd ready{gateway_.output.get(), POLLIN, 0};
      if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) <= 0) return {};
      char chunk[65536];
      const ssize_t n = ::read(gateway_.output.get(), chunk, sizeof chunk);
      if (n <= 0) return {};
      buffer_.append(chunk, static_cast<size_t>(n));
    }
    std::string line = buffer_.substr(0, feed);
    buffer_.erase(0, feed + 1);
    return line;
  }
  std::string Log() {
    std::string all;
    char chunk[65536];
    ssize_t n = 0;
    while ((n = ::read(gateway_.errors.get(), chunk, sizeof chunk)) > 0) {
      all.append(chunk, static_cast<size_t>(n));
    }
    return all;
  }
  // The exit status, -1 when it does not end in time.
  int Wait(milliseconds patience = kSoon) {
    const auto deadline = steady_clock::now() + patience;
    int status = 0;
    while (::waitpid(gateway_.pid, &status, WNOHANG) == 0) {
      if (steady_clock::now() > deadline) return -1;
      ::usleep(10'000);
    }
    exited_ = true;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  static bool IsAlive(pid_t pid) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    return std::getline(stat, line) && line.find(") Z ") == std::string::npos;
  }
  static bool IsGoneSoon(pid_t pid) {
    for (int i = 0; i < 200 && IsAlive(pid); ++i) ::usleep(10'000);
    return !IsAlive(pid);
  }
  // The only child of the gateway's only child, which is its supervisor; -1: there is none.
  pid_t ServerPid() const { return ChildOf(ChildOf(gateway_.pid)); }
  static pid_t ChildOf(pid_t parent) {
    const std::string pid = std::to_string(parent);
    std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
    pid_t child = -1;
    children >> child;
    return child;
  }

  std::string root_;
  std::string home_;       // HOME of the gateway
  std::string directory_;  // of the session
  std::string cwd_;        // of the server
  Program gateway_;
  std::string buffer_;
  bool exited_ = false;
};

TEST_F(GatewayProcessTest, AnswersInitializeWithoutStartingAnything) {
  Open();
  EXPECT_EQ(ServerPid(), -1);
  gateway_.input.Reset();
  EXPECT_EQ(Read(), "");
  EXPECT_EQ(Wait(), 0);
}

TEST_F(GatewayProcessTest, WithoutHomeAServerThatBelongsThereDoesNotStartElsewhere) {
  home_.clear();
  cwd_ = "~" + root_;
  Open();
  Write(Call("1", "e__echo"));
  EXPECT_THAT(Read(), HasSubstr("there is no home directory for `cwd`"));
  EXPECT_EQ(ServerPid(), -1);
}

TEST_F(GatewayProcessTest, ListsAndCallsThroughTheRealServer) {
  Open({ECHO_SERVER, "--banner", "--pages", "3"});
  Write(R"({"jsonrpc":"2.0","id":"l","method":"tools/list"})");
  const std::string list = Read();
  EXPECT_THAT(list, HasSubstr(R"({"name":"e__echo","inputSchema":{"type":"object"}})"));
  EXPECT_THAT(list, HasSubstr(R"({"title":"page", "name" : "e__page2","x":1.50})"));
  EXPECT_THAT(list, Not(HasSubstr("e__sleep")));
  const std::string arguments = R"({"n":12345678901234567890,"f":1.50,"s":"\u00e9\/"})";
  Write(Call("\"x\"", "e__echo", arguments));
  const std::string answer = Read();
  EXPECT_THAT(answer, HasSubstr(R"("structuredContent":)" + arguments));
  EXPECT_THAT(answer, HasSubstr(R"("id":"x")"));
  Write(Call("1", "e__sleep"));
  EXPECT_THAT(Read(), HasSubstr("denied by w.no_sleep"));
  Write(Call("2", "e__nope"));
  EXPECT_THAT(Read(), HasSubstr(R"("id":2,"error":{"code":-32602,)"));
}

TEST_F(GatewayProcessTest, ServersGetTheScopesSecretAndNothingElseOfOurs) {
  Open();
  Write(Call("1", "e__environment"));
  const std::string answer = Read();
  EXPECT_THAT(answer, HasSubstr("TOKEN=s3cr3t-value"));
  EXPECT_THAT(answer, HasSubstr("HOME=" + root_));
  EXPECT_THAT(answer, Not(HasSubstr("GATEWAY_TEST_SECRET")));
  EXPECT_THAT(answer, Not(HasSubstr("LD_LIBRARY_PATH")));
  Write(Call("2", "e__descriptors"));
  EXPECT_THAT(Read(), HasSubstr(R"("text":"0,1,2")"));
}

TEST_F(GatewayProcessTest, AServersNoiseReachesNeitherTheClientNorTheLogUnmasked) {
  Open({"/bin/sh", "-c", "printf 'token is %s\\033[31m\\n' \"$TOKEN\" >&2; exec \"$0\"",
        ECHO_SERVER});
  Write(Call("1", "e__garbage"));
  EXPECT_THAT(Read(), HasSubstr("done"));
  Write(Call("2", "e__flood"));
  EXPECT_THAT(Read(), HasSubstr("done"));
  const std::string log = Log();
  EXPECT_THAT(log, HasSubstr("token is ***"));
  EXPECT_THAT(log, Not(HasSubstr("s3cr3t")));
  EXPECT_EQ(log.find('\033'), std::string::npos);
}

TEST_F(GatewayProcessTest, AServerThatDiesFailsItsCallAndIsStartedAgain) {
  Open();
  Write(Call("1", "e__exit", R"({"status":3})"));
  EXPECT_EQ(Read(),
            R"({"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"server `e` exited )"
            R"(with status 3 during the call"}})");
  Write(Call("2", "e__echo"));
  EXPECT_THAT(Read(), HasSubstr(R"("id":2,"result":)"));
}

TEST_F(GatewayProcessTest, ProgressArrivesInOrderBeforeTheAnswerAndNotAfter) {
  Open();
  Write(R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"e__progress",)"
        R"("arguments":{"count":50},"_meta":{"progressToken":"mine"}}})");
  for (int i = 1; i <= 50; ++i) {
    EXPECT_THAT(Read(),
                HasSubstr(R"("progressToken":"mine","progress":)" + std::to_string(i) + "}"));
  }
  EXPECT_THAT(Read(), HasSubstr(R"("id":1,"result":)"));
  Write(R"({"jsonrpc":"2.0","id":2,"method":"ping"})");
  EXPECT_THAT(Read(), HasSubstr(R"("id":2,)"));
}

TEST_F(GatewayProcessTest, GarbageFromTheClientIsAnsweredAndForgotten) {
  Open();
  Write("garbage");
  EXPECT_THAT(Read(), HasSubstr(R"("id":null,"error":{"code":-32700,)"));
  Write("");
  Write("\r");
  Write(R"({"jsonrpc":"2.0","id":1,"method":"ping"})"
        "\r");
  EXPECT_THAT(Read(), HasSubstr(R"("id":1,"result":{})"));
}

TEST_F(GatewayProcessTest, LargeMessagesPassWhole) {
  Open();
  const std::string text(1 << 20, 'x');
  // Written while nothing is read, in pieces that the pipe takes.
  const std::string line = Call("1", "e__echo", R"({"t":")" + text + "\"}") + "\n";
  for (size_t at = 0; at < line.size();) {
    const ssize_t n = ::write(gateway_.input.get(), line.data() + at, line.size() - at);
    ASSERT_GT(n, 0);
    at += static_cast<size_t>(n);
  }
  EXPECT_GT(Read().size(), 2 * text.size());
}

TEST_F(GatewayProcessTest, EndOfInputDrainsAndEndsTheServers) {
  Open();
  Write(Call("1", "e__echo"));
  gateway_.input.Reset();
  EXPECT_THAT(Read(), HasSubstr(R"("id":1,"result":)"));
  EXPECT_EQ(Wait(), 0);
}

TEST_F(GatewayProcessTest, SigtermFailsWhatIsOpenAndLeavesNothingBehind) {
  Open({ECHO_SERVER, "--ignore-eof"});
  Write(Call("1", "e__hang"));
  Write(Call("2", "e__echo"));
  EXPECT_THAT(Read(), HasSubstr(R"("id":2,)"));
  const pid_t server = ServerPid();
  ASSERT_GT(server, 0);
  ::kill(gateway_.pid, SIGTERM);
  EXPECT_THAT(Read(), HasSubstr(R"("id":1,"error":{"code":-32000,)"));
  EXPECT_EQ(Wait(), 0);
  EXPECT_FALSE(IsAlive(server));
}

TEST_F(GatewayProcessTest, KillingTheGatewayKillsItsServers) {
  Open({ECHO_SERVER, "--ignore-eof", "--ignore-term"});
  Write(Call("1", "e__echo"));
  Read();
  const pid_t server = ServerPid();
  ASSERT_GT(server, 0);
  ::kill(gateway_.pid, SIGKILL);
  EXPECT_EQ(Wait(), 128 + SIGKILL);
  EXPECT_TRUE(IsGoneSoon(server));
}

TEST_F(GatewayProcessTest, AClientThatStopsReadingLosesNothing) {
  Open();
  const std::string text(10'000, 'x');
  const int count = 60;  // more than two pipes hold
  for (int i = 0; i < count; ++i) {
    Write(Call(std::to_string(i), "e__echo", R"({"t":")" + text + "\"}"));
  }
  for (int i = 0; i < count; ++i) {
    EXPECT_THAT(Read(), HasSubstr(R"("id":)" + std::to_string(i) + ","));
  }
}

TEST_F(GatewayProcessTest, WhatCannotBeServedIsSaidAndExitsWithTwo) {
  Start();
  ::kill(gateway_.pid, SIGKILL);
  Wait();
  gateway_ = StartProgram({MCPLEXER, "run", root_ + "/missing.plan"},
                          {"PATH=/usr/bin:/bin", "HOME=" + root_});
  ASSERT_GT(gateway_.pid, 0);
  exited_ = false;
  EXPECT_EQ(Read(), "");
  EXPECT_EQ(Wait(), 2);
  EXPECT_THAT(Log(), HasSubstr("missing.plan"));
}

TEST_F(GatewayProcessTest, ADirectoryWhoseNameIsNoTextIsNotServed) {
  directory_ += "/\xFF";
  std::filesystem::create_directory(directory_);
  Start();
  EXPECT_EQ(Read(), "");
  EXPECT_EQ(Wait(), 2);
  EXPECT_THAT(Log(), HasSubstr("is not UTF-8"));
}

}  // namespace
}  // namespace mcplexer

int main(int argc, char** argv) {
  ::signal(SIGPIPE, SIG_IGN);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
