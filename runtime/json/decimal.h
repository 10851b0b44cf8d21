// SPDX-License-Identifier: Apache-2.0
// Exact comparison of JSON numbers by their text, at any size and precision.

#ifndef MCPLEXER_RUNTIME_JSON_DECIMAL_H_
#define MCPLEXER_RUNTIME_JSON_DECIMAL_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mcplexer::json {

// A number as sign * 0.DIGITS * 10^exponent, DIGITS with neither leading nor trailing zeros, so
// that a value has one form. A view: the text must outlive it.
class Decimal {
 public:
  // A written exponent beyond this is refused rather than compared: no peer computes with it.
  static constexpr int64_t kMaxExponent = 1'000'000'000;

  // nullopt when the text is not exactly one JSON number, or its exponent is beyond kMaxExponent
  // (except that zero is zero whatever its exponent). Linear, allocates nothing.
  static std::optional<Decimal> Parse(std::string_view number);

  // The value in ECMAScript's notation (Number::toString) with all its digits: equal values have
  // one text. 1.50 is "1.5", 1e2 "100", -0 "0", 1e21 "1e+21".
  std::string Text() const;

  // Exact: 1.0 equals 1, 100 equals 1e2, -0 equals 0.
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) {
    return (a <=> b) == std::strong_ordering::equal;
  }

 private:
  std::strong_ordering CompareMagnitude(const Decimal& other) const;

  bool negative_ = false;    // never for zero
  std::string_view digits_;  // may hold one '.', which is skipped; empty for zero
  int64_t exponent_ = 0;     // 0 for zero
};

// nullopt when either cannot be compared exactly (see Decimal::Parse).
std::optional<std::strong_ordering> CompareNumbers(std::string_view a, std::string_view b);

}  // namespace mcplexer::json

#endif  // MCPLEXER_RUNTIME_JSON_DECIMAL_H_
