// SPDX-License-Identifier: Apache-2.0
// What a scalar's text is. YAML 1.1 and 1.2 read the same plain scalars as different types; here
// the field decides, and where any type may stand, only what JSON calls a number, true, false or
// null is one.

#ifndef MCPLEXER_COMPILER_YAML_SCALAR_TYPE_H_
#define MCPLEXER_COMPILER_YAML_SCALAR_TYPE_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace mcplexer::yaml {

// Decimal digits without a leading zero, at most 15 of them: any such number of seconds is a number
// of milliseconds too.
std::optional<int64_t> ParseDigits(std::string_view text);

// The same with a `-` in front, or without; -0 is none.
std::optional<int64_t> ParseInteger(std::string_view text);

// `250ms`, `30s`, `5m`, `1h`, `2d` as .plex writes durations, in milliseconds; at most ten
// digits.
std::optional<int64_t> ParseDuration(std::string_view text);

// A number by JSON's grammar (RFC 8259, section 6).
bool IsJsonNumber(std::string_view text);

// What some reader of YAML takes for a number and JSON doesn't: 0x10, 0o17, 017, 1_000, +1, .5, 1.,
// .inf. Where any type may stand it has to be quoted or written in JSON's way.
bool IsDoubtfulNumber(std::string_view text);

// What a declaration may be called: 1 to 128 letters, digits, `_` and `-`.
bool IsName(std::string_view text);

// The NAME of `${secret(NAME)}`.
std::optional<std::string_view> ParseSecretReference(std::string_view text);

}  // namespace mcplexer::yaml

#endif  // MCPLEXER_COMPILER_YAML_SCALAR_TYPE_H_
