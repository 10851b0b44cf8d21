// SPDX-License-Identifier: Apache-2.0
// The other end of control_listener.h, for commands: blocking, with a limit of time.

#ifndef MCPLEXER_RUNTIME_CONTROL_CONTROL_CLIENT_H_
#define MCPLEXER_RUNTIME_CONTROL_CONTROL_CLIENT_H_

#include <chrono>
#include <string>
#include <string_view>

#include "runtime/base/result.h"
#include "runtime/control/control_directory.h"

namespace mcplexer::control {

struct Answer {
  enum class Kind : uint8_t { kAnswered, kGone, kFailed };
  Kind kind = Kind::kFailed;
  std::string text;  // the answer, or why there is none
};

// kGone: the gateway has died, and its socket has been removed.
Answer Ask(const ControlDirectory& directory, const std::string& gateway, std::string_view request,
           std::chrono::milliseconds patience);

}  // namespace mcplexer::control

#endif  // MCPLEXER_RUNTIME_CONTROL_CONTROL_CLIENT_H_
