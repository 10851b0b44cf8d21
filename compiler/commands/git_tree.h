// SPDX-License-Identifier: Apache-2.0
// The files of one revision of a git repository, as git itself reads them: no work tree is made,
// and nothing in the repository is changed. Paths are those of the repository,
// `policies/acme.plex`.

#ifndef MCPLEXER_COMPILER_COMMANDS_GIT_TREE_H_
#define MCPLEXER_COMPILER_COMMANDS_GIT_TREE_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "compiler/model/file_system.h"
#include "runtime/base/result.h"

namespace mcplexer::commands {

// The revision is somebody's input, perhaps the name of a branch that a stranger chose.
struct GitLimits {
  size_t list_bytes = size_t{64} << 20;  // of the list of all files: half a million of them
  size_t error_bytes = 4'096;            // of what git says of its failure
  int seconds = 60;                      // for one run of git
};

class GitTree : public model::FileSystem {
 public:
  // Of the repository around the current directory. Fails where there is none, and for a revision
  // that it does not know or that git could take for an option.
  static Result<std::unique_ptr<GitTree>> Open(const std::string& revision,
                                               const GitLimits& limits = {});

  // Where the current directory lies in the repository: "" at its top, else without a slash at the
  // end.
  const std::string& here() const { return here_; }

  // FileSystem. Links are followed as far as they stay in the revision. Sources are shown as
  // `git:REVISION:PATH`.
  Result<std::string> Canonical(const std::string& path) override;
  bool IsDirectory(const std::string& path) override;
  Result<std::vector<Entry>> List(const std::string& path) override;
  Result<FileId> Load(const std::string& path, const std::string& shown,
                      const source::Limits& limits, source::SourceMap& sources) override;

  Result<std::string> Read(const std::string& path, size_t most_bytes);

 private:
  struct Object {
    std::string id;
    bool link = false;
  };

  GitTree(std::string revision, const GitLimits& limits)
      : revision_(std::move(revision)), limits_(limits) {}

  Status ReadList(const std::string& commit);
  Result<std::string> Resolve(const std::string& path);

  std::string revision_;
  GitLimits limits_;
  std::string here_;
  std::map<std::string, Object> objects_;
  std::set<std::string> directories_;  // "" is the top
};

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_GIT_TREE_H_
