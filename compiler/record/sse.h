// SPDX-License-Identifier: Apache-2.0
// Server-sent events (HTML standard, section 9.2.6) as MCP uses them: a stream of events whose data
// is one message each. Names, ids and retry times are of no use here.

#ifndef MCPLEXER_COMPILER_RECORD_SSE_H_
#define MCPLEXER_COMPILER_RECORD_SSE_H_

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace mcplexer::record {

class SseParser {
 public:
  // Called for each event that has data. (Servers begin streams with one that has only an id.)
  using OnData = std::function<void(std::string)>;

  SseParser(size_t max_event_bytes, OnData on_data)
      : max_event_bytes_(max_event_bytes), on_data_(std::move(on_data)) {}

  // The next bytes of the stream. False when an event is longer than allowed; nothing more may be
  // fed then.
  [[nodiscard]] bool Feed(std::string_view bytes);

 private:
  void EndLine();

  const size_t max_event_bytes_;
  const OnData on_data_;
  std::string line_;
  std::string data_;
  bool has_data_ = false;
  bool after_cr_ = false;  // a line feed that follows ends no line of its own
  bool at_start_ = true;
};

}  // namespace mcplexer::record

#endif  // MCPLEXER_COMPILER_RECORD_SSE_H_
