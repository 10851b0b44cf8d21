// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/values.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

#include "compiler/model/credentials.h"
#include "compiler/model/references.h"
#include "compiler/model/roots.h"

namespace mcplexer::model {
namespace {

using Kind = syntax::Value::Kind;

}  // namespace

std::optional<int64_t> Integer(const syntax::Value& value) {
  int64_t number = 0;
  const char* end = value.text.data() + value.text.size();
  const auto [at, error] = std::from_chars(value.text.data(), end, number);
  if (error != std::errc() || at != end) return std::nullopt;
  return number;
}

std::string_view Describe(syntax::Value::Kind kind) {
  switch (kind) {
    case Kind::kString:
      return "a string";
    case Kind::kNumber:
      return "a number";
    case Kind::kDuration:
      return "a duration";
    case Kind::kBool:
      return "a truth value";
    case Kind::kNull:
      return "`null`";
    case Kind::kWord:
      return "a bare word";
    case Kind::kRegex:
      return "a regular expression";
    case Kind::kList:
      return "a list";
    case Kind::kMap:
      return "a map";
    case Kind::kCall:
      return "a call";
  }
  return "";
}

std::optional<std::string> PlainText(const syntax::Value& value, Reporter& reporter) {
  if (value.kind != Kind::kString) {
    reporter.Report(Code::kBadValue, value.span,
                    fmt::format("a string is needed, found {}", Describe(value.kind)));
    return std::nullopt;
  }
  if (const size_t nul = value.text.find('\0'); nul != std::string::npos) {
    reporter.Report(Code::kBadValue, value.span, "the string holds a NUL byte");
    return std::nullopt;
  }
  if (!MayHoldReferences(value.text)) return value.text;
  const auto pieces = SplitReferences(value.text);
  if (!pieces) {
    const TextError& error = pieces.error();
    reporter
        .Report(Code::kBadValue,
                reporter.Narrow(value.span, value.text, error.offset, error.length), error.message)
        .Help("write `$${` for the text `${`");
    return std::nullopt;
  }
  std::string text;
  for (const TextPiece& piece : *pieces) {
    if (piece.reference) {
      source::Diagnostic& diagnostic = reporter.Report(
          Code::kBadValue, reporter.Narrow(value.span, value.text, piece.offset, piece.length),
          fmt::format("`${{{}}}` is not replaced here", piece.text));
      if (piece.text.starts_with("secret(")) {
        diagnostic.Help("put it in a `scope` and name that in `using`");
      } else {
        diagnostic.Help("write `$${` for the text `${`");
      }
      return std::nullopt;
    }
    text += piece.text;
  }
  return text;
}

std::string Unescaped(std::string_view text) {
  std::string out;
  size_t at = 0;
  for (size_t next = text.find("$${"); next != std::string_view::npos;
       next = text.find("$${", at)) {
    out += text.substr(at, next - at);
    out += "${";
    at = next + 3;
  }
  out += text.substr(at);
  return out;
}

std::optional<syntax::Name> SecretReference(const syntax::Value& value, Reporter& reporter) {
  if (value.kind == Kind::kCall && value.text == "secret") {
    if (value.items.size() == 1 &&
        (value.items.front().kind == Kind::kWord || value.items.front().kind == Kind::kString)) {
      return syntax::Name{value.items.front().text, value.items.front().span};
    }
    reporter.Report(Code::kBadValue, value.span, "`secret` takes the name of one secret");
    return std::nullopt;
  }
  if (value.kind == Kind::kString) {
    reporter
        .Report(Code::kSecretLiteral, value.span,
                fmt::format("a literal {} stands where a secret belongs", Redacted(value.text)))
        .Help("declare `secret NAME = env(\"..\")` and write `secret(NAME)`");
    return std::nullopt;
  }
  reporter.Report(Code::kBadValue, value.span,
                  fmt::format("`secret(NAME)` is needed, found {}", Describe(value.kind)));
  return std::nullopt;
}

bool CheckDirectory(const syntax::Value& value, Reporter& reporter) {
  const auto root = ParseRoot(value.text);
  if (root) return true;
  const TextError& error = root.error();
  reporter.Report(Code::kBadValue,
                  reporter.Narrow(value.span, value.text, error.offset, error.length),
                  error.message);
  return false;
}

void CheckMapKeys(const syntax::Value& map, Reporter& reporter) {
  std::map<std::string_view, Span> seen;
  for (const auto& [key, value] : map.entries) {
    const auto [at, added] = seen.try_emplace(key.text, key.span);
    if (added) continue;
    reporter
        .Report(Code::kDuplicateKey, key.span,
                fmt::format("`{}` is given more than once", key.text))
        .Also(at->second, "given here first");
  }
}

}  // namespace mcplexer::model
