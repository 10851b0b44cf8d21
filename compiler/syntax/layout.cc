// SPDX-License-Identifier: Apache-2.0
#include "compiler/syntax/layout.h"

#include <algorithm>
#include <utility>

#include "compiler/syntax/lexeme.h"
#include "runtime/base/check.h"

namespace mcplexer::syntax {

// What never fits. Sums over 2^28 events stay below 2^64.
constexpr uint64_t kEndless = uint64_t{1} << 36;

class LayoutPrinter {
 public:
  using Event = Layout::Event;
  using Kind = Event::Kind;

  LayoutPrinter(const std::vector<Event>& events, uint32_t width) : events_(events), width_(width) {
    Measure();
  }

  std::string Run() {
    groups_.push_back({0, false, Wrap::kAll});
    for (size_t i = 0; i < events_.size(); ++i) Visit(i);
    if (!out_.empty()) out_ += '\n';
    return std::move(out_);
  }

 private:
  struct Group {
    int32_t indent = 0;
    bool flat = false;
    Wrap wrap = Wrap::kAll;
  };

  static uint64_t FlatWidth(const Event& event) {
    switch (event.kind) {
      case Kind::kText:
        return event.text.find('\n') == std::string_view::npos ? Width(event.text) : kEndless;
      case Kind::kBreak:
        return Width(event.text);
      case Kind::kBegin:
        return event.fit == Fit::kNever ? kEndless : 0;
      case Kind::kTrailing:
      case Kind::kOwnLine:
        return kEndless;
      case Kind::kEnd:
      case Kind::kPad:
        return 0;
    }
    return 0;
  }

  void Measure() {
    const size_t count = events_.size();
    before_.assign(count + 1, 0);
    tail_.assign(count + 1, 0);
    next_.assign(count, count);
    for (size_t i = 0; i < count; ++i) before_[i + 1] = before_[i] + FlatWidth(events_[i]);
    for (size_t i = count; i-- > 0;) {
      const Event& event = events_[i];
      if (event.kind == Kind::kText) {
        const size_t line_end = event.text.find('\n');
        tail_[i] = Width(event.text.substr(0, line_end)) +
                   (line_end == std::string_view::npos ? tail_[i + 1] : 0);
      } else if (event.kind == Kind::kBegin || event.kind == Kind::kEnd ||
                 event.kind == Kind::kPad) {
        tail_[i] = tail_[i + 1];
      }
    }
    // For a group its end, for a break the next one of its group or the group's end.
    std::vector<size_t> open;
    std::vector<size_t> last_break;
    for (size_t i = 0; i < count; ++i) {
      const Kind kind = events_[i].kind;
      if (kind == Kind::kBegin) {
        open.push_back(i);
        last_break.push_back(count);
      } else if (kind == Kind::kBreak || kind == Kind::kEnd) {
        MCPLEXER_CHECK(!open.empty());
        if (last_break.back() < count) next_[last_break.back()] = i;
        last_break.back() = i;
        if (kind == Kind::kBreak) continue;
        next_[open.back()] = i;
        open.pop_back();
        last_break.pop_back();
      }
    }
    MCPLEXER_CHECK(open.empty());
  }

  void Visit(size_t i) {
    const Event& event = events_[i];
    switch (event.kind) {
      case Kind::kBegin: {
        const size_t end = next_[i];
        const bool fits = column_ + (before_[end] - before_[i]) + tail_[end] <= width_;
        groups_.push_back({groups_.back().indent + event.number, fits, event.wrap});
        break;
      }
      case Kind::kEnd:
        groups_.pop_back();
        break;
      case Kind::kText:
        if (line_must_end_) NewLine(groups_.back().indent, Blank::kNo);
        // A space that separates words does not begin a line.
        if (event.text != " " || !line_is_empty_) Write(event.text);
        break;
      case Kind::kBreak:
        if (line_must_end_ || EndsLine(i)) {
          NewLine(groups_.back().indent + event.number, event.blank);
        } else {
          Write(event.text);
        }
        break;
      case Kind::kPad:
        if (!groups_[groups_.size() - 2].flat) {
          Write(std::string(static_cast<size_t>(event.number), ' '));
        }
        break;
      case Kind::kTrailing:
        Write(event.text.starts_with("//") ? "  " : " ");
        Write(event.text);
        line_must_end_ = true;
        break;
      case Kind::kOwnLine:
        NewLine(groups_.back().indent, event.blank);
        Write(Shifted(event.text, groups_.back().indent - event.number));
        line_must_end_ = true;
        break;
    }
  }

