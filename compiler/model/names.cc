// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace mcplexer::model {
namespace {

constexpr size_t kLongestName = 128;

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

}  // namespace

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= kLongestName && text.front() != '-' &&
         std::all_of(text.begin(), text.end(), IsNameByte);
}

bool NameTable::Add(const syntax::Name& name, const syntax::Declaration* declaration,
                    Reporter& reporter) {
  if (!IsName(name.text)) {
    if (reporter.Incomplete(name.span.file)) return false;
    reporter
        .Report(Code::kBadValue, name.span, fmt::format("`{}` cannot name a {}", name.text, what_))
        .Help("a name is 1 to 128 letters, digits, `_` and `-`, and does not begin with `-`");
    return false;
  }
  const auto [at, added] = entries_.try_emplace(name.text, Entry{declaration, name.span, 0});
  if (!added) {
    reporter
        .Report(Code::kDuplicateName, name.span,
                fmt::format("{} `{}` is declared more than once", what_, name.text))
        .Also(at->second.span, "declared here first");
  }
  return added;
}

void NameTable::AddImplicit(const syntax::Name& name) {
  entries_.try_emplace(name.text, Entry{nullptr, name.span, 0});
}

void NameTable::Number() {
  uint32_t id = 0;
  for (auto& [name, entry] : entries_) entry.id = id++;
}

const NameTable::Entry* NameTable::Find(std::string_view name) const {
  const auto at = entries_.find(name);
  return at == entries_.end() ? nullptr : &at->second;
}

const NameTable::Entry* NameTable::Resolve(const syntax::Name& name, Reporter& reporter) const {
  const Entry* entry = Find(name.text);
  if (entry == nullptr) {
    source::Diagnostic& diagnostic = reporter.Report(
        Code::kUndefinedName, name.span, fmt::format("no {} is named `{}`", what_, name.text));
    if (!reporter.Suggest(diagnostic, name, names())) {
      reporter.List(diagnostic, "declared", names());
    }
  }
  return entry;
}

std::vector<std::string_view> NameTable::names() const {
  std::vector<std::string_view> names;
  names.reserve(entries_.size());
  for (const auto& [name, entry] : entries_) names.push_back(name);
  return names;
}

}  // namespace mcplexer::model
