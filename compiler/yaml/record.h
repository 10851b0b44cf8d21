// SPDX-License-Identifier: Apache-2.0
// A checked map of keys and values, as lowering reads it.

#ifndef MCPLEXER_COMPILER_YAML_RECORD_H_
#define MCPLEXER_COMPILER_YAML_RECORD_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"
#include "compiler/yaml/check.h"
#include "compiler/yaml/document.h"
#include "compiler/yaml/fields.h"

namespace mcplexer::yaml {

// What all of lowering needs. Refers to its parts, which outlive it.
struct Context {
  const source::SourceMap& sources;
  FileId file;
  const Document& document;
  const Usable& usable;
  const source::Limits& limits;
  source::Diagnostics& diagnostics;

  source::Span span(NodeId node) const { return document.span(node); }
  // The scalar as it reads, with its place.
  syntax::Name NameOf(NodeId scalar) const;
  // The bytes in the file that are the scalar's text, without quotes. The whole scalar where
  // escapes or folding make its text differ from what is written.
  source::Span TextSpan(NodeId scalar) const;
  // A scalar, or the items of a list of scalars.
  std::vector<syntax::Name> Names(NodeId value) const;
};

class Record {
 public:
  Record(const Context& context, NodeId map);

  source::Span span() const { return context_.span(map_); }
  // False if a key of it was reported.
  bool sound() const { return context_.usable[map_.index()]; }
  const std::vector<Entry>& entries() const { return entries_; }

  // The value of `key` if it was given and is sound. The key's place is that of KeySpan.
  std::optional<NodeId> Get(std::string_view key) const;
  // Of a key that was given.
  source::Span KeySpan(std::string_view key) const;
  std::optional<syntax::Name> GetName(std::string_view key) const;
  std::vector<syntax::Name> GetNames(std::string_view key) const;
  // The text of a word, or `otherwise`.
  std::string_view GetWord(std::string_view key, std::string_view otherwise) const;
  std::optional<bool> GetBool(std::string_view key) const;

 private:
  const Context& context_;
  NodeId map_;
  std::vector<Entry> entries_;
};

// The value of a field of the given type as an attribute has it.
syntax::Value LowerValue(const Context& context, const Field& field, NodeId value);

// The same for a value whose type is its own: JSON's types, in any depth.
syntax::Value LowerFreeValue(const Context& context, NodeId value);

// Every field of `section` that is an attribute by itself, in the order of the text.
std::vector<syntax::Attribute> LowerAttributes(const Context& context, const Section& section,
                                               const Record& record);

}  // namespace mcplexer::yaml

#endif  // MCPLEXER_COMPILER_YAML_RECORD_H_
