// SPDX-License-Identifier: Apache-2.0
// UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.

#ifndef MCPLEXER_RUNTIME_JSON_UTF8_H_
#define MCPLEXER_RUNTIME_JSON_UTF8_H_

#include <cstddef>
#include <string_view>

namespace mcplexer::json {

bool IsUtf8(std::string_view bytes);

// The length of the longest prefix that is UTF-8. Slower than IsUtf8: for saying where, once it is
// known that.
size_t Utf8PrefixLength(std::string_view bytes);

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_UTF8_H_
