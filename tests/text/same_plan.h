// SPDX-License-Identifier: Apache-2.0
// What formatting and converting leave as it was: a plan is the same when all its bytes are, but
// for the digests of the sources and of the content, and for each rule's line and column.

#ifndef MCPLEXER_TESTS_TEXT_SAME_PLAN_H_
#define MCPLEXER_TESTS_TEXT_SAME_PLAN_H_

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "compiler/commands/compilation.h"
#include "compiler/source/limits.h"
#include "compiler/syntax/parse.h"
#include "compiler/yaml/parse.h"
#include "runtime/plan/format.h"

namespace mcplexer {

enum class Surface : uint8_t { kPlex, kYaml };

// The compilation of one text. The file's name is the same for both surfaces: it is in the plan.
inline std::unique_ptr<commands::Compilation> CompileAs(Surface surface, const std::string& text) {
  auto compilation = std::make_unique<commands::Compilation>();
  const FileId file = compilation->sources.Add("policy", text);
  const auto parse = surface == Surface::kPlex ? &syntax::ParsePlex : &yaml::ParseYaml;
  const syntax::File tree =
      parse(compilation->sources, file, source::Limits(), compilation->diagnostics);
  commands::CompileTrees({tree}, "", *compilation);
  return compilation;
}

// The bytes that have to be the same; empty when there is no plan.
inline std::vector<std::byte> PlanWithoutPlaces(const commands::Compilation& compilation) {
  std::vector<std::byte> bytes = compilation.plan;
  if (bytes.empty()) return bytes;
  plan::Header header;
  std::memcpy(&header, bytes.data(), sizeof(header));
  header.content_digest = {};
  header.source_digest = {};
  std::memcpy(bytes.data(), &header, sizeof(header));
  for (uint32_t i = 0; i < header.section_count; ++i) {
    plan::SectionEntry entry;
    std::memcpy(&entry, bytes.data() + sizeof(header) + i * sizeof(entry), sizeof(entry));
    if (entry.id != static_cast<uint32_t>(plan::SectionId::kRuleOrigins)) continue;
    for (uint64_t rule = 0; rule < entry.count; ++rule) {
      std::byte* place = bytes.data() + entry.offset + rule * entry.element_size;
      plan::RuleOriginRecord record;
      std::memcpy(&record, place, sizeof(record));
      record.line = 0;
      record.column = 0;
      std::memcpy(place, &record, sizeof(record));
    }
  }
  return bytes;
}

}  // namespace mcplexer

#endif  // MCPLEXER_TESTS_TEXT_SAME_PLAN_H_
