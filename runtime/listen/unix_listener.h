// SPDX-License-Identifier: Apache-2.0
// A Unix socket on which clients are served: lines as on stdio, each connection a client of its
// own. Only processes of our own user get in: the socket is 0600 in a directory that is ours alone,
// and the kernel is asked for the user of each one that connects.
//
// A gateway that was killed leaves its socket behind. Whether another one still serves it is told
// by a lock (flock) on PATH.lock, which the kernel gives back whatever end its holder found.

#ifndef MCPLEXER_RUNTIME_LISTEN_UNIX_LISTENER_H_
#define MCPLEXER_RUNTIME_LISTEN_UNIX_LISTENER_H_

#include <sys/types.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <functional>
#include <memory>
#include <string>

#include "runtime/base/result.h"
#include "runtime/listen/peer_process.h"
#include "runtime/transport/timers.h"
#include "runtime/transport/unique_fd.h"

namespace mcplexer::listen {

// One thread.
class UnixListener {
 public:
  // A client that was identified. The descriptor is a connected stream socket.
  using OnClient = std::function<void(transport::UniqueFd, PeerProcess)>;

  // Makes the directory (0700) if there is none, and the socket in the place of one that nobody
  // serves. Fails when the directory is not ours alone, when something else than a socket is in the
  // place, and when another gateway serves it.
  static Result<std::unique_ptr<UnixListener>> Create(boost::asio::io_context& io,
                                                      transport::Timers& timers,
                                                      const std::string& path);
  // Removes the socket, unless another one has taken its place.
  ~UnixListener();

  void Start(OnClient on_client);
  // No client gets in any more.
  void Stop();

 private:
  UnixListener(boost::asio::io_context& io, transport::Timers& timers, std::string path,
               transport::UniqueFd lock);

  Status Bind();
  void Accept();
  void Admit(transport::UniqueFd client);

  const std::string path_;
  const transport::UniqueFd lock_;
  boost::asio::local::stream_protocol::acceptor acceptor_;
  transport::Timer retry_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
  OnClient on_client_;
};

}  // namespace mcplexer::listen

#endif  // MCPLEXER_RUNTIME_LISTEN_UNIX_LISTENER_H_
