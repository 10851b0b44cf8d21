// SPDX-License-Identifier: Apache-2.0
// Cases of tests/text/model (golden.h says how they look): the policy as Dump writes it, when
// nothing is wrong with it, and the diagnostics, as people see them.

#include "tests/text/golden.h"

#include <gtest/gtest.h>

#include <string>

#include "compiler/source/render.h"
#include "tests/unit/model/lowered.h"

namespace mcplexer::model {
namespace {

TEST(GoldenTest, EachCaseLowersToWhatItSays) {
  CheckGoldenFolder("tests/text/model", [](const std::string& name, const std::string& text) {
    const auto lowered = LowerFiles({{name, text}});
    std::string all;
    if (!lowered->diagnostics.has_errors()) all += Dump(lowered->policy);
    for (const source::Diagnostic& diagnostic : lowered->diagnostics.all()) {
      all += RenderText(lowered->sources, diagnostic);
    }
    return all;
  });
}

}  // namespace
}  // namespace mcplexer::model
