// SPDX-License-Identifier: Apache-2.0
// Patterns as somebody wrote them: the lists of the sources, where the space knows only what rules
// match. A list stands in a rule (its names, its `except`, its `in`), in a set or in an invariant;
// what a `@set` adds belongs to the set. A list of a template comes once for each use, with the
// parameters filled in. The standard library is left out: nobody here can change it.

#ifndef MCPLEXER_COMPILER_ANALYSIS_WRITTEN_PATTERNS_H_
#define MCPLEXER_COMPILER_ANALYSIS_WRITTEN_PATTERNS_H_

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/analysis/lint.h"
#include "compiler/automata/dfa.h"
#include "compiler/model/policy.h"
#include "compiler/source/diagnostic.h"
#include "compiler/source/source.h"

namespace mcplexer::analysis {

// What a pattern is matched with.
enum class Subject : uint8_t { kName, kUri, kPath };

struct WrittenList {
  Subject subject = Subject::kName;
  std::vector<model::NamePattern> patterns;  // in their order in the source, none of them twice
};

// Every list with a pattern in it, in the order of the policy, those of sets last.
std::vector<WrittenList> WrittenLists(const LintContext& context);

// A glob without anything that stands for something else.
bool IsLiteral(const model::NamePattern& pattern);

// The strings that a pattern matches, whatever servers there are; absent when that takes too many
// states, and for a pattern that matches none.
std::optional<automata::Dfa> LanguageOf(const model::NamePattern& pattern, Subject subject);

bool IsStandardLibrary(const source::SourceMap& sources, FileId file);

// The edits that take something out of a .plex text; absent for other files.
//
// One element out of a list with commas; absent also where a comment or nothing stands beside it.
std::optional<source::Edit> WithoutElement(const source::SourceMap& sources, source::Span element);
// A declaration or rule, with the line that it leaves empty.
std::optional<source::Edit> WithoutLines(const source::SourceMap& sources, source::Span whole);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_WRITTEN_PATTERNS_H_
