// SPDX-License-Identifier: Apache-2.0
// Lines of a descriptor, a large chunk at a time.

#ifndef MCPLEXER_RUNTIME_COMMANDS_LINE_READER_H_
#define MCPLEXER_RUNTIME_COMMANDS_LINE_READER_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace mcplexer::commands {

class LineReader {
 public:
  enum class Outcome { kLine, kTooLong, kEnd, kFailed };

  // The descriptor stays the caller's. A line is at most `limit` bytes.
  LineReader(int fd, size_t limit) : fd_(fd), limit_(limit) {}

  // The next line without its break, until the next call; the last one need not have a break.
  // kTooLong: a line was skipped. kFailed: errno says why.
  Outcome Next(std::string_view& line);
  // Whether Next may have to wait for input.
  bool WouldRead() const { return buffer_.find('\n', begin_) == std::string::npos; }

 private:
  int fd_;
  size_t limit_;
  std::string buffer_;
  size_t begin_ = 0;
  bool ended_ = false;
};

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_LINE_READER_H_
