// SPDX-License-Identifier: Apache-2.0
// A policy that says `arg.amount < 1000` must mean it for 999.9999999999999999999 and for 1e400, so
// nothing here is ever a double. Two numbers in the form sign * 0.DIGITS * 10^exponent are compared
// by sign, then exponent, then digits from the left; the form is found by moving the two ends of a
// view over the text. No power of ten is written out, so 1e999999999 costs ten steps.
#include "runtime/json/decimal.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/json/bytes.h"

namespace mcplexer::json {
namespace {

// The parts of a number by RFC 8259 section 6, each without its mark.
struct Parts {
  bool negative = false;
  std::string_view integer;
  std::string_view fraction;
  bool negative_exponent = false;
  std::string_view exponent;
};

std::string_view TakeDigits(std::string_view& text) {
  const char* begin = text.data();
  const char* end = SkipDigits(begin, begin + text.size());
  const std::string_view digits = text.substr(0, static_cast<size_t>(end - begin));
  text.remove_prefix(digits.size());
  return digits;
}

bool Take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Parts> Split(std::string_view text) {
  Parts parts;
  parts.negative = Take(text, '-');
  parts.integer = TakeDigits(text);
  if (parts.integer.empty()) return std::nullopt;
  if (parts.integer.size() > 1 && parts.integer.front() == '0') return std::nullopt;
  if (Take(text, '.')) {
    parts.fraction = TakeDigits(text);
    if (parts.fraction.empty()) return std::nullopt;
  }
  if (Take(text, 'e') || Take(text, 'E')) {
    parts.negative_exponent = Take(text, '-');
    if (!parts.negative_exponent) Take(text, '+');
    parts.exponent = TakeDigits(text);
    if (parts.exponent.empty()) return std::nullopt;
  }
  if (!text.empty()) return std::nullopt;
  return parts;
}

// nullopt above Decimal::kMaxExponent.
std::optional<int64_t> ExponentValue(const Parts& parts) {
  int64_t value = 0;
  for (const char digit : parts.exponent) {
    value = value * 10 + (digit - '0');
    if (value > Decimal::kMaxExponent) return std::nullopt;
  }
  return parts.negative_exponent ? -value : value;
}

}  // namespace

std::optional<Decimal> Decimal::Parse(std::string_view number) {
  const std::optional<Parts> parts = Split(number);
  if (!parts.has_value()) return std::nullopt;
  // Integer and fraction lie side by side but for the point between them.
  const char* integer = parts->integer.data();
  const char* integer_end = integer + parts->integer.size();
  const char* end =
      parts->fraction.empty() ? integer_end : parts->fraction.data() + parts->fraction.size();

  const auto is_padding = [](char c) { return c == '0' || c == '.'; };
  const char* first = std::find_if_not(integer, end, is_padding);
  if (first == end) return Decimal();
  const char* last = end;
  while (is_padding(last[-1])) --last;

  const std::optional<int64_t> written = ExponentValue(*parts);
  if (!written.has_value()) return std::nullopt;
  Decimal decimal;
  decimal.negative_ = parts->negative;
  decimal.digits_ = {first, static_cast<size_t>(last - first)};
  // Digits before the point raise the exponent, zeros right behind it lower it.
  const int64_t shift = first < integer_end ? integer_end - first : integer_end + 1 - first;
  decimal.exponent_ = *written + shift;
  return decimal;
}

std::string Decimal::Text() const {
  if (digits_.empty()) return "0";
  std::string digits(digits_);
  std::erase(digits, '.');
  const auto count = static_cast<int64_t>(digits.size());
  const char* sign = negative_ ? "-" : "";
  // The bounds are ECMAScript's.
  if (exponent_ > 0 && exponent_ <= 21) {
    if (count <= exponent_) {
      return fmt::format("{}{}{}", sign, digits,
                         std::string(static_cast<size_t>(exponent_ - count), '0'));
    }
    return fmt::format("{}{}", sign, digits.insert(static_cast<size_t>(exponent_), "."));
  }
  if (exponent_ > -6 && exponent_ <= 0) {
    return fmt::format("{}0.{}{}", sign, std::string(static_cast<size_t>(-exponent_), '0'), digits);
  }
  if (count > 1) digits.insert(1, ".");
  return fmt::format("{}{}e{:+}", sign, digits, exponent_ - 1);
}

std::strong_ordering Decimal::CompareMagnitude(const Decimal& other) const {
  // Zero has no digits; its exponent says nothing.
  if (digits_.empty() || other.digits_.empty()) {
    return other.digits_.empty() <=> digits_.empty();
  }
  if (exponent_ != other.exponent_) return exponent_ <=> other.exponent_;
  const char* a = digits_.data();
  const char* b = other.digits_.data();
  const char* a_end = a + digits_.size();
  const char* b_end = b + other.digits_.size();
  while (true) {
    if (a != a_end && *a == '.') ++a;
    if (b != b_end && *b == '.') ++b;
    // The last digit is not a zero: of two equal beginnings the longer is the greater.
    if (a == a_end || b == b_end) return (a != a_end) <=> (b != b_end);
    if (*a != *b) return *a <=> *b;
    ++a;
    ++b;
  }
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.negative_ != b.negative_) {
    return a.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return a.negative_ ? b.CompareMagnitude(a) : a.CompareMagnitude(b);
}

std::optional<std::strong_ordering> CompareNumbers(std::string_view a, std::string_view b) {
  const std::optional<Decimal> left = Decimal::Parse(a);
  const std::optional<Decimal> right = Decimal::Parse(b);
  if (!left.has_value() || !right.has_value()) return std::nullopt;
  return *left <=> *right;
}

}  // namespace mcplexer::json
