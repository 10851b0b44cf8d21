// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/attributes.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "compiler/model/credentials.h"
#include "compiler/model/names.h"
#include "compiler/model/references.h"
#include "compiler/model/roots.h"

namespace mcplexer::model {
namespace {

using Kind = syntax::Value::Kind;

std::optional<int64_t> Integer(const syntax::Value& value) {
  int64_t number = 0;
  const char* end = value.text.data() + value.text.size();
  const auto [at, error] = std::from_chars(value.text.data(), end, number);
  if (error != std::errc() || at != end) return std::nullopt;
  return number;
}

std::string DurationText(int64_t milliseconds) {
  constexpr std::pair<int64_t, char> kUnits[] = {
      {86'400'000, 'd'}, {3'600'000, 'h'}, {60'000, 'm'}, {1'000, 's'}};
  for (const auto& [size, unit] : kUnits) {
    if (milliseconds >= size && milliseconds % size == 0) {
      return fmt::format("{}{}", milliseconds / size, unit);
    }
  }
  return fmt::format("{}ms", milliseconds);
}

std::string_view Expected(ValueType type) {
  switch (type) {
    case ValueType::kText:
    case ValueType::kNonEmpty:
    case ValueType::kDirectory:
      return "a string";
    case ValueType::kTexts:
    case ValueType::kCommand:
      return "a list of strings";
    case ValueType::kTextMap:
      return "a map of strings";
    case ValueType::kDuration:
      return "a duration such as `30s` or `5m`";
    case ValueType::kInteger:
      return "a whole number";
    case ValueType::kBool:
      return "`true` or `false`";
    case ValueType::kWord:
      return "a word";
    case ValueType::kNames:
      return "a list of names";
    case ValueType::kName:
      return "a name";
    case ValueType::kSecret:
      return "`secret(NAME)`";
    case ValueType::kMap:
      return "a map";
  }
  return "";
}

// One value against one row of the table. Reports at most once for each thing that is wrong.
class ValueCheck {
 public:
  ValueCheck(std::string_view key, const KeySpec& spec, Reporter& reporter)
      : key_(key), spec_(spec), reporter_(reporter) {}

  bool Check(const syntax::Value& value) const {
    switch (spec_.type) {
      case ValueType::kText:
        return CheckText(value);
      case ValueType::kNonEmpty:
        return CheckText(value) && CheckNonEmpty(value);
      case ValueType::kDirectory:
        return CheckKind(value, Kind::kString) && CheckDirectory(value, reporter_);
      case ValueType::kTexts:
        return CheckList(value, &ValueCheck::CheckText);
      case ValueType::kCommand:
        return CheckList(value, &ValueCheck::CheckText) && CheckCommand(value);
      case ValueType::kTextMap:
        return CheckTextMap(value);
      case ValueType::kDuration:
        return CheckKind(value, Kind::kDuration) && CheckRange(value, value.number);
      case ValueType::kInteger:
        return CheckInteger(value);
      case ValueType::kBool:
        return CheckKind(value, Kind::kBool);
      case ValueType::kWord:
        return CheckWord(value);
      case ValueType::kNames:
        return CheckList(value, &ValueCheck::CheckName);
      case ValueType::kName:
        return CheckName(value);
      case ValueType::kSecret:
        return SecretReference(value, reporter_).has_value();
      case ValueType::kMap:
        return CheckKind(value, Kind::kMap);
    }
    return false;
  }

 private:
  bool CheckKind(const syntax::Value& value, Kind kind) const {
    if (value.kind == kind) return true;
    WrongType(value);
    return false;
  }

  void WrongType(const syntax::Value& value) const {
    source::Diagnostic& diagnostic = reporter_.Report(
        Code::kBadValue, value.span,
        fmt::format("`{}` is {}, found {}", key_, Expected(spec_.type), Describe(value.kind)));
    if (value.kind == Kind::kWord &&
        Expected(spec_.type).find("string") != std::string_view::npos) {
      diagnostic.Help(fmt::format("put it in quotes: \"{}\"", value.text));
    }
  }

  bool CheckText(const syntax::Value& value) const {
    if (value.kind == Kind::kString) return PlainText(value, reporter_).has_value();
    WrongType(value);
    return false;
  }

  bool CheckNonEmpty(const syntax::Value& value) const {
    if (!value.text.empty()) return true;
    reporter_.Report(Code::kBadValue, value.span, fmt::format("`{}` is empty", key_));
    return false;
  }

  bool CheckCommand(const syntax::Value& value) const {
    if (!value.items.empty() && !value.items.front().text.empty()) return true;
    reporter_.Report(Code::kBadValue, value.span, fmt::format("`{}` names no program", key_));
    return false;
  }

  bool CheckName(const syntax::Value& value) const {
    if (value.kind != Kind::kWord && value.kind != Kind::kString) {
      WrongType(value);
      return false;
    }
    if (IsName(value.text)) return true;
    reporter_.Report(Code::kBadValue, value.span, fmt::format("`{}` is not a name", value.text));
    return false;
  }

  bool CheckList(const syntax::Value& value,
                 bool (ValueCheck::*check)(const syntax::Value&) const) const {
    if (value.kind != Kind::kList) {
      WrongType(value);
      return false;
    }
    bool good = true;
    for (const syntax::Value& item : value.items) good = (this->*check)(item) && good;
    return good;
  }

