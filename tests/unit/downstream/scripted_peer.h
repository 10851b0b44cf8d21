// SPDX-License-Identifier: Apache-2.0
// A downstream in memory: what it was sent is looked at, what it says is written by the test.

#ifndef MCPLEXER_TESTS_UNIT_DOWNSTREAM_SCRIPTED_PEER_H_
#define MCPLEXER_TESTS_UNIT_DOWNSTREAM_SCRIPTED_PEER_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/downstream/peer.h"

namespace mcplexer::downstream {

// What both the test and the peer hold.
struct Script {
  ServerId server;
  ScopeId scope;
  std::vector<std::string> sent;
  PeerEvents* events = nullptr;
  bool reading = true;
  bool retired = false;
  size_t queued_bytes = 0;
  std::vector<uint64_t> aborted;
  bool has_headers = false;
  std::string fields;  // of the last frame
  void Say(const std::string& frame) { events->OnFrame(frame); }
  // The last frame sent, and then forgotten.
  std::string Take() {
    std::string last = sent.empty() ? "" : sent.back();
    sent.clear();
    return last;
  }
  void Vanish(const std::string& what, bool clean = false) {
    std::exchange(events, nullptr)->OnGone({what, clean});
  }
};

class ScriptedPeer final : public Peer {
 public:
  explicit ScriptedPeer(std::shared_ptr<Script> script) : script_(std::move(script)) {}

  void Start(PeerEvents& events) override { script_->events = &events; }
  void Send(std::string frame) override { script_->sent.push_back(frame); }
  void SendWith(std::string frame, std::string_view fields) override {
    script_->fields = fields;
    Send(std::move(frame));
  }
  bool HasHeaders() const override { return script_->has_headers; }
  size_t QueuedBytes() const override { return script_->queued_bytes; }
  void SetReading(bool on) override { script_->reading = on; }
  void Abort(uint64_t id) override { script_->aborted.push_back(id); }

  Script& script() { return *script_; }

 private:
  std::shared_ptr<Script> script_;
};

class ScriptedLauncher final : public Launcher {
 public:
  Result<std::unique_ptr<Peer>> Launch(ServerId server, ScopeId scope) override {
    if (!refusal.empty()) return Fail(refusal);
    launched.push_back(std::make_shared<Script>());
    launched.back()->server = server;
    launched.back()->scope = scope;
    return std::make_unique<ScriptedPeer>(launched.back());
  }
  void Retire(std::unique_ptr<Peer> peer) override {
    Script& script = static_cast<ScriptedPeer&>(*peer).script();
    script.retired = true;
    script.events = nullptr;
    retired.push_back(std::move(peer));
  }

  EraMemory* eras() override { return era_memory; }

  EraMemory* era_memory = nullptr;  // all servers are of the session era
  std::string refusal;
  std::vector<std::shared_ptr<Script>> launched;
  std::vector<std::unique_ptr<Peer>> retired;
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_TESTS_UNIT_DOWNSTREAM_SCRIPTED_PEER_H_
