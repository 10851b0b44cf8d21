// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/child_process.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "runtime/downstream/process_tree.h"
#include "runtime/transport/asio_timers.h"

namespace mcplexer::downstream {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr ShutdownTimes kQuick{milliseconds(200), milliseconds(300), milliseconds(200)};

class ChildProcessTest : public testing::Test, public PeerEvents {
 protected:
  void OnFrame(std::string_view frame) override { frames_.emplace_back(frame); }
  void OnOversizedFrame() override { frames_.emplace_back("<oversized>"); }
  void OnGone(const Departure& departure) override { gone_.push_back(departure.what); }

  void Start(std::vector<std::string> arguments) {
    auto child = Spawn({std::move(arguments), {"PATH=/usr/bin:/bin"}, "/"});
    ASSERT_TRUE(child) << child.error().message;
    process_ = std::make_unique<ChildProcess>(io_, timers_, std::move(*child), "x",
                                              std::make_shared<Mask>(), kQuick);
    process_->Start(*this);
  }
  void StartEcho(const std::string& option = "") {
    Start(option.empty() ? std::vector<std::string>{ECHO_SERVER}
                         : std::vector<std::string>{ECHO_SERVER, option});
  }
  template <typename Condition>
  ::testing::AssertionResult Until(Condition condition) {
    const auto deadline = steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
      if (steady_clock::now() > deadline) return ::testing::AssertionFailure() << "timed out";
      io_.restart();
      io_.run_one_for(milliseconds(50));
    }
    return ::testing::AssertionSuccess();
  }
  // How long the ladder took.
  milliseconds ShutDown() {
    const auto begun = steady_clock::now();
    bool reaped = false;
    process_->Shutdown([&] { reaped = true; });
    EXPECT_TRUE(Until([&] { return reaped; }));
    return std::chrono::duration_cast<milliseconds>(steady_clock::now() - begun);
  }
  static bool IsAlive(pid_t pid) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    return std::getline(stat, line) && line.find(") Z ") == std::string::npos;
  }
  // Once it is there: the supervisor starts it.
  pid_t ServerPid() {
    std::vector<ProcessOfTree> tree;
    EXPECT_TRUE(Until([&] { return !(tree = ProcessesBelow(process_->pid())).empty(); }));
    return tree.empty() ? -1 : tree.front().pid;
  }
  std::string Call(const std::string& tool, const std::string& arguments = "{}") {
    return R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":")" + tool +
           R"(","arguments":)" + arguments + "}}";
  }

  boost::asio::io_context io_;
  transport::AsioTimers timers_{io_};
  std::vector<std::string> frames_;
  std::vector<std::string> gone_;
  std::unique_ptr<ChildProcess> process_;
};

TEST_F(ChildProcessTest, SpeaksAndListens) {
  StartEcho();
  process_->Send(Call("echo", R"({"a":1.50,"b":12345678901234567890})"));
  ASSERT_TRUE(Until([&] { return !frames_.empty(); }));
  EXPECT_NE(frames_[0].find(R"("structuredContent":{"a":1.50,"b":12345678901234567890})"),
            std::string::npos);
}

TEST_F(ChildProcessTest, AChildSeesNoDescriptorOfOurs) {
  StartEcho();
  process_->Send(Call("descriptors"));
  ASSERT_TRUE(Until([&] { return !frames_.empty(); }));
  EXPECT_NE(frames_[0].find(R"("text":"0,1,2")"), std::string::npos) << frames_[0];
}

TEST_F(ChildProcessTest, WhatItSaidBeforeItExitedIsDeliveredFirst) {
  Start({"/bin/sh", "-c", "echo one; echo two; printf three; exit 3"});
  ASSERT_TRUE(Until([&] { return !gone_.empty(); }));
  EXPECT_EQ(frames_, (std::vector<std::string>{"one", "two", "three"}));
  EXPECT_EQ(gone_, std::vector<std::string>{"exited with status 3"});
}

TEST_F(ChildProcessTest, ADeathBySignalIsNamed) {
  StartEcho();
  // The sanitizers leave this one alone.
  ::kill(ServerPid(), SIGABRT);
  ASSERT_TRUE(Until([&] { return !gone_.empty(); }));
  EXPECT_EQ(gone_, std::vector<std::string>{"was killed by signal 6"});
}

