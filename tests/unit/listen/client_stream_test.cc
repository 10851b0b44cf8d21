// SPDX-License-Identifier: Apache-2.0
// Connections with TLS, and the files that it needs. The certificates are made by the openssl tool.

#include "runtime/listen/client_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>

#include "runtime/listen/http_connection.h"
#include "runtime/transport/asio_timers.h"
#include "tests/unit/listen/temporary_directory.h"

namespace mcplexer::listen {
namespace {

using boost::asio::ip::tcp;
using testing::HasSubstr;
using testing::Not;

class ClientStreamTest : public testing::Test {
 protected:
  std::string At(const std::string& name) const { return directory_.path() + "/" + name; }
  void Make(const std::string& name, const std::string& key = "ec:prime256v1") const {
    const std::string type = key.substr(0, key.find(':'));
    const std::string option = type == "ec" ? " -pkeyopt ec_paramgen_curve:" + key.substr(3) : "";
    Run("openssl req -x509 -newkey " + type + option + " -nodes -days 1 -subj /CN=localhost -out " +
        At(name + ".pem") + " -keyout " + At(name + ".key"));
  }
  static void Run(const std::string& command) {
    ASSERT_EQ(std::system((command + " 2>/dev/null").c_str()), 0) << command;
  }
  void Write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    std::ofstream(At(name)) << text;
    ::chmod(At(name).c_str(), mode);
  }
  std::string Refusal(const std::string& certificate, const std::string& key) const {
    const auto loaded = TlsIdentity::Load(At(certificate), At(key));
    return loaded ? "accepted" : loaded.error().message;
  }

  const TemporaryDirectory directory_;
};

TEST_F(ClientStreamTest, ACertificateAndItsKeyAreAccepted) {
  Make("a");
  Make("r", "rsa");
  EXPECT_EQ(Refusal("a.pem", "a.key"), "accepted");
  EXPECT_EQ(Refusal("r.pem", "r.key"), "accepted");
}

TEST_F(ClientStreamTest, FilesThatAreNotThatAreRefusedByName) {
  Make("a");
  Make("b");
  Make("r", "rsa");
  Write("none", "secret words");
  EXPECT_EQ(Refusal("x.pem", "a.key"),
            "`" + At("x.pem") + "` cannot be opened: No such file or directory");
  EXPECT_EQ(Refusal("none", "a.key"), "`" + At("none") + "` holds no certificate (PEM)");
  EXPECT_THAT(Refusal("a.pem", "none"), HasSubstr("holds no private key"));
  EXPECT_THAT(Refusal("a.pem", "none"), Not(HasSubstr("secret words")));
  EXPECT_THAT(Refusal("a.pem", "b.key"), HasSubstr("fits the certificate"));
  EXPECT_THAT(Refusal("a.pem", "r.key"), HasSubstr("is not the key to the certificate"));
  Run("openssl ec -aes256 -passout pass:secret -in " + At("a.key") + " -out " + At("locked.key"));
  ::chmod(At("locked.key").c_str(), 0600);
  EXPECT_THAT(Refusal("a.pem", "locked.key"), HasSubstr("without a password"))
      << "and nobody is asked for it";
}

TEST_F(ClientStreamTest, AKeyThatOthersMayReadIsRefused) {
  Make("a");
  ::chmod(At("a.key").c_str(), 0640);
  EXPECT_EQ(Refusal("a.pem", "a.key"),
            "`" + At("a.key") + "` may be read by others than its owner (chmod go=)");
  ::chmod(At("a.key").c_str(), 0600);
  ::chmod(At("a.pem").c_str(), 0664);
  EXPECT_THAT(Refusal("a.pem", "a.key"), HasSubstr("may be written by others"));
}

class Nobody final : public HttpResponder {
 public:
  void OnRequest(const std::shared_ptr<HttpConnection>&, const transport::HttpHead&,
                 std::string) override {
    ADD_FAILURE();
  }
  bool HoldBody(size_t, size_t) override { return true; }
  void OnClosed(const HttpConnection&) override { ++closed; }

  int closed = 0;
};

TEST_F(ClientStreamTest, WhoDoesNotAgreeUponTlsIsHungUpOn) {
  Make("a");
  const auto identity = *TlsIdentity::Load(At("a.pem"), At("a.key"));
  boost::asio::io_context io(1);
  transport::AsioTimers timers(io);
  Nobody nobody;
  HttpServerLimits limits;
  limits.handshake = std::chrono::seconds(1);
  tcp::acceptor acceptor(io, {boost::asio::ip::address_v4::loopback(), 0});
  for (const std::string& says : {std::string(), std::string("GET / HTTP/1.1\r\n\r\n")}) {
    tcp::socket client(io);
    client.connect(acceptor.local_endpoint());
    const auto connection = std::make_shared<HttpConnection>(identity->Accept(acceptor.accept()),
                                                             timers, nobody, limits);
    connection->Start();
    client.send(boost::asio::buffer(says));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (connection->open() && std::chrono::steady_clock::now() < end) {
      io.restart();
      io.run_one_for(std::chrono::milliseconds(20));
    }
    EXPECT_FALSE(connection->open()) << says;
  }
  EXPECT_EQ(nobody.closed, 2);
}

}  // namespace
}  // namespace mcplexer::listen
