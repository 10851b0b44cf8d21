// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/splice.h"

#include <algorithm>

#include "runtime/json/writer.h"

namespace mcplexer::json {

void Splicer::Replace(NodeId node, std::string_view raw) {
  splices_.push_back({doc_.SpanOf(node), std::string(raw)});
}

void Splicer::SetMember(NodeId object, std::string_view key, std::string_view raw) {
  const NodeId old = doc_.Find(object, key);
  if (old.valid()) {
    Replace(old, raw);
    return;
  }
  std::string member = EscapeString(key);
  member += ':';
  member += raw;
  InsertMembers(object, member);
}

void Splicer::InsertMembers(NodeId object, std::string_view members) {
  MCPLEXER_CHECK(doc_.TypeOf(object) == Type::kObject);
  const uint32_t inside = doc_.SpanOf(object).begin + 1;
  for (Splice& splice : splices_) {
    if (splice.span.begin != inside || splice.span.end != inside) continue;
    splice.replacement.insert(0, std::string(members) + ',');
    return;
  }
  std::string inserted(members);
  if (doc_.ElementCount(object) != 0) inserted += ',';
  splices_.push_back({{inside, inside}, std::move(inserted)});
}

std::string Splicer::Apply() const {
  std::vector<const Splice*> order;
  order.reserve(splices_.size());
  for (const Splice& splice : splices_) order.push_back(&splice);
  std::sort(order.begin(), order.end(),
            [](const Splice* a, const Splice* b) { return a->span.begin < b->span.begin; });

  const Span whole = doc_.SpanOf(subtree_);
  const std::string_view text = doc_.text();
  size_t size = whole.end - whole.begin;
  for (const Splice* splice : order) size += splice->replacement.size();
  std::string out;
  out.reserve(size);
  uint32_t at = whole.begin;
  for (const Splice* splice : order) {
    MCPLEXER_CHECK(splice->span.begin >= at && splice->span.end <= whole.end);
    out.append(text, at, splice->span.begin - at);
    out += splice->replacement;
    at = splice->span.end;
  }
  out.append(text, at, whole.end - at);
  return out;
}

void FlattenLines(std::string& json) {
  for (char& c : json) {
    if (c == '\n' || c == '\r') c = ' ';
  }
}

}  // namespace mcplexer::json
