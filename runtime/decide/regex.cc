// SPDX-License-Identifier: Apache-2.0
#include "runtime/decide/regex.h"

#include <fmt/core.h>

namespace mcplexer::decide {

Result<std::unique_ptr<const re2::RE2>> CompileRegex(std::string_view text) {
  // The program and the states found while running share this. Where they no longer fit RE2 goes on
  // without remembering states: slower, still linear. A plan may hold thousands of expressions, and
  // the values that fill their states are a client's.
  constexpr int64_t kMaxBytes = 1 << 20;
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  options.set_max_mem(kMaxBytes);
  auto regex =
      std::make_unique<const re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
  if (!regex->ok()) return Fail(fmt::format("regular expression: {}", regex->error()));
  return regex;
}

}  // namespace mcplexer::decide
