// SPDX-License-Identifier: Apache-2.0
#include "compiler/yaml/builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/source/printable.h"
#include "compiler/yaml/scalar_span.h"

namespace mcplexer::yaml {

using source::Code;
using source::Span;

namespace {

bool IsUtf8(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const source::CodePoint point = source::Decode(text, at);
    if (!point.valid) return false;
    at += point.length;
  }
  return true;
}

}  // namespace

uint32_t Builder::Offset(const YAML::Mark& mark) {
  const size_t offset = static_cast<size_t>(std::max(mark.pos, 0)) + base_;
  position_ = std::max(position_, offset);
  return static_cast<uint32_t>(std::min(offset, text_.size()));
}

void Builder::Refuse(Code code, uint32_t begin, uint32_t end, std::string message,
                     std::string help) {
  source::Diagnostic finding(code, Span{document_.file_, begin, end}, std::move(message));
  if (!help.empty()) finding.Help(std::move(help));
  throw Refused{std::move(finding)};
}

// Anchors and tags stand before their node and its place is theirs; no node begins with either.
void Builder::RefuseProperties(uint32_t begin) {
  if (begin >= text_.size()) return;
  const auto word_end =
      static_cast<uint32_t>(std::min(text_.find_first_of(" \t\r\n,[]{}", begin), text_.size()));
  const std::string_view word = text_.substr(begin, word_end - begin);
  if (word.starts_with('&')) {
    Refuse(Code::kYamlError, begin, word_end, fmt::format("`{}` is a YAML anchor", word),
           "a policy has no anchors and aliases; write the value out, or quote the text");
  }
  if (word.starts_with('!')) {
    Refuse(Code::kYamlError, begin, word_end, fmt::format("`{}` is a YAML tag", word),
           "a policy has no tags; leave it out, or quote the text");
  }
}

NodeId Builder::Add(Node node) {
  if (document_.nodes_.size() >= kMaxNodes) {
    Refuse(Code::kLimitExceeded, node.begin, node.end,
           fmt::format("the file has more than {} values", kMaxNodes));
  }
  const NodeId id(document_.nodes_.size());
  node.next = id.value + 1;
  document_.nodes_.push_back(node);
  inner_end_ = std::max(inner_end_, node.end);
  if (!open_.empty() && open_.back().is_map) {
    if (open_.back().expects_key) AddKey(id);
    open_.back().expects_key = !open_.back().expects_key;
  }
  return id;
}

void Builder::AddKey(NodeId key) {
  const Node& node = document_[key];
  if (!document_.is_scalar(key)) {
    // A bracket that is never closed can come out as a key, too.
    Refuse(Code::kYamlError, node.begin, node.end, "a key has to be a text",
           node.kind == Node::Kind::kNull ? "quote a key that reads `null` or `~`"
                                          : "check that each bracket is closed");
  }
  if (node.kind == Node::Kind::kPlain && node.text == "<<") {
    Refuse(Code::kYamlError, node.begin, node.end, "a policy has no merge keys",
           "write the values out");
  }
  const auto [first, is_new] = open_.back().keys.emplace(node.text, key);
  if (!is_new) {
    // All of a file's duplicates are shown in one go.
    source::Diagnostic finding(Code::kDuplicateKey, document_.span(key),
                               fmt::format("the key `{}` is given more than once", node.text));
    finding.Also(document_.span(first->second), "first given here");
    if (++duplicates_ >= limits_.errors_per_file) throw Refused{std::move(finding)};
    diagnostics_.Add(std::move(finding));
  }
  open_.back().key = key;
}

void Builder::OnDocumentStart(const YAML::Mark& mark) {
  const uint32_t begin = Offset(mark);
  if (++documents_ > 1) {
    const auto end = static_cast<uint32_t>(std::min<size_t>(begin + 3, text_.size()));
    Refuse(Code::kYamlError, begin, std::max(begin, end),
           "a policy file holds one YAML document, and a second begins here");
  }
}

