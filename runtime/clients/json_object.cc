// SPDX-License-Identifier: Apache-2.0
#include "runtime/clients/json_object.h"

#include <fmt/format.h>

#include <utility>

#include "runtime/clients/entry.h"
#include "runtime/json/comments.h"
#include "runtime/json/writer.h"

namespace mcplexer::clients {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view NewlineOf(std::string_view text) {
  return text.find("\r\n") == std::string_view::npos ? "\n" : "\r\n";
}

// Where the blanks before `at` begin.
size_t BeforeBlanks(std::string_view text, size_t at) {
  while (at > 0 && kBlanks.find(text[at - 1]) != std::string_view::npos) --at;
  return at;
}

}  // namespace

Result<JsonText> JsonText::Parse(std::string text) {
  JsonText parsed;
  parsed.text_ = std::move(text);
  parsed.commas_ = json::WithoutComments(parsed.text_, json::TrailingCommas::kKeep);
  json::Limits limits;
  limits.bytes = kMaxConfigurationBytes;
  parsed.plain_ = std::make_unique<const std::string>(json::WithoutComments(parsed.text_));
  // The message of the parser names a place and quotes nothing.
  if (const auto status = parsed.doc_.Parse(*parsed.plain_, limits); !status) {
    return Fail(fmt::format("it is not JSON that could be changed: {}", status.error().Message()));
  }
  if (parsed.doc_.TypeOf(parsed.root()) != json::Type::kObject) {
    return Fail("it is not JSON that could be changed: it holds no object");
  }
  return parsed;
}

json::NodeId JsonText::Member(json::NodeId object, std::string_view key) const {
  return object.valid() && doc_.TypeOf(object) == json::Type::kObject ? doc_.Find(object, key)
                                                                      : json::NodeId();
}

std::vector<JsonText::Place> JsonText::PlacesOf(json::NodeId object) const {
  std::vector<Place> places;
  for (const auto [key, value] : doc_.Members(object)) {
    places.push_back({doc_.SpanOf(key).begin, doc_.SpanOf(value).end});
  }
  return places;
}

std::string JsonText::IndentAt(size_t at) const {
  const size_t newline = at == 0 ? std::string::npos : text_.rfind('\n', at - 1);
  const size_t begin = newline == std::string::npos ? 0 : newline + 1;
  const size_t end = text_.find_first_not_of(" \t", begin);
  return text_.substr(begin, std::min(end, at) - begin);
}

bool JsonText::HasLineIn(size_t from, size_t to) const {
  return std::string_view(text_).substr(from, to - from).find('\n') != std::string_view::npos;
}

size_t JsonText::CommaIn(size_t from, size_t to) const {
  const size_t at = commas_.find(',', from);
  return at < to ? at : std::string::npos;
}

std::string JsonText::Unit() const {
  const std::vector<Place> places = PlacesOf(root());
  if (places.empty() || !HasLineIn(doc_.SpanOf(root()).begin, places.front().key)) return "  ";
  const std::string indent = IndentAt(places.front().key);
  return indent.empty() ? "  " : indent;
}

Layout JsonText::LayoutOf(json::NodeId object) const {
  Layout layout;
  layout.newline = NewlineOf(text_);
  layout.unit = Unit();
  const json::Span span = doc_.SpanOf(object);
  const std::vector<Place> places = PlacesOf(object);
  layout.indent = places.empty() ? IndentAt(span.begin) + layout.unit : IndentAt(places[0].key);
  layout.lines = places.empty() || HasLineIn(span.begin, places[0].key);
  return layout;
}

std::string JsonText::WithMember(json::NodeId object, std::string_view key,
                                 const Render& render) const {
  Layout layout = LayoutOf(object);
  const json::Span span = doc_.SpanOf(object);
  const std::vector<Place> places = PlacesOf(object);
  const size_t close = span.end - 1;
  const size_t tail = BeforeBlanks(text_, close);
  const size_t from = places.empty() ? span.begin + 1 : places.back().value;
  const bool trailing = CommaIn(from, close) != std::string::npos;
  // A comment may end the line that the last member is on.
  layout.lines = layout.lines || HasLineIn(from, close);

  const std::string_view before = layout.lines ? std::string_view(layout.newline) : " ";
  std::string member = fmt::format("{}{}{}: {}", before, layout.lines ? layout.indent : "",
                                   json::EscapeString(key), render(layout));
  if (trailing) member += ',';
  if (layout.lines && !HasLineIn(tail, close)) {
    // The bracket was on the line of what is before it.
    member += layout.newline + IndentAt(span.begin);
  }
  std::string changed = text_;
  changed.insert(tail, member);
  if (!places.empty() && !trailing) changed.insert(from, ",");
  return changed;
}

std::string JsonText::WithValue(json::NodeId object, std::string_view key,
                                const Render& render) const {
  Layout layout = LayoutOf(object);
  const json::Span value = doc_.SpanOf(Member(object, key));
  layout.indent = IndentAt(value.begin);
  std::string changed = text_;
  return changed.replace(value.begin, value.end - value.begin, render(layout));
}

std::string JsonText::WithoutMember(json::NodeId object, std::string_view key) const {
  const json::NodeId value = Member(object, key);
  const std::vector<Place> places = PlacesOf(object);
  size_t at = 0;
  while (places[at].value != doc_.SpanOf(value).end) ++at;
  const size_t close = doc_.SpanOf(object).end - 1;
  const bool last = at + 1 == places.size();
  const size_t comma = CommaIn(places[at].value, last ? close : places[at + 1].key);
  const size_t end = comma == std::string::npos ? places[at].value : comma + 1;
  // With the blanks before it, the line that it begins among them, unless something else is on that
  // line, too: a comment may end the one before.
  size_t begin = BeforeBlanks(text_, places[at].key);
  const size_t next = text_.find_first_not_of(" \t", end);
  const bool ends_line = next == std::string::npos || text_[next] == '\r' || text_[next] == '\n';
  if (HasLineIn(begin, places[at].key) && !ends_line) begin = places[at].key;
  std::string changed = text_;
  changed.erase(begin, end - begin);
  if (comma == std::string::npos && at > 0) {
    changed.erase(CommaIn(places[at - 1].value, places[at].key), 1);
  }
  // What had only this is as if it had never had it.
  if (places.size() == 1) {
    const size_t open = doc_.SpanOf(object).begin;
    const size_t rest = changed.find_first_not_of(kBlanks, open + 1);
    if (changed[rest] == '}') changed.erase(open + 1, rest - open - 1);
  }
  return changed;
}

}  // namespace mcplexer::clients
