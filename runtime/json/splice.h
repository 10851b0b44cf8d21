// SPDX-License-Identifier: Apache-2.0
// Splices: a new message out of the bytes of an old one, with some spans replaced and every other
// byte as it was. This is the only way the gateway changes a message, so digits, key order and
// members it does not know survive.

#ifndef MCPLEXER_RUNTIME_JSON_SPLICE_H_
#define MCPLEXER_RUNTIME_JSON_SPLICE_H_

#include <string>
#include <string_view>
#include <vector>

#include "runtime/json/document.h"

namespace mcplexer::json {

struct Splice {
  Span span;                // of the original text; empty to insert
  std::string replacement;  // JSON bytes
};

// A list of splices to one subtree of a document (the whole text, or a message of a batch). Use by
// one thread; the document must not parse again before Apply. Replacing a node twice, or a node
// within a replaced one, is a bug (CHECK); so is inserting a key twice (it would be there twice).
class Splicer {
 public:
  Splicer(const Document& doc, NodeId subtree) : doc_(doc), subtree_(subtree) {}

  // Writes `raw` in place of the node's bytes.
  void Replace(NodeId node, std::string_view raw);
  // Replaces the member's value, or inserts the member at the front of the object.
  void SetMember(NodeId object, std::string_view key, std::string_view raw);
  // Inserts `"a":1,"b":2` (not empty) at the front of the object. The keys must not be there.
  void InsertMembers(NodeId object, std::string_view members);

  // The subtree's bytes with all splices applied.
  std::string Apply() const;

 private:
  const Document& doc_;
  NodeId subtree_;
  std::vector<Splice> splices_;
};

// Makes one line of a valid JSON text by turning its line breaks, which can only be white space
// between tokens, into blanks; for framings that end a message at a line's end (MCP stdio).
void FlattenLines(std::string& json);

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_SPLICE_H_
