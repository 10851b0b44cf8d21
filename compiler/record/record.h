// SPDX-License-Identifier: Apache-2.0
// Asks servers what they offer, all at once. Each is started as the gateway would start it, without
// any credentials but those of a scope that the caller chose for it.

#ifndef MCPLEXER_COMPILER_RECORD_RECORD_H_
#define MCPLEXER_COMPILER_RECORD_RECORD_H_

#include <memory>
#include <string>
#include <vector>

#include "compiler/record/interview.h"
#include "runtime/base/id.h"
#include "runtime/plan/plan.h"

namespace mcplexer::record {

struct Subject {
  ServerId server;
  ScopeId scope;  // not valid: no credentials
};

struct RecordOptions {
  std::string directory;                 // where a server without `cwd` of its own runs
  std::string home;                      // what `~` stands for
  std::string entry = "/proc/self/exe";  // see downstream::Spawn
  InterviewLimits limits;
};

// One recording a subject, in the same order. Returns when all servers have answered or failed and
// no child process is left. Blocks; runs an event loop of its own.
std::vector<Recording> Record(const std::shared_ptr<const plan::Plan>& plan,
                              const std::vector<Subject>& subjects, const RecordOptions& options);

}  // namespace mcplexer::record

#endif  // MCPLEXER_COMPILER_RECORD_RECORD_H_
