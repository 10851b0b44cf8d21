// SPDX-License-Identifier: Apache-2.0
#include "compiler/automata/universe.h"

#include "runtime/base/check.h"

namespace mcplexer::automata {
namespace {

Dfa MustBuild(tl::expected<Nfa, LimitError> nfa) {
  MCPLEXER_CHECK(nfa.has_value());
  auto dfa = ToDfa(*nfa);
  MCPLEXER_CHECK(dfa.has_value());
  return *std::move(dfa);
}

Dfa BuildNames() {
  static constexpr ByteRange kNameBytes[] = {{0x20, 0xFF}};
  NfaBuilder builder({});
  const Fragment name = builder.Plus(builder.Bytes(kNameBytes));
  return MustBuild(std::move(builder).Finish(name));
}

Dfa BuildPaths() {
  static constexpr ByteRange kNotSlash[] = {{0x01, '/' - 1}, {'/' + 1, 0xFF}};
  static constexpr ByteRange kNoDot[] = {{0x01, '.' - 1}, {'/' + 1, 0xFF}};
  // A segment, by how it avoids `.` and `..`: begins otherwise; a dot, then otherwise; two dots and
  // then anything.
  NfaBuilder builder({});
  const auto segment = [&] {
    Fragment plain = builder.Bytes(kNoDot);
    plain = builder.Concat(plain, builder.AnyRun(kNotSlash));
    Fragment dot = builder.Literal(".");
    dot = builder.Concat(dot, builder.Bytes(kNoDot));
    dot = builder.Concat(dot, builder.AnyRun(kNotSlash));
    Fragment dots = builder.Literal("..");
    dots = builder.Concat(dots, builder.Bytes(kNotSlash));
    dots = builder.Concat(dots, builder.AnyRun(kNotSlash));
    const Fragment ways[] = {plain, dot, dots};
    return builder.Alternate(ways);
  };
  Fragment path = segment();
  Fragment more = builder.Literal("/");
  more = builder.Concat(more, segment());
  path = builder.Optional(builder.Concat(path, builder.Star(more)));
  return MustBuild(std::move(builder).Finish(path));
}

Dfa BuildUtf8() {
  NfaBuilder builder({});
  const Fragment text = builder.Star(builder.CodePoint(CodePointSet::All()));
  return MustBuild(std::move(builder).Finish(text));
}

}  // namespace

const Dfa& NameUniverse() {
  static const Dfa universe = BuildNames();
  return universe;
}

const Dfa& PathUniverse() {
  static const Dfa universe = BuildPaths();
  return universe;
}

const Dfa& UriUniverse() { return NameUniverse(); }

const Dfa& Utf8Universe() {
  static const Dfa universe = BuildUtf8();
  return universe;
}

}  // namespace mcplexer::automata
