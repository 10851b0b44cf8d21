// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/client_stream.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "runtime/auth/guarded_file.h"

namespace mcplexer::listen {
namespace {

namespace ssl = boost::asio::ssl;
using boost::asio::ip::tcp;
using boost::system::error_code;

// Chains have a few certificates of about 2 KiB, a key has 3 KiB at most.
constexpr size_t kMaxCertificateBytes = size_t{256} << 10;
constexpr size_t kMaxKeyBytes = size_t{64} << 10;
// For a client to take the farewell: it may have gone without one of its own.
constexpr std::chrono::seconds kFarewell{1};

class Plain final : public ClientStream {
 public:
  explicit Plain(tcp::socket socket) : socket_(std::move(socket)) {}

  void Open(std::function<void(const error_code&)> done) override { done({}); }
  void Read(boost::asio::mutable_buffer buffer, Done done) override {
    socket_.async_read_some(buffer, std::move(done));
  }
  void Write(boost::asio::const_buffer buffer, Done done) override {
    socket_.async_write_some(buffer, std::move(done));
  }
  void Finish() override { Close(); }
  void Close() override {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  tcp::socket socket_;
};

class Encrypted final : public ClientStream, public std::enable_shared_from_this<Encrypted> {
 public:
  Encrypted(tcp::socket socket, ssl::context& context, std::shared_ptr<TlsIdentity> identity)
      : identity_(std::move(identity)),
        stream_(std::move(socket), context),
        timer_(stream_.get_executor()) {}

  void Open(std::function<void(const error_code&)> done) override {
    stream_.async_handshake(ssl::stream_base::server, std::move(done));
  }
  void Read(boost::asio::mutable_buffer buffer, Done done) override {
    stream_.async_read_some(buffer, std::move(done));
  }
  void Write(boost::asio::const_buffer buffer, Done done) override {
    stream_.async_write_some(buffer, std::move(done));
  }
  void Finish() override {
    timer_.expires_after(kFarewell);
    timer_.async_wait([self = shared_from_this()](const error_code&) { self->Close(); });
    stream_.async_shutdown([self = shared_from_this()](const error_code&) { self->Close(); });
  }
  void Close() override {
    error_code ignored;
    stream_.next_layer().close(ignored);
    timer_.cancel();
  }

 private:
  const std::shared_ptr<TlsIdentity> identity_;  // has the context
  ssl::stream<tcp::socket> stream_;
  // Not one of the data plane's: it may run longer than what was served.
  boost::asio::steady_timer timer_;
};

class OpenSslIdentity final : public TlsIdentity,
                              public std::enable_shared_from_this<OpenSslIdentity> {
 public:
  Status Load(const std::string& certificate_file, const std::string& key_file) {
    auto certificate =
        auth::ReadGuardedFile(certificate_file, auth::Others::kMayRead, kMaxCertificateBytes);
    if (!certificate) return Fault(certificate_file, certificate.error().message);
    auto key = auth::ReadGuardedFile(key_file, auth::Others::kMayNothing, kMaxKeyBytes);
    if (!key) return Fault(key_file, key.error().message);
    ::SSL_CTX_set_min_proto_version(context_.native_handle(), TLS1_2_VERSION);
    ::SSL_CTX_set_options(context_.native_handle(), SSL_OP_NO_RENEGOTIATION);
    error_code error;
    // Else OpenSSL asks for a password on the terminal.
    context_.set_password_callback(
        [](size_t, ssl::context::password_purpose) { return std::string(); }, error);
    context_.use_certificate_chain(Bytes(certificate->bytes), error);
    if (error) return Fault(certificate_file, "holds no certificate (PEM)");
    context_.use_private_key(Bytes(key->bytes), ssl::context::pem, error);
    if (error) {
      return Fault(key_file,
                   "holds no private key (PEM, without a password) that fits the certificate");
    }
    if (::SSL_CTX_check_private_key(context_.native_handle()) != 1) {
      return Fault(key_file, "is not the key to the certificate");
    }
    return {};
  }

  std::shared_ptr<ClientStream> Accept(tcp::socket socket) override {
    return std::make_shared<Encrypted>(std::move(socket), context_, shared_from_this());
  }

 private:
  static Status Fault(const std::string& file, std::string_view what) {
    return Fail(fmt::format("`{}` {}", file, what));
  }
  static boost::asio::const_buffer Bytes(const auth::SecretString& bytes) {
    return {bytes.Reveal().data(), bytes.size()};
  }

  ssl::context context_{ssl::context::tls_server};
};

}  // namespace

Result<std::shared_ptr<TlsIdentity>> TlsIdentity::Load(const std::string& certificate_file,
                                                       const std::string& key_file) {
  auto identity = std::make_shared<OpenSslIdentity>();
  if (const Status loaded = identity->Load(certificate_file, key_file); !loaded) {
    return tl::unexpected(loaded.error());
  }
  return identity;
}

std::shared_ptr<ClientStream> PlainStream(tcp::socket socket) {
  return std::make_shared<Plain>(std::move(socket));
}

}  // namespace mcplexer::listen
