// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/yaml_items.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "compiler/import/plex_text.h"

namespace mcplexer::importer {

using std::string_view;

std::string Scalar(Value value) { return std::string(value.text()); }

// One text, or the texts of a list.
std::vector<std::string> Texts(Value value) {
  std::vector<std::string> texts;
  if (value.is_scalar()) texts.push_back(Scalar(value));
  for (const Value item : value.Children()) {
    if (item.is_scalar()) texts.push_back(Scalar(item));
  }
  return texts;
}

std::optional<int64_t> Number(Value value) {
  int64_t number = 0;
  const string_view text = value.text();
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || rest != text.data() + text.size() || text.empty())
    return std::nullopt;
  return number;
}

std::string ListOf(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  for (const std::string& text : texts) quoted.push_back(Quoted(text));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

std::string IdOf(Value item) {
  const Value id = item.Find("id");
  return id.is_scalar() ? Scalar(id) : Scalar(item.Find("name"));
}

void Yaml::Tell(Value at, std::string text) {
  draft_.notes.push_back({file_, at.line(), std::move(text), false});
}

std::vector<Value> Yaml::Items(string_view section) {
  std::vector<Value> items;
  for (const Value item : root_.Find(section).Children()) {
    if (item.is_map()) {
      items.push_back(item);
    } else {
      Tell(item, fmt::format("an entry of {} is no map and is left out", Ticked(section)));
    }
  }
  return items;
}

void Yaml::Others(Value item, std::initializer_list<string_view> known) {
  std::vector<std::string> others;
  for (const Value value : item.Children()) {
    if (std::find(known.begin(), known.end(), value.key()) == known.end()) {
      others.push_back(Ticked(value.key()));
    }
  }
  if (!others.empty()) {
    Tell(item, fmt::format("{}: not carried: {}", Ticked(IdOf(item)), fmt::join(others, ", ")));
  }
}

}  // namespace mcplexer::importer
