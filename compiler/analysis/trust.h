// SPDX-License-Identifier: Apache-2.0
// What no call shows of how two policies differ: who somebody is, who may approve, and over what a
// workspace is reached. Calls are compared by the names of principals; that a name means somebody
// else is said here.

#ifndef MCPLEXER_COMPILER_ANALYSIS_TRUST_H_
#define MCPLEXER_COMPILER_ANALYSIS_TRUST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/model/policy.h"

namespace mcplexer::analysis {

struct TrustChange {
  enum class Kind : uint8_t {
    kIdentity,    // a principal of both is recognised by something else
    kApprover,    // approves for groups that it did not approve for, ..
    kNoApprover,  // .. or no longer for such that it did
    kHttp,        // directories of a workspace can be named by HTTP sessions, ..
    kNoHttp,      // .. or no longer
  };
  Kind kind;
  std::string name;  // of the principal or workspace
  // Of an identity, what differs of "uid", "token", "jwt"; of an approver, the groups.
  std::vector<std::string> what;
  source::Span span;  // in the policy as it is; not valid: it is not in there

  // Whether more or less is let through so. An other identity is both: one comes in, one is out.
  bool wider() const {
    return kind == Kind::kIdentity || kind == Kind::kApprover || kind == Kind::kHttp;
  }
  bool narrower() const {
    return kind == Kind::kIdentity || kind == Kind::kNoApprover || kind == Kind::kNoHttp;
  }
};

// By kind, then by name. `home` is what `~` stands for in both.
std::vector<TrustChange> FindTrustChanges(const model::Policy& before, const model::Policy& after,
                                          const std::string& home);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_TRUST_H_
