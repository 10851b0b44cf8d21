// SPDX-License-Identifier: Apache-2.0
// Every pattern of the language as a regular expression for RE2: a second reading of the patterns,
// which shares no code with the automata it is compared with.

#ifndef MCPLEXER_COMPILER_REFERENCE_REGEX_H_
#define MCPLEXER_COMPILER_REFERENCE_REGEX_H_

#include <string>
#include <string_view>

namespace mcplexer::reference {

enum class GlobKind { kName, kPath, kUri, kText };

// The glob is well-formed. A kPath expression is to be matched against PathText(subpath).
std::string RegexOfGlob(std::string_view glob, GlobKind kind);

// "" stays, "a/b" becomes "a/b/": each segment with its slash, so that `**` is a repetition of
// whole segments.
std::string PathText(std::string_view subpath);

// Whether the whole of `text` matches. The expression is valid; compiled ones are kept per thread.
bool Matches(const std::string& regex, std::string_view text);

}  // namespace mcplexer::reference

#endif  // MCPLEXER_COMPILER_REFERENCE_REGEX_H_
