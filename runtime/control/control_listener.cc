// SPDX-License-Identifier: Apache-2.0
#include "runtime/control/control_listener.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

namespace mcplexer::control {
namespace {

using boost::asio::local::stream_protocol;

// A request names a file at most.
constexpr size_t kMaxRequest = size_t{16} << 10;
// Of one conversation, all of it: the other end is a command on this machine.
constexpr std::chrono::seconds kConversation{30};
constexpr size_t kMaxConversations = 16;
constexpr std::chrono::milliseconds kAcceptPauseMs{200};

bool IsOurUser(int socket) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
         peer.uid == ::geteuid();
}

}  // namespace

// Lives as long as what it waits for.
class ControlListener::Conversation final : public std::enable_shared_from_this<Conversation> {
 public:
  Conversation(stream_protocol::socket socket, transport::Timers& timers)
      : socket_(std::move(socket)), limit_(timers) {}

  // `handler` has to live until Close.
  void Start(const Handler& handler) {
    limit_.SetAfter(kConversation, [this] { Close(); });
    boost::asio::async_read_until(
        socket_, boost::asio::dynamic_buffer(text_, kMaxRequest), '\n',
        [self = shared_from_this(), &handler](const boost::system::error_code& error, size_t size) {
          if (error || !self->socket_.is_open()) return;
          self->text_ = handler(std::string_view(self->text_).substr(0, size - 1)) + "\n";
          boost::asio::async_write(self->socket_, boost::asio::buffer(self->text_),
                                   [self](const boost::system::error_code&, size_t) {});
        });
  }
  void Close() {
    limit_.Cancel();
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

 private:
  stream_protocol::socket socket_;
  transport::Timer limit_;
  std::string text_;
};

Result<std::unique_ptr<ControlListener>> ControlListener::Create(boost::asio::io_context& io,
                                                                 transport::Timers& timers,
                                                                 const std::string& state,
                                                                 const std::string& gateway,
                                                                 Handler handler) {
  auto directory = ControlDirectory::Make(state);
  if (!directory) return tl::unexpected(directory.error());
  std::unique_ptr<ControlListener> listener(
      new ControlListener(io, timers, std::move(*directory), gateway, std::move(handler)));
  if (auto bound = listener->Bind(); !bound) return tl::unexpected(bound.error());
  listener->Accept();
  return listener;
}

ControlListener::ControlListener(boost::asio::io_context& io, transport::Timers& timers,
                                 ControlDirectory directory, std::string gateway, Handler handler)
    : timers_(timers),
      directory_(std::move(directory)),
      gateway_(std::move(gateway)),
      handler_(std::move(handler)),
      acceptor_(io),
      retry_(timers) {}

ControlListener::~ControlListener() {
  directory_.Remove(gateway_);
  for (const auto& one : conversations_) {
    if (const auto conversation = one.lock()) conversation->Close();
  }
}

// Under a hidden name until it listens: a socket that nobody listens on is one of a gateway that
// died, and whoever finds one removes it.
Status ControlListener::Bind() {
  const auto fail = [this](std::string_view what) {
    directory_.RemoveHidden(gateway_);
    return Fail(fmt::format("the gateway's socket: {}", what));
  };
  boost::system::error_code error;
  acceptor_.open(stream_protocol(), error);
  if (error) return fail(error.message());
  const sockaddr_un address = directory_.HiddenAddress(gateway_);
  // The mode of a socket's file is that of the socket itself before it was bound.
  if (::fchmod(acceptor_.native_handle(), S_IRUSR | S_IWUSR) != 0 ||
      ::bind(acceptor_.native_handle(), reinterpret_cast<const sockaddr*>(&address),
             sizeof(address)) != 0) {
    return fail(std::strerror(errno));
  }
  acceptor_.listen(boost::asio::socket_base::max_listen_connections, error);
  if (error) return fail(error.message());
  if (auto published = directory_.Publish(gateway_); !published) {
    return fail(published.error().message);
  }
  return {};
}

void ControlListener::Admit(stream_protocol::socket socket) {
  if (!IsOurUser(socket.native_handle())) {
    return spdlog::warn("a process of another user wants to control the gateway; turned away");
  }
  std::erase_if(conversations_, [](const auto& one) { return one.expired(); });
  if (conversations_.size() >= kMaxConversations) return;
  const auto conversation = std::make_shared<Conversation>(std::move(socket), timers_);
  conversations_.push_back(conversation);
  conversation->Start(handler_);
}

void ControlListener::Accept() {
  acceptor_.async_accept(
      [this](const boost::system::error_code& error, stream_protocol::socket socket) {
        // First: then the listener may be gone.
        if (error == boost::asio::error::operation_aborted) return;
        if (error) {
          retry_.SetAfter(kAcceptPauseMs, [this] { Accept(); });
          return;
        }
        Admit(std::move(socket));
        Accept();
      });
}

}  // namespace mcplexer::control
