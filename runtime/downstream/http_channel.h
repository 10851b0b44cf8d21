// SPDX-License-Identifier: Apache-2.0
// One HTTP request to a server and what comes back: the answer to a POST, or the stream of a GET;
// with the GETs that go on where a stream of events broke off.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_HTTP_CHANNEL_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_HTTP_CHANNEL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/downstream/http_peer.h"
#include "runtime/transport/http_client.h"
#include "runtime/transport/sse_parser.h"
#include "runtime/transport/timers.h"

namespace mcplexer::downstream {

enum class HttpRole : uint8_t {
  kInitialize,   // the request that begins a session
  kInitialized,  // the notification that opens it
  kRequest,      // is answered
  kMessage,      // is accepted: a notification, an answer to the server
  kListen,       // the GET on which the server speaks by itself
  kFarewell,     // DELETE
};

class HttpChannel final : public transport::HttpReply,
                          public std::enable_shared_from_this<HttpChannel> {
 public:
  HttpChannel(HttpPeer& peer, HttpRole role, uint64_t id = 0);

  // `fields`: more headers, with their CR LF; those of the stateless era make it one of that.
  void Post(std::string frame, std::string_view fields = {});
  void Get();
  void Delete();
  // Says and hears nothing any more, for good.
  void Close();

  HttpRole role() const { return role_; }
  // Of a request.
  uint64_t id() const { return id_; }
  bool IsWaiting() const;

  // Of a message: the request that nobody waits for once the message was sent, or 0.
  uint64_t ends_request = 0;

 private:
  // What the last response was.
  enum class Kind : uint8_t { kNone, kEvents, kJson, kEmpty, kError };

  void OnHead(const transport::HttpHead& head) override;
  void OnBody(std::string_view bytes) override;
  void OnEnd(const Status& status, bool sent) override;

  Kind KindOf(const transport::HttpHead& head);
  void Begin();
  void Deliver(std::string frame);
  // Gives up on this response, which is no answer.
  void Refuse(std::string why);
  // What the end of the response means, once all it said has been told.
  void Conclude();
  void ConcludeRequest();
  void ConcludeListening();
  void ResumeAfterAWhile();
  bool Resume();
  bool SaysOldTransport(std::string_view body) const;
  std::string Fault() const;

  HttpPeer* peer_;  // null when closed
  const HttpRole role_;
  const uint64_t id_;
  transport::HttpClient::Ticket ticket_ = 0;
  transport::SseParser events_;
  transport::Timer timer_;

  uint32_t status_ = 0;
  Kind kind_ = Kind::kNone;
  std::string body_;
  std::string fault_;        // of the connection or the response; empty when it came to its end
  std::string first_fault_;  // what a stream broke off with that is gone on with
  bool sent_ = false;
  bool hopeless_ = false;  // the server says what cannot be taken, or cannot be asked again
  bool session_lost_ = false;
  bool old_transport_ = false;
  bool answered_ = false;  // `initialize`
  size_t held_ = 0;
  uint32_t attempts_ = 0;     // to resume, since the last event
  size_t events_before_ = 0;  // this attempt
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_HTTP_CHANNEL_H_
