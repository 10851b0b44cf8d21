// SPDX-License-Identifier: Apache-2.0
// The seam between an instance (what is said to a downstream, and when) and the thing that runs it:
// a child process, or an HTTP client. Tests put a scripted one in its place.
//
// One thread, the data plane's.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_PEER_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_PEER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/base/id.h"
#include "runtime/base/result.h"
#include "runtime/downstream/era_memory.h"
#include "runtime/downstream/exchange.h"

namespace mcplexer::downstream {

// How a peer went away by itself.
struct Departure {
  std::string what;    // "exited with status 1", "was killed by signal 9", "closed its output"
  bool clean = false;  // exit status 0
};

// May not destroy the peer from within a call; Launcher::Retire may be called.
class PeerEvents {
 public:
  virtual void OnFrame(std::string_view frame) = 0;  // valid during the call
  virtual void OnOversizedFrame() = 0;
  // The peer is gone and all it said has been delivered. Called once; not after Launcher::Retire.
  virtual void OnGone(const Departure& departure) = 0;

  // For peers that carry each request by itself (HTTP), where one can be lost and the others live.
  // Whether the request with this id is still to be answered.
  virtual bool Awaits(uint64_t) const { return false; }
  // The request will not be answered any more; nothing happens when it has been.
  virtual void OnNoAnswer(uint64_t, const Failure&) {}

 protected:
  ~PeerEvents() = default;
};

class Peer {
 public:
  virtual ~Peer() = default;

  // `events` must live until OnGone or Launcher::Retire.
  virtual void Start(PeerEvents& events) = 0;
  virtual void Send(std::string frame) = 0;
  // The same with more headers, where there are any (HasHeaders); with their CR LF.
  virtual void SendWith(std::string frame, std::string_view /*fields*/) { Send(std::move(frame)); }
  virtual size_t QueuedBytes() const = 0;
  virtual void SetReading(bool on) = 0;
  // The id of the process that it is; 0 where it is none of ours.
  virtual int64_t process() const { return 0; }
  // Nobody waits for the answer to this request any more; for peers that carry each by itself.
  virtual void Abort(uint64_t) {}
  // Whether texts of requests become headers there, which not all of them can.
  virtual bool HasHeaders() const { return false; }
};

class Launcher {
 public:
  virtual ~Launcher() = default;

  // Starts the server with what the scope (if valid) injects. The error says why there is no peer,
  // without a secret's value.
  virtual Result<std::unique_ptr<Peer>> Launch(ServerId server, ScopeId scope) = 0;
  // Takes a peer out of use: it hears and says nothing any more, and is ended in the background.
  virtual void Retire(std::unique_ptr<Peer> peer) = 0;
  // What is known of the servers' eras. Null: all speak the session era, and none is asked.
  virtual EraMemory* eras() { return nullptr; }
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_PEER_H_
