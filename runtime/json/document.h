// SPDX-License-Identifier: Apache-2.0
// Document: one JSON text, checked in full and indexed without being copied.
//
// Accepts RFC 8259 and nothing else: no trailing content, comments, NaN, leading zeros, byte order
// mark or control characters in strings; the text is valid UTF-8. Refused on top of the RFC,
// because two parsers would read them differently: duplicate keys (after unescaping, so "a" and
// "\u0061" are the same key) and escapes of lone surrogates. Numbers of any size stay text.
//
// A Document belongs to one thread at a time. It views the text it was given, which must outlive
// its use, and keeps its memory between parses: a warm parse does not allocate. NodeIds, spans and
// views it hands out are valid until the next Parse.

#ifndef MCPLEXER_RUNTIME_JSON_DOCUMENT_H_
#define MCPLEXER_RUNTIME_JSON_DOCUMENT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/check.h"
#include "runtime/json/parse_error.h"
#include "runtime/json/tape.h"
#include "runtime/json/unique_keys.h"

namespace mcplexer::json {

struct Limits {
  // Room for a tool result with an embedded image or file. A text this large holds the thread for
  // about a tenth of a second; one object of two million keys took 0.9 to 1.5 s on a busy machine.
  // Never more than kMaxBytes.
  size_t bytes = size_t{64} << 20;
  // Containers within one another. This parser needs no stack for them, but other people's
  // recursive ones behind us must survive what we forward.
  uint32_t depth = 128;
  // 16 bytes each: the index of a text made to have many nodes is no larger than the largest text.
  uint32_t nodes = uint32_t{4} << 20;
  // Objects nested deeper than this are not searched for duplicate keys (the root is at depth 1; 0
  // searches none). For a text that is only passed on and of which only a part is read: that part
  // can be searched later by CheckUniqueKeys.
  uint32_t unique_keys_depth = UINT32_MAX;

  static constexpr size_t kMaxBytes = size_t{1} << 31;
};

class Document {
 public:
  struct Member {
    NodeId key;
    NodeId value;
  };
  class ElementRange;
  class MemberRange;

  // Replaces what was parsed before. After an error the Document is empty: Root() is not valid().
  [[nodiscard]] ParseStatus Parse(std::string_view text, const Limits& limits = {});

  // Searches every object of the subtree; for what Limits::unique_keys_depth left out.
  [[nodiscard]] ParseStatus CheckUniqueKeys(NodeId subtree);

  std::string_view text() const { return text_; }
  NodeId Root() const { return count_ == 0 ? NodeId() : NodeId(uint32_t{0}); }
  size_t NodeCount() const { return count_; }

  Type TypeOf(NodeId node) const { return At(node).type(); }
  Span SpanOf(NodeId node) const { return {At(node).begin, At(node).end}; }
  // The exact bytes of the value; a string's with its quotes.
  std::string_view Raw(NodeId node) const {
    const Node& n = At(node);
    return text_.substr(n.begin, n.end - n.begin);
  }

  // `for (NodeId e : doc.Elements(array))`, `for (auto [key, value] : doc.Members(object))`, in
  // document order. Empty when the node is of another type.
  ElementRange Elements(NodeId array) const;
  MemberRange Members(NodeId object) const;
  // Elements of an array, members of an object, else 0. Linear in that number.
  size_t ElementCount(NodeId container) const;
  // Not valid() when the index is out of range or the node not an array. Linear in the index.
  NodeId Element(NodeId array, size_t index) const;
  // The value of the member with this key (unescaped bytes); not valid() when there is none or the
  // node is not an object. Linear in the number of members. Where duplicates were not searched for:
  // the first.
  NodeId Find(NodeId object, std::string_view key) const;

  // The number is an integer by its text: no fraction, no exponent (1.0 and 1e3 are not).
  bool IsIntegerText(NodeId node) const;

  // Strings and keys. On a node of another type: false, empty and 0.
  bool HasEscapes(NodeId node) const { return At(node).escaped(); }
  bool StringEquals(NodeId node, std::string_view unescaped) const;
  // Views the text when the string has no escapes, else `scratch`, which is overwritten. May hold
  // NUL.
  std::string_view Unescape(NodeId node, std::string& scratch) const;
  size_t CodePointCount(NodeId node) const;

  // Gives back all memory, e.g. when a session falls idle after a large message.
  void Release();
  size_t MemoryBytes() const;

 private:
  friend class Scanner;

  // A container that is not closed yet, as the scanner sees it.
  struct Frame {
    uint64_t seen_keys;  // one bit for each of 64 hash values
    uint32_t node;
    uint8_t close;       // the bracket that ends it
    uint8_t may_repeat;  // a bit of seen_keys was set twice
  };

  const Node& At(NodeId node) const {
    MCPLEXER_CHECK(node.index() < count_);
    return nodes_[node.index()];
  }
  std::string_view Inside(const Node& string) const {
    return text_.substr(string.begin + 1, string.end - string.begin - 2);
  }

  std::string_view text_;
  // Room for capacity_ nodes, of which the first count_ are written and the others not even zero: a
  // page that is not used is never fetched.
  std::unique_ptr<Node[]> nodes_;
  uint32_t capacity_ = 0;
  size_t count_ = 0;
  std::vector<Frame> frames_;
  UniqueKeys unique_keys_;
  std::string unescaped_key_;
};

// The children of an array.
class Document::ElementRange {
 public:
  class Iterator {
   public:
    Iterator(const Node* nodes, uint32_t index) : nodes_(nodes), index_(index) {}
    NodeId operator*() const { return NodeId(index_); }
    Iterator& operator++() {
      index_ = nodes_[index_].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Node* nodes_;
    uint32_t index_;
  };

  ElementRange(const Node* nodes, uint32_t begin, uint32_t end)
      : nodes_(nodes), begin_(begin), end_(end) {}
  Iterator begin() const { return {nodes_, begin_}; }
  Iterator end() const { return {nodes_, end_}; }

 private:
  const Node* nodes_;
  uint32_t begin_;
  uint32_t end_;
};

// The members of an object.
class Document::MemberRange {
 public:
  class Iterator {
   public:
    Iterator(const Node* nodes, uint32_t index) : nodes_(nodes), index_(index) {}
    Member operator*() const { return {NodeId(index_), NodeId(index_ + 1)}; }
    Iterator& operator++() {
      index_ = nodes_[index_ + 1].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Node* nodes_;
    uint32_t index_;
  };

  MemberRange(const Node* nodes, uint32_t begin, uint32_t end)
      : nodes_(nodes), begin_(begin), end_(end) {}
  Iterator begin() const { return {nodes_, begin_}; }
  Iterator end() const { return {nodes_, end_}; }

 private:
  const Node* nodes_;
  uint32_t begin_;
  uint32_t end_;
};

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_DOCUMENT_H_
