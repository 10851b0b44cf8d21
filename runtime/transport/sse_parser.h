// SPDX-License-Identifier: Apache-2.0
// Server-sent events (HTML standard, section 9.2.6) as MCP uses them: a stream of events whose data
// is one message each, with ids to resume the stream from and the time to wait before that.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_SSE_PARSER_H_
#define MCPLEXER_RUNTIME_TRANSPORT_SSE_PARSER_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace mcplexer::transport {

class SseParser {
 public:
  struct Event {
    std::string name;  // "" and "message" are the same
    std::string data;  // not empty
  };
  // Called for each event that has data. (Servers begin streams with one that has only an id.) May
  // not destroy the parser.
  using OnEvent = std::function<void(Event)>;

  // An id is sent back as a header, so it has to fit one; a longer one is taken for none.
  static constexpr size_t kMaxIdBytes = 1024;

  SseParser(size_t max_event_bytes, OnEvent on_event)
      : max_event_bytes_(max_event_bytes), on_event_(std::move(on_event)) {}

  // The next bytes of the stream. False when an event is longer than allowed; nothing more may be
  // fed then.
  [[nodiscard]] bool Feed(std::string_view bytes);

  // Another stream that continues this one begins: what is unfinished is dropped, the id stays.
  void Restart();

  // Of the last complete event that had one; visible ASCII, empty when there is none.
  const std::string& last_event_id() const { return last_id_; }
  // How long the server wants a client to wait before it comes back.
  std::optional<std::chrono::milliseconds> retry() const { return retry_; }
  // How many complete events there were, those without data included.
  size_t events() const { return events_; }
  // What is held of an unfinished event.
  size_t held_bytes() const { return line_.size() + data_.size(); }

 private:
  void EndLine();
  void EndEvent();
  void SetField(std::string_view name, std::string_view value);

  const size_t max_event_bytes_;
  const OnEvent on_event_;
  std::string line_;
  std::string name_;
  std::string data_;
  std::string id_;
  std::string last_id_;
  std::optional<std::chrono::milliseconds> retry_;
  size_t events_ = 0;
  bool has_data_ = false;
  bool has_field_ = false;
  bool after_cr_ = false;  // a line feed that follows ends no line of its own
  bool at_start_ = true;
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_SSE_PARSER_H_
