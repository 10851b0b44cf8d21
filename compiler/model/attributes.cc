// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/attributes.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "compiler/model/values.h"

namespace mcplexer::model {
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
  return value->kind == syntax::Value::Kind::kDuration ? value->number
                                                       : Integer(*value).value_or(otherwise);
}

bool Attributes::Bool(std::string_view key, bool otherwise) const {
  const syntax::Value* value = Find(key);
  return value == nullptr ? otherwise : value->boolean;
}

namespace {

bool IsClause(std::string_view key) {
  constexpr std::string_view kClauses[] = {"approvers", "because",  "except", "for",
                                           "log",       "priority", "quorum", "require",
                                           "timeout",   "using",    "via",    "when"};
  return std::find(std::begin(kClauses), std::end(kClauses), key) != std::end(kClauses);
}

}  // namespace

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
      if (table.what == "workspace" && IsClause(key)) {
        diagnostic.Help(fmt::format("`{}` belongs to a rule and stands there without `=`", key));
      }
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
    if (CheckValue(*spec, attribute.value, reporter)) read.valid_[key] = &attribute.value;
  }
  for (const KeySpec& spec : table.keys) {
    if (spec.presence == Presence::kOptional || read.Written(spec.key)) continue;
    reporter.Report(Code::kMissingAttribute, declaration.span,
                    fmt::format("{} `{}` has no `{}`", table.what, declaration.text, spec.key));
  }
  return read;
}

}  // namespace mcplexer::model
