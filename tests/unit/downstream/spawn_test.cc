// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/spawn.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "runtime/downstream/process_tree.h"

namespace mcplexer::downstream {
namespace {

std::string ReadAll(int fd) {
  std::string all;
  char chunk[4096];
  ssize_t n = 0;
  while ((n = ::read(fd, chunk, sizeof chunk)) > 0) all.append(chunk, static_cast<size_t>(n));
  return all;
}

std::string ReadFile(const std::string& path) {
  const transport::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  return file.valid() ? ReadAll(file.get()) : std::string();
}

// Where nobody reaps orphans, they stay as zombies.
bool IsAlive(pid_t pid) {
  const std::string stat = ReadFile("/proc/" + std::to_string(pid) + "/stat");
  return !stat.empty() && stat.find(") Z ") == std::string::npos;
}

template <class Condition>
bool Eventually(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    ::usleep(5'000);
  }
  return true;
}

int Wait(const Child& child) {
  int status = 0;
  EXPECT_EQ(::waitpid(child.pid, &status, 0), child.pid);
  return status;
}

Command Shell(const std::string& script) {
  return {{"/bin/sh", "-c", script}, {"PATH=/usr/bin:/bin", "ONLY=this"}, "/"};
}

TEST(SpawnTest, AChildSeesItsStreamsItsEnvironmentAndItsDirectoryOnly) {
  // Without close-on-exec, as a careless library leaves it.
  const int stray = ::open("/dev/null", O_RDONLY);
  auto child = Spawn(Shell("pwd; env | grep -v ^PWD | sort; exec ls /proc/self/fd"));
  ASSERT_TRUE(child) << child.error().message;
  child->input.Reset();
  EXPECT_EQ(ReadAll(child->output.get()), "/\nONLY=this\nPATH=/usr/bin:/bin\n0\n1\n2\n3\n")
      << "3 is what ls reads; the stray one would have taken its number";
  EXPECT_EQ(Wait(*child), 0);
  ::close(stray);
}

TEST(SpawnTest, AChildLeadsItsOwnGroupAndHasNoSignalBlockedOrIgnored) {
  sigset_t blocked;
  ::sigemptyset(&blocked);
  ::sigaddset(&blocked, SIGTERM);
  ::sigprocmask(SIG_BLOCK, &blocked, nullptr);
  auto child =
      Spawn(Shell("echo $$; ps -o pgid= -p $$; sed -n 's/^SigBlk:.//p;s/^SigIgn:.//p' "
                  "/proc/self/status"));
  ::sigprocmask(SIG_UNBLOCK, &blocked, nullptr);
  ASSERT_TRUE(child) << child.error().message;
  std::istringstream said(ReadAll(child->output.get()));
  Wait(*child);
  pid_t pid = 0;
  pid_t group = 0;
  uint64_t blocked_now = ~uint64_t{0};
  uint64_t ignored_now = ~uint64_t{0};
  said >> std::dec >> pid >> group >> std::hex >> blocked_now >> ignored_now;
  EXPECT_NE(group, 0);
  EXPECT_EQ(group, pid);
  EXPECT_EQ(blocked_now, 0u);
  // SIGPIPE, which we ignore, among them; 32 and 33 are the C library's own.
  constexpr uint64_t kOrdinary = 0x7FFFFFFF;
  EXPECT_EQ(ignored_now & kOrdinary, 0u);
}

TEST(SpawnTest, ArgumentsReachTheProgramUntouched) {
  auto child = Spawn({{"printf", "[%s]", "a b", "$HOME", "*", ""}, {"PATH=/usr/bin:/bin"}, ""});
  ASSERT_TRUE(child) << child.error().message;
  EXPECT_EQ(ReadAll(child->output.get()), "[a b][$HOME][*][]");
  Wait(*child);
}

TEST(SpawnTest, ACommandThatIsNotThereIsAnErrorBeforeAnythingStarts) {
  const auto child = Spawn({{"no-such-program-here"}, {"PATH=/usr/bin:/bin"}, ""});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().message, "command `no-such-program-here` is not found in PATH");
}

TEST(SpawnTest, ADirectoryThatIsNotThereIsSaidOnStderr) {
  auto child = Spawn({{"/bin/true"}, {}, "/no/such/directory"});
  ASSERT_TRUE(child) << child.error().message;
  EXPECT_EQ(ReadAll(child->errors.get()),
            "mcplexer: cannot enter /no/such/directory: No such file or directory\n");
  const int status = Wait(*child);
  EXPECT_EQ(WEXITSTATUS(status), 127);
}

TEST(SpawnTest, AProgramIsLookedForInPathOnlyAndNeverInTheWorkingDirectory) {
  EXPECT_EQ(FindProgram("sh", "/nowhere:/bin").value_or(""), "/bin/sh");
  EXPECT_EQ(FindProgram("./x/y", "/bin").value_or(""), "./x/y");
  EXPECT_FALSE(FindProgram("sh", ":/nowhere:"));
  EXPECT_FALSE(FindProgram("", "/bin"));
}

TEST(SpawnTest, TheSupervisorEndsAsTheProgramDid) {
  auto exits = Spawn(Shell("exit 7"));
  ASSERT_TRUE(exits) << exits.error().message;
  const int exited = Wait(*exits);
  EXPECT_TRUE(WIFEXITED(exited));
  EXPECT_EQ(WEXITSTATUS(exited), 7);

  auto dies = Spawn(Shell("kill -SEGV $$"));
  ASSERT_TRUE(dies) << dies.error().message;
  const int died = Wait(*dies);
  EXPECT_TRUE(WIFSIGNALED(died));
  EXPECT_EQ(WTERMSIG(died), SIGSEGV);
  EXPECT_FALSE(WCOREDUMP(died)) << "its memory was a server's";
}

TEST(SpawnTest, TheSupervisorHoldsNoStreamOfTheProgram) {
  auto child = Spawn(Shell("exec >&- 2>&- <&-; exec sleep 1000"));
  ASSERT_TRUE(child) << child.error().message;
  EXPECT_EQ(ReadAll(child->output.get()), "");
  EXPECT_EQ(ReadAll(child->errors.get()), "");
  EXPECT_EQ(::write(child->input.get(), "x", 1), -1);
  child->control.Reset();
  Wait(*child);
}

TEST(SpawnTest, TheSupervisorForgetsWhatTheProgramMayKnow) {
  auto child = Spawn(Shell("echo; exec sleep 1000"));
  ASSERT_TRUE(child) << child.error().message;
  char line = 0;
  ASSERT_EQ(::read(child->output.get(), &line, 1), 1);
  // It forgets beside the program's start.
  const std::string path = "/proc/" + std::to_string(child->pid) + "/environ";
  const auto knows = [&] { return ReadFile(path).find("this") != std::string::npos; };
  EXPECT_TRUE(Eventually([&] { return !knows(); }));
  child->control.Reset();
  Wait(*child);
}

// A tree as package runners and careless servers make it: a shell that stays, the server, and below
// it a process in a session of its own whose parent has gone. The first line on its output is there
// when all of it is.
constexpr const char* kTree =
    "trap '' TERM; ("
    "  trap '' TERM; ( setsid sh -c 'trap \"\" TERM; echo up; sleep 1000; sleep 1000' & );"
    "  sleep 1000; sleep 1000"
    "); exit 0";

TEST(SpawnTest, NothingIsLeftOfAProgramWhoseGatewayIsKilled) {
  // A process in the gateway's place, which tells the pid of the supervisor and waits to be killed.
  int pipe[2];
  ASSERT_EQ(::pipe2(pipe, O_CLOEXEC), 0);
  const pid_t gateway = ::fork();
  if (gateway == 0) {
    auto child = Spawn(Shell(kTree));
    char up[3];
    const pid_t pid = child && ::read(child->output.get(), up, 3) == 3 ? child->pid : -1;
    if (::write(pipe[1], &pid, sizeof pid) != sizeof pid) std::_Exit(1);
    ::pause();
    std::_Exit(0);
  }
  pid_t supervisor = -1;
  ASSERT_EQ(::read(pipe[0], &supervisor, sizeof supervisor),
            static_cast<ssize_t>(sizeof supervisor));
  ASSERT_GT(supervisor, 0);
  const std::vector<ProcessOfTree> tree = ProcessesBelow(supervisor);
  EXPECT_GE(tree.size(), 3u) << "three shells, and what they wait for";
  ::kill(gateway, SIGKILL);
  ::waitpid(gateway, nullptr, 0);
  EXPECT_TRUE(Eventually([&] { return !IsAlive(supervisor); }));
  for (const ProcessOfTree& one : tree) EXPECT_FALSE(IsAlive(one.pid)) << one.pid;
  ::close(pipe[0]);
  ::close(pipe[1]);
}

TEST(SpawnTest, NothingIsLeftOfAProgramThatIsKilled) {
  auto child = Spawn(Shell(kTree));
  ASSERT_TRUE(child) << child.error().message;
  char up[3];
  ASSERT_EQ(::read(child->output.get(), up, 3), 3);
  const std::vector<ProcessOfTree> tree = ProcessesBelow(child->pid);
  ASSERT_FALSE(tree.empty());
  ::kill(tree.front().pid, SIGKILL);
  const int status = Wait(*child);
  EXPECT_TRUE(WIFSIGNALED(status));
  for (const ProcessOfTree& one : tree) EXPECT_FALSE(IsAlive(one.pid)) << one.pid;
}

TEST(SpawnTest, AProgramThatCanEndIsAskedTo) {
  auto child = Spawn(
      Shell("trap 'echo asked; exit 0' TERM; echo up; while :; do sleep 1000 & wait $!; done"));
  ASSERT_TRUE(child) << child.error().message;
  char up[3];
  ASSERT_EQ(::read(child->output.get(), up, 3), 3);
  child->control.Reset();
  EXPECT_EQ(ReadAll(child->output.get()), "asked\n");
  EXPECT_EQ(WEXITSTATUS(Wait(*child)), 0);
}

}  // namespace
}  // namespace mcplexer::downstream
