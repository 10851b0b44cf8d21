// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/variables.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/model/credentials.h"

namespace mcplexer::model {
namespace {

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

bool IsVariable(VariableKind kind, std::string_view name) {
  if (name.empty()) return false;
  if (kind == VariableKind::kEnvironment) {
    return !(name.front() >= '0' && name.front() <= '9') &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return IsAlphanumeric(c) || c == '_'; });
  }
  constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~";
  return std::all_of(name.begin(), name.end(), [&](char c) {
    return IsAlphanumeric(c) || kTokenMarks.find(c) != std::string_view::npos;
  });
}

void CheckVariable(VariableKind kind, const syntax::Name& key, Reporter& reporter) {
  if (IsVariable(kind, key.text)) return;
  const bool header = kind == VariableKind::kHeader;
  reporter
      .Report(Code::kBadValue, key.span,
              fmt::format("`{}` cannot name {}", key.text,
                          header ? "a header" : "an environment variable"))
      .Help(header
                ? "a header's name is letters, digits and !#$%&'*+-.^_`|~"
                : "a variable's name is letters, digits and `_`, and does not begin with a digit");
}

void CheckLiteral(const syntax::Name& key, const syntax::Value& value, Reporter& reporter) {
  if (!IsCredentialKey(key.text, value.text) || !FindCredentials(value.text).empty()) return;
  reporter
      .Report(Code::kSecretLiteral, value.span,
              fmt::format("`{}` is given a literal: {}", key.text, Redacted(value.text)))
      .Help("declare `secret NAME = env(\"..\")` and let a scope `set` the variable to it");
}

}  // namespace mcplexer::model
