// SPDX-License-Identifier: Apache-2.0
#include "compiler/convert/comments.h"

#include <algorithm>
#include <utility>

namespace mcplexer::convert {
namespace {

constexpr std::string_view kSpace = " \t\r";

std::string_view Trimmed(std::string_view line, std::string_view marks) {
  line.remove_prefix(std::min(line.find_first_not_of(marks), line.size()));
  return line.substr(0, line.find_last_not_of(kSpace) + 1);
}

}  // namespace

Comments::Comments(std::string_view text, const std::vector<source::Span>& spans) : text_(text) {
  for (const source::Span& span : spans) comments_.push_back({span, false});
}

std::vector<std::string> Comments::Take(source::Span span, Inside inside) {
  const auto first_behind =
      std::lower_bound(comments_.begin(), comments_.end(), span.begin,
                       [](const Comment& c, uint32_t at) { return c.span.begin < at; });
  auto first = first_behind;
  uint32_t begin = span.begin;
  while (first != comments_.begin()) {
    const Comment& above = *(first - 1);
    if (above.taken || !BeginsLine(above) || !Adjoins(above.span.end, begin, 2)) break;
    --first;
    begin = above.span.begin;
  }
  std::vector<std::string> lines;
  for (; first != first_behind; ++first) Append(*first, lines);
  const auto behind =
      std::lower_bound(first_behind, comments_.end(), span.end,
                       [](const Comment& c, uint32_t at) { return c.span.begin < at; });
  for (auto own = first_behind; inside == Inside::kItsOwn && own != behind; ++own) {
    if (!own->taken) Append(*own, lines);
  }
  if (behind != comments_.end() && !behind->taken && Adjoins(span.end, behind->span.begin, 1)) {
    Append(*behind, lines);
  }
  return lines;
}

std::vector<std::string> Comments::TakeHead() {
  size_t count = 0;
  uint32_t end = 0;
  while (count < comments_.size() && Adjoins(end, comments_[count].span.begin, 2)) {
    end = comments_[count++].span.end;
  }
  std::vector<std::string> lines;
  // Without an empty line below, they belong to what follows.
  const std::string_view rest = text_.substr(end);
  const std::string_view gap =
      rest.substr(0, std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
  if (std::count(gap.begin(), gap.end(), '\n') < 2 && gap.size() < rest.size()) return lines;
  for (size_t i = 0; i < count; ++i) Append(comments_[i], lines);
  return lines;
}

std::vector<Loss> Comments::Left() const {
  std::vector<Loss> losses;
  for (const Comment& comment : comments_) {
    if (!comment.taken) losses.push_back({comment.span, "this comment is left out"});
  }
  return losses;
}

void Comments::Append(Comment& comment, std::vector<std::string>& lines) const {
  comment.taken = true;
  std::string_view text = text_.substr(comment.span.begin, comment.span.end - comment.span.begin);
  const bool block = text.starts_with("/*");
  if (block) text = text.substr(2, text.size() - 4);
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    // No more than the marker: `////allow(` accepts nothing, and `# allow(` would.
    if (block) {
      line = Trimmed(line, " \t\r*");
    } else {
      line.remove_prefix(std::min<size_t>(line.starts_with('#') ? 1 : 2, line.size()));
    }
    if (!block && line.starts_with(' ')) line.remove_prefix(1);
    if (!block || !line.empty()) lines.emplace_back(line);
    at = end + 1;
  }
}

bool Comments::Adjoins(uint32_t begin, uint32_t end, size_t breaks) const {
  const std::string_view between = text_.substr(begin, end - begin);
  // An entry of a YAML list begins behind its dash.
  return between.find_first_not_of(" \t\r\n-") == std::string_view::npos &&
         static_cast<size_t>(std::count(between.begin(), between.end(), '\n')) < breaks;
}

bool Comments::BeginsLine(const Comment& comment) const {
  const size_t end = std::min(text_.find_last_not_of(" \t", comment.span.begin - 1), text_.size());
  return comment.span.begin == 0 || end == text_.size() || text_[end] == '\n';
}

}  // namespace mcplexer::convert
