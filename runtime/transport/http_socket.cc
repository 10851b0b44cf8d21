// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/http_socket.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/crypto.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <span>
#include <type_traits>
#include <utility>

namespace mcplexer::transport {
namespace {

namespace asio = boost::asio;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using TlsStream = ssl::stream<tcp::socket>;

// What one read may bring; also what is in memory of a connection that nobody reads from.
constexpr size_t kReadBytes = size_t{16} << 10;

bool IsAddress(const std::string& host) {
  error_code error;
  asio::ip::make_address(host, error);
  return !error;
}

// A peer that vanished without a word (a cable, a firewall) is noticed within about a minute and a
// half, whether we wait for it to speak or to take what we say.
void NoticeVanishedPeers(int fd) {
  const auto set = [fd](int level, int name, int value) {
    ::setsockopt(fd, level, name, &value, sizeof(value));
  };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, 30);
  set(IPPROTO_TCP, TCP_KEEPINTVL, 15);
  set(IPPROTO_TCP, TCP_KEEPCNT, 4);
  set(IPPROTO_TCP, TCP_USER_TIMEOUT, 90'000);
  set(IPPROTO_TCP, TCP_NODELAY, 1);
}

template <class Stream>
class SocketOf final : public HttpSocket, public std::enable_shared_from_this<SocketOf<Stream>> {
 public:
  static constexpr bool kTls = std::is_same_v<Stream, TlsStream>;

  template <class... Arguments>
  SocketOf(asio::io_context& io, HttpUrl url, Arguments&... arguments)
      : url_(std::move(url)), resolver_(io), stream_(io, arguments...) {}

  ~SocketOf() override { Wipe(); }

  void Connect(Done done) override {
    done_ = std::move(done);
    resolver_.async_resolve(
        url_.host, url_.port,
        [self = this->shared_from_this()](error_code error, const tcp::resolver::results_type& to) {
          if (self->closed_) return;
          if (error) return self->Finish(self->done_, error);
          asio::async_connect(self->lowest(), to, [self](error_code failed, const auto&) {
            if (self->closed_) return;
            if (failed) return self->Finish(self->done_, failed);
            NoticeVanishedPeers(self->lowest().native_handle());
            self->Handshake();
          });
        });
  }

  void Read(OnBytes on_bytes) override {
    on_bytes_ = std::move(on_bytes);
    stream_.async_read_some(asio::buffer(buffer_),
                            [self = this->shared_from_this()](error_code error, size_t bytes) {
                              if (self->closed_) return;
                              const OnBytes told = std::exchange(self->on_bytes_, nullptr);
                              if (error == asio::error::eof) return told(std::string_view());
                              if (error) return told(tl::unexpected(Describe(error)));
                              told(std::string_view(self->buffer_.data(), bytes));
                            });
  }

  void Write(std::string bytes, Done done) override {
    written_ = std::move(bytes);
    write_done_ = std::move(done);
    asio::async_write(stream_, asio::buffer(written_),
                      [self = this->shared_from_this()](error_code error, size_t) {
                        self->Wipe();
                        if (!self->closed_) self->Finish(self->write_done_, error);
                      });
  }

  // Without TLS's own farewell: HTTP says itself where a message ends, and the peer may not listen.
  void Close() override {
    closed_ = true;
    done_ = write_done_ = nullptr;
    on_bytes_ = nullptr;
    resolver_.cancel();
    error_code ignored;
    lowest().close(ignored);
  }

 private:
  tcp::socket& lowest() {
    if constexpr (kTls) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }

  void Handshake() {
    if constexpr (kTls) {
      stream_.set_verify_mode(ssl::verify_peer);
      stream_.set_verify_callback(ssl::host_name_verification(url_.host));
      if (!IsAddress(url_.host) &&
          SSL_set_tlsext_host_name(stream_.native_handle(), url_.host.c_str()) != 1) {
        return Finish(done_, asio::error::invalid_argument);
      }
      stream_.async_handshake(
          ssl::stream_base::client, [self = this->shared_from_this()](error_code error) {
            if (self->closed_) return;
            if (!error) return self->Finish(self->done_, error);
            std::exchange(self->done_, nullptr)(tl::unexpected(self->Refusal(error)));
          });
    } else {
      Finish(done_, {});
    }
  }

  // Why the handshake failed: what OpenSSL says of the certificate is what helps.
  Error Refusal(error_code error) {
    if constexpr (kTls) {
      const long verdict = SSL_get_verify_result(stream_.native_handle());
      if (verdict != X509_V_OK) {
        return {
            fmt::format("certificate not accepted: {}", X509_verify_cert_error_string(verdict))};
      }
    }
    return Describe(error);
  }

  static Error Describe(error_code error) { return {error.message()}; }

  void Finish(Done& done, error_code error) {
    const Done told = std::exchange(done, nullptr);
    told(error ? Status(tl::unexpected(Describe(error))) : Status());
  }

  void Wipe() {
    OPENSSL_cleanse(written_.data(), written_.size());
    written_.clear();
  }

  const HttpUrl url_;
  tcp::resolver resolver_;
  Stream stream_;
  Done done_;
  Done write_done_;
  OnBytes on_bytes_;
  std::string written_;
  std::array<char, kReadBytes> buffer_{};
  bool closed_ = false;
};

class Sockets final : public HttpSockets {
 public:
  explicit Sockets(asio::io_context& io) : io_(io), context_(ssl::context::tls_client) {}

  error_code Trust(const std::string& ca_file) {
    error_code error;
    context_.set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 |
                             ssl::context::no_sslv3 | ssl::context::no_tlsv1 |
                             ssl::context::no_tlsv1_1,
                         error);
    if (error) return error;
    context_.set_verify_mode(ssl::verify_peer, error);
    if (error) return error;
    if (ca_file.empty()) {
      context_.set_default_verify_paths(error);
    } else {
      context_.load_verify_file(ca_file, error);
    }
    return error;
  }

  std::shared_ptr<HttpSocket> Make(const HttpUrl& url) override {
    if (url.encrypted) return std::make_shared<SocketOf<TlsStream>>(io_, url, context_);
    return std::make_shared<SocketOf<tcp::socket>>(io_, url);
  }

 private:
  asio::io_context& io_;
  ssl::context context_;
};

}  // namespace

Result<std::unique_ptr<HttpSockets>> HttpSockets::Create(asio::io_context& io,
                                                         const std::string& ca_file) {
  auto sockets = std::make_unique<Sockets>(io);
  if (const error_code error = sockets->Trust(ca_file)) {
    return Fail(fmt::format("the certificates of authorities: {}", error.message()));
  }
  return sockets;
}

}  // namespace mcplexer::transport
