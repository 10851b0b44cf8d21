// SPDX-License-Identifier: Apache-2.0
// One entry of `mcpServers`, `servers` or `[mcp_servers]`.

#ifndef MCPLEXER_COMPILER_IMPORT_READ_SERVER_H_
#define MCPLEXER_COMPILER_IMPORT_READ_SERVER_H_

#include <optional>
#include <string>
#include <vector>

#include "compiler/import/configuration.h"
#include "compiler/import/document.h"
#include "compiler/import/secret_table.h"

namespace mcplexer::importer {

// Where an entry stands.
struct ServerPlace {
  std::string file;
  std::string root;  // of its workspace
};

// The server, or nothing where it is none that a policy can have. Everything that is not carried is
// told in `notes`, and stands as a comment at the server.
std::optional<ClientServer> ReadServer(Value entry, const ServerPlace& place, SecretTable& secrets,
                                       std::vector<Note>& notes);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_READ_SERVER_H_
