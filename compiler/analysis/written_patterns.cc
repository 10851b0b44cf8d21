// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/written_patterns.h"

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/automata/pattern.h"
#include "compiler/automata/universe.h"
#include "compiler/automata/witness.h"

namespace mcplexer::analysis {
namespace {

using model::NamePattern;
using source::Span;

class ListCollector {
 public:
  explicit ListCollector(const LintContext& context) : context_(context) {}

  std::vector<WrittenList> Run() {
    for (const model::Rule& rule : context_.policy().rules) {
      const Subject subject =
          rule.kind == model::CallKind::kResource ? Subject::kUri : Subject::kName;
      Add(subject, rule.span, rule.names);
      Add(subject, rule.span, rule.except);
      std::vector<NamePattern> paths;
      for (const syntax::Name& path : rule.paths) paths.push_back({false, path.text, path.span});
      Keep(Subject::kPath, std::move(paths));
    }
    for (const model::Invariant& invariant : context_.policy().invariants) {
      for (const model::InvariantClause& clause : invariant.clauses) {
        const Subject subject =
            clause.call_kind == model::CallKind::kResource ? Subject::kUri : Subject::kName;
        Add(subject, clause.span, clause.names);
        Add(subject, clause.span, clause.except);
      }
    }
    for (const syntax::File& file : context_.files) {
      for (const syntax::Declaration& declaration : file.declarations) {
        std::vector<NamePattern> patterns;
        for (const syntax::Pattern& pattern : declaration.patterns) {
          if (pattern.kind == syntax::Pattern::Kind::kSet) continue;
          const bool regex = pattern.kind == syntax::Pattern::Kind::kRegex;
          patterns.push_back({regex, pattern.text, pattern.span});
        }
        Keep(Subject::kName, std::move(patterns));
      }
    }
    return std::move(lists_);
  }

 private:
  // Of `patterns`, those that stand in `whole` and not in a set.
  void Add(Subject subject, Span whole, const std::vector<NamePattern>& patterns) {
    std::vector<NamePattern> written;
    std::ranges::copy_if(patterns, std::back_inserter(written), [&](const NamePattern& pattern) {
      return pattern.span.file == whole.file && pattern.span.begin >= whole.begin &&
             pattern.span.end <= whole.end;
    });
    Keep(subject, std::move(written));
  }

  void Keep(Subject subject, std::vector<NamePattern> patterns) {
    std::erase_if(patterns, [&](const NamePattern& pattern) {
      return !pattern.span.valid() || IsStandardLibrary(context_.sources, pattern.span.file);
    });
    if (!patterns.empty()) lists_.push_back({subject, std::move(patterns)});
  }

  const LintContext& context_;
  std::vector<WrittenList> lists_;
};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

std::vector<WrittenList> WrittenLists(const LintContext& context) {
  return ListCollector(context).Run();
}

bool IsLiteral(const NamePattern& pattern) {
  return !pattern.regex && pattern.text.find_first_of("*?[]{}\\") == std::string::npos;
}

std::optional<automata::Dfa> LanguageOf(const NamePattern& pattern, Subject subject) {
  const auto nfa = pattern.regex               ? automata::ParseRegex(pattern.text)
                   : subject == Subject::kUri  ? automata::ParseUriGlob(pattern.text)
                   : subject == Subject::kPath ? automata::ParsePathGlob(pattern.text)
                                               : automata::ParseNameGlob(pattern.text);
  if (!nfa) return std::nullopt;
  auto dfa = automata::ToDfa(*nfa);
  if (dfa && subject == Subject::kPath) {
    dfa = automata::Intersection(*dfa, automata::PathUniverse());
  }
  if (!dfa || dfa->IsEmpty()) return std::nullopt;
  return *std::move(dfa);
}

bool IsStandardLibrary(const source::SourceMap& sources, FileId file) {
  return sources.path(file).starts_with("std/");
}

std::optional<source::Edit> WithoutElement(const source::SourceMap& sources, Span element) {
  if (!sources.path(element.file).ends_with(".plex")) return std::nullopt;
  const std::string_view text = sources.text(element.file);
  size_t next = element.end;
  while (next < text.size() && IsSpace(text[next])) ++next;
  if (next < text.size() && text[next] == ',') {
    ++next;
    while (next < text.size() && IsSpace(text[next])) ++next;
    return source::Edit{{element.file, element.begin, static_cast<uint32_t>(next)}, ""};
  }
  size_t before = element.begin;
  while (before > 0 && IsSpace(text[before - 1])) --before;
  if (before == 0 || text[before - 1] != ',') return std::nullopt;
  return source::Edit{{element.file, static_cast<uint32_t>(before - 1), element.end}, ""};
}

std::optional<source::Edit> WithoutLines(const source::SourceMap& sources, Span whole) {
  if (!sources.path(whole.file).ends_with(".plex")) return std::nullopt;
  const std::string_view text = sources.text(whole.file);
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  size_t begin = whole.begin;
  while (begin > 0 && is_blank(text[begin - 1])) --begin;
  size_t end = whole.end;
  while (end < text.size() && is_blank(text[end])) ++end;
  const bool alone =
      (begin == 0 || text[begin - 1] == '\n') && (end == text.size() || text[end] == '\n');
  if (!alone) return source::Edit{whole, ""};
  if (end < text.size()) ++end;
  return source::Edit{{whole.file, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, ""};
}

}  // namespace mcplexer::analysis
