// SPDX-License-Identifier: Apache-2.0
// `lint --fix`: which texts the fixes come to, the proof that safe ones change no decision, and
// writing them.

#ifndef MCPLEXER_COMPILER_COMMANDS_FIX_FILES_H_
#define MCPLEXER_COMPILER_COMMANDS_FIX_FILES_H_

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "compiler/commands/compilation.h"
#include "compiler/model/file_system.h"
#include "runtime/base/result.h"

namespace mcplexer::commands {

struct FixOptions {
  CompileOptions compile;
  std::set<source::Code> enabled;  // as for Lint
  bool unsafe = false;             // unsafe fixes, too
};

struct FixedFile {
  std::string path;    // canonical
  std::string shown;   // as it was given
  std::string before;  // without a byte order mark, as sources are held
  std::string after;
};

struct Fixed {
  // After all fixes, linted: what is left to say.
  std::unique_ptr<Compilation> compilation;
  std::vector<FixedFile> files;  // by path
  size_t findings = 0;           // how many were fixed
  size_t withheld = 0;           // errors with a fix that is left out, since others would remain
};

// Compiles, lints, and puts in the fixes, again until there is nothing left to fix. Nothing is
// written. Where errors stand between the sources and a plan, their fixes come first, and count
// only if nothing but a policy that compiles is left: an edit among other errors proves nothing.
// Safe fixes of a policy with a plan are followed by a proof that every call is decided as before;
// one that fails is a bug in a check, and an Error that says "internal error". Fails also when
// unsafe fixes leave a policy that does not compile.
Result<Fixed> FixAll(const FixOptions& options, model::FileSystem& disk);

// All of the files or none, each appearing under its name only when it is complete, with its mode
// and byte order mark. Fails, before anything is written, when one has changed since it was read.
Status WriteFixed(const std::vector<FixedFile>& files);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_COMPILER_COMMANDS_FIX_FILES_H_
