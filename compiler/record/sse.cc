// SPDX-License-Identifier: Apache-2.0
#include "compiler/record/sse.h"

#include <algorithm>
#include <utility>

namespace mcplexer::record {

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

void SseParser::EndLine() {
  std::string line = std::exchange(line_, {});
  if (std::exchange(at_start_, false) && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
  if (line.empty()) {
    std::string data = std::exchange(data_, {});
    has_data_ = false;
    if (!data.empty()) on_data_(std::move(data));
    return;
  }
  const size_t colon = line.find(':');
  if (line.substr(0, colon) != "data") return;
  std::string_view value = line;
  value.remove_prefix(colon == std::string::npos ? line.size() : colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (has_data_) data_ += '\n';
  has_data_ = true;
  data_ += value;
}

}  // namespace mcplexer::record
