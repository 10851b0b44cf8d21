// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/value_text.h"

#include <utility>
#include <vector>

#include "compiler/syntax/word.h"

namespace mcplexer::syntax {
namespace {

// What is still to be written, last first.
struct Piece {
  std::string text;  // or, if there is one:
  const Value* value = nullptr;
};

void PushItems(const Value& value, std::vector<Piece>& todo) {
  for (size_t i = value.items.size(); i-- > 0;) {
    todo.push_back({"", &value.items[i]});
    if (i > 0) todo.push_back({", "});
  }
}

std::string PlexScalar(const Value& value) {
  switch (value.kind) {
    case Value::Kind::kString:
      return QuoteString(value.text);
    case Value::Kind::kRegex:
      return QuoteRegex(value.text);
    case Value::Kind::kBool:
      return value.boolean ? "true" : "false";
    case Value::Kind::kNull:
      return "null";
    case Value::Kind::kWord:
      return IsWord(value.text) ? value.text : QuoteString(value.text);
    default:
      return value.text;
  }
}

}  // namespace

std::string ValueText(const Value& root, const ValueForm& form) {
  std::string out;
  std::vector<Piece> todo = {{"", &root}};
  while (!todo.empty()) {
    const Piece piece = std::move(todo.back());
    todo.pop_back();
    out += piece.text;
    if (piece.value == nullptr) continue;
    const Value& value = *piece.value;
    switch (value.kind) {
      case Value::Kind::kList:
        out += "[";
        todo.push_back({"]"});
        PushItems(value, todo);
        break;
      case Value::Kind::kCall:
        out += form.scalar(value) + "(";
        todo.push_back({")"});
        PushItems(value, todo);
        break;
      case Value::Kind::kMap:
        out += form.map_begin;
        todo.push_back({std::string(form.map_end)});
        for (size_t i = value.entries.size(); i-- > 0;) {
          todo.push_back({"", &value.entries[i].value});
          todo.push_back({(i > 0 ? ", " : "") + form.key(value.entries[i].key.text) + ": "});
        }
        break;
      default:
        out += form.scalar(value);
        break;
    }
  }
  return out;
}

std::string PlexValue(const Value& value) {
  const auto key = [](const std::string& text) { return IsKey(text) ? text : QuoteString(text); };
  return ValueText(value, {PlexScalar, key, "{ ", " }"});
}

}  // namespace mcplexer::syntax
