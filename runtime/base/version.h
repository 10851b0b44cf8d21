// SPDX-License-Identifier: Apache-2.0
// The release that this tree builds, as shown by --version and told to peers.

#ifndef MCPLEXER_RUNTIME_BASE_VERSION_H_
#define MCPLEXER_RUNTIME_BASE_VERSION_H_

#include <string_view>

namespace mcplexer {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace mcplexer

#endif  // MCPLEXER_RUNTIME_BASE_VERSION_H_
