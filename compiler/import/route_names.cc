// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/route_names.h"

#include <algorithm>

#include "compiler/import/plex_text.h"

namespace mcplexer::importer {

ToolNames ReadToolMatch(std::string_view pattern) {
  if (!pattern.ends_with('*')) return {std::string(pattern), false};
  return {std::string(pattern.substr(0, pattern.size() - 1)), true};
}

int SpecificityOf(const ToolNames& names) {
  if (!names.prefix) return 2;
  return names.text.empty() ? 0 : 1;
}

bool Contains(const ToolNames& outer, const ToolNames& inner) {
  if (outer.prefix) return inner.text.starts_with(outer.text);
  return !inner.prefix && inner.text == outer.text;
}

std::optional<ToolNames> CommonOf(const ToolNames& a, const ToolNames& b) {
  if (Contains(a, b)) return b;
  if (Contains(b, a)) return a;
  return std::nullopt;
}

bool Meet(const std::vector<ToolNames>& a, const std::vector<ToolNames>& b) {
  return std::any_of(a.begin(), a.end(), [&](const ToolNames& one) {
    return std::any_of(b.begin(), b.end(),
                       [&](const ToolNames& other) { return CommonOf(one, other).has_value(); });
  });
}

bool Contains(const std::vector<ToolNames>& outer, const ToolNames& inner) {
  return std::any_of(outer.begin(), outer.end(),
                     [&](const ToolNames& one) { return Contains(one, inner); });
}

void AddTo(std::vector<ToolNames>& names, const ToolNames& added) {
  if (Contains(names, added)) return;
  std::erase_if(names, [&](const ToolNames& one) { return Contains(added, one); });
  names.push_back(added);
}

std::optional<ToolNames> NamesHere(const ToolNames& names, const Space& space) {
  if (space.here.empty()) return std::nullopt;
  auto common = CommonOf(names, {space.there + "__", true});
  if (!common) return std::nullopt;
  const std::string tool = common->text.substr(space.there.size() + 2);
  const bool nameless = tool.empty() && !common->prefix;
  const bool control = std::any_of(tool.begin(), tool.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (nameless || control) return std::nullopt;
  common->text = space.here + "__" + tool;
  return common;
}

std::string GlobOf(const ToolNames& names) {
  if (!names.prefix) return EscapedGlob(names.text);
  return names.text.empty() ? "*__*" : EscapedGlob(names.text) + "*";
}

}  // namespace mcplexer::importer
