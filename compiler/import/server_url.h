// SPDX-License-Identifier: Apache-2.0
// The URL of a server. A policy's URL holds no secret and no reference, so what a configuration has
// of these is taken out: a credential goes into a header instead.

#ifndef MCPLEXER_COMPILER_IMPORT_SERVER_URL_H_
#define MCPLEXER_COMPILER_IMPORT_SERVER_URL_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/import/draft.h"
#include "compiler/import/text_reader.h"
#include "runtime/base/result.h"

namespace mcplexer::importer {

struct ServerUrl {
  std::string url;
  std::vector<std::pair<std::string, Text>> headers;  // for what was taken out
  std::vector<std::string> remarks;
};

// Fails for what is no http or https URL; the message does not quote it.
Result<ServerUrl> ReadServerUrl(std::string_view raw, uint32_t line, TextReader& reader);

}  // namespace mcplexer::importer

#endif  // MCPLEXER_COMPILER_IMPORT_SERVER_URL_H_
