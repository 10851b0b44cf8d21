// SPDX-License-Identifier: Apache-2.0
// What tests of the model share: texts to a policy, findings as lines.

#ifndef MCPLEXER_TESTS_UNIT_MODEL_LOWERED_H_
#define MCPLEXER_TESTS_UNIT_MODEL_LOWERED_H_

#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/model/dump.h"
#include "compiler/model/lower.h"
#include "compiler/source/diagnostic.h"
#include "compiler/source/source.h"
#include "compiler/syntax/parse.h"
#include "compiler/yaml/parse.h"

namespace mcplexer::model {

// `path:line:column CODE [underlined] message` for each finding, in order.
inline std::vector<std::string> Findings(const source::SourceMap& sources,
                                         source::Diagnostics& diagnostics) {
  diagnostics.Sort();
  std::vector<std::string> findings;
  for (const source::Diagnostic& d : diagnostics.all()) {
    std::string place;
    if (const Span span = d.primary.span; span.valid()) {
      const source::Position at = sources.position(span.file, span.begin);
      place = fmt::format("{}:{}:{} [{}] ", sources.path(span.file), at.line, at.column,
                          sources.text(span));
    }
    findings.push_back(fmt::format("{}{} {}", place, source::Info(d.code).text, d.message));
  }
  return findings;
}

struct Lowered {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  Policy policy;
  std::vector<std::string> findings;

  // Null if there is none.
  const Rule* FindRule(std::string_view id) const {
    for (const Rule& rule : policy.rules) {
      if (rule.id == id) return &rule;
    }
    return nullptr;
  }
  std::vector<std::string> Ids() const {
    std::vector<std::string> ids;
    for (const Rule& rule : policy.rules) ids.push_back(rule.id);
    return ids;
  }
};

using NamedText = std::pair<std::string, std::string>;

inline std::unique_ptr<Lowered> LowerFiles(const std::vector<NamedText>& files,
                                           const LowerOptions& options = {}) {
  auto lowered = std::make_unique<Lowered>();
  std::vector<syntax::File> trees;
  for (const auto& [path, text] : files) {
    const FileId id = lowered->sources.Add(path, text);
    trees.push_back(
        path.ends_with(".yaml")
            ? yaml::ParseYaml(lowered->sources, id, options.limits, lowered->diagnostics)
            : syntax::ParsePlex(lowered->sources, id, options.limits, lowered->diagnostics));
    trees.back().id = id;
  }
  lowered->policy = Lower(trees, lowered->sources, options, lowered->diagnostics);
  lowered->findings = Findings(lowered->sources, lowered->diagnostics);
  return lowered;
}

inline std::unique_ptr<Lowered> LowerText(std::string text, const LowerOptions& options = {}) {
  return LowerFiles({{"p.plex", std::move(text)}}, options);
}

}  // namespace mcplexer::model

#endif  // MCPLEXER_TESTS_UNIT_MODEL_LOWERED_H_