  bool EndsLine(size_t i) const {
    const Group& group = groups_.back();
    if (group.flat) return false;
    if (group.wrap == Wrap::kAll) return true;
    const size_t next = next_[i];
    return column_ + (before_[next] - before_[i]) + tail_[next] > width_;
  }

  void NewLine(int32_t indent, Blank blank) {
    // Padding may stand at the end of the line.
    while (out_.ends_with(' ')) out_.pop_back();
    if (!out_.empty()) out_ += blank == Blank::kYes ? "\n\n" : "\n";
    column_ = static_cast<uint64_t>(indent);
    line_is_empty_ = true;
    line_must_end_ = false;
  }

  void Write(std::string_view text) {
    if (text.empty()) return;
    if (line_is_empty_) out_.append(column_, ' ');
    line_is_empty_ = false;
    out_ += text;
    const size_t line_end = text.rfind('\n');
    if (line_end != std::string_view::npos) column_ = 0;
    column_ += Width(text.substr(line_end + 1));
  }

  // The lines of a comment behind its first, moved as far as that was.
  static std::string Shifted(std::string_view comment, int32_t by) {
    std::string out;
    for (size_t at = 0; at <= comment.size();) {
      const size_t end = std::min(comment.find('\n', at), comment.size());
      std::string_view line = comment.substr(at, end - at);
      if (at > 0) {
        const auto spaces =
            static_cast<int32_t>(std::min(line.find_first_not_of(' '), line.size()));
        line.remove_prefix(static_cast<size_t>(spaces));
        if (!line.empty()) out.append(static_cast<size_t>(std::max(spaces + by, 0)), ' ');
      }
      out += line;
      if (end < comment.size()) out += '\n';
      at = end + 1;
    }
    return out;
  }

  const std::vector<Event>& events_;
  const uint64_t width_;
  std::vector<uint64_t> before_;  // the flat width of all events before one
  std::vector<uint64_t> tail_;    // the width from an event to the next place where a line may end
  std::vector<size_t> next_;
  std::vector<Group> groups_;
  std::string out_;
  uint64_t column_ = 0;
  bool line_is_empty_ = true;
  bool line_must_end_ = false;
};

void Layout::Begin(Wrap wrap, int indent, Fit fit) {
  events_.push_back({Event::Kind::kBegin, wrap, fit, Blank::kNo, indent, {}});
}

void Layout::End() {
  Event event;
  event.kind = Event::Kind::kEnd;
  events_.push_back(event);
}

void Layout::Text(std::string_view text) {
  Event event;
  event.text = text;
  events_.push_back(event);
}

void Layout::Break(std::string_view flat, int offset, Blank blank) {
  events_.push_back({Event::Kind::kBreak, Wrap::kAll, Fit::kIfItFits, blank, offset, flat});
}

void Layout::Pad(uint32_t width) {
  Event event;
  event.kind = Event::Kind::kPad;
  event.number = static_cast<int32_t>(width);
  events_.push_back(event);
}

void Layout::TrailingComment(std::string_view comment) {
  Event event;
  event.kind = Event::Kind::kTrailing;
  event.text = comment;
  events_.push_back(event);
}

void Layout::OwnLine(std::string comment, uint32_t column, Blank blank) {
  owned_.push_back(std::move(comment));
  events_.push_back({Event::Kind::kOwnLine, Wrap::kAll, Fit::kIfItFits, blank,
                     static_cast<int32_t>(column), owned_.back()});
}

std::string Layout::Print(uint32_t width) const { return LayoutPrinter(events_, width).Run(); }

}  // namespace mcplexer::syntax
