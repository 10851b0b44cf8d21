// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/unix_listener.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "runtime/transport/asio_timers.h"
#include "tests/unit/listen/temporary_directory.h"

namespace mcplexer::listen {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using transport::UniqueFd;

class UnixListenerTest : public testing::Test {
 protected:
  std::unique_ptr<UnixListener> Listen() {
    auto listener = UnixListener::Create(io_, timers_, path_);
    EXPECT_TRUE(listener) << listener.error().message;
    (*listener)->Start([this](UniqueFd fd, PeerProcess peer) {
      clients_.push_back(std::move(fd));
      peers_.push_back(std::move(peer));
    });
    return std::move(*listener);
  }
  std::string WhyNot() {
    auto listener = UnixListener::Create(io_, timers_, path_);
    return listener ? "it listens" : listener.error().message;
  }
  UniqueFd Connect() {
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, path_.size());
    if (::connect(fd.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0) {
      return UniqueFd();
    }
    io_.restart();
    io_.poll();
    return fd;
  }

  TemporaryDirectory directory_;
  std::string path_ = directory_.path() + "/d/s.sock";
  boost::asio::io_context io_{1};
  transport::AsioTimers timers_{io_};
  std::vector<UniqueFd> clients_;
  std::vector<PeerProcess> peers_;
};

TEST_F(UnixListenerTest, ClientsAreIdentifiedByTheKernel) {
  const auto listener = Listen();
  struct stat status{};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600u);
  ASSERT_EQ(::stat((directory_.path() + "/d").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0700u);
  const UniqueFd client = Connect();
  ASSERT_EQ(peers_.size(), 1u);
  EXPECT_EQ(peers_[0].pid, ::getpid());
  EXPECT_EQ(peers_[0].uid, ::geteuid());
  EXPECT_EQ(peers_[0].directory, fs::canonical(fs::current_path()));
  ASSERT_EQ(::write(client.get(), "x", 1), 1);
  char byte = 0;
  EXPECT_EQ(::read(clients_[0].get(), &byte, 1), 1);
}

TEST_F(UnixListenerTest, AServedSocketIsNotTakenAwayAndAStaleOneIsReplaced) {
  auto first = Listen();
  EXPECT_EQ(WhyNot(), "another gateway serves this socket");
  // As after kill -9: the file stays, the lock goes.
  fs::rename(path_, path_ + ".kept");
  first.reset();
  fs::rename(path_ + ".kept", path_);
  EXPECT_FALSE(Connect().valid());
  const auto second = Listen();
  EXPECT_TRUE(Connect().valid());
  EXPECT_EQ(peers_.size(), 1u);
}

TEST_F(UnixListenerTest, ItsEndRemovesItsOwnSocketOnly) {
  Listen().reset();
  EXPECT_FALSE(fs::exists(path_));
  auto listener = Listen();
  fs::remove(path_);
  std::ofstream(path_) << "somebody else's";
  listener.reset();
  EXPECT_TRUE(fs::exists(path_));
}

TEST_F(UnixListenerTest, NobodyGetsInOnceItIsStopped) {
  const auto listener = Listen();
  listener->Stop();
  EXPECT_FALSE(Connect().valid());
}

TEST_F(UnixListenerTest, WhatIsNoSocketStays) {
  fs::create_directory(directory_.path() + "/d");
  fs::permissions(directory_.path() + "/d", fs::perms::owner_all);
  std::ofstream(path_) << "mine";
  EXPECT_THAT(WhyNot(), HasSubstr("is there and no socket"));
  EXPECT_EQ(fs::file_size(path_), 4u);
  fs::remove(path_);
  fs::create_symlink("/nowhere", path_);
  EXPECT_THAT(WhyNot(), HasSubstr("is there and no socket"));
}

TEST_F(UnixListenerTest, TheDirectoryHasToBeOursAlone) {
  fs::create_directory(directory_.path() + "/d");
  for (const int mode : {0750, 0705, 0770, 0777}) {
    fs::permissions(directory_.path() + "/d", static_cast<fs::perms>(mode));
    EXPECT_THAT(WhyNot(), HasSubstr("has to belong to the gateway's user")) << mode;
  }
  path_ = "/s.sock";
  EXPECT_THAT(WhyNot(), HasSubstr("`/` has to belong"));
  path_ = directory_.path() + "/no/such/s.sock";
  EXPECT_THAT(WhyNot(), HasSubstr("No such file"));
}

TEST_F(UnixListenerTest, APathHasToFit) {
  path_ = directory_.path() + "/" + std::string(200, 'x');
  EXPECT_THAT(WhyNot(), HasSubstr("has 1 to 107 bytes"));
  path_ = "";
  EXPECT_THAT(WhyNot(), HasSubstr("has 1 to 107 bytes"));
}

}  // namespace
}  // namespace mcplexer::listen
