// SPDX-License-Identifier: Apache-2.0
// The file system as the loader sees it, so that tests and an editor can put something else in its
// place.

#ifndef MCPLEXER_COMPILER_MODEL_FILE_SYSTEM_H_
#define MCPLEXER_COMPILER_MODEL_FILE_SYSTEM_H_

#include <string>
#include <vector>

#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "runtime/base/result.h"

namespace mcplexer::model {

class FileSystem {
 public:
  struct Entry {
    std::string name;
    bool directory = false;  // links followed
  };

  virtual ~FileSystem() = default;

  // The one absolute path, without links, of what exists at `path`.
  virtual Result<std::string> Canonical(const std::string& path) = 0;
  virtual bool IsDirectory(const std::string& path) = 0;
  // What is in a directory, sorted by name; links to nothing are left out.
  virtual Result<std::vector<Entry>> List(const std::string& path) = 0;
  // As source::LoadFile.
  virtual Result<FileId> Load(const std::string& path, const std::string& shown,
                              const source::Limits& limits, source::SourceMap& sources) = 0;
};

// The machine's own; stateless.
FileSystem& Disk();

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_FILE_SYSTEM_H_