  bool CheckTextMap(const syntax::Value& value) const {
    if (value.kind != Kind::kMap) {
      WrongType(value);
      return false;
    }
    CheckMapKeys(value, reporter_);
    bool good = true;
    for (const auto& [key, item] : value.entries) good = CheckText(item) && good;
    return good;
  }

  bool CheckInteger(const syntax::Value& value) const {
    const auto number = value.kind == Kind::kNumber ? Integer(value) : std::nullopt;
    if (!number) {
      WrongType(value);
      return false;
    }
    return CheckRange(value, *number);
  }

  bool CheckRange(const syntax::Value& value, int64_t number) const {
    if (number >= spec_.low && number <= spec_.high) return true;
    const auto show = [&](int64_t bound) {
      return spec_.type == ValueType::kDuration ? DurationText(bound) : std::to_string(bound);
    };
    reporter_.Report(Code::kBadValue, value.span,
                     fmt::format("`{}` is between {} and {}, found {}", key_, show(spec_.low),
                                 show(spec_.high), value.text));
    return false;
  }

  bool CheckWord(const syntax::Value& value) const {
    if (value.kind == Kind::kWord || value.kind == Kind::kString) {
      if (std::find(spec_.words.begin(), spec_.words.end(), value.text) != spec_.words.end()) {
        return true;
      }
      std::string choices;
      for (size_t i = 0; i < spec_.words.size(); ++i) {
        const char* separator = i == 0 ? "" : i + 1 == spec_.words.size() ? " or " : ", ";
        choices += fmt::format("{}`{}`", separator, spec_.words[i]);
      }
      source::Diagnostic& diagnostic =
          reporter_.Report(Code::kBadValue, value.span,
                           fmt::format("`{}` is {}, found `{}`", key_, choices, value.text));
      reporter_.Suggest(diagnostic, value.text, spec_.words);
      return false;
    }
    WrongType(value);
    return false;
  }

  std::string_view key_;
  const KeySpec& spec_;
  Reporter& reporter_;
};

}  // namespace

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

const syntax::Value* Attributes::Find(std::string_view key) const {
  const auto at = valid_.find(key);
  return at == valid_.end() ? nullptr : at->second;
}

std::string Attributes::Text(std::string_view key) const {
  const syntax::Value* value = Find(key);
  return value == nullptr ? "" : Unescaped(value->text);
}

std::vector<std::string> Attributes::Texts(std::string_view key) const {
  std::vector<std::string> texts;
  if (const syntax::Value* value = Find(key)) {
    for (const syntax::Value& item : value->items) texts.push_back(Unescaped(item.text));
  }
  return texts;
}

KeyValues Attributes::TextMap(std::string_view key) const {
  KeyValues map;
  if (const syntax::Value* value = Find(key)) {
    for (const auto& [name, item] : value->entries)
      map.emplace_back(name.text, Unescaped(item.text));
  }
  std::sort(map.begin(), map.end());
  return map;
}

int64_t Attributes::Number(std::string_view key, int64_t otherwise) const {
  const syntax::Value* value = Find(key);
  if (value == nullptr) return otherwise;
  return value->kind == Kind::kDuration ? value->number : Integer(*value).value_or(otherwise);
}

bool Attributes::Bool(std::string_view key, bool otherwise) const {
  const syntax::Value* value = Find(key);
  return value == nullptr ? otherwise : value->boolean;
}

Attributes ReadAttributes(const std::vector<syntax::Attribute>& attributes,
                          const AttributeTable& table, const syntax::Name& declaration,
                          Reporter& reporter) {
  Attributes read;
  for (const syntax::Attribute& attribute : attributes) {
    const std::string& key = attribute.key.text;
    if (attribute.is_set) {
      reporter.Report(Code::kMeaninglessClause, attribute.key.span,
                      fmt::format("a {} has no `set`", table.what));
      continue;
    }
    const auto spec = std::find_if(table.keys.begin(), table.keys.end(),
                                   [&](const KeySpec& row) { return row.key == key; });
    if (spec == table.keys.end()) {
      source::Diagnostic& diagnostic =
          reporter.Report(Code::kUnknownAttribute, attribute.key.span,
                          fmt::format("a {} has no attribute `{}`", table.what, key));
      std::vector<std::string_view> keys;
      for (const KeySpec& row : table.keys) keys.push_back(row.key);
      reporter.Suggest(diagnostic, key, keys);
      continue;
    }
    const auto [at, added] = read.written_.try_emplace(key, attribute.key.span);
    if (!added) {
      reporter
          .Report(Code::kDuplicateKey, attribute.key.span,
                  fmt::format("`{}` is given more than once", key))
          .Also(at->second, "given here first");
      continue;
    }
    if (ValueCheck(key, *spec, reporter).Check(attribute.value))
      read.valid_[key] = &attribute.value;
  }
  for (const KeySpec& spec : table.keys) {
    if (spec.presence == Presence::kOptional || read.Written(spec.key)) continue;
    reporter.Report(Code::kMissingAttribute, declaration.span,
                    fmt::format("{} `{}` has no `{}`", table.what, declaration.text, spec.key));
  }
  return read;
}

}  // namespace mcplexer::model
