// SPDX-License-Identifier: Apache-2.0
// A text parsed on the spot, with what came of it.

#ifndef MCPLEXER_TESTS_UNIT_SYNTAX_PARSED_H_
#define MCPLEXER_TESTS_UNIT_SYNTAX_PARSED_H_

#include <string>
#include <string_view>
#include <utility>

#include "compiler/source/render.h"
#include "compiler/syntax/dump.h"
#include "compiler/syntax/parse.h"

namespace mcplexer::syntax {

struct Parsed {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  File file;

  explicit Parsed(std::string text, const source::Limits& limits = {}) {
    const FileId id = sources.Add("test.plex", std::move(text));
    file = ParsePlex(sources, id, limits, diagnostics);
    diagnostics.Sort();
  }

  std::string tree() const { return Dump(file); }

  // All diagnostics, one `line:col: severity[code]: message` each.
  std::string errors() const {
    std::string out;
    for (const source::Diagnostic& diagnostic : diagnostics.all()) {
      const std::string line = source::RenderShort(sources, diagnostic);
      out += line.substr(std::string_view("test.plex:").size());
    }
    return out;
  }

  // The first help of all diagnostics.
  std::string help() const {
    for (const source::Diagnostic& diagnostic : diagnostics.all()) {
      for (const source::Note& note : diagnostic.notes) return note.text;
    }
    return "";
  }
};

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_TESTS_UNIT_SYNTAX_PARSED_H_
