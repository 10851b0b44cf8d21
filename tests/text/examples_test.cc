// SPDX-License-Identifier: Apache-2.0
// `mcplexerc lint` has nothing to say to the examples: they are what a careful author writes, and a
// check that finds fault with one of them is wrong, or it is right and the example is to be mended.
#include <gtest/gtest.h>

#include "compiler/commands/compilation.h"
#include "compiler/source/render.h"
#include "tests/text/golden.h"

namespace mcplexer {
namespace {

TEST(ExamplesTest, LintClean) {
  const auto folders = PathsIn("examples");
  ASSERT_FALSE(folders.empty()) << "is MCPLEXER_SOURCE_DIR set?";
  for (const auto& folder : folders) {
    SCOPED_TRACE(folder);
    const auto compilation = commands::Compile({{folder.string()}, ""});
    commands::Lint(*compilation, {});
    EXPECT_FALSE(compilation->plan.empty());
    for (const source::Diagnostic& diagnostic : compilation->diagnostics.all()) {
      if (!diagnostic.suppressed) ADD_FAILURE() << RenderText(compilation->sources, diagnostic);
    }
  }
}

}  // namespace
}  // namespace mcplexer
