// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/whole_compiler.h"

#include <cstdio>

#include "compiler/convert/convert.h"
#include "runtime/plan/plan.h"
#include "tests/fuzz/require.h"

namespace mcplexer::fuzz {
namespace {

// `text`, of which `compilation` made a plan, in the other surface: the plan is the same.
void CheckConversion(Surface surface, const std::string& text,
                     const commands::Compilation& compilation) {
  const syntax::File& tree = compilation.files.front();
  const convert::Conversion conversion =
      surface == Surface::kPlex ? convert::ToYaml(compilation.sources, tree)
                                : convert::ToPlex(compilation.sources, tree, source::Limits());
  if (!conversion.problems.empty()) return;
  const Surface other = surface == Surface::kPlex ? Surface::kYaml : Surface::kPlex;
  const auto converted = CompileAs(other, conversion.text);
  const bool same = PlanWithoutPlaces(*converted) == PlanWithoutPlaces(compilation);
  if (!same) std::fprintf(stderr, "%s\nbecame\n%s\n", text.c_str(), conversion.text.c_str());
  Require(same, "another plan in the other surface");
}

}  // namespace

void CheckCompilation(Surface surface, const std::string& text) {
  const auto first = CompileAs(surface, text);
  Require(first->plan.empty() == first->diagnostics.has_errors(), "neither a plan nor an error");
  for (const auto& diagnostic : first->diagnostics.all()) {
    const source::Span span = diagnostic.primary.span;
    if (!span.valid()) continue;
    Require(span.begin <= span.end && span.end <= text.size(), "a place outside the text");
  }
  if (first->plan.empty()) return;
  Require(plan::Plan::Load(first->plan).has_value(), "a plan that does not load");
  Require(CompileAs(surface, text)->plan == first->plan, "another plan the second time");
  CheckConversion(surface, text, *first);
}

}  // namespace mcplexer::fuzz
