// SPDX-License-Identifier: Apache-2.0
#include "compiler/inventory/canonical.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <vector>

#include "compiler/source/printable.h"
#include "runtime/json/decimal.h"
#include "runtime/plan/digest.h"

namespace mcplexer::inventory {
namespace {

// Well-formed UTF-8 in the order of UTF-16 code units. The two orders differ only where a character
// above U+FFFF (lead bytes F0 to F4, surrogates from D800) meets one of U+E000 to U+FFFF (EE, EF).
bool Utf16Less(std::string_view a, std::string_view b) {
  const auto [at_a, at_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (at_a == a.end() || at_b == b.end()) return at_a == a.end() && at_b != b.end();
  const auto weight = [](char c) {
    const auto byte = static_cast<uint8_t>(c);
    return byte == 0xEE || byte == 0xEF ? byte + 0x10 : int{byte};
  };
  return weight(*at_a) < weight(*at_b);
}

class Writer {
 public:
  Writer(const json::Document& doc, Layout layout) : doc_(doc), layout_(layout) {}

  std::string Run(json::NodeId root) && {
    Open(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (frame.next == frame.children.size()) {
        const bool empty = frame.children.empty();
        const char close = frame.object ? '}' : ']';
        frames_.pop_back();
        if (!empty) BreakLine();
        out_ += close;
        continue;
      }
      if (frame.next > 0) out_ += ',';
      BreakLine();
      const Child child = frame.children[frame.next++];
      if (frame.object) {
        AppendString(child.key);
        out_ += layout_ == Layout::kCompact ? ":" : ": ";
      }
      Open(child.value);  // may move the frames
    }
    if (layout_ == Layout::kIndented) out_ += '\n';
    return std::move(out_);
  }

 private:
  struct Child {
    std::string key;  // unescaped; of members
    json::NodeId value;
  };
  struct Frame {
    bool object = false;
    std::vector<Child> children;
    size_t next = 0;
  };

  void Open(json::NodeId node) {
    switch (doc_.TypeOf(node)) {
      case json::Type::kObject: {
        Frame frame{true, {}, 0};
        for (const auto [key, value] : doc_.Members(node)) {
          frame.children.push_back({std::string(doc_.Unescape(key, scratch_)), value});
        }
        std::ranges::sort(frame.children, Utf16Less, &Child::key);
        out_ += '{';
        frames_.push_back(std::move(frame));
        break;
      }
      case json::Type::kArray: {
        Frame frame;
        for (const json::NodeId element : doc_.Elements(node))
          frame.children.push_back({"", element});
        out_ += '[';
        frames_.push_back(std::move(frame));
        break;
      }
      case json::Type::kString:
        AppendString(std::string(doc_.Unescape(node, scratch_)));
        break;
      case json::Type::kNumber: {
        const auto number = json::Decimal::Parse(doc_.Raw(node));
        out_ += number ? number->Text() : std::string(doc_.Raw(node));
        break;
      }
      default:
        out_ += doc_.Raw(node);
        break;
    }
  }

  void BreakLine() {
    if (layout_ == Layout::kCompact) return;
    out_ += '\n';
    out_.append(frames_.size() * 2, ' ');
  }

  void AppendString(std::string_view utf8) {
    out_ += '"';
    for (size_t at = 0; at < utf8.size();) {
      const source::CodePoint point = source::Decode(utf8, at);
      AppendCharacter(point.value, utf8.substr(at, point.length));
      at += point.length;
    }
    out_ += '"';
  }

  void AppendCharacter(char32_t value, std::string_view bytes) {
    switch (value) {
      case '"':
        out_ += "\\\"";
        return;
      case '\\':
        out_ += "\\\\";
        return;
      case '\b':
        out_ += "\\b";
        return;
      case '\f':
        out_ += "\\f";
        return;
      case '\n':
        out_ += "\\n";
        return;
      case '\r':
        out_ += "\\r";
        return;
      case '\t':
        out_ += "\\t";
        return;
      default:
        break;
    }
    const bool hidden =
        layout_ == Layout::kIndented && (value == 0x7F || source::IsInvisible(value));
    if (value < 0x20 || hidden) {
      AppendEscape(value);
    } else {
      out_ += bytes;
    }
  }

  void AppendEscape(char32_t value) {
    const auto unit = [&](uint32_t code) {
      fmt::format_to(std::back_inserter(out_), "\\u{:04x}", code);
    };
    if (value < 0x10000) return unit(value);
    unit(0xD800 + ((value - 0x10000) >> 10));
    unit(0xDC00 + ((value - 0x10000) & 0x3FF));
  }

  const json::Document& doc_;
  const Layout layout_;
  std::string out_;
  std::string scratch_;
  std::vector<Frame> frames_;
};

}  // namespace

std::string Canonical(const json::Document& doc, json::NodeId node, Layout layout) {
  return Writer(doc, layout).Run(node);
}

plan::Digest DigestOf(std::string_view canonical) {
  return plan::Sha256(std::as_bytes(std::span(canonical)));
}

std::string DigestText(const plan::Digest& digest) {
  std::string out = "sha256:";
  for (const uint8_t byte : digest) fmt::format_to(std::back_inserter(out), "{:02x}", byte);
  return out;
}

}  // namespace mcplexer::inventory
