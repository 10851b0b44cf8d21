// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/document.h"

#include <fmt/format.h>

#include <utility>

namespace mcplexer::importer {

std::vector<Value> Value::Children() const {
  std::vector<Value> children;
  if (!is_list() && !is_map()) return children;
  for (uint32_t at = index_ + 1; at < node().next; at = (*nodes_)[at].next) {
    children.emplace_back(nodes_, at);
  }
  return children;
}

Value Value::Find(std::string_view key) const {
  if (!is_map()) return {};
  for (uint32_t at = index_ + 1; at < node().next; at = (*nodes_)[at].next) {
    if ((*nodes_)[at].key == key) return {nodes_, at};
  }
  return {};
}

std::string Value::Fingerprint() const {
  std::string out;
  if (nodes_ == nullptr) return out;
  for (uint32_t at = index_; at < node().next; ++at) {
    const Node& each = (*nodes_)[at];
    // Sizes before texts: no text can be mistaken for a structure.
    out += fmt::format("{} {} {}:{}", static_cast<int>(each.kind), each.next - at, each.text.size(),
                       each.text);
    if (at != index_) out += fmt::format(" {}:{}", each.key.size(), each.key);
    out += '\n';
  }
  return out;
}

void Document::Open(Kind kind, std::string key, uint32_t line) {
  open_.push_back(static_cast<uint32_t>(nodes_.size()));
  nodes_.push_back({kind, line, 0, std::move(key), ""});
}

void Document::Close() {
  nodes_[open_.back()].next = static_cast<uint32_t>(nodes_.size());
  open_.pop_back();
}

void Document::Add(Kind kind, std::string key, std::string text, uint32_t line) {
  const auto next = static_cast<uint32_t>(nodes_.size() + 1);
  nodes_.push_back({kind, line, next, std::move(key), std::move(text)});
}

}  // namespace mcplexer::importer
