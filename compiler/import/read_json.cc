// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/import/document.h"
#include "runtime/json/comments.h"
#include "runtime/json/document.h"

namespace mcplexer::importer {
namespace {

// Lines of ascending offsets.
class LineCounter {
 public:
  explicit LineCounter(std::string_view text) : text_(text) {}

  uint32_t LineOf(size_t offset) {
    const auto* begin = text_.data() + at_;
    line_ += static_cast<uint32_t>(std::count(begin, text_.data() + std::max(at_, offset), '\n'));
    at_ = std::max(at_, offset);
    return line_;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
  uint32_t line_ = 1;
};

class Converter {
 public:
  Converter(const json::Document& from, LineCounter& lines) : from_(from), lines_(lines) {}

  Document Convert() {
    Put("", from_.Root());
    while (!open_.empty()) {
      Frame& frame = open_.back();
      if (frame.next == frame.values.size()) {
        to_.Close();
        open_.pop_back();
        continue;
      }
      const auto [key, value] = frame.values[frame.next++];
      Put(key.valid() ? Text(key) : std::string(), value);  // `frame` is gone after this
    }
    return std::move(to_);
  }

 private:
  struct Frame {
    std::vector<json::Document::Member> values;  // without keys in a list
    size_t next = 0;
  };

  std::string Text(json::NodeId node) {
    std::string scratch;
    return std::string(from_.Unescape(node, scratch));
  }

  void Put(std::string key, json::NodeId node) {
    const uint32_t line = lines_.LineOf(from_.SpanOf(node).begin);
    Frame frame;
    switch (from_.TypeOf(node)) {
      case json::Type::kObject:
        for (const auto member : from_.Members(node)) frame.values.push_back(member);
        to_.Open(Kind::kMap, std::move(key), line);
        open_.push_back(std::move(frame));
        return;
      case json::Type::kArray:
        for (const json::NodeId element : from_.Elements(node)) {
          frame.values.push_back({json::NodeId(), element});
        }
        to_.Open(Kind::kList, std::move(key), line);
        open_.push_back(std::move(frame));
        return;
      case json::Type::kString:
        to_.Add(Kind::kText, std::move(key), Text(node), line);
        return;
      case json::Type::kNumber:
        to_.Add(Kind::kNumber, std::move(key), std::string(from_.Raw(node)), line);
        return;
      case json::Type::kTrue:
      case json::Type::kFalse:
        to_.Add(Kind::kBool, std::move(key), std::string(from_.Raw(node)), line);
        return;
      case json::Type::kNull:
        to_.Add(Kind::kNull, std::move(key), "", line);
        return;
    }
  }

  const json::Document& from_;
  LineCounter& lines_;
  Document to_;
  std::vector<Frame> open_;
};

}  // namespace

Result<Document> ReadJson(std::string_view text, const Limits& limits) {
  const std::string plain = json::WithoutComments(text);
  json::Limits json_limits;
  json_limits.bytes = limits.bytes;
  json_limits.depth = limits.depth;
  json_limits.nodes = limits.nodes;
  json::Document parsed;
  LineCounter lines(plain);
  if (const json::ParseStatus status = parsed.Parse(plain, json_limits); !status) {
    return Fail(
        fmt::format("line {}: {}", lines.LineOf(status.error().offset), status.error().Message()));
  }
  return Converter(parsed, lines).Convert();
}

}  // namespace mcplexer::importer
