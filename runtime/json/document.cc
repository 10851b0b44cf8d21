// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/document.h"

#include <algorithm>

#include "runtime/json/scanner.h"
#include "runtime/json/unescape.h"
#include "runtime/json/utf8.h"

namespace mcplexer::json {

ParseStatus Document::Parse(std::string_view text, const Limits& limits) {
  text_ = text;
  count_ = 0;
  const size_t max_bytes = std::min(limits.bytes, Limits::kMaxBytes);
  if (text.size() > max_bytes) return tl::unexpected(ParseError{ErrorKind::kTooLarge, max_bytes});
  if (!IsUtf8(text)) {
    return tl::unexpected(ParseError{ErrorKind::kInvalidUtf8, Utf8PrefixLength(text)});
  }
  return Scanner(*this, text, limits).Run();
}

ParseStatus Document::CheckUniqueKeys(NodeId subtree) {
  const uint32_t end = At(subtree).next;
  for (uint32_t i = subtree.value; i < end; ++i) {
    if (nodes_[i].type() != Type::kObject) continue;
    const NodeId repeated = unique_keys_.FindRepeated(text_, nodes_.get(), i);
    if (repeated.valid()) {
      return tl::unexpected(ParseError{ErrorKind::kDuplicateKey, At(repeated).begin});
    }
  }
  return {};
}

Document::ElementRange Document::Elements(NodeId array) const {
  const Node& n = At(array);
  const uint32_t first = array.value + 1;
  return {nodes_.get(), first, n.type() == Type::kArray ? n.next : first};
}

Document::MemberRange Document::Members(NodeId object) const {
  const Node& n = At(object);
  const uint32_t first = object.value + 1;
  return {nodes_.get(), first, n.type() == Type::kObject ? n.next : first};
}

size_t Document::ElementCount(NodeId container) const {
  size_t count = 0;
  for ([[maybe_unused]] NodeId element : Elements(container)) ++count;
  for ([[maybe_unused]] Member member : Members(container)) ++count;
  return count;
}

NodeId Document::Element(NodeId array, size_t index) const {
  for (NodeId element : Elements(array)) {
    if (index-- == 0) return element;
  }
  return {};
}

NodeId Document::Find(NodeId object, std::string_view key) const {
  for (const Member member : Members(object)) {
    if (StringEquals(member.key, key)) return member.value;
  }
  return {};
}

bool Document::IsIntegerText(NodeId node) const {
  return TypeOf(node) == Type::kNumber && Raw(node).find_first_of(".eE") == std::string_view::npos;
}

bool Document::StringEquals(NodeId node, std::string_view unescaped) const {
  const Node& n = At(node);
  if (n.type() != Type::kString) return false;
  return n.escaped() ? UnescapedEquals(Inside(n), unescaped) : Inside(n) == unescaped;
}

std::string_view Document::Unescape(NodeId node, std::string& scratch) const {
  const Node& n = At(node);
  if (n.type() != Type::kString) return {};
  if (!n.escaped()) return Inside(n);
  UnescapeTo(Inside(n), scratch);
  return scratch;
}

size_t Document::CodePointCount(NodeId node) const {
  const Node& n = At(node);
  return n.type() == Type::kString ? CountCodePoints(Inside(n)) : 0;
}

void Document::Release() { *this = Document(); }

size_t Document::MemoryBytes() const {
  return size_t{capacity_} * sizeof(Node) + frames_.capacity() * sizeof(Frame) +
         unescaped_key_.capacity() + unique_keys_.MemoryBytes();
}

}  // namespace mcplexer::json
