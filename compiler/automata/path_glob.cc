// SPDX-License-Identifier: Apache-2.0
// Globs over directories, by segments.
//
// The automaton is a chain of nodes, one before each segment of the pattern and each standing "at
// the start, or just behind a slash". A plain segment leads from its node over a slash to the next;
// `**` is a loop over one segment and a slash, and may be passed over. A path ends behind a
// segment, never behind a slash, so the ends of those segments accept behind which only `**`
// follow. That gives "none included" and "no trailing slash" without special cases.
#include <algorithm>
#include <vector>

#include "compiler/automata/glob.h"
#include "compiler/automata/pattern.h"

namespace mcplexer::automata {
namespace {

constexpr ByteRange kSegmentBytes[] = {{0x01, '/' - 1}, {'/' + 1, 0xFF}};

// Whether the last character is a slash that is not escaped.
bool EndsInSlash(std::string_view text) {
  if (!text.ends_with('/')) return false;
  text.remove_suffix(1);
  const std::size_t backslashes = text.size() - (text.find_last_not_of('\\') + 1);
  return backslashes % 2 == 0;
}

// What is wrong with the text as a path, whatever its segments hold.
std::optional<PatternError> CheckShape(std::string_view text) {
  if (text.starts_with('/')) {
    return PatternError{
        "a path pattern is relative to the workspace's root: leave out the leading `/`", 0, 1};
  }
  if (text == "~" || text.starts_with("~/")) {
    return PatternError{
        "a path pattern is relative to the workspace's root, and `~` means nothing in it: leave it "
        "out, or write `\\~` for the character",
        0, 1};
  }
  if (text == ".") {
    return PatternError{
        "`.` is not a path pattern: write `**` for all below the root, or the empty pattern for "
        "the "
        "root alone",
        0, 1};
  }
  if (text.starts_with("./")) {
    return PatternError{
        "a path pattern is relative to the workspace's root: leave out the leading `./`", 0, 2};
  }
  if (EndsInSlash(text)) {
    return PatternError{
        "a path pattern has no trailing `/`: leave it out, or write `/**` for all below as well",
        text.size() - 1, 1};
  }
  return std::nullopt;
}

std::optional<PatternError> CheckSegment(std::string_view segment, std::size_t offset) {
  if (segment.empty()) {
    return PatternError{"an empty segment matches no path: write one `/`", offset, 1};
  }
  if (segment == ".") {
    return PatternError{"a `.` segment matches no path: leave it out", offset, 1};
  }
  if (segment == "..") {
    return PatternError{
        "a `..` segment matches no path: paths are canonical and inside the workspace", offset, 2};
  }
  return std::nullopt;
}

}  // namespace

tl::expected<Nfa, PatternError> ParsePathGlob(std::string_view text, const Limits& limits) {
  if (text.empty()) return LiteralNfa("");
  if (auto error = CheckGlobText(text, limits)) return tl::unexpected(*std::move(error));
  if (auto error = CheckShape(text)) return tl::unexpected(*std::move(error));
  const GlobRules rules{
      .star = kSegmentBytes,
      .double_star = {},
      .one = CodePointSet::Of(0x01, kMaxCodePoint).Minus(CodePointSet::Of('/', '/')),
      .slash_separates = true};
  NfaBuilder builder(limits);
  GlobScanner scanner(text, rules, builder);
  const std::uint32_t start = builder.AddState();
  const std::uint32_t accept = builder.AddState();
  std::uint32_t node = start;
  // The ends of segments behind which only `**` have followed so far.
  std::vector<std::uint32_t> ends = {start};
  while (true) {
    const std::size_t begin = scanner.position();
    const bool any_depth =
        text.substr(begin, 2) == "**" && (begin + 2 == text.size() || text[begin + 2] == '/');
    const std::uint32_t next = builder.AddState();
    if (any_depth) {
      const Fragment any = builder.Plus(builder.Bytes(kSegmentBytes));
      builder.AddEpsilon(node, next);
      builder.AddEpsilon(next, any.entry);
      builder.AddByte(any.exit, '/', next);
      ends.push_back(any.exit);
      scanner.Skip(2);
    } else {
      const auto scanned = scanner.Scan();
      if (!scanned) return tl::unexpected(scanned.error());
      const std::string_view segment = text.substr(begin, scanner.position() - begin);
      if (auto error = CheckSegment(segment, begin)) return tl::unexpected(*std::move(error));
      const Fragment fragment = builder.NonEmpty(*scanned);
      builder.AddEpsilon(node, fragment.entry);
      builder.AddByte(fragment.exit, '/', next);
      ends.assign(1, fragment.exit);
    }
    node = next;
    if (scanner.position() == text.size()) break;
    scanner.Skip(1);  // the slash
  }
  for (std::uint32_t end : ends) builder.AddEpsilon(end, accept);
  auto nfa = std::move(builder).Finish(start, accept);
  if (!nfa) return tl::unexpected(PatternError{nfa.error().message, 0, text.size()});
  return *std::move(nfa);
}

}  // namespace mcplexer::automata
