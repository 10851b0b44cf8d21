// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/spawn.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "runtime/downstream/exec_entry.h"

namespace mcplexer::downstream {
namespace {

std::string ReadAll(int fd) {
  std::string all;
  char chunk[4096];
  ssize_t n = 0;
  while ((n = ::read(fd, chunk, sizeof chunk)) > 0) all.append(chunk, static_cast<size_t>(n));
  return all;
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
      Spawn(Shell("ps -o pgid= -p $$; sed -n 's/^SigBlk:.//p;s/^SigIgn:.//p' "
                  "/proc/self/status"));
  ::sigprocmask(SIG_UNBLOCK, &blocked, nullptr);
  ASSERT_TRUE(child) << child.error().message;
  std::istringstream said(ReadAll(child->output.get()));
  Wait(*child);
  pid_t group = 0;
  uint64_t blocked_now = ~uint64_t{0};
  uint64_t ignored_now = ~uint64_t{0};
  said >> std::dec >> group >> std::hex >> blocked_now >> ignored_now;
  EXPECT_EQ(group, child->pid);
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

TEST(SpawnTest, AChildDiesWithAGatewayThatIsKilled) {
  // A process in the gateway's place, which tells the pid of its child and waits to be killed.
  int pipe[2];
  ASSERT_EQ(::pipe2(pipe, O_CLOEXEC), 0);
  const pid_t gateway = ::fork();
  if (gateway == 0) {
    auto child = Spawn({{"/bin/sleep", "1000"}, {}, ""});
    const pid_t pid = child ? child->pid : -1;
    ::usleep(200'000);  // until the entry has tied the child to us
    if (::write(pipe[1], &pid, sizeof pid) != sizeof pid) std::_Exit(1);
    ::pause();
    std::_Exit(0);
  }
  pid_t child = -1;
  ASSERT_EQ(::read(pipe[0], &child, sizeof child), static_cast<ssize_t>(sizeof child));
  ASSERT_GT(child, 0);
  ASSERT_EQ(::kill(child, 0), 0);
  ::kill(gateway, SIGKILL);
  ::waitpid(gateway, nullptr, 0);
  const auto alive = [&] {
    // Where nobody reaps orphans, it stays as a zombie.
    const std::string path = "/proc/" + std::to_string(child) + "/stat";
    const int fd = ::open(path.c_str(), O_RDONLY);
    if (fd < 0) return false;
    const std::string stat = ReadAll(fd);
    ::close(fd);
    return stat.find(") Z ") == std::string::npos;
  };
  for (int i = 0; i < 100 && alive(); ++i) ::usleep(20'000);
  EXPECT_FALSE(alive());
  ::close(pipe[0]);
  ::close(pipe[1]);
}

}  // namespace
}  // namespace mcplexer::downstream
