// SPDX-License-Identifier: Apache-2.0
// HTTP/1.1 messages (RFC 9112), read as their bytes come: the head as a whole, the body in pieces.
// Both ends of the gateway read through this class: requests of clients, responses of servers.
//
// The grammar is Beast's parser. Beast's headers are heavy, so http_parser.cc is the one file that
// includes them.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_HTTP_PARSER_H_
#define MCPLEXER_RUNTIME_TRANSPORT_HTTP_PARSER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"

namespace mcplexer::transport {

// The first lines of a message.
struct HttpHead {
  struct Field {
    std::string name;  // lower case
    std::string value;
  };

  uint32_t status = 0;  // of a response
  std::string method;   // of a request
  std::string target;   // of a request
  bool http_1_1 = false;
  bool keep_alive = false;   // the connection may carry another message
  bool until_close = false;  // the body ends with the connection: its end cannot be told from a cut
  std::vector<Field> fields;

  // The value of the first field of that name (lower case), or null.
  const std::string* Find(std::string_view name) const;
  size_t Count(std::string_view name) const;
  // The media type of the body in lower case, without parameters; empty when there is none.
  std::string MediaType() const;
};

struct HttpParserLimits {
  // Servers with long cookies and tokens stay below this; Node.js's own bound is 16 KiB.
  uint32_t head_bytes = 32 << 10;
  // Each costs an allocation or two.
  uint32_t fields = 200;
};

// What a parser found. May not destroy the parser.
class HttpSink {
 public:
  virtual void OnHead(const HttpHead& head) = 0;
  virtual void OnBody(std::string_view bytes) = 0;

 protected:
  ~HttpSink() = default;
};

// One message. Informational responses (100 to 199) before a response are skipped.
class HttpParser {
 public:
  enum class Kind : uint8_t { kRequest, kResponse };

  HttpParser(Kind kind, HttpSink& sink, const HttpParserLimits& limits = {});
  ~HttpParser();

  // The next bytes of the connection. What follows the message's end is kept for TakeRest. The
  // error says in what way this is no message; nothing more may be fed then.
  Status Feed(std::string_view bytes);
  // The peer has closed its end. Fails when that cut the message off.
  Status End();

  bool started() const;  // some byte of the message is there
  bool head_done() const;
  bool done() const;
  std::string TakeRest();

 private:
  class Message;

  Status Advance();
  std::unique_ptr<Message> MakeMessage();

  const Kind kind_;
  const HttpParserLimits limits_;
  HttpSink& sink_;
  std::unique_ptr<Message> message_;
  std::string held_;    // bytes that the message needs more of to be read
  size_t framing_ = 0;  // bytes of the head or of a chunk's frame, so far
  size_t least_ = 0;    // of held_, before there is a point in trying
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_HTTP_PARSER_H_
