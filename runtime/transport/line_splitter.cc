// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/line_splitter.h"

#include <algorithm>
#include <cstring>

#include "runtime/base/check.h"

namespace mcplexer::transport {
namespace {

// What one read may bring at least. A pipe holds 64 KiB; most messages are far below 16.
constexpr size_t kMinRoom = size_t{16} << 10;
// A buffer that grew beyond this for a long line is given back when it is empty.
constexpr size_t kKeptCapacity = size_t{256} << 10;

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

std::span<char> LineSplitter::Prepare() {
  if (begin_ == end_) {
    begin_ = scanned_ = end_ = 0;
    if (capacity_ > kKeptCapacity) {
      buffer_.reset();
      capacity_ = 0;
    }
  }
  if (capacity_ - end_ >= kMinRoom) return {buffer_.get() + end_, capacity_ - end_};

  const size_t held = end_ - begin_;
  // Moving to the front is enough when at least half of the buffer comes free, so that each byte is
  // moved a bounded number of times.
  if (held + kMinRoom <= capacity_ && held <= capacity_ / 2) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, held);
  } else {
    const size_t capacity = std::max(2 * kMinRoom, 2 * (held + kMinRoom));
    auto grown = std::make_unique_for_overwrite<char[]>(capacity);
    if (held != 0) std::memcpy(grown.get(), buffer_.get() + begin_, held);
    buffer_ = std::move(grown);
    capacity_ = capacity;
  }
  scanned_ -= begin_;
  end_ = held;
  begin_ = 0;
  return {buffer_.get() + end_, capacity_ - end_};
}

void LineSplitter::Commit(size_t bytes) {
  MCPLEXER_CHECK(bytes <= capacity_ - end_);
  end_ += bytes;
}

std::optional<LineSplitter::Line> LineSplitter::Next() {
  while (scanned_ != end_) {
    const char* from = buffer_.get() + scanned_;
    const void* feed = std::memchr(from, '\n', end_ - scanned_);
    if (feed == nullptr) {
      scanned_ = end_;
      break;
    }
    const auto at = static_cast<size_t>(static_cast<const char*>(feed) - buffer_.get());
    if (auto line = Cut(at, at + 1)) return line;
  }
  if (skipping_) {
    begin_ = end_;
  } else if (end_ - begin_ > max_line_bytes_ + 1) {  // one more: it may be the CR of a CR LF
    skipping_ = true;
    begin_ = end_;
    return Line{{}, true};
  }
  return std::nullopt;
}

std::optional<LineSplitter::Line> LineSplitter::Rest() {
  if (auto line = Next()) return line;
  return Cut(end_, end_);
}

// Takes [begin_, line_end) as a line and goes on at `next`.
std::optional<LineSplitter::Line> LineSplitter::Cut(size_t line_end, size_t next) {
  std::string_view text(buffer_.get() + begin_, line_end - begin_);
  begin_ = scanned_ = next;
  if (skipping_) {
    skipping_ = false;
    return std::nullopt;
  }
  if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
  if (text.size() > max_line_bytes_) return Line{{}, true};
  if (IsBlank(text)) return std::nullopt;
  return Line{text, false};
}

}  // namespace mcplexer::transport
