// SPDX-License-Identifier: Apache-2.0
// Globs over names and over URIs: one scan of the whole text.
#include "compiler/automata/glob.h"
#include "compiler/automata/pattern.h"

namespace mcplexer::automata {
namespace {

constexpr ByteRange kNameByte[] = {{0x20, 0xFF}};
constexpr ByteRange kAllBytes[] = {{0x00, 0xFF}};
constexpr ByteRange kNoSlash[] = {{0x20, '/' - 1}, {'/' + 1, 0xFF}};

tl::expected<Nfa, PatternError> ParseWhole(std::string_view text, const GlobRules& rules,
                                           const Limits& limits) {
  if (text.empty()) {
    return tl::unexpected(PatternError{"the pattern is empty: write `*` for any", 0, 0});
  }
  if (auto error = CheckGlobText(text, limits)) return tl::unexpected(*std::move(error));
  NfaBuilder builder(limits);
  GlobScanner scanner(text, rules, builder);
  const auto whole = scanner.Scan();
  if (!whole) return tl::unexpected(whole.error());
  auto nfa = std::move(builder).Finish(*whole);
  if (!nfa) return tl::unexpected(PatternError{nfa.error().message, 0, text.size()});
  return *std::move(nfa);
}

}  // namespace

tl::expected<Nfa, PatternError> ParseNameGlob(std::string_view text, const Limits& limits) {
  const GlobRules rules{
      .star = kNameByte, .double_star = kNameByte, .one = CodePointSet::Of(0x20, kMaxCodePoint)};
  return ParseWhole(text, rules, limits);
}

tl::expected<Nfa, PatternError> ParseTextGlob(std::string_view text, const Limits& limits) {
  const GlobRules rules{
      .star = kAllBytes, .double_star = kAllBytes, .one = CodePointSet::Of(0, kMaxCodePoint)};
  return ParseWhole(text, rules, limits);
}

tl::expected<Nfa, PatternError> ParseUriGlob(std::string_view text, const Limits& limits) {
  const GlobRules rules{
      .star = kNoSlash,
      .double_star = kNameByte,
      .one = CodePointSet::Of(0x20, kMaxCodePoint).Minus(CodePointSet::Of('/', '/'))};
  return ParseWhole(text, rules, limits);
}

}  // namespace mcplexer::automata
