// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/names.h"

#include <algorithm>

namespace mcplexer::importer {
namespace {

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

void TrimUnderscores(std::string& name) {
  while (name.ends_with('_')) name.pop_back();
  name.erase(0, std::min(name.find_first_not_of('_'), name.size()));
}

}  // namespace

std::string NamespaceFor(std::string_view name, std::string_view otherwise) {
  std::string out;
  for (const char c : name) {
    // A name that begins with `-` is none.
    if (IsAlphanumeric(c) || (c == '-' && !out.empty())) {
      out += c;
    } else if (!out.ends_with('_')) {
      out += '_';
    }
  }
  TrimUnderscores(out);
  out.resize(std::min(out.size(), kLongestNamespace));
  TrimUnderscores(out);
  while (out.starts_with('-')) out.erase(0, 1);
  return out.empty() ? std::string(otherwise) : out;
}

std::string VariableFor(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (IsAlphanumeric(c)) {
      out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    } else if (!out.ends_with('_')) {
      out += '_';
    }
  }
  TrimUnderscores(out);
  constexpr size_t kLongest = 64;
  out.resize(std::min(out.size(), kLongest));
  TrimUnderscores(out);
  if (!out.empty() && out.front() >= '0' && out.front() <= '9') out.insert(0, "V_");
  return out;
}

std::string VariableFor(std::string_view server, std::string_view what) {
  const std::string prefix = VariableFor(server) + "_";
  const std::string name = VariableFor(what);
  return name.starts_with(prefix) || prefix == "_" ? name : VariableFor(prefix + name);
}

std::string PermissionName(std::string_view name) {
  std::string out(name);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return !IsAlphanumeric(c) && c != '_' && c != '-'; },
      '_');
  return out;
}

std::string UniqueNames::Take(std::string_view wanted) {
  std::string name(wanted);
  for (size_t i = 2; !taken_.insert(name).second; ++i) {
    const std::string suffix = "_" + std::to_string(i);
    name = std::string(wanted.substr(0, longest_ - suffix.size()));
    while (name.ends_with('_')) name.pop_back();  // no `__`
    name += suffix;
  }
  return name;
}

}  // namespace mcplexer::importer