void Builder::OnNull(const YAML::Mark& mark, YAML::anchor_t) {
  const uint32_t begin = Offset(mark);
  RefuseProperties(begin);
  const bool is_value = !open_.empty() && open_.back().is_map && !open_.back().expects_key;
  if (is_value && begin <= document_[open_.back().key].begin) {
    // yaml-cpp takes what stands at the end of the file where a key could be for one, and says that
    // its value stands where it does itself.
    const Node& key = document_[open_.back().key];
    const auto bracket = static_cast<uint32_t>(open_bracket());
    if (bracket < text_.size()) {
      Refuse(Code::kYamlError, bracket, bracket + 1,
             fmt::format("this has no closing `{}`", text_[bracket] == '[' ? ']' : '}'));
    }
    Refuse(Code::kYamlError, key.begin, key.end, "there is no `:` behind this key");
  }
  Node node;
  if (IsNullWord(text_, begin)) {
    node.begin = begin;
    node.end =
        static_cast<uint32_t>(std::min(text_.find_first_of(" \t\r\n,]}", begin), text_.size()));
  } else if (is_value) {
    // An empty value has no place of its own, and yaml-cpp's is that of whatever follows.
    node.begin = document_[open_.back().key].begin;
    node.end = document_[open_.back().key].end;
  } else {
    node.end = static_cast<uint32_t>(TrimmedEnd(text_, begin));
    node.begin = node.end - (node.end > 0 ? 1 : 0);
  }
  Add(node);
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  const uint32_t begin = Offset(mark);
  Refuse(Code::kYamlError, begin, begin + 1,
         "an unquoted `*` at the start of a value is a YAML alias",
         "quote a pattern that begins with `*`");
}

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                       const std::string& value) {
  const uint32_t begin = Offset(mark);
  RefuseProperties(begin);
  const bool quoted = tag == "!";
  Node node;
  node.kind = quoted ? Node::Kind::kQuoted : Node::Kind::kPlain;
  node.begin = begin;
  const size_t end = ScalarEnd(text_, begin, value, quoted);
  if (end == kUnterminated) {
    Refuse(Code::kYamlError, begin, begin + 1, "this has no closing quote");
  }
  node.end = static_cast<uint32_t>(end);
  if (value.find('\0') != std::string::npos) {
    Refuse(Code::kBadEncoding, node.begin, node.end, "the text holds a NUL");
  }
  // Most values read as they are written: then no copy is kept.
  const std::string_view written = text_.substr(node.begin, node.end - node.begin);
  if (written == value) {
    node.text = written;
  } else if (written.size() >= 2 && written.substr(1, written.size() - 2) == value) {
    node.text = written.substr(1, written.size() - 2);
  } else {
    // yaml-cpp writes U+00A0 and U+0085 as one byte each for the escapes `\_` and `\N`.
    if (!IsUtf8(value)) {
      Refuse(Code::kBadEncoding, node.begin, node.end, "an escape in the text gives no UTF-8",
             "write `\\_` as `\\u00a0` and `\\N` as `\\u0085`");
    }
    node.text = document_.texts_.emplace_back(value);
  }
  Add(node);
}

void Builder::OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                              YAML::EmitterStyle::value style) {
  OpenCollection(Node::Kind::kList, Offset(mark), style == YAML::EmitterStyle::Flow);
}

void Builder::OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value style) {
  OpenCollection(Node::Kind::kMap, Offset(mark), style == YAML::EmitterStyle::Flow);
}

void Builder::OpenCollection(Node::Kind kind, uint32_t begin, bool flow) {
  RefuseProperties(begin);
  if (open_.size() >= limits_.nesting) {
    Refuse(Code::kLimitExceeded, begin, begin + 1,
           fmt::format("values are nested more than {} deep", limits_.nesting));
  }
  Node node;
  node.kind = kind;
  node.begin = begin;
  node.end = begin;
  Open open;
  // `[a: b]` holds a map without brackets of its own, which yaml-cpp calls a flow map too.
  open.brackets = flow && begin < text_.size() && (text_[begin] == '[' || text_[begin] == '{');
  node.end += open.brackets ? 1 : 0;
  open.is_map = kind == Node::Kind::kMap;
  open.node = Add(node);
  open_.push_back(std::move(open));
}

void Builder::Close() {
  Node& node = document_.nodes_[open_.back().node.index()];
  node.next = static_cast<uint32_t>(document_.nodes_.size());
  node.end = std::max(node.end, inner_end_);
  if (open_.back().brackets) node.end = static_cast<uint32_t>(FlowEnd(text_, node.end));
  inner_end_ = std::max(inner_end_, node.end);
  position_ = std::max<size_t>(position_, node.end);
  open_.pop_back();
}

size_t Builder::open_bracket() const {
  for (auto it = open_.rbegin(); it != open_.rend(); ++it) {
    if (it->brackets) return document_[it->node].begin;
  }
  return text_.size();
}

}  // namespace mcplexer::yaml
