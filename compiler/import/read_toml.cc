// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <exception>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "compiler/import/document.h"

namespace mcplexer::importer {
namespace {

struct Entry {
  std::string key;
  const toml::node* node;
  uint32_t line;
};

class TomlConverter {
 public:
  explicit TomlConverter(const Limits& limits) : limits_(limits) {}

  Status Convert(const toml::table& root) {
    Put({"", &root, 1});
    while (!open_.empty()) {
      Frame& frame = open_.back();
      if (frame.next == frame.entries.size()) {
        document.Close();
        open_.pop_back();
        continue;
      }
      Put(Entry(frame.entries[frame.next++]));  // `frame` is gone after this
      if (document.size() > limits_.nodes) return Fail("it holds too many values");
      if (open_.size() > limits_.depth) return Fail("it is nested too deeply");
    }
    return {};
  }

  Document document;

 private:
  struct Frame {
    std::vector<Entry> entries;
    size_t next = 0;
  };

  void Put(Entry entry) {
    const toml::node& node = *entry.node;
    if (const toml::table* table = node.as_table()) {
      Frame frame;
      for (const auto& [key, value] : *table) {
        frame.entries.push_back(
            {std::string(key.str()), &value, static_cast<uint32_t>(key.source().begin.line)});
      }
      // The library sorts keys; people expect the order of their file.
      std::sort(frame.entries.begin(), frame.entries.end(), [](const Entry& a, const Entry& b) {
        return a.line != b.line ? a.line < b.line : a.key < b.key;
      });
      document.Open(Kind::kMap, std::move(entry.key), entry.line);
      open_.push_back(std::move(frame));
    } else if (const toml::array* array = node.as_array()) {
      Frame frame;
      for (const toml::node& element : *array) {
        frame.entries.push_back({"", &element, static_cast<uint32_t>(element.source().begin.line)});
      }
      document.Open(Kind::kList, std::move(entry.key), entry.line);
      open_.push_back(std::move(frame));
    } else if (const auto* text = node.as_string()) {
      document.Add(Kind::kText, std::move(entry.key), text->get(), entry.line);
    } else {
      Scalar(node, std::move(entry.key), entry.line);
    }
  }

  void Scalar(const toml::node& node, std::string key, uint32_t line) {
    if (const auto* boolean = node.as_boolean()) {
      document.Add(Kind::kBool, std::move(key), boolean->get() ? "true" : "false", line);
    } else if (const auto* integer = node.as_integer()) {
      document.Add(Kind::kNumber, std::move(key), std::to_string(integer->get()), line);
    } else if (const auto* real = node.as_floating_point()) {
      document.Add(Kind::kNumber, std::move(key), fmt::format("{}", real->get()), line);
    } else {
      std::ostringstream text;  // a date or a time
      if (const auto* date = node.as_date()) text << date->get();
      if (const auto* time = node.as_time()) text << time->get();
      if (const auto* both = node.as_date_time()) text << both->get();
      document.Add(Kind::kText, std::move(key), text.str(), line);
    }
  }

  const Limits& limits_;
  std::vector<Frame> open_;
};

// The line that has more dots than a key may have, or 0.
uint32_t DottedLine(std::string_view text, uint32_t limit) {
  uint32_t line = 1;
  uint32_t dots = 0;
  for (const char c : text) {
    if (c == '\n') {
      ++line;
      dots = 0;
    } else if (c == '.' && ++dots > limit) {
      return line;
    }
  }
  return 0;
}

}  // namespace

Result<Document> ReadToml(std::string_view text, const Limits& limits) {
  if (text.size() > limits.bytes) return Fail("the file is too large");
  if (const uint32_t line = DottedLine(text, limits.toml_dots_in_line); line != 0) {
    return Fail(fmt::format("line {}: too many dots", line));
  }
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    // Its description quotes the text.
    return Fail(fmt::format("line {}: this is not TOML", error.source().begin.line));
  } catch (const std::exception&) {
    return Fail("this is not TOML");
  }
  TomlConverter converter(limits);
  if (const Status status = converter.Convert(root); !status) return Fail(status.error().message);
  return std::move(converter.document);
}

}  // namespace mcplexer::importer
