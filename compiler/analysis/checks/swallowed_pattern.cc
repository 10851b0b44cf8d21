// SPDX-License-Identifier: Apache-2.0
// W0503: a pattern that matches nothing which another one of its list does not match, too. Decided
// on the two languages, so `re"a|ab"` is found in `a*`, for names of whatever servers there may be.
//
// To find what holds a pattern without comparing all pairs, one string of its language is run
// through the others: only where it is matched is inclusion worth asking about. In a template
// a pattern may hold another for some arguments only; it is a finding when it does in every use.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/written_patterns.h"
#include "compiler/automata/witness.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

using model::NamePattern;
using source::Span;

// Pairs that one list may come to: a list of 4,000 names and 1,000 globs, or about a second.
constexpr size_t kMostPairs = 4'000'000;

struct PatternLanguage {
  automata::Dfa dfa;
  std::string witness;
};

class SwallowedPatterns {
 public:
  explicit SwallowedPatterns(source::Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void Look(const WrittenList& list) {
    if (list.patterns.size() < 2) return;
    std::vector<size_t> wild;
    std::map<std::pair<bool, std::string>, size_t> first;
    std::vector<std::optional<size_t>> holder(list.patterns.size());
    for (size_t i = 0; i < list.patterns.size(); ++i) {
      const NamePattern& pattern = list.patterns[i];
      const auto [twin, is_new] = first.try_emplace({pattern.regex, pattern.text}, i);
      if (!is_new) {
        holder[i] = twin->second;
      } else if (!IsLiteral(pattern)) {
        wild.push_back(i);
      }
    }
    if (wild.size() * list.patterns.size() <= kMostPairs) {
      for (size_t i = 0; i < list.patterns.size(); ++i) {
        if (!holder[i] && !IsSettled(list.patterns[i].span)) holder[i] = Holder(list, i, wild);
      }
    }
    for (size_t i = 0; i < list.patterns.size(); ++i) Note(list, i, holder[i]);
  }

  void Report(const source::SourceMap& sources) {
    for (const auto& [span, found] : found_) {
      if (!found.holder) continue;
      const std::string text = source::Printable(found.text);
      const std::string message =
          found.text == found.by
              ? fmt::format("`{}` is in this list twice", text)
              : fmt::format("`{}` adds nothing to this list: `{}` matches all of it", text,
                            source::Printable(found.by));
      auto& diagnostic =
          diagnostics_.Report(source::Code::kSwallowedPattern, span, message)
              .Also(*found.holder, found.text == found.by ? "the first" : "matches all of that")
              .Help(found.text == found.by
                        ? "leave it out"
                        : "leave it out, or narrow the other one if that was not meant");
      if (auto edit = WithoutElement(sources, span)) {
        diagnostic.Offer({source::Applicability::kSafe, "leave the pattern out", {*edit}});
      }
    }
  }

 private:
  struct Found {
    std::optional<Span> holder;  // absent: in some use nothing holds it
    std::string text;
    std::string by;
  };

  // Whether an earlier use of the template has shown that nothing holds what stands there.
  bool IsSettled(Span span) const {
    const auto known = found_.find(span);
    return known != found_.end() && !known->second.holder;
  }

  // Another pattern of the list that matches everything that the `i`-th matches.
  std::optional<size_t> Holder(const WrittenList& list, size_t i, const std::vector<size_t>& wild) {
    if (wild.empty() || (wild.size() == 1 && wild.front() == i)) return std::nullopt;
    const PatternLanguage* inner = Get(list, i);
    if (inner == nullptr) return std::nullopt;
    for (const size_t w : wild) {
      if (w == i) continue;
      const PatternLanguage* outer = Get(list, w);
      if (outer == nullptr || !outer->dfa.Matches(inner->witness)) continue;
      const auto inside = automata::IsSubset(inner->dfa, outer->dfa);
      if (!inside || !*inside) continue;
      // Of two that match the same, the first one stays.
      if (w > i && inner->dfa == outer->dfa) continue;
      return w;
    }
    return std::nullopt;
  }

  const PatternLanguage* Get(const WrittenList& list, size_t i) {
    const NamePattern& pattern = list.patterns[i];
    const auto [at, is_new] =
        languages_.try_emplace(std::tuple(list.subject, pattern.regex, pattern.text), std::nullopt);
    if (is_new) {
      if (auto dfa = LanguageOf(pattern, list.subject)) {
        std::string witness = *automata::ShortestWitness(*dfa);
        at->second = PatternLanguage{*std::move(dfa), std::move(witness)};
      }
    }
    return at->second ? &*at->second : nullptr;
  }

  void Note(const WrittenList& list, size_t i, std::optional<size_t> holder) {
    const NamePattern& pattern = list.patterns[i];
    Found found{std::nullopt, pattern.text, ""};
    if (holder) {
      found.holder = list.patterns[*holder].span;
      found.by = list.patterns[*holder].text;
    }
    const auto [at, is_new] = found_.try_emplace(pattern.span, found);
    if (!is_new && at->second.holder != found.holder) at->second.holder = std::nullopt;
  }

  source::Diagnostics& diagnostics_;
  std::map<std::tuple<Subject, bool, std::string>, std::optional<PatternLanguage>> languages_;
  std::map<Span, Found> found_;  // by place
};

}  // namespace

void CheckSwallowedPatterns(const LintContext& context, source::Diagnostics& diagnostics) {
  SwallowedPatterns check(diagnostics);
  for (const WrittenList& list : WrittenLists(context)) check.Look(list);
  check.Report(context.sources);
}

}  // namespace mcplexer::analysis
