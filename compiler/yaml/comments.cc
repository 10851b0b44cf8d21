// SPDX-License-Identifier: Apache-2.0
//
// yaml-cpp reads over comments. A `#` begins one where it stands at the beginning of a line or
// behind white space, and in no scalar; and where scalars begin and end the document knows, so that
// a quoted `#`, or one in the text below a `|`, needs no second reading of YAML's rules. The text
// of a `|` or `>` begins with the next line, so a `#` behind it is a comment.

#include <algorithm>

#include "compiler/yaml/document.h"

namespace mcplexer::yaml {

std::vector<source::Span> Document::Comments(std::string_view text) const {
  std::vector<source::Span> comments;
  size_t next = 0;  // nodes stand in the order of the text
  size_t scalar_begin = 0;
  size_t scalar_end = 0;
  for (size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at)) {
    for (; next < nodes_.size() && nodes_[next].begin <= at; ++next) {
      const Node& node = nodes_[next];
      if (node.kind == Node::Kind::kPlain || node.kind == Node::Kind::kQuoted) {
        const bool block = text[node.begin] == '|' || text[node.begin] == '>';
        scalar_begin = block ? text.find('\n', node.begin) : node.begin;
        scalar_end = std::max<size_t>(scalar_end, node.end);
      }
    }
    if (at >= scalar_begin && at < scalar_end) {
      at = scalar_end;
    } else if (at > 0 && std::string_view(" \t\r\n").find(text[at - 1]) == std::string_view::npos) {
      ++at;
    } else {
      const size_t end = std::min(text.find_first_of("\r\n", at), text.size());
      comments.push_back({file_, static_cast<uint32_t>(at), static_cast<uint32_t>(end)});
      at = end;
    }
  }
  return comments;
}

}  // namespace mcplexer::yaml