TEST_F(ChildProcessTest, AChildThatOnlyClosesItsOutputIsGoneToo) {
  Start({"/bin/sh", "-c", "exec >&-; sleep 1000"});
  ASSERT_TRUE(Until([&] { return !gone_.empty(); }));
  EXPECT_EQ(gone_, std::vector<std::string>{"closed its output"});
  ShutDown();
}

TEST_F(ChildProcessTest, EndOfInputIsEnoughForAServerThatListens) {
  StartEcho();
  EXPECT_LT(ShutDown(), kQuick.after_close);
  EXPECT_TRUE(gone_.empty()) << "a shutdown is not a departure";
}

TEST_F(ChildProcessTest, AServerThatIgnoresEndOfInputIsTerminated) {
  StartEcho("--ignore-eof");
  const auto took = ShutDown();
  EXPECT_GE(took, kQuick.after_close);
  EXPECT_LT(took, kQuick.after_close + kQuick.after_term);
}

TEST_F(ChildProcessTest, AServerThatIgnoresSigtermIsKilled) {
  Start({ECHO_SERVER, "--ignore-eof", "--ignore-term"});
  process_->Send(Call("echo"));
  ASSERT_TRUE(Until([&] { return !frames_.empty(); }));
  const pid_t pid = ServerPid();
  EXPECT_GE(ShutDown(), kQuick.after_close + kQuick.after_term);
  EXPECT_FALSE(IsAlive(pid));
}

TEST_F(ChildProcessTest, AServerThatLeftItsProcessGroupIsKilledToo) {
  Start(
      {"/usr/bin/perl", "-e",
       "setpgrp(0, getpgrp(getppid())); $SIG{TERM} = 'IGNORE'; $| = 1; print \"x\\n\"; sleep 99"});
  ASSERT_TRUE(Until([&] { return !frames_.empty(); }));
  const pid_t pid = ServerPid();
  ASSERT_NE(::getpgid(pid), pid);
  EXPECT_GE(ShutDown(), kQuick.after_close + kQuick.after_term);
  EXPECT_FALSE(IsAlive(pid));
}

TEST_F(ChildProcessTest, ItsGrandchildrenGoWithIt) {
  StartEcho();
  process_->Send(Call("grandchild"));
  ASSERT_TRUE(Until([&] { return !frames_.empty(); }));
  const pid_t grandchild = std::stoi(frames_[0].substr(frames_[0].find(R"("text":")") + 8));
  ASSERT_TRUE(IsAlive(grandchild));
  ShutDown();
  EXPECT_TRUE(Until([&] { return !IsAlive(grandchild); }));
}

TEST_F(ChildProcessTest, AFloodOnStderrBlocksNobody) {
  StartEcho();
  process_->Send(Call("flood"));
  ASSERT_TRUE(Until([&] { return !frames_.empty(); }));
  EXPECT_NE(frames_[0].find("done"), std::string::npos);
}

TEST_F(ChildProcessTest, GrandchildrenThatLeftForASessionOfTheirOwnGoWithIt) {
  Start({"/bin/sh", "-c", "( setsid sh -c 'trap \"\" TERM; echo $$; sleep 99; sleep 99' & ); cat"});
  ASSERT_TRUE(Until([&] { return !frames_.empty(); }));
  const pid_t grandchild = std::stoi(frames_[0]);
  ASSERT_TRUE(IsAlive(grandchild));
  ShutDown();
  EXPECT_FALSE(IsAlive(grandchild));
}

TEST_F(ChildProcessTest, ASupervisorThatIsKilledTakesTheServerWithIt) {
  StartEcho("--ignore-eof");
  const pid_t server = ServerPid();
  ::kill(process_->pid(), SIGKILL);
  ASSERT_TRUE(Until([&] { return !gone_.empty(); }));
  EXPECT_EQ(gone_, std::vector<std::string>{"was killed by signal 9"});
  EXPECT_TRUE(Until([&] { return !IsAlive(server); }));
}

TEST_F(ChildProcessTest, DestructionReapsTheChild) {
  StartEcho("--ignore-eof");
  const pid_t pid = process_->pid();
  const pid_t server = ServerPid();
  process_.reset();
  EXPECT_EQ(::kill(pid, 0), -1);
  EXPECT_FALSE(IsAlive(server));
}

}  // namespace
}  // namespace mcplexer::downstream
