// SPDX-License-Identifier: Apache-2.0
// Reading source files, and what every front end demands of their bytes before it looks at them.

#ifndef MCPLEXER_COMPILER_SOURCE_LOAD_H_
#define MCPLEXER_COMPILER_SOURCE_LOAD_H_

#include <string>

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "runtime/base/result.h"

namespace mcplexer::source {

// Reads `path` whole and adds it to `sources` under the name `shown`; a byte order mark is left
// out. Never reads more than one byte past the limit, so that a device or a pipe cannot fill the
// memory; the text is then refused by CheckText. Fails when the file cannot be opened or read, and
// for a directory. Does not look at the bytes: front ends call CheckText.
Result<FileId> LoadFile(const std::string& path, std::string shown, const Limits& limits,
                        SourceMap& sources);

// The same of standard input.
Result<FileId> LoadStandardInput(std::string shown, const Limits& limits, SourceMap& sources);

// Whether a front end may parse the text: not over the limit (E0105), valid UTF-8 without NUL
// bytes (E0106, at the first bad byte), without controls that turn the direction of writing, steer
// a terminal or end a line for some readers only (E0114: what a reviewer sees would not be what is
// compiled; strings have escapes for them).
bool CheckText(const SourceMap& sources, FileId file, const Limits& limits,
               Diagnostics& diagnostics);

}  // namespace mcplexer::source

#endif  // MCPLEXER_COMPILER_SOURCE_LOAD_H_
