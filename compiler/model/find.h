// SPDX-License-Identifier: Apache-2.0
// Which files a command is given.

#ifndef MCPLEXER_COMPILER_MODEL_FIND_H_
#define MCPLEXER_COMPILER_MODEL_FIND_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/file_system.h"
#include "runtime/base/result.h"

namespace mcplexer::model {

// By its name.
bool IsPlex(std::string_view path);
bool IsYaml(std::string_view path);

struct FoundFile {
  std::string canonical;  // what it is known by, whatever it is called
  std::string shown;      // as it was given, without `./` and the like; also what is opened
};

struct Found {
  std::vector<FoundFile> files;  // by their shown paths; one may be there under several of them
  std::vector<Error> unreadable;
};

// `paths`: files, and directories searched for `*.plex`, `mcplexer.yaml` and `*.mcplexer.yaml`;
// hidden files and folders, `build` and `node_modules` are left out.
Found FindFiles(const std::vector<std::string>& paths, FileSystem& file_system);

// How a path is shown.
std::string ShownPath(const std::string& path);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_FIND_H_
