// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/value_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/model/names.h"
#include "compiler/model/values.h"

namespace mcplexer::model {
namespace {

using Kind = syntax::Value::Kind;

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
    } else if (value.kind == Kind::kString && key_ == "command") {
      diagnostic.Help(
          "write each word by itself, as in `[\"npx\", \"-y\", \"a-server\"]`; no shell takes it "
          "apart");
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
    const bool word = value.kind == Kind::kWord || value.kind == Kind::kString;
    if (word &&
        std::find(spec_.words.begin(), spec_.words.end(), value.text) != spec_.words.end()) {
      return true;
    }
    std::string choices;
    for (size_t i = 0; i < spec_.words.size(); ++i) {
      const char* separator = i == 0 ? "" : i + 1 == spec_.words.size() ? " or " : ", ";
      choices += fmt::format("{}`{}`", separator, spec_.words[i]);
    }
    source::Diagnostic& diagnostic = reporter_.Report(
        Code::kBadValue, value.span,
        fmt::format("`{}` is {}, found {}", key_, choices,
                    word ? "`" + value.text + "`" : std::string(Describe(value.kind))));
    if (word) reporter_.Suggest(diagnostic, value.text, spec_.words);
    return false;
  }

  std::string_view key_;
  const KeySpec& spec_;
  Reporter& reporter_;
};

}  // namespace

bool CheckValue(const KeySpec& spec, const syntax::Value& value, Reporter& reporter) {
  return ValueCheck(spec.key, spec, reporter).Check(value);
}

}  // namespace mcplexer::model
