// SPDX-License-Identifier: Apache-2.0
// Configurations of clients to a draft: workspaces, servers with their scopes, rules.

#ifndef MCPLEXER_COMPILER_IMPORT_ASSEMBLE_H_
#define MCPLEXER_COMPILER_IMPORT_ASSEMBLE_H_

#include <cstdint>

#include "compiler/import/configuration.h"
#include "compiler/import/draft.h"

namespace mcplexer::importer {

enum class Stance : uint8_t {
  // What the clients do: every call is asked about, except where a list says otherwise.
  kFaithful,
  // A policy to begin with: reading is free, destroying is denied, the rest is asked about.
  kStarter,
};

// `draft.secrets` are the configuration's. Adds workspaces, servers, rules and notes.
void Assemble(const Configuration& configuration, Stance stance, Draft& draft);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_ASSEMBLE_H_
