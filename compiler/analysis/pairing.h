// SPDX-License-Identifier: Apache-2.0
// Directories, as the workspaces of two policies divide them together.

#ifndef MCPLEXER_COMPILER_ANALYSIS_PAIRING_H_
#define MCPLEXER_COMPILER_ANALYSIS_PAIRING_H_

#include <array>
#include <tl/expected.hpp>
#include <vector>

#include "compiler/analysis/call_search.h"
#include "compiler/analysis/joint.h"

namespace mcplexer::analysis {

// Directories in which one home workspace of each side, or none of that side, decides.
struct Pairing {
  std::array<WorkspaceId, 2> homes;  // the joint's; not valid: none
  Base base;
};

// All of them, disjoint, none without a directory. `territory` is of the joint's workspaces.
tl::expected<std::vector<Pairing>, automata::LimitError> FindPairings(const Joint& joint,
                                                                      const Territory& territory);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_PAIRING_H_
