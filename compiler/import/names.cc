// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/names.h"

#include <algorithm>
#include <iterator>

#include "compiler/model/credentials.h"
#include "compiler/model/likely_credential.h"

namespace mcplexer::importer {
namespace {

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

void TrimUnderscores(std::string& name) {
  while (name.ends_with('_')) name.pop_back();
  name.erase(0, std::min(name.find_first_not_of('_'), name.size()));
}

// Whether the language reads it as a number or a duration: `8`, `1e3`, `5m`.
bool ReadsAsNumber(std::string_view name) {
  constexpr std::string_view kDigits = "0123456789";
  const size_t digits = std::min(name.find_first_not_of(kDigits), name.size());
  if (digits == 0) return false;
  std::string_view rest = name.substr(digits);
  constexpr std::string_view kUnits[] = {"", "ms", "s", "m", "h", "d"};
  if (std::find(std::begin(kUnits), std::end(kUnits), rest) != std::end(kUnits)) return true;
  if (rest.front() != 'e' && rest.front() != 'E') return false;
  rest.remove_prefix(rest.substr(1).starts_with('-') ? 2 : 1);
  return !rest.empty() && rest.find_first_not_of(kDigits) == std::string_view::npos;
}

}  // namespace

bool NameHoldsCredential(std::string_view name) {
  return !model::FindCredentials(name).empty() || model::HoldsRandomText(name);
}

std::string NamespaceFor(std::string_view name, std::string_view otherwise) {
  if (NameHoldsCredential(name)) return std::string(otherwise);
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
  if (ReadsAsNumber(out) && !otherwise.empty()) {
    out.insert(0, std::string(otherwise) + "_");
    out.resize(std::min(out.size(), kLongestNamespace));
  }
  return out.empty() ? std::string(otherwise) : out;
}

std::string VariableFor(std::string_view name) {
  if (NameHoldsCredential(name)) return "";
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
