// SPDX-License-Identifier: Apache-2.0
// Appends one JSON object, member by member, to a string that keeps its memory.

#ifndef MCPLEXER_RUNTIME_AUDIT_OBJECT_WRITER_H_
#define MCPLEXER_RUNTIME_AUDIT_OBJECT_WRITER_H_

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/json/writer.h"

namespace mcplexer::audit {

// Keys are written as they are: literals without anything to escape.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }

  void Close() { out_ += '}'; }

  void Raw(std::string_view key, std::string_view json) {
    Key(key);
    out_ += json;
  }
  void String(std::string_view key, std::string_view text) {
    Key(key);
    json::AppendString(out_, text);
  }
  void StringOrNull(std::string_view key, std::string_view text) {
    text.empty() ? Raw(key, "null") : String(key, text);
  }
  void Number(std::string_view key, uint64_t number) {
    Key(key);
    char digits[20];
    const auto end = std::to_chars(digits, digits + sizeof(digits), number).ptr;
    out_.append(digits, end);
  }
  // Writes the key; the caller appends the value.
  std::string& Key(std::string_view key) {
    if (out_.back() != '{') out_ += ',';
    out_ += '"';
    out_ += key;
    out_ += "\":";
    return out_;
  }

 private:
  std::string& out_;
};

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_OBJECT_WRITER_H_
