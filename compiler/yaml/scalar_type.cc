// SPDX-License-Identifier: Apache-2.0
#include "compiler/yaml/scalar_type.h"

#include <algorithm>
#include <cstddef>

namespace mcplexer::yaml {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

size_t SkipDigits(std::string_view text, size_t i) {
  while (i < text.size() && IsDigit(text[i])) ++i;
  return i;
}

}  // namespace

std::optional<int64_t> ParseDigits(std::string_view text) {
  if (text.empty() || text.size() > 15 || !std::all_of(text.begin(), text.end(), IsDigit)) {
    return std::nullopt;
  }
  if (text.size() > 1 && text[0] == '0') return std::nullopt;
  int64_t number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return number;
}

std::optional<int64_t> ParseInteger(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::optional<int64_t> number = ParseDigits(text);
  if (!number || (negative && *number == 0)) return std::nullopt;
  return negative ? -*number : *number;
}

std::optional<int64_t> ParseDuration(std::string_view text) {
  struct Unit {
    std::string_view name;
    int64_t milliseconds;
  };
  constexpr Unit kUnits[] = {
      {"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  const size_t end = SkipDigits(text, 0);
  // Ten digits of days are 10^18 milliseconds.
  if (end == 0 || end > 10) return std::nullopt;
  int64_t number = 0;
  for (const char c : text.substr(0, end)) number = number * 10 + (c - '0');
  for (const Unit& unit : kUnits) {
    if (text.substr(end) == unit.name) return number * unit.milliseconds;
  }
  return std::nullopt;
}

bool IsJsonNumber(std::string_view text) {
  size_t i = text.starts_with('-') ? 1 : 0;
  const size_t integer = i;
  i = SkipDigits(text, i);
  if (i == integer || (text[integer] == '0' && i > integer + 1)) return false;
  if (i < text.size() && text[i] == '.') {
    const size_t fraction = i + 1;
    i = SkipDigits(text, fraction);
    if (i == fraction) return false;
  }
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    const size_t exponent = i;
    i = SkipDigits(text, exponent);
    if (i == exponent) return false;
  }
  return i == text.size();
}

bool IsDoubtfulNumber(std::string_view text) {
  if (IsJsonNumber(text)) return false;
  if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
  if (text.empty()) return false;
  if (text == ".inf" || text == ".Inf" || text == ".INF") return true;
  if (text == ".nan" || text == ".NaN" || text == ".NAN") return true;
  if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'o' || text[1] == 'b')) {
    return std::all_of(text.begin() + 2, text.end(),
                       [](char c) { return IsHexDigit(c) || c == '_'; });
  }
  // Digits with `_` anywhere behind the first, at most one point, and perhaps an exponent.
  if (!IsDigit(text[0]) && !(text[0] == '.' && text.size() > 1 && IsDigit(text[1]))) return false;
  size_t i = 0;
  size_t points = 0;
  for (; i < text.size() && (IsDigit(text[i]) || text[i] == '_' || text[i] == '.'); ++i) {
    points += text[i] == '.' ? 1 : 0;
  }
  if (points > 1) return false;  // 1.2.3 is nobody's number
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    const size_t exponent = i;
    i = SkipDigits(text, exponent);
    if (i == exponent) return false;
  }
  return i == text.size();
}

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) {
    return IsDigit(c) || IsLetter(c) || c == '_' || c == '-';
  });
}

std::optional<std::string_view> ParseSecretReference(std::string_view text) {
  constexpr std::string_view kBefore = "${secret(";
  constexpr std::string_view kAfter = ")}";
  if (!text.starts_with(kBefore) || !text.ends_with(kAfter)) return std::nullopt;
  text.remove_prefix(kBefore.size());
  text.remove_suffix(kAfter.size());
  if (!IsName(text)) return std::nullopt;
  return text;
}

}  // namespace mcplexer::yaml
