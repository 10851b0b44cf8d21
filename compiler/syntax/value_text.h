// SPDX-License-Identifier: Apache-2.0
// A value on one line, in whatever form: what holds other values is the same in all of them.

#ifndef MCPLEXER_COMPILER_SYNTAX_VALUE_TEXT_H_
#define MCPLEXER_COMPILER_SYNTAX_VALUE_TEXT_H_

#include <functional>
#include <string>
#include <string_view>

#include "compiler/syntax/ast.h"

namespace mcplexer::syntax {

struct ValueForm {
  std::function<std::string(const Value&)> scalar;  // also the name of a call
  std::function<std::string(const std::string&)> key;
  std::string_view map_begin = "{";
  std::string_view map_end = "}";
};

std::string ValueText(const Value& value, const ValueForm& form);

// As .plex has it.
std::string PlexValue(const Value& value);

}  // namespace mcplexer::syntax

#endif  // MCPLEXER_COMPILER_SYNTAX_VALUE_TEXT_H_
