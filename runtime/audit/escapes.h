// SPDX-License-Identifier: Apache-2.0
// Lenient decoding, for looking into texts that may or may not be escaped: what is not an escape
// stays as it is.

#ifndef MCPLEXER_RUNTIME_AUDIT_ESCAPES_H_
#define MCPLEXER_RUNTIME_AUDIT_ESCAPES_H_

#include <string>
#include <string_view>

namespace mcplexer::audit {

// %41 -> A. RFC 3986 section 2.1.
std::string DecodePercent(std::string_view text);

// \n, \u0041 and the like, as in JSON strings; of any other backslash pair the second character.
std::string DecodeBackslashes(std::string_view text);

}  // namespace mcplexer::audit

#endif  // MCPLEXER_RUNTIME_AUDIT_ESCAPES_H_
