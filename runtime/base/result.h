// SPDX-License-Identifier: Apache-2.0
// Result<T>: how a function says that the world failed (a file is missing, a peer is gone, bytes do
// not verify). A user's mistake in a policy is a diagnostic instead, and a bug is a CHECK.

#ifndef MCPLEXER_RUNTIME_BASE_RESULT_H_
#define MCPLEXER_RUNTIME_BASE_RESULT_H_

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace mcplexer {

// What went wrong, as one line for a person: lower case, no full stop, never a secret's value.
struct Error {
  std::string message;
};

template <typename T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

// Return Fail("...") from a function whose result is any Result<T>.
inline tl::unexpected<Error> Fail(std::string message) {
  return tl::unexpected<Error>(Error{std::move(message)});
}

}  // namespace mcplexer

#endif  // MCPLEXER_RUNTIME_BASE_RESULT_H_
