// SPDX-License-Identifier: Apache-2.0
// The keys of a server's entry that say nothing about how it is started or reached.

#ifndef MCPLEXER_COMPILER_IMPORT_SERVER_KEYS_H_
#define MCPLEXER_COMPILER_IMPORT_SERVER_KEYS_H_

#include <cstdint>
#include <functional>
#include <string>

#include "compiler/import/configuration.h"
#include "compiler/import/document.h"

namespace mcplexer::importer {

using Sayer = std::function<void(std::string text, uint32_t line)>;

// Which tools may be called without asking, which must not be called: what clients call
// `autoApprove`, `alwaysAllow`, `trust`, `disabledTools`, `includeTools`, `enabled_tools` ...
void ReadServerTools(Value entry, ClientServer& server, const Sayer& say);

// Says of each key that is not carried why, by `say` where it concerns how the server behaves and
// by `tell` where it does not.
void ExplainServerKeys(Value entry, const Sayer& say, const Sayer& tell);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_SERVER_KEYS_H_
