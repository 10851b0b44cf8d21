// SPDX-License-Identifier: Apache-2.0
// Where a running gateway is spoken to by `mcplexer status`, `reload` and `stop`: one line of JSON
// in, one line of JSON out, on a socket that only processes of the gateway's own user get at. The
// file's mode says so (0600), and the kernel is asked for the user of each process that connects.

#ifndef MCPLEXER_RUNTIME_CONTROL_CONTROL_LISTENER_H_
#define MCPLEXER_RUNTIME_CONTROL_CONTROL_LISTENER_H_

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/control/control_directory.h"
#include "runtime/transport/timers.h"

namespace mcplexer::control {

// One thread.
class ControlListener {
 public:
  // Gives the answer to a request, both without their line feed.
  using Handler = std::function<std::string(std::string_view request)>;

  // The socket is there, and answers as soon as the event loop runs, when this returns. The
  // references must outlive it.
  static Result<std::unique_ptr<ControlListener>> Create(boost::asio::io_context& io,
                                                         transport::Timers& timers,
                                                         const std::string& state,
                                                         const std::string& gateway,
                                                         Handler handler);
  // Removes the socket and hangs up.
  ~ControlListener();

 private:
  class Conversation;

  ControlListener(boost::asio::io_context& io, transport::Timers& timers,
                  ControlDirectory directory, std::string gateway, Handler handler);

  Status Bind();
  void Accept();
  void Admit(boost::asio::local::stream_protocol::socket socket);

  transport::Timers& timers_;
  const ControlDirectory directory_;
  const std::string gateway_;
  const Handler handler_;
  boost::asio::local::stream_protocol::acceptor acceptor_;
  transport::Timer retry_;
  std::vector<std::weak_ptr<Conversation>> conversations_;
};

}  // namespace mcplexer::control

#endif  // MCPLEXER_RUNTIME_CONTROL_CONTROL_LISTENER_H_
