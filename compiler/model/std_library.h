// SPDX-License-Identifier: Apache-2.0
// The standard library, `import "std/..."`: the files of stdlib-policies/, part of the program, so
// that a policy means the same wherever that version of the compiler runs.

#ifndef MCPLEXER_COMPILER_MODEL_STD_LIBRARY_H_
#define MCPLEXER_COMPILER_MODEL_STD_LIBRARY_H_

#include <span>
#include <string_view>

namespace mcplexer::model {

struct StdFile {
  std::string_view path;  // "std/github.plex"
  std::string_view text;
};

// Sorted by path.
std::span<const StdFile> StdLibrary();

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_STD_LIBRARY_H_
