// SPDX-License-Identifier: Apache-2.0
// Cases of tests/text/syntax and tests/text/fmt (golden.h says how they look).

#include "tests/text/golden.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "compiler/source/render.h"
#include "compiler/syntax/dump.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"

namespace mcplexer::syntax {
namespace {

std::string Rendered(const source::SourceMap& sources, source::Diagnostics& diagnostics) {
  std::string all;
  diagnostics.Sort();
  for (const source::Diagnostic& diagnostic : diagnostics.all()) {
    all += RenderText(sources, diagnostic);
  }
  return all;
}

// The tree, as Dump writes it, and the diagnostics, as people see them.
TEST(GoldenTest, EachCaseParsesToWhatItSays) {
  CheckGoldenFolder("tests/text/syntax", [](const std::string& name, const std::string& text) {
    source::SourceMap sources;
    source::Diagnostics diagnostics;
    const FileId id = sources.Add(name, text);
    const std::string tree = Dump(ParsePlex(sources, id, {}, diagnostics));
    return tree + Rendered(sources, diagnostics);
  });
}

// The source in the one style, or the diagnostics.
TEST(GoldenTest, EachCaseIsFormattedToWhatItSays) {
  CheckGoldenFolder("tests/text/fmt", [](const std::string& name, const std::string& text) {
    source::SourceMap sources;
    source::Diagnostics diagnostics;
    const FileId id = sources.Add(name, text);
    const std::optional<std::string> formatted = FormatPlex(sources, id, {}, diagnostics);
    return formatted.value_or("") + Rendered(sources, diagnostics);
  });
}

}  // namespace
}  // namespace mcplexer::syntax
