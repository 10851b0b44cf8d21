// SPDX-License-Identifier: Apache-2.0
// What nlohmann/json makes of a text, to hold a Document against. Shared by the unit tests and the
// fuzzer.
//
// Both are turned into the same flat list of events (values, keys, brackets), numbers as text, so
// the comparison covers every value and nothing recurses. Known differences, each on purpose:
//   * nlohmann skips a byte order mark and takes a NUL byte for the end of the text; neither is
//   JSON.
//   * nlohmann refuses numbers beyond a double; we keep every number. Nothing is compared then.
//   * duplicate keys and our limits.

#ifndef MCPLEXER_TESTS_UNIT_JSON_ORACLE_H_
#define MCPLEXER_TESTS_UNIT_JSON_ORACLE_H_

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/json/document.h"

namespace mcplexer::json::oracle {

// One of  n t f  # (number)  s (string)  k (key)  { } [ ]  with the text of the middle three.
struct Event {
  char kind;
  std::string text;
  friend bool operator==(const Event&, const Event&) = default;
};

struct Reading {
  bool accepted = false;
  bool out_of_range = false;  // stopped at a number that no double holds
  bool has_duplicate = false;
  size_t max_depth = 0;
  std::vector<Event> events;
};

// A SAX consumer for nlohmann::json::sax_parse.
class Recorder {
 public:
  explicit Recorder(Reading& reading) : reading_(reading) {}

  bool null() { return Add('n'); }
  bool boolean(bool value) { return Add(value ? 't' : 'f'); }
  bool number_integer(int64_t value) { return Add('#', std::to_string(value)); }
  bool number_unsigned(uint64_t value) { return Add('#', std::to_string(value)); }
  bool number_float(double, const std::string& text) { return Add('#', text); }
  bool string(std::string& text) { return Add('s', text); }
  bool binary(std::vector<uint8_t>&) { return false; }
  bool start_object(size_t) { return Open('{'); }
  bool end_object() { return Close('}'); }
  bool start_array(size_t) { return Open('['); }
  bool end_array() { return Close(']'); }
  bool key(std::string& text) {
    if (!keys_.back().insert(text).second) reading_.has_duplicate = true;
    return Add('k', text);
  }
  bool parse_error(size_t, const std::string&, const nlohmann::json::exception& error) {
    constexpr int kNumberOverflow = 406;
    reading_.out_of_range = error.id == kNumberOverflow;
    return false;
  }

 private:
  bool Add(char kind, std::string text = {}) {
    reading_.events.push_back({kind, std::move(text)});
    return true;
  }
  bool Open(char kind) {
    keys_.emplace_back();
    reading_.max_depth = std::max(reading_.max_depth, keys_.size());
    return Add(kind);
  }
  bool Close(char kind) {
    keys_.pop_back();
    return Add(kind);
  }

  Reading& reading_;
  std::vector<std::set<std::string>> keys_;
};

inline Reading Read(std::string_view text) {
  Reading reading;
  Recorder recorder(reading);
  reading.accepted = nlohmann::json::sax_parse(text.begin(), text.end(), &recorder);
  if (text.starts_with("\xEF\xBB\xBF") || text.find('\0') != std::string_view::npos) {
    reading.accepted = false;
  }
  return reading;
}

// A string's value; nullopt when the document's accessors contradict one another about it.
inline std::optional<std::string> CheckedString(const Document& doc, NodeId node) {
  std::string scratch;
  const std::string raw(doc.Raw(node));
  std::string value(doc.Unescape(node, scratch));
  const auto begins_code_point = [](char c) { return (c & 0xC0) != 0x80; };
  const auto code_points =
      static_cast<size_t>(std::count_if(value.begin(), value.end(), begins_code_point));
  const bool agree = raw.size() >= 2 && raw.front() == '"' && raw.back() == '"' &&
                     doc.HasEscapes(node) == (raw.find('\\') != std::string::npos) &&
                     doc.CodePointCount(node) == code_points && doc.StringEquals(node, value) &&
                     !doc.StringEquals(node, value + "x") &&
                     (value.empty() || !doc.StringEquals(node, value.substr(1)));
  return agree ? std::optional(value) : std::nullopt;
}

// Turns a document into events by one walk over its nodes and their spans. What its accessors
// contradict shows as an event of kind '!'.
class Walker {
 public:
  explicit Walker(const Document& doc) : doc_(doc) {}

