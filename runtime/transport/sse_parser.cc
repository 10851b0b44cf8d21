// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/sse_parser.h"

#include <algorithm>
#include <charconv>

namespace mcplexer::transport {
namespace {

bool IsId(std::string_view value) {
  return value.size() <= SseParser::kMaxIdBytes &&
         std::all_of(value.begin(), value.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

}  // namespace

bool SseParser::Feed(std::string_view bytes) {
  while (!bytes.empty()) {
    if (std::exchange(after_cr_, false) && bytes.front() == '\n') {
      bytes.remove_prefix(1);
      continue;
    }
    const size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    if (line_.size() + data_.size() + end > max_event_bytes_) return false;
    line_ += bytes.substr(0, end);
    if (end == bytes.size()) return true;
    after_cr_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    EndLine();
  }
  return true;
}

void SseParser::Restart() {
  line_.clear();
  name_.clear();
  data_.clear();
  id_ = last_id_;
  has_data_ = has_field_ = after_cr_ = false;
  at_start_ = true;
}

void SseParser::EndLine() {
  const std::string line = std::exchange(line_, {});
  std::string_view text = line;
  if (std::exchange(at_start_, false) && text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (text.empty()) return EndEvent();
  const size_t colon = text.find(':');
  if (colon == 0) return;  // a comment
  std::string_view value = colon == std::string_view::npos ? "" : text.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  SetField(text.substr(0, colon), value);
}

void SseParser::SetField(std::string_view name, std::string_view value) {
  has_field_ = true;
  if (name == "data") {
    if (std::exchange(has_data_, true)) data_ += '\n';
    data_ += value;
  } else if (name == "event") {
    name_ = value;
  } else if (name == "id") {
    if (IsId(value)) id_ = value;
  } else if (name == "retry") {
    uint32_t ms = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), ms);
    if (error == std::errc() && end == value.data() + value.size()) {
      retry_ = std::chrono::milliseconds(ms);
    }
  }
}

void SseParser::EndEvent() {
  if (!std::exchange(has_field_, false)) return;
  ++events_;
  last_id_ = id_;
  has_data_ = false;
  Event event{std::exchange(name_, {}), std::exchange(data_, {})};
  if (!event.data.empty()) on_event_(std::move(event));
}

}  // namespace mcplexer::transport
