// SPDX-License-Identifier: Apache-2.0
// Syntax trees to a policy: names resolved, templates expanded, defaults filled in, and everything
// checked that can be said of one declaration or rule without comparing it with others.

#ifndef MCPLEXER_COMPILER_MODEL_LOWER_H_
#define MCPLEXER_COMPILER_MODEL_LOWER_H_

#include <string>
#include <vector>

#include "compiler/model/policy.h"
#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"

namespace mcplexer::model {

struct LowerOptions {
  // What `~` stands for: absolute, canonical. Empty: unknown, and how a `~` root lies to an
  // absolute one is left open (but in `/` lies everything).
  std::string home;
  source::Limits limits;
};

// Always returns a policy. Where errors were reported it lacks what they are about, and must not be
// compiled. The order of `files`, and of the declarations in them, does not matter. Pure.
Policy Lower(const std::vector<syntax::File>& files, const source::SourceMap& sources,
             const LowerOptions& options, source::Diagnostics& diagnostics);

}  // namespace mcplexer::model

#endif  // MCPLEXER_COMPILER_MODEL_LOWER_H_
