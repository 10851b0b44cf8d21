// SPDX-License-Identifier: Apache-2.0
// What tests of the YAML front end share: parse a text, show its findings, look up what it
// declares.

#ifndef MCPLEXER_TESTS_UNIT_YAML_PARSED_H_
#define MCPLEXER_TESTS_UNIT_YAML_PARSED_H_

#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/dump.h"
#include "compiler/yaml/parse.h"

namespace mcplexer::yaml {

struct Parsed {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  FileId id;
  syntax::File file;

  // "3:5 E0108 message" for each finding.
  std::vector<std::string> Findings() const {
    std::vector<std::string> findings;
    for (const source::Diagnostic& d : diagnostics.all()) {
      const source::Position at = sources.position(id, d.primary.span.begin);
      findings.push_back(
          fmt::format("{}:{} {} {}", at.line, at.column, source::Info(d.code).text, d.message));
    }
    return findings;
  }
  // The text that the first finding underlines.
  std::string_view Underlined() const {
    return diagnostics.all().empty() ? "" : sources.text(diagnostics.all()[0].primary.span);
  }
  std::string_view Text(source::Span span) const { return sources.text(span); }
  // Null if there is none.
  const syntax::Declaration* Find(syntax::Declaration::Kind kind, std::string_view name) const {
    for (const syntax::Declaration& d : file.declarations) {
      if (d.kind == kind && d.name.text == name) return &d;
    }
    return nullptr;
  }
};

inline std::unique_ptr<Parsed> Parse(std::string text, const source::Limits& limits = {}) {
  auto parsed = std::make_unique<Parsed>();
  parsed->id = parsed->sources.Add("mcplexer.yaml", std::move(text));
  parsed->file = ParseYaml(parsed->sources, parsed->id, limits, parsed->diagnostics);
  return parsed;
}

// As in .plex, but for the form of values (compiler/syntax/dump.h).
inline std::string Show(const std::vector<syntax::Attribute>& attributes) {
  std::string out;
  for (const syntax::Attribute& a : attributes) {
    out += fmt::format("{}{} = {}\n", a.is_set ? "set " : "", a.key.text, syntax::Dump(a.value));
  }
  return out;
}

}  // namespace mcplexer::yaml

#endif  // MCPLEXER_TESTS_UNIT_YAML_PARSED_H_
