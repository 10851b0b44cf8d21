// SPDX-License-Identifier: Apache-2.0
// A template is a row of steps: a byte that must be there, or an expression, which takes a run of
// bytes of some sort after a sign of its own (`/` for {/a}, `?` for {?a}). All places in the row
// that the URI read so far may lead to are kept at once, so nothing is tried twice.
#include "runtime/mcp/uri_template.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace mcplexer::mcp {
namespace {

enum class Sort : uint8_t {
  kByte,       // exactly `byte`
  kSegment,    // any run without `/`, `?` and `#`
  kPath,       // any run without `?` and `#`
  kUntilHash,  // any run without `#`
  kAnything,
};

struct Step {
  Sort sort = Sort::kByte;
  char byte = 0;  // of an expression: the sign that begins what it takes, 0 for none
};

bool Takes(Sort sort, char c) {
  switch (sort) {
    case Sort::kByte:
      return false;
    case Sort::kSegment:
      return c != '/' && c != '?' && c != '#';
    case Sort::kPath:
      return c != '?' && c != '#';
    case Sort::kUntilHash:
      return c != '#';
    case Sort::kAnything:
      break;
  }
  return true;
}

// False for an operator that there is not.
bool ReadExpression(std::string_view expression, Step* step) {
  if (expression.empty()) return false;
  switch (const char first = expression.front()) {
    case '+':
      *step = {Sort::kAnything, 0};
      return true;
    case '#':
      *step = {Sort::kAnything, '#'};
      return true;
    case '/':
      *step = {Sort::kPath, '/'};
      return true;
    case '.':
    case ';':
      *step = {Sort::kSegment, first};
      return true;
    case '?':
    case '&':
      *step = {Sort::kUntilHash, first};
      return true;
    case '=':
    case ',':
    case '!':
    case '@':
    case '|':
      return false;
    default:
      *step = {Sort::kSegment, 0};
      return true;
  }
}

bool ReadSteps(std::string_view text, std::vector<Step>* steps) {
  while (!text.empty()) {
    const char c = text.front();
    if (c == '}') return false;
    if (c != '{') {
      steps->push_back({Sort::kByte, c});
      text.remove_prefix(1);
      continue;
    }
    const size_t end = text.find('}');
    Step step;
    if (end == std::string_view::npos || !ReadExpression(text.substr(1, end - 1), &step)) {
      return false;
    }
    steps->push_back(step);
    text.remove_prefix(end + 1);
  }
  return true;
}

// Where one may be in the row: before step i, or within the run that step i takes.
struct Places {
  explicit Places(size_t steps) : before(steps + 1), within(steps + 1) {}
  std::vector<uint8_t> before;
  std::vector<uint8_t> within;
};

// Values may be missing, so before an expression is also behind it, and within a run as well.
void Close(const std::vector<Step>& steps, Places& places) {
  for (size_t i = 0; i < steps.size(); ++i) {
    if (places.within[i] != 0) places.before[i + 1] = 1;
    if (places.before[i] == 0 || steps[i].sort == Sort::kByte) continue;
    places.before[i + 1] = 1;
    if (steps[i].byte == 0) places.within[i] = 1;
  }
}

}  // namespace

bool MatchesTemplate(std::string_view uri_template, std::string_view uri, size_t* budget) {
  const std::string_view literal = uri_template.substr(0, uri_template.find('{'));
  if (!uri.starts_with(literal)) return false;  // most are told apart by this
  const size_t cost = (uri_template.size() + 1) * (uri.size() + 1);
  if (cost > *budget) return false;
  *budget -= cost;
  std::vector<Step> steps;
  if (!ReadSteps(uri_template, &steps)) return false;
  Places now(steps.size());
  now.before[0] = 1;
  Close(steps, now);
  for (const char c : uri) {
    Places next(steps.size());
    bool any = false;
    for (size_t i = 0; i < steps.size(); ++i) {
      const Step& step = steps[i];
      if (now.before[i] != 0 && step.byte != 0 && step.byte == c) {
        (step.sort == Sort::kByte ? next.before[i + 1] : next.within[i]) = 1;
        any = true;
      }
      if (now.within[i] != 0 && Takes(step.sort, c)) next.within[i] = any = true;
    }
    if (!any) return false;
    Close(steps, next);
    now = std::move(next);
  }
  return now.before[steps.size()] != 0;
}

}  // namespace mcplexer::mcp
