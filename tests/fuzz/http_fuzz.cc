// SPDX-License-Identifier: Apache-2.0
// Any bytes as what a peer sends over HTTP: as a response, a request and a stream of events. Each
// comes to the same however it is cut, keeps its limits, and hands out what may be sent on.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/transport/http_parser.h"
#include "runtime/transport/http_url.h"
#include "runtime/transport/sse_parser.h"
#include "tests/fuzz/require.h"

namespace mcplexer::transport {
namespace {

using fuzz::Require;

// The places where the bytes are cut: nowhere, at one that the bytes choose, everywhere.
std::vector<std::string_view> Cut(std::string_view bytes, int how) {
  std::vector<std::string_view> pieces;
  if (how == 0) return {bytes};
  if (how == 1) {
    const size_t at = bytes.empty() ? 0 : static_cast<uint8_t>(bytes.front()) % (bytes.size() + 1);
    return {bytes.substr(0, at), bytes.substr(at)};
  }
  for (size_t at = 0; at < bytes.size(); ++at) pieces.push_back(bytes.substr(at, 1));
  return pieces;
}

struct Message final : HttpSink {
  void OnHead(const HttpHead& head) override {
    Require(heads++ == 0, "a message with two heads");
    text = head.method + " " + head.target + " " + std::to_string(head.status);
    for (const HttpHead::Field& field : head.fields) text += "\n" + field.name + ":" + field.value;
    text += "\n" + head.MediaType() + "\n";
  }
  void OnBody(std::string_view bytes) override {
    Require(heads == 1, "a body without a head");
    text += bytes;
  }
  bool operator==(const Message& other) const { return text == other.text && end == other.end; }

  int heads = 0;
  std::string text;
  std::string end;  // how it ended, and what was left
};

Message Read(HttpParser::Kind kind, std::string_view bytes, int how) {
  Message message;
  HttpParser parser(kind, message, {.head_bytes = 300, .fields = 6});
  bool ok = true;
  for (const std::string_view piece : Cut(bytes, how)) {
    ok = ok && parser.Feed(piece).has_value();
  }
  if (ok && parser.done()) {
    message.end = "done " + parser.TakeRest();
  } else if (ok && parser.End()) {
    message.end = "ended";
  } else {
    // When a fault is seen depends on the pieces, that it is none of the above does not.
    message.end = "none";
    message.text.clear();
  }
  return message;
}

struct Events {
  bool operator==(const Events&) const = default;
  bool fits = true;
  std::string text;
  std::string id;
};

Events ReadEvents(std::string_view bytes, int how) {
  Events events;
  SseParser parser(60, [&](const SseParser::Event& event) {
    Require(!event.data.empty(), "an event without data");
    events.text += event.name + "|" + event.data + "\n\n";
  });
  for (const std::string_view piece : Cut(bytes, how)) {
    events.fits = events.fits && parser.Feed(piece);
    Require(!events.fits || parser.held_bytes() <= 60, "more is held than the limit");
  }
  if (!events.fits) events.text.clear();
  if (events.fits) events.id = parser.last_event_id();
  Require(
      std::all_of(events.id.begin(), events.id.end(), [](char c) { return c > 0x20 && c < 0x7f; }),
      "an id that is no header");
  return events;
}

}  // namespace
}  // namespace mcplexer::transport

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace mcplexer::transport;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const HttpParser::Kind kind : {HttpParser::Kind::kRequest, HttpParser::Kind::kResponse}) {
    const Message whole = Read(kind, bytes, 0);
    for (const int how : {1, 2}) {
      Require(Read(kind, bytes, how) == whole, "a message that depends on how it is cut");
    }
  }
  const Events whole = ReadEvents(bytes, 0);
  for (const int how : {1, 2}) {
    Require(ReadEvents(bytes, how) == whole, "events that depend on how they are cut");
  }
  if (const auto url = ParseHttpUrl(bytes)) {
    Require(!url->host.empty() && !url->port.empty() && url->target.front() == '/',
            "a URL that leads nowhere");
    Require((url->target + url->authority).find_first_of("\r\n ") == std::string::npos,
            "a URL that ends a line");
  }
  return 0;
}
