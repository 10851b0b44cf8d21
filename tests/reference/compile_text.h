// SPDX-License-Identifier: Apache-2.0
// Policy text to a compilation, without files.

#ifndef MCPLEXER_TESTS_REFERENCE_COMPILE_TEXT_H_
#define MCPLEXER_TESTS_REFERENCE_COMPILE_TEXT_H_

#include <memory>
#include <string>

#include "compiler/commands/compilation.h"

namespace mcplexer::testing {

std::unique_ptr<commands::Compilation> CompileText(const std::string& text);

// Its diagnostics, a line each.
std::string MessagesOf(const commands::Compilation& compilation);

}  // namespace mcplexer::testing

#endif  // MCPLEXER_TESTS_REFERENCE_COMPILE_TEXT_H_
