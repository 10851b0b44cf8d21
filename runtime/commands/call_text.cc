// SPDX-License-Identifier: Apache-2.0

#include "runtime/commands/call_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>

#include "runtime/json/document.h"
#include "runtime/json/writer.h"

namespace mcplexer::commands {
namespace {

// Members of a payload, as text.
class Payload {
 public:
  explicit Payload(const std::string& payload) {
    if (!document_.Parse(payload)) document_.Release();
  }

  std::string Text(std::string_view key, std::string_view otherwise = "-") {
    const json::NodeId node = Find(key);
    if (!node.valid() || document_.TypeOf(node) != json::Type::kString) {
      return std::string(otherwise);
    }
    return std::string(document_.Unescape(node, scratch_));
  }

  uint64_t Number(std::string_view key) {
    const json::NodeId node = Find(key);
    if (!node.valid()) return 0;
    const std::string_view digits = document_.Raw(node);
    uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }

 private:
  json::NodeId Find(std::string_view key) const {
    const json::NodeId root = document_.Root();
    return root.valid() ? document_.Find(root, key) : root;
  }

  json::Document document_;
  std::string scratch_;
};

std::string Status(const audit::Call& call) {
  switch (call.state) {
    case audit::CallState::kDenied:
      return "denied";
    case audit::CallState::kFinished:
      return Payload(call.outcome).Text("status", "error");
    case audit::CallState::kPending:
      return "pending";
    case audit::CallState::kInterrupted:
      return "interrupted";
  }
  return "error";
}

std::string Duration(uint64_t microseconds) {
  if (microseconds < 1000) return fmt::format("{} us", microseconds);
  const double milliseconds = static_cast<double>(microseconds) / 1000;
  if (milliseconds < 1000) return fmt::format("{:.1f} ms", milliseconds);
  return fmt::format("{:.2f} s", milliseconds / 1000);
}

bool IsControl(uint32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }
bool IsDirection(uint32_t c) {
  return c == 0x61C || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

void AppendVisible(std::string_view text, std::string& out) {
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<uint8_t>(text[i]);
    size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    size = std::min(size, text.size() - i);
    uint32_t c = size == 1 ? lead : lead & (0x7Fu >> size);
    for (size_t k = 1; k < size; ++k) c = c << 6 | (static_cast<uint8_t>(text[i + k]) & 0x3Fu);
    if (IsControl(c) || IsDirection(c)) {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
    } else {
      out += text.substr(i, size);
    }
    i += size;
  }
}

std::string CallText(const audit::Call& call) {
  Payload intent(call.intent);
  std::string text = intent.Text("time");
  // Milliseconds are enough for a person: 2026-11-22T12:17:00.123|456789Z
  constexpr size_t kWithMilliseconds = 23;
  if (text.size() > kWithMilliseconds) text = text.substr(0, kWithMilliseconds) + "Z";
  text += ' ';
  text += fmt::format("{:<7} ", intent.Text("decision"));
  AppendVisible(intent.Text("name"), text);
  text += ' ';
  // Without a rule it was the default, or there was nothing to decide.
  AppendVisible(intent.Text("rule", intent.Text("reason")), text);
  if (const std::string at = intent.Text("at", ""); !at.empty()) {
    text += " (";
    AppendVisible(at, text);
    text += ')';
  }
  text += ' ';
  AppendVisible(intent.Text("server"), text);
  text += ' ';
  AppendVisible(Status(call), text);
  if (call.state == audit::CallState::kFinished) {
    text += ' ';
    text += Duration(Payload(call.outcome).Number("latency_us"));
  }
  return text;
}

std::string CallJson(const audit::Call& call) {
  std::string out = "{\"stream\":";
  json::AppendString(out, call.stream);
  out += ",\"status\":";
  json::AppendString(out, Status(call));
  out += ",\"intent\":" + call.intent;
  out += ",\"outcome\":" + (call.outcome.empty() ? std::string("null") : call.outcome) + "}";
  return out;
}

}  // namespace mcplexer::commands