  std::vector<Event> Run() {
    for (uint32_t i = 0; i < doc_.NodeCount(); ++i) {
      CloseBefore(doc_.SpanOf(NodeId(i)).begin);
      Visit(NodeId(i));
    }
    CloseBefore(UINT32_MAX);
    return std::move(events_);
  }

 private:
  struct Open {
    NodeId node;
    size_t nodes = 0;  // children seen, a key counting too
  };

  void Add(bool is_right, char kind, std::string text = {}) {
    events_.push_back({is_right ? kind : '!', std::move(text)});
  }

  bool IsObject(NodeId node) const { return doc_.TypeOf(node) == Type::kObject; }

  void CloseBefore(uint32_t begin) {
    while (!open_.empty() && doc_.SpanOf(open_.back().node).end <= begin) {
      const Open& last = open_.back();
      const bool object = IsObject(last.node);
      const bool bracket = doc_.Raw(last.node).back() == (object ? '}' : ']');
      const size_t children = object ? last.nodes / 2 : last.nodes;
      Add(bracket && children == doc_.ElementCount(last.node), object ? '}' : ']');
      open_.pop_back();
    }
  }

  void Visit(NodeId node) {
    const std::string raw(doc_.Raw(node));
    const bool in_object = !open_.empty() && IsObject(open_.back().node);
    const bool is_key = in_object && open_.back().nodes % 2 == 0;
    if (!open_.empty()) {
      const Open& parent = open_.back();
      if (!in_object && doc_.Element(parent.node, parent.nodes) != node) Add(false, '!');
      ++open_.back().nodes;
    }
    switch (doc_.TypeOf(node)) {
      case Type::kNull:
        return Add(raw == "null", 'n');
      case Type::kTrue:
        return Add(raw == "true", 't');
      case Type::kFalse:
        return Add(raw == "false", 'f');
      case Type::kNumber:
        return Add(true, '#', raw);
      case Type::kString: {
        const std::optional<std::string> value = CheckedString(doc_, node);
        if (!value.has_value()) return Add(false, 's');
        const bool found =
            !is_key || doc_.Find(open_.back().node, *value) == NodeId(node.value + 1);
        return Add(found, is_key ? 'k' : 's', *value);
      }
      case Type::kObject:
      case Type::kArray:
        Add(raw.front() == (IsObject(node) ? '{' : '['), raw.front());
        open_.push_back({node});
        return;
    }
  }

  const Document& doc_;
  std::vector<Open> open_;
  std::vector<Event> events_;
};

inline std::vector<Event> EventsOf(const Document& doc) { return Walker(doc).Run(); }

inline bool SameEvents(const std::vector<Event>& ours, const std::vector<Event>& theirs) {
  if (ours.size() != theirs.size()) return false;
  for (size_t i = 0; i < ours.size(); ++i) {
    // nlohmann gives the integer -0 as the number 0.
    const bool zero = ours[i].text == "-0" && theirs[i].text == "0";
    if (ours[i].kind != theirs[i].kind || (ours[i].text != theirs[i].text && !zero)) return false;
  }
  return true;
}

// Empty when `doc` and nlohmann agree on the text, else what they disagree in.
inline std::string Disagreement(Document& doc, std::string_view text, const Limits& limits) {
  const Reading theirs = Read(text);
  const ParseStatus ours = doc.Parse(text, limits);
  if (theirs.out_of_range) return {};
  if (ours.has_value()) {
    if (!theirs.accepted) return "accepted what nlohmann refuses";
    if (theirs.has_duplicate) return "missed a duplicate key";
    if (theirs.max_depth > limits.depth) return "missed the depth limit";
    if (!SameEvents(EventsOf(doc), theirs.events)) return "different values";
    return {};
  }
  if (doc.Root().valid()) return "a root after an error";
  if (ours.error().offset > text.size()) return "an offset outside the text";
  switch (ours.error().kind) {
    case ErrorKind::kTooLarge:
    case ErrorKind::kTooManyNodes:
      return {};
    case ErrorKind::kTooDeep:
      return theirs.max_depth > limits.depth ? "" : "invented depth";
    case ErrorKind::kDuplicateKey:
      return theirs.has_duplicate ? "" : "invented a duplicate key";
    default:
      return theirs.accepted ? "refused what nlohmann accepts: " + ours.error().Message() : "";
  }
}

}  // namespace mcplexer::json::oracle

#endif  // MCPLEXER_TESTS_UNIT_JSON_ORACLE_H_
