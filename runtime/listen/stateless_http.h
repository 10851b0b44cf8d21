// SPDX-License-Identifier: Apache-2.0
// All clients of the stateless era in one workspace (MCP 2026-07-28, basic/transports/
// streamable-http), behind the seam that stdio stands behind: each request is a POST of its own and
// gets its answer there, as JSON or, where something comes before it, as the last of a stream of
// events. Nothing is remembered of a client, and a stream that breaks is a cancellation.
//
// Ids of different clients are alike, so towards the session each request gets an id and a progress
// token of ours, and what comes back gets its own.

#ifndef MCPLEXER_RUNTIME_LISTEN_STATELESS_HTTP_H_
#define MCPLEXER_RUNTIME_LISTEN_STATELESS_HTTP_H_

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "runtime/json/document.h"
#include "runtime/json/envelope.h"
#include "runtime/json/splice.h"
#include "runtime/listen/http_connection.h"
#include "runtime/transport/http_parser.h"
#include "runtime/transport/timers.h"
#include "runtime/transport/transport.h"

namespace mcplexer::listen {

struct StatelessHttpLimits {
  // Waiting for clients that do not read; see transport::Limits.
  size_t queue_bytes = size_t{4} << 20;
  size_t requests = 256;
};

// Whether the POST is of the stateless era: its header or its body says so. `doc` was parsed
// without a search for keys that are there twice.
bool IsStatelessPost(const transport::HttpHead& head, const json::Document& doc,
                     const json::Envelope& envelope);

// Why the request is refused with status 400: its headers do not say what its body does, or its
// body lacks what each request has to say. The frame of the answer.
std::optional<std::string> StatelessFault(const transport::HttpHead& head,
                                          const json::Document& doc,
                                          const json::Envelope& envelope);

// One thread.
class StatelessHttp final : public transport::Transport {
 public:
  StatelessHttp(boost::asio::io_context& io, transport::Timers& timers,
                const StatelessHttpLimits& limits = {});
  ~StatelessHttp() override;

  void Start(transport::Receiver& receiver) override { receiver_ = &receiver; }
  void Send(std::string frame) override;
  void SendAbout(std::string frame, std::string_view raw_id) override;
  size_t QueuedBytes() const override;
  void SetReading(bool on) override { reading_ = on; }
  void CloseWriting() override {}

  // A request, or a notification, that has no fault.
  void Post(const std::shared_ptr<HttpConnection>& connection, const json::Document& doc,
            const json::Envelope& envelope);
  // No request is expected any more.
  void End();

  // Nothing is open and nothing was asked since then.
  transport::TimePoint last_used() const { return last_used_; }
  bool busy() const { return !open_.empty(); }

 private:
  struct Open {
    std::shared_ptr<HttpConnection> connection;
    std::string raw_id;
    std::string raw_token;  // empty: it wants no progress
    bool events = false;
  };

  void Watch(const std::shared_ptr<HttpConnection>& connection);
  void CancelBroken();
  void UpdateCongestion();

  boost::asio::io_context& io_;
  transport::Timers& timers_;
  const StatelessHttpLimits limits_;
  transport::Receiver* receiver_ = nullptr;
  bool reading_ = true;
  bool congested_ = false;
  bool ended_ = false;
  uint64_t last_id_ = 0;
  std::map<uint64_t, Open> open_;
  std::set<std::shared_ptr<HttpConnection>> connections_;  // that may have something to write
  transport::TimePoint last_used_;
  json::Document doc_;
  std::string scratch_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
};

}  // namespace mcplexer::listen

#endif  // MCPLEXER_RUNTIME_LISTEN_STATELESS_HTTP_H_
