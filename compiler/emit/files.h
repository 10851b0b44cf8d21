// SPDX-License-Identifier: Apache-2.0
// The source files as a plan knows them: by path from the deepest directory that holds them all, in
// the order of those paths. So neither the machine's directories nor the order or the directory in
// which a command was given its files shows in a plan.

#ifndef MCPLEXER_COMPILER_EMIT_FILES_H_
#define MCPLEXER_COMPILER_EMIT_FILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/source/source.h"
#include "runtime/plan/format.h"

namespace mcplexer::emit {

class SourceFiles {
 public:
  explicit SourceFiles(const source::SourceMap& sources);

  // Ascending.
  const std::vector<std::string>& paths() const { return paths_; }
  // The place of a file in paths().
  uint32_t number(FileId file) const { return numbers_[file.index()]; }
  // SHA-256 over each file's path, size and text, in that order.
  const plan::Digest& digest() const { return digest_; }

 private:
  std::vector<std::string> paths_;
  std::vector<uint32_t> numbers_;
  plan::Digest digest_;
};

}  // namespace mcplexer::emit

#endif  // MCPLEXER_COMPILER_EMIT_FILES_H_
