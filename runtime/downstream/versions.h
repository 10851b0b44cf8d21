// SPDX-License-Identifier: Apache-2.0
// The revisions of MCP. Those of the session era differ in what messages may hold, not in how they
// are routed, so one implementation speaks them all, to clients and to servers.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_VERSIONS_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_VERSIONS_H_

#include <algorithm>
#include <array>
#include <string_view>

namespace mcplexer::downstream {

inline constexpr std::array<std::string_view, 4> kSessionVersions = {"2024-11-05", "2025-03-26",
                                                                     "2025-06-18", "2025-11-25"};
inline constexpr std::string_view kLatestSessionVersion = kSessionVersions.back();
// The one revision in which a message may be an array of messages.
inline constexpr std::string_view kBatchVersion = "2025-03-26";

// The revision without sessions (modern_meta.h).
inline constexpr std::string_view kModernVersion = "2026-07-28";

inline bool IsSessionVersion(std::string_view version) {
  return std::find(kSessionVersions.begin(), kSessionVersions.end(), version) !=
         kSessionVersions.end();
}

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_VERSIONS_H_
