// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/peer_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "runtime/transport/unique_fd.h"
#include "tests/unit/listen/temporary_directory.h"

namespace mcplexer::listen {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using transport::UniqueFd;

// A connection whose other end a child process has made from `directory`. The child lives until
// this goes.
class Child {
 public:
  explicit Child(const std::string& directory, const std::string& socket) {
    const UniqueFd listening(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket.copy(address.sun_path, socket.size());
    const auto* name = reinterpret_cast<const sockaddr*>(&address);
    EXPECT_EQ(::bind(listening.get(), name, sizeof(address)), 0);
    EXPECT_EQ(::listen(listening.get(), 1), 0);
    pid_ = ::fork();
    if (pid_ == 0) {
      const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
      if (::chdir(directory.c_str()) != 0) ::_exit(1);
      if (::connect(fd, name, sizeof(address)) != 0) ::_exit(1);
      ::pause();
      ::_exit(0);
    }
    fd_ = UniqueFd(::accept(listening.get(), nullptr, nullptr));
    EXPECT_TRUE(fd_.valid());
  }
  ~Child() { Kill(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void Kill() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  int fd() const { return fd_.get(); }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = 0;
  UniqueFd fd_;
};

class PeerProcessTest : public testing::Test {
 protected:
  PeerProcessTest() { fs::create_directory(work_); }
  std::string WhyNot(const Child& child) {
    const auto peer = IdentifyPeer(child.fd());
    return peer ? "it is " + peer->directory : peer.error().message;
  }

  TemporaryDirectory directory_;
  std::string work_ = directory_.path() + "/work";
  std::string socket_ = directory_.path() + "/s";
};

TEST_F(PeerProcessTest, HasTheDirectoryOfTheProcessByItsRealName) {
  fs::create_symlink(work_, directory_.path() + "/link");
  const Child child(directory_.path() + "/link", socket_);
  const auto peer = IdentifyPeer(child.fd());
  ASSERT_TRUE(peer) << peer.error().message;
  EXPECT_EQ(peer->directory, work_);
  EXPECT_EQ(peer->pid, child.pid());
  EXPECT_EQ(peer->uid, ::geteuid());
}

TEST_F(PeerProcessTest, ADirectoryThatIsGoneIsNone) {
  const Child child(work_, socket_);
  fs::remove(work_);
  EXPECT_THAT(WhyNot(child), HasSubstr("does not exist any more"));
  // Nor is another one that is called what the kernel calls it.
  fs::create_directory(work_ + " (deleted)");
  EXPECT_THAT(WhyNot(child), HasSubstr("does not exist any more"));
}

TEST_F(PeerProcessTest, ADirectoryWhoseNameIsNoTextIsNone) {
  const std::string odd = work_ + "/\xFF";
  fs::create_directory(odd);
  const Child child(odd, socket_);
  EXPECT_THAT(WhyNot(child), HasSubstr("is not UTF-8"));
}

TEST_F(PeerProcessTest, AProcessThatIsGoneIsNobody) {
  Child child(work_, socket_);
  child.Kill();
  EXPECT_THAT(WhyNot(child), HasSubstr("its process"));
}

TEST_F(PeerProcessTest, WhatIsNoSocketHasNoPeer) {
  EXPECT_THAT(IdentifyPeer(-1).error().message, HasSubstr("its credentials"));
  const UniqueFd unconnected(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  EXPECT_FALSE(IdentifyPeer(unconnected.get()));
}

}  // namespace
}  // namespace mcplexer::listen
