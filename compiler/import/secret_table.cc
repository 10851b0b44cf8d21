// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/secret_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/import/names.h"
#include "compiler/import/plex_text.h"

namespace mcplexer::importer {
namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

std::string Place(const SecretUse& use) {
  return use.line == 0 ? use.file : fmt::format("{}:{}", use.file, use.line);
}

}  // namespace

size_t SecretTable::Add(Origin origin, std::string variable, std::string_view identity,
                        SecretUse use) {
  const std::string key = fmt::format("{} {} {}", static_cast<int>(origin), variable, identity);
  const auto [at, added] = index_.try_emplace(key, entries_.size());
  if (added) entries_.push_back({origin, std::move(variable), std::move(use)});
  return at->second;
}

size_t SecretTable::Literal(std::string_view variable, std::string_view value, SecretUse use) {
  std::string name = VariableFor(variable);
  if (name.empty()) name = VariableFor(use.server + "_secret");
  return Add(Origin::kLiteral, name.empty() ? "SECRET" : name, value, std::move(use));
}

size_t SecretTable::Reference(std::string_view variable, SecretUse use) {
  return Add(Origin::kReference, std::string(variable), "", std::move(use));
}

size_t SecretTable::Input(std::string_view id, SecretUse use) {
  std::string name = VariableFor(id);
  return Add(Origin::kInput, name.empty() ? "INPUT" : name, id, std::move(use));
}

std::vector<Secret> SecretTable::Finish() const {
  std::map<std::string, size_t> wanted;
  for (const Entry& entry : entries_) ++wanted[entry.variable];
  UniqueNames variables;
  UniqueNames names;
  std::vector<Secret> secrets(entries_.size());
  // References first: the name of a variable that somebody has set already is not ours to change.
  for (const bool references : {true, false}) {
    for (size_t i = 0; i < entries_.size(); ++i) {
      const Entry& entry = entries_[i];
      if ((entry.origin == Origin::kReference) != references) continue;
      std::string variable = entry.variable;
      if (!references && wanted[variable] > 1) {
        variable = VariableFor(entry.use.server, variable);
      }
      variable = variables.Take(variable);
      Secret& secret = secrets[i];
      secret.variable = variable;
      secret.name = names.Take(NamespaceFor(Lower(variable), "secret"));
      const std::string put =
          fmt::format("put the value into the variable {} of the gateway's environment", variable);
      switch (entry.origin) {
        case Origin::kReference:
          secret.comment = fmt::format("{}: taken from the environment in {} as well",
                                       entry.use.what, Place(entry.use));
          break;
        case Origin::kInput:
          secret.comment = fmt::format("{}: the client asked for it ({}); {}", entry.use.what,
                                       Place(entry.use), put);
          break;
        case Origin::kLiteral:
          secret.comment =
              fmt::format("{}: its value stands in {}; {}", entry.use.what, Place(entry.use), put);
          break;
      }
    }
  }
  return secrets;
}

}  // namespace mcplexer::importer
