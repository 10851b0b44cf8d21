// SPDX-License-Identifier: Apache-2.0
// A YAML document as a flat tree with places: what yaml-cpp's node tree lacks (the ends of nodes,
// duplicate keys, whether a scalar was quoted, no recursion). Nodes stand in the order of the text,
// a parent before its children, each with the index behind its subtree: walking needs no recursion
// and no links.

#ifndef MCPLEXER_COMPILER_YAML_DOCUMENT_H_
#define MCPLEXER_COMPILER_YAML_DOCUMENT_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "runtime/base/id.h"

namespace mcplexer::yaml {

// yaml-cpp holds back its first event until it knows whether a `[` or a quoted text is a key, and
// meanwhile keeps a token of about 230 bytes for each bracket: 16 MiB of `[` took 3.9 GB and 17 s.
// This bounds how far it may read past its last event, and so the memory to 1 GB. In practice that
// is a whole file in JSON's style; behind a `key:` on its line nothing is held back.
inline constexpr size_t kLookaheadBytes = size_t{4} << 20;

// 32 bytes each. The smallest route rule has 7, so more rules pass than fit the limit of a file.
inline constexpr size_t kMaxNodes = 4'000'000;

using NodeId = Id<struct YamlNodeTag>;

struct Node {
  enum class Kind : uint8_t {
    kNull,    // nothing, `~` or `null`
    kPlain,   // a scalar without quotes: its type is for its field to say
    kQuoted,  // '..', "..", | or >: always a string
    kList,
    kMap,  // children: key, value, key, value; keys are scalars, no two the same
  };
  std::string_view text;  // of a scalar, unescaped
  uint32_t begin = 0;     // byte offsets in the file, quotes and brackets included
  uint32_t end = 0;
  uint32_t next = 0;  // the index behind the node's subtree
  Kind kind = Kind::kNull;
};

struct Entry {
  NodeId key;
  NodeId value;
};

class Document {
 public:
  explicit Document(FileId file) : file_(file) {}

  bool empty() const { return nodes_.empty(); }  // no text but comments
  size_t size() const { return nodes_.size(); }
  NodeId root() const { return NodeId(0u); }
  const Node& operator[](NodeId id) const { return nodes_[id.index()]; }

  source::Span span(NodeId id) const {
    return {file_, nodes_[id.index()].begin, nodes_[id.index()].end};
  }
  std::string_view text(NodeId id) const { return nodes_[id.index()].text; }
  bool is_scalar(NodeId id) const {
    const Node::Kind kind = nodes_[id.index()].kind;
    return kind == Node::Kind::kPlain || kind == Node::Kind::kQuoted;
  }
  bool is(NodeId id, Node::Kind kind) const { return nodes_[id.index()].kind == kind; }

  // The children of a list; of a map, keys and values in turn.
  std::vector<NodeId> Children(NodeId parent) const;
  std::vector<Entry> Entries(NodeId map) const;

  // The comments of `text`, the document's own file, in order: from the `#` to the end of the line.
  std::vector<source::Span> Comments(std::string_view text) const;

 private:
  friend class Builder;

  FileId file_;
  std::vector<Node> nodes_;
  std::deque<std::string> texts_;  // of scalars that are not in the file as they read
};

// Reads the one document of `file`. Reports and returns nothing for text that is not YAML, that is
// not UTF-8, that passes a limit, or that uses what a policy has no need of and people misread:
// duplicate keys, anchors and aliases, tags, merge keys, directives, more than one document.
// The document refers to the text in `sources`.
std::optional<Document> ReadDocument(const source::SourceMap& sources, FileId file,
                                     const source::Limits& limits,
                                     source::Diagnostics& diagnostics);

}  // namespace mcplexer::yaml

#endif  // MCPLEXER_COMPILER_YAML_DOCUMENT_H_
