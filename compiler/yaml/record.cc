// SPDX-License-Identifier: Apache-2.0
#include "compiler/yaml/record.h"

#include <functional>
#include <utility>

#include "compiler/yaml/scalar_type.h"
#include "runtime/base/check.h"

namespace mcplexer::yaml {

using Kind = Node::Kind;
using syntax::Name;

Name Context::NameOf(NodeId scalar) const {
  return {std::string(document.text(scalar)), document.span(scalar)};
}

source::Span Context::TextSpan(NodeId scalar) const {
  const std::string_view all = sources.text(file);
  const std::string_view text = document.text(scalar);
  // std::less orders pointers into different objects too.
  const std::less<const char*> before;
  if (before(text.data(), all.data()) || before(all.data() + all.size(), text.data())) {
    return document.span(scalar);
  }
  const auto begin = static_cast<uint32_t>(text.data() - all.data());
  return {file, begin, begin + static_cast<uint32_t>(text.size())};
}

std::vector<Name> Context::Names(NodeId value) const {
  std::vector<Name> names;
  if (document.is_scalar(value)) {
    names.push_back(NameOf(value));
  } else {
    for (const NodeId item : document.Children(value)) names.push_back(NameOf(item));
  }
  return names;
}

Record::Record(const Context& context, NodeId map) : context_(context), map_(map) {
  if (context.document.is(map, Kind::kMap)) entries_ = context.document.Entries(map);
}

std::optional<NodeId> Record::Get(std::string_view key) const {
  for (const Entry& entry : entries_) {
    if (context_.document.text(entry.key) != key) continue;
    if (!context_.usable[entry.value.index()]) return std::nullopt;
    return entry.value;
  }
  return std::nullopt;
}

source::Span Record::KeySpan(std::string_view key) const {
  for (const Entry& entry : entries_) {
    if (context_.document.text(entry.key) == key) return context_.span(entry.key);
  }
  return span();
}

std::optional<Name> Record::GetName(std::string_view key) const {
  const std::optional<NodeId> value = Get(key);
  if (!value) return std::nullopt;
  return context_.NameOf(*value);
}

std::vector<Name> Record::GetNames(std::string_view key) const {
  const std::optional<NodeId> value = Get(key);
  if (!value) return {};
  return context_.Names(*value);
}

std::string_view Record::GetWord(std::string_view key, std::string_view otherwise) const {
  const std::optional<NodeId> value = Get(key);
  return value ? context_.document.text(*value) : otherwise;
}

std::optional<bool> Record::GetBool(std::string_view key) const {
  const std::optional<NodeId> value = Get(key);
  if (!value) return std::nullopt;
  return context_.document.text(*value) == "true";
}

}  // namespace mcplexer::yaml
