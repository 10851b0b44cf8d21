// SPDX-License-Identifier: Apache-2.0
// One member more or less in an object of a JSON text, in the text's own style. Comments and
// trailing commas are allowed, and stay.

#ifndef MCPLEXER_RUNTIME_CLIENTS_JSON_OBJECT_H_
#define MCPLEXER_RUNTIME_CLIENTS_JSON_OBJECT_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/json/document.h"

namespace mcplexer::clients {

// How a value is to be laid out.
struct Layout {
  bool lines = true;    // else all on one
  std::string newline;  // as the text has it
  std::string indent;   // of the line that the value's key is on
  std::string unit;     // what one level more is indented by
};
// Writes a value.
using Render = std::function<std::string(const Layout&)>;

class JsonText {
 public:
  // Fails when it is not JSON with an object as its root, or a key stands twice.
  static Result<JsonText> Parse(std::string text);

  const std::string& text() const { return text_; }
  const json::Document& doc() const { return doc_; }
  json::NodeId root() const { return doc_.Root(); }
  // Not valid where there is none.
  json::NodeId Member(json::NodeId object, std::string_view key) const;

  // Each gives the changed text.
  std::string WithMember(json::NodeId object, std::string_view key, const Render& render) const;
  std::string WithValue(json::NodeId object, std::string_view key, const Render& render) const;
  std::string WithoutMember(json::NodeId object, std::string_view key) const;

 private:
  struct Place {
    size_t key;    // where it begins
    size_t value;  // and ends
  };

  JsonText() = default;
  std::vector<Place> PlacesOf(json::NodeId object) const;
  // Whether the object's members are on lines of their own, and how far they are indented.
  Layout LayoutOf(json::NodeId object) const;
  std::string Unit() const;
  // Blanks at the beginning of the line that `at` is on.
  std::string IndentAt(size_t at) const;
  // The comma between `from` and `to`, or npos.
  size_t CommaIn(size_t from, size_t to) const;
  bool HasLineIn(size_t from, size_t to) const;

  std::string text_;
  std::string commas_;  // without comments, but with all commas; of the same length
  // Without comments and trailing commas, of the same length; the document views it, so it stays
  // where it is.
  std::unique_ptr<const std::string> plain_;
  json::Document doc_;
};

}  // namespace mcplexer::clients

#endif  // MCPLEXER_RUNTIME_CLIENTS_JSON_OBJECT_H_
