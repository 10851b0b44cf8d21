// SPDX-License-Identifier: Apache-2.0
// MCPLEXER_CHECK(condition): a bug if false. The process ends with the place and the condition: a
// gateway that no longer knows what it is doing must not go on deciding.

#ifndef MCPLEXER_RUNTIME_BASE_CHECK_H_
#define MCPLEXER_RUNTIME_BASE_CHECK_H_

namespace mcplexer {

[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

}  // namespace mcplexer

#define MCPLEXER_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::mcplexer::CheckFailed(#condition, __FILE__, __LINE__))

#endif  // MCPLEXER_RUNTIME_BASE_CHECK_H_
