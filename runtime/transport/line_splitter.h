// SPDX-License-Identifier: Apache-2.0
// Cuts a stream of bytes into lines (MCP stdio: one JSON text a line), each found with memchr over
// bytes seen once, in the buffer they were read into. A search that begins again with every read
// doubles the cost of a line of a megabyte.

#ifndef MCPLEXER_RUNTIME_TRANSPORT_LINE_SPLITTER_H_
#define MCPLEXER_RUNTIME_TRANSPORT_LINE_SPLITTER_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace mcplexer::transport {

class LineSplitter {
 public:
  struct Line {
    std::string_view text;   // valid until the next Prepare or destruction
    bool oversized = false;  // a line longer than the bound; its bytes are not kept, text is empty
  };

  // Memory stays below about twice `max_line_bytes` and falls back after a long line.
  explicit LineSplitter(size_t max_line_bytes) : max_line_bytes_(max_line_bytes) {}

  // Room to read into; Commit says how many bytes were put there. All lines must have been taken
  // by Next, or the buffer grows.
  std::span<char> Prepare();
  void Commit(size_t bytes);

  // The next complete line, without its LF or CR LF. Lines of nothing but blanks are left out.
  std::optional<Line> Next();
  // What follows the last LF, once the stream has ended.
  std::optional<Line> Rest();

 private:
  std::optional<Line> Cut(size_t line_end, size_t next);

  const size_t max_line_bytes_;
  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0;
  size_t begin_ = 0;       // of the line being read
  size_t scanned_ = 0;     // no LF in [begin_, scanned_)
  size_t end_ = 0;         // of what was read
  bool skipping_ = false;  // inside a line that was reported as oversized
};

}  // namespace mcplexer::transport

#endif  // MCPLEXER_RUNTIME_TRANSPORT_LINE_SPLITTER_H_
