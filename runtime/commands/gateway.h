// SPDX-License-Identifier: Apache-2.0
// The gateway: its clients, whatever way they come, one event loop, and the end.

#ifndef MCPLEXER_RUNTIME_COMMANDS_GATEWAY_H_
#define MCPLEXER_RUNTIME_COMMANDS_GATEWAY_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <list>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/audit/log.h"
#include "runtime/base/result.h"
#include "runtime/decide/decide.h"
#include "runtime/listen/client_session.h"
#include "runtime/listen/http_listener.h"
#include "runtime/listen/unix_listener.h"
#include "runtime/transport/asio_timers.h"
#include "runtime/transport/unique_fd.h"

namespace mcplexer::commands {

class Gateway {
 public:
  struct Options {
    std::string home;
    // What clients act as; where it is not given, those on the socket as the principal of their
    // user.
    PrincipalId principal;
    bool principal_given = false;
    // Clients that are served side by side; each may have servers of its own.
    size_t clients = 64;
  };

  // `log` must outlive it.
  Gateway(std::shared_ptr<const decide::Engine> engine, audit::Log& log, Options options);
  ~Gateway();

  // A client on two descriptors, in this (canonical) directory.
  void ServeStreams(transport::UniqueFd input, transport::UniqueFd output,
                    const std::string& directory);
  Status ListenOnSocket(const std::string& path);
  // Over HTTP nobody is recognised: clients are the anonymous principal.
  Status ListenOnHttp(const std::string& address);

  // Serves until a signal has come or, where nothing is listened on, the last client has gone, and
  // no server is left.
  void Run();

 private:
  class AuditJournal;

  void Admit(transport::UniqueFd client, const listen::PeerProcess& peer);
  void Serve(const listen::Identity& identity, transport::UniqueFd input,
             transport::UniqueFd output);
  void Serve(const listen::Identity& identity, const std::string& session_id,
             std::unique_ptr<transport::Transport> transport);
  void AwaitSignal();
  void Stop();
  void CheckEnd();

  const std::shared_ptr<const decide::Engine> engine_;
  const Options options_;
  std::unique_ptr<AuditJournal> journal_;

  boost::asio::io_context io_{1};  // a hint that it has one thread
  boost::asio::signal_set signals_;
  transport::AsioTimers timers_;
  const listen::SessionHost host_;
  std::unique_ptr<listen::UnixListener> socket_;
  std::unique_ptr<listen::HttpListener> http_;
  std::list<std::unique_ptr<listen::ClientSession>> sessions_;
  bool stopping_ = false;
};

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_GATEWAY_H_
