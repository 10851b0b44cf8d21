// SPDX-License-Identifier: Apache-2.0
// A configuration as a tree, whatever it is written in: JSON with comments, TOML, YAML. Nodes stand
// in one array, a parent before its children, so that neither reading nor freeing one recurses.
//
// The namespace is `importer` because `import` begins a directive of C++20 modules.

#ifndef MCPLEXER_COMPILER_IMPORT_DOCUMENT_H_
#define MCPLEXER_COMPILER_IMPORT_DOCUMENT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/import/limits.h"
#include "runtime/base/result.h"

namespace mcplexer::importer {

enum class Kind : uint8_t { kNull, kBool, kNumber, kText, kList, kMap };

struct Node {
  Kind kind = Kind::kNull;
  uint32_t line = 0;  // 1-based, where it begins; 0: unknown
  uint32_t next = 0;  // the index behind its subtree
  std::string key;    // in a map
  std::string text;   // of a text, unescaped; of a number or truth value, as it is written
};

// A value in a document, or nothing. A view: the document must outlive it.
class Value {
 public:
  Value() = default;
  Value(const std::vector<Node>* nodes, uint32_t index) : nodes_(nodes), index_(index) {}

  explicit operator bool() const { return nodes_ != nullptr; }
  // Of nothing: kNull, and empty.
  Kind kind() const { return nodes_ == nullptr ? Kind::kNull : node().kind; }
  uint32_t line() const { return nodes_ == nullptr ? 0 : node().line; }
  std::string_view key() const { return nodes_ == nullptr ? std::string_view() : node().key; }
  std::string_view text() const { return nodes_ == nullptr ? std::string_view() : node().text; }

  bool is_map() const { return kind() == Kind::kMap; }
  bool is_list() const { return kind() == Kind::kList; }
  bool is_text() const { return kind() == Kind::kText; }
  bool is_true() const { return kind() == Kind::kBool && text() == "true"; }
  bool is_false() const { return kind() == Kind::kBool && text() == "false"; }
  // A text, number or truth value: what has a `text`.
  bool is_scalar() const {
    return kind() == Kind::kText || kind() == Kind::kNumber || kind() == Kind::kBool;
  }

  // Elements of a list, values of a map, in the order of the file; else none.
  std::vector<Value> Children() const;
  // The value with this key, or nothing.
  Value Find(std::string_view key) const;
  // The whole of it in one line, the same for equal values. Holds what it holds, secrets included:
  // for comparing only.
  std::string Fingerprint() const;

 private:
  const Node& node() const { return (*nodes_)[index_]; }

  const std::vector<Node>* nodes_ = nullptr;
  uint32_t index_ = 0;
};

class Document {
 public:
  Value root() const { return nodes_.empty() ? Value() : Value(&nodes_, 0); }

  // For readers: nodes in the order of the text.
  void Open(Kind kind, std::string key, uint32_t line);
  void Close();
  void Add(Kind kind, std::string key, std::string text, uint32_t line);
  size_t size() const { return nodes_.size(); }
  size_t depth() const { return open_.size(); }

 private:
  std::vector<Node> nodes_;
  std::vector<uint32_t> open_;
};

// Each reads a whole text. The errors say what is wrong and in which line, and never quote the
// text, which holds secrets. A key that stands twice in one map is an error: clients differ in
// which one they take.
Result<Document> ReadJson(std::string_view text, const Limits& limits);  // comments, trailing `,`
Result<Document> ReadToml(std::string_view text, const Limits& limits);
Result<Document> ReadYaml(std::string_view text, const Limits& limits);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_DOCUMENT_H_
