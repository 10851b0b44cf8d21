// SPDX-License-Identifier: Apache-2.0

#include "runtime/commands/line_reader.h"

#include <unistd.h>

#include <cerrno>

namespace mcplexer::commands {

LineReader::Outcome LineReader::Next(std::string_view& line) {
  constexpr size_t kChunk = size_t{256} << 10;
  bool too_long = false;
  size_t searched = begin_;
  for (;;) {
    const size_t end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      line = std::string_view(buffer_).substr(begin_, end - begin_);
      begin_ = end + 1;
      return too_long || line.size() > limit_ ? Outcome::kTooLong : Outcome::kLine;
    }
    if (ended_) {
      line = std::string_view(buffer_).substr(begin_);
      begin_ = buffer_.size();
      if (line.empty() && !too_long) return Outcome::kEnd;
      return too_long || line.size() > limit_ ? Outcome::kTooLong : Outcome::kLine;
    }
    buffer_.erase(0, begin_);
    begin_ = 0;
    if (buffer_.size() > limit_) {
      too_long = true;
      buffer_.clear();
    }
    searched = buffer_.size();
    buffer_.resize(searched + kChunk);
    ssize_t got = 0;
    do {
      got = read(fd_, buffer_.data() + searched, kChunk);
    } while (got < 0 && errno == EINTR);
    buffer_.resize(searched + (got > 0 ? static_cast<size_t>(got) : 0));
    if (got < 0) return Outcome::kFailed;
    if (got == 0) ended_ = true;
  }
}

}  // namespace mcplexer::commands
