// SPDX-License-Identifier: Apache-2.0
// Whether each key of a document is known, there when it has to be, and of its type.

#ifndef MCPLEXER_COMPILER_YAML_CHECK_H_
#define MCPLEXER_COMPILER_YAML_CHECK_H_

#include <vector>

#include "compiler/source/diagnostic.h"
#include "compiler/source/limits.h"
#include "compiler/yaml/document.h"

namespace mcplexer::yaml {

// For each node whether lowering may use it: false for a value that was reported, for the list or
// map of texts that holds one, and for the map of keys that has one or lacks one.
using Usable = std::vector<bool>;

// Checks the document against RootSection() and reports what is wrong, at most
// limits.errors_per_file findings.
Usable Check(const Document& document, const source::Limits& limits,
             source::Diagnostics& diagnostics);

}  // namespace mcplexer::yaml

#endif  // MCPLEXER_COMPILER_YAML_CHECK_H_
