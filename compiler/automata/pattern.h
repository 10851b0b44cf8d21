// SPDX-License-Identifier: Apache-2.0
// The pattern languages of a policy, parsed to automata over bytes. docs/language.md says what they
// mean to a user; this header is what they mean exactly. All match the whole string, case matters,
// and pattern texts must be well-formed UTF-8 of at most Limits::max_pattern_bytes without bytes
// below 0x20 (in a regular expression those are allowed: RE2 takes them).
//
// Common to the three globs:
//   ?         exactly one code point in well-formed UTF-8
//   [ab-z]    one code point of the set; [!..] one that is not in it. `-` stands for itself first
//   and
//             last only, `]` only as `\]`, and a leading `^` is refused (write `!`, or `\^`)
//   {a,b}     either; may nest, hold wildcards and hold empty alternatives ({} alone is refused)
//   \c        the character c itself
// Unbalanced brackets or braces and a backslash at the end are errors: nothing malformed ever
// matches.
//
// All functions are pure and may be called from any thread.

#ifndef MCPLEXER_COMPILER_AUTOMATA_PATTERN_H_
#define MCPLEXER_COMPILER_AUTOMATA_PATTERN_H_

#include <string_view>
#include <tl/expected.hpp>

#include "compiler/automata/limits.h"
#include "compiler/automata/nfa.h"

namespace mcplexer::automata {

// A glob over tool and prompt names. `*` is any run of bytes from 0x20 up, none included; so is
// `**`.
tl::expected<Nfa, PatternError> ParseNameGlob(std::string_view text, const Limits& limits = {});

// A glob over a directory relative to a workspace's root: "" for the root itself, otherwise
// segments joined by single slashes. `*`, `?` and sets stay inside one segment, and a segment never
// matches the empty string. A segment `**` is any number of whole segments, none included: `src/**`
// matches `src` and all below it, `**` everything, `a/**/b` also `a/b`. The empty pattern is the
// root alone. `/` cannot stand in braces or sets or behind a backslash. What is not a path of this
// form (outside PathUniverse) may or may not match: intersect where that matters.
tl::expected<Nfa, PatternError> ParsePathGlob(std::string_view text, const Limits& limits = {});

// A glob over resource URIs. `*` is any run of bytes from 0x20 up other than `/`, `**` any such run
// slashes included, anywhere; `?` and `[..]` never match `/`. So `file:///srv/docs/**` matches
// `file:///srv/docs/a/b` and `file:///srv/docs/`, not `file:///srv/docs`.
tl::expected<Nfa, PatternError> ParseUriGlob(std::string_view text, const Limits& limits = {});

// A glob over text, as `like` takes it: a name glob whose wildcards match any code point and any
// byte, control characters included, and which `*` lets match the empty string.
tl::expected<Nfa, PatternError> ParseTextGlob(std::string_view text, const Limits& limits = {});

// A regular expression in RE2's syntax as RE2 matches well-formed UTF-8 with RE2::FullMatch. What
// RE2 refuses is refused with its message; refused beyond that are captures (write `(?:..)`), `\b`
// and
// `\B`, and `^` and `$` under `(?m)`. Apart from `\C` (one byte) only well-formed UTF-8 matches.
tl::expected<Nfa, PatternError> ParseRegex(std::string_view text, const Limits& limits = {});

// A regular expression over text, as `matches` takes it: captures are groups.
tl::expected<Nfa, PatternError> ParseTextRegex(std::string_view text, const Limits& limits = {});

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_PATTERN_H_
