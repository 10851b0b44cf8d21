// SPDX-License-Identifier: Apache-2.0
// The one place where yaml-cpp is called and its exceptions end.
//
// The events rather than the node tree: the tree expands nothing either, but drops the second of
// two equal keys, knows no end of a node and is destroyed by recursion. yaml-cpp guards its own
// recursion at 500; the builder stops at 200.

#include "compiler/yaml/document.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <istream>
#include <streambuf>

#include "compiler/yaml/builder.h"
#include "compiler/yaml/screen.h"

namespace mcplexer::yaml {
namespace {

using source::Code;
using source::Span;

// Serves the text piece by piece and pretends that it ends when the parser runs too far ahead of
// its events. What was parsed by then is thrown away.
class BoundedBuffer : public std::streambuf {
 public:
  BoundedBuffer(std::string_view text, const Builder& builder) : text_(text), builder_(builder) {}

  bool exceeded() const { return exceeded_; }

 protected:
  int_type underflow() override {
    constexpr size_t kPiece = 4096;
    if (served_ == text_.size()) return traits_type::eof();
    if (served_ > builder_.position() + kLookaheadBytes) {
      exceeded_ = true;
      return traits_type::eof();
    }
    const std::string_view piece = text_.substr(served_, kPiece);
    served_ += piece.size();
    // The interface of a get area is not const; nothing writes to it.
    char* begin = const_cast<char*>(piece.data());
    setg(begin, begin, begin + piece.size());
    return traits_type::to_int_type(*begin);
  }

 private:
  std::string_view text_;
  const Builder& builder_;
  size_t served_ = 0;
  bool exceeded_ = false;
};

// What yaml-cpp observed, in our words where its own mislead.
void ReportException(const YAML::Exception& exception, std::string_view text, uint32_t base,
                     const Builder& builder, FileId file, source::Diagnostics& diagnostics) {
  size_t at = exception.mark.pos < 0 ? text.size() : static_cast<size_t>(exception.mark.pos) + base;
  at = std::min(at, text.size());
  std::string message = exception.msg;
  std::string help;
  const auto is = [&](const char* known) { return exception.msg == known; };
  if (is(YAML::ErrorMsg::UNKNOWN_ANCHOR) || is(YAML::ErrorMsg::ALIAS_NOT_FOUND) ||
      is(YAML::ErrorMsg::CHAR_IN_ALIAS)) {
    const size_t star = text.rfind('*', at);
    if (star != std::string_view::npos) at = star;
    message = "an unquoted `*` at the start of a value is a YAML alias";
    help = "quote a pattern that begins with `*`";
  } else if (is(YAML::ErrorMsg::END_OF_SEQ_FLOW) || is(YAML::ErrorMsg::END_OF_MAP_FLOW)) {
    const size_t bracket = builder.open_bracket();
    // yaml-cpp has no place for the end of the file.
    const bool at_end = at == base || at == text.size();
    if (at_end && bracket < text.size()) at = bracket;
    const char* closing = is(YAML::ErrorMsg::END_OF_SEQ_FLOW) ? "]" : "}";
    message = at_end ? fmt::format("this has no closing `{}`", closing)
                     : fmt::format("expected `,` or `{}` here", closing);
    help = "quote a text that holds any of `[`, `]`, `{`, `}` or `,` inside brackets";
  } else if (is(YAML::ErrorMsg::UNKNOWN_TOKEN) && at < text.size()) {
    message = fmt::format("a YAML value cannot begin with `{}`", text[at]);
    help = "quote the text";
  } else if (is(YAML::ErrorMsg::EOF_IN_SCALAR)) {
    message = "the file ends inside a quoted text";
  } else if (is(YAML::ErrorMsg::END_OF_MAP)) {
    message = "expected a key of the map, or a line that is indented less";
  } else if (is(YAML::ErrorMsg::END_OF_SEQ)) {
    message = "expected `- `, or a line that is indented less";
  } else if (is(YAML::ErrorMsg::MAP_VALUE)) {
    message = "a `: ` cannot stand here";
    help = "quote a text that holds `: `, and check the indentation";
  }
  const auto begin = static_cast<uint32_t>(at);
  const auto end = static_cast<uint32_t>(std::min(at + 1, text.size()));
  source::Diagnostic& diagnostic =
      diagnostics.Report(Code::kYamlError, Span{file, begin, end}, std::move(message));
  if (!help.empty()) diagnostic.Help(std::move(help));
}

}  // namespace

std::vector<NodeId> Document::Children(NodeId parent) const {
  std::vector<NodeId> children;
  const uint32_t end = nodes_[parent.index()].next;
  for (uint32_t i = parent.value + 1; i < end; i = nodes_[i].next) children.emplace_back(i);
  return children;
}

std::vector<Entry> Document::Entries(NodeId map) const {
  std::vector<Entry> entries;
  const uint32_t end = nodes_[map.index()].next;
  for (uint32_t key = map.value + 1; key < end;) {
    const uint32_t value = nodes_[key].next;
    entries.push_back({NodeId(key), NodeId(value)});
    key = nodes_[value].next;
  }
  return entries;
}

std::optional<Document> ReadDocument(const source::SourceMap& sources, FileId file,
                                     const source::Limits& limits,
                                     source::Diagnostics& diagnostics) {
  if (!Screen(sources, file, limits, diagnostics)) return std::nullopt;
  const std::string_view text = sources.text(file);
  // yaml-cpp counts from behind a byte order mark.
  const uint32_t base = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const size_t errors = diagnostics.count(source::Severity::kError);

  Document document(file);
  Builder builder(document, text, base, limits, diagnostics);
  BoundedBuffer buffer(text.substr(base), builder);
  const auto report_lookahead = [&] {
    const auto at = static_cast<uint32_t>(std::min(builder.position(), text.size()));
    diagnostics.Report(Code::kLimitExceeded, Span{file, at, at},
                       fmt::format("a single bracket or text from here on is longer than the "
                                   "limit of {} bytes",
                                   kLookaheadBytes));
  };
  try {
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Refused& refused) {
    if (buffer.exceeded()) {
      report_lookahead();
    } else {
      diagnostics.Add(refused.finding);
    }
    return std::nullopt;
  } catch (const YAML::Exception& exception) {
    if (buffer.exceeded()) {
      report_lookahead();
    } else {
      ReportException(exception, text, base, builder, file, diagnostics);
    }
    return std::nullopt;
  }
  if (buffer.exceeded()) {
    report_lookahead();
    return std::nullopt;
  }
  if (diagnostics.count(source::Severity::kError) > errors) return std::nullopt;
  return document;
}

}  // namespace mcplexer::yaml
