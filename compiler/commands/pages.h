// SPDX-License-Identifier: Apache-2.0
// The pages of docs/diagnostics, embedded when the compiler is built.

#ifndef MCPLEXER_COMPILER_COMMANDS_PAGES_H_
#define MCPLEXER_COMPILER_COMMANDS_PAGES_H_

#include <string_view>

namespace mcplexer::commands {

// The page of a code ("E0401"); empty when there is none, which a test rules out.
std::string_view Page(std::string_view code);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_PAGES_H_
