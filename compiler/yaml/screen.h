// SPDX-License-Identifier: Apache-2.0
// What must be known of a file's bytes before yaml-cpp reads them.

#ifndef MCPLEXER_COMPILER_YAML_SCREEN_H_
#define MCPLEXER_COMPILER_YAML_SCREEN_H_

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"

namespace mcplexer::yaml {

// True if `file` passes source::CheckText, holds no control characters and only line ends that
// every reader agrees on, and begins with no directive; else reports the first thing wrong.
bool Screen(const source::SourceMap& sources, FileId file, const source::Limits& limits,
            source::Diagnostics& diagnostics);

}  // namespace mcplexer::yaml

#endif  // MCPLEXER_COMPILER_YAML_SCREEN_H_
