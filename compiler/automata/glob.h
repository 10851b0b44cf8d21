// SPDX-License-Identifier: Apache-2.0
// The scanner that the three kinds of glob share. Internal to the library; users want pattern.h.

#ifndef MCPLEXER_COMPILER_AUTOMATA_GLOB_H_
#define MCPLEXER_COMPILER_AUTOMATA_GLOB_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "compiler/automata/code_points.h"
#include "compiler/automata/limits.h"
#include "compiler/automata/nfa.h"

namespace mcplexer::automata {

// In what the three kinds differ.
struct GlobRules {
  std::span<const ByteRange> star;         // the bytes `*` runs over
  std::span<const ByteRange> double_star;  // those of `**`; none: `**` is an error here
  CodePointSet one;                        // what `?` and `[!..]` can match
  bool slash_separates = false;            // stop at `/`, and refuse it inside braces
};

// Checks what holds for a glob's text as a whole: length, UTF-8, control characters.
std::optional<PatternError> CheckGlobText(std::string_view text, const Limits& limits);

// Scans glob text left to right into fragments of one builder. An explicit stack holds the open
// braces.
class GlobScanner {
 public:
  // All arguments must outlive the scanner.
  GlobScanner(std::string_view text, const GlobRules& rules, NfaBuilder& builder)
      : text_(text), rules_(rules), builder_(builder) {}

  std::size_t position() const { return position_; }
  void Skip(std::size_t bytes) { position_ += bytes; }

  // Scans to the end of the text or, where slashes separate, to the next one outside braces.
  tl::expected<Fragment, PatternError> Scan();

 private:
  struct Brace {
    std::size_t open = 0;                // offset of `{`
    std::vector<Fragment> alternatives;  // those before the last comma
    std::optional<Fragment> run;         // what has been scanned since
  };

  std::optional<PatternError> ScanOne();
  std::optional<PatternError> ScanStars();
  std::optional<PatternError> ScanSet();
  tl::expected<char32_t, PatternError> ScanSetMember(std::size_t open);
  std::optional<PatternError> CloseBrace();
  void FlushLiteral();
  void Append(Fragment fragment);
  void EndAlternative();

  std::string_view text_;
  const GlobRules& rules_;
  NfaBuilder& builder_;
  std::size_t position_ = 0;
  std::vector<Brace> stack_;  // the bottom one is the text itself
  std::string literal_;       // bytes not yet made into a fragment
};

}  // namespace mcplexer::automata

#endif  // MCPLEXER_COMPILER_AUTOMATA_GLOB_H_
