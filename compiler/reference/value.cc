// SPDX-License-Identifier: Apache-2.0
#include "compiler/reference/value.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

namespace mcplexer::reference {
namespace {

constexpr size_t kMaxDepth = 128;

// Builds the tree bottom up; keeps each open container's seen keys to refuse a second of the same.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::optional<JsonValue> Take() { return std::move(result_); }

  bool null() override { return Add({}); }
  bool boolean(bool value) override {
    JsonValue out;
    out.type = JsonValue::Type::kBool;
    out.boolean = value;
    return Add(std::move(out));
  }
  bool number_integer(number_integer_t value) override { return Number(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return Number(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& text) override { return Number(text); }
  bool string(string_t& value) override {
    JsonValue out;
    out.type = JsonValue::Type::kString;
    out.text = value;
    return Add(std::move(out));
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(JsonValue::Type::kObject); }
  bool start_array(std::size_t) override { return Open(JsonValue::Type::kArray); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& value) override {
    open_.back().key = value;
    return open_.back().keys.insert(value).second;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  struct Container {
    JsonValue value;
    std::string key;
    std::set<std::string> keys;
  };

  bool Number(std::string text) {
    JsonValue out;
    out.type = JsonValue::Type::kNumber;
    out.text = std::move(text);
    return Add(std::move(out));
  }
  bool Open(JsonValue::Type type) {
    if (open_.size() == kMaxDepth) return false;
    open_.push_back({});
    open_.back().value.type = type;
    return true;
  }
  bool Close() {
    JsonValue value = std::move(open_.back().value);
    open_.pop_back();
    return Add(std::move(value));
  }
  bool Add(JsonValue value) {
    if (open_.empty()) {
      result_ = std::move(value);
    } else if (open_.back().value.type == JsonValue::Type::kArray) {
      open_.back().value.items.push_back(std::move(value));
    } else {
      open_.back().value.members.push_back({open_.back().key, std::move(value)});
    }
    return true;
  }

  std::vector<Container> open_;
  std::optional<JsonValue> result_;
};

// sign, digits without leading or trailing zeros, and the power of ten of the first digit.
struct Normal {
  int sign = 0;
  std::string digits;
  long long magnitude = 0;
};

std::optional<Normal> Normalise(std::string_view number) {
  Normal normal;
  normal.sign = 1;
  if (number.starts_with('-')) {
    normal.sign = -1;
    number.remove_prefix(1);
  }
  const size_t e = number.find_first_of("eE");
  const std::string exponent(e == std::string_view::npos ? "0" : number.substr(e + 1));
  const std::string_view mantissa = number.substr(0, e);
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  normal.digits = std::string(mantissa.substr(0, point));
  if (point < mantissa.size()) normal.digits += mantissa.substr(point + 1);
  const size_t leading = normal.digits.find_first_not_of('0');
  if (leading == std::string::npos) return Normal{};
  if (exponent.size() > 11) return std::nullopt;
  const long long power = std::atoll(exponent.c_str());
  if (power > 1'000'000'000 || power < -1'000'000'000) return std::nullopt;
  normal.magnitude = power + static_cast<long long>(point) - static_cast<long long>(leading);
  normal.digits.erase(0, leading);
  normal.digits.erase(normal.digits.find_last_not_of('0') + 1);
  return normal;
}

}  // namespace

const JsonValue* JsonValue::Find(std::string_view key) const {
  const auto it = std::ranges::find(
      members, key, [](const auto& member) -> const std::string& { return member.key; });
  return it == members.end() ? nullptr : &it->value;
}

std::optional<JsonValue> ParseJson(std::string_view text) {
  // nlohmann takes a NUL for the end of the text, and skips a byte order mark.
  if (text.find('\0') != std::string_view::npos || text.starts_with("\xEF\xBB\xBF")) {
    return std::nullopt;
  }
  Builder builder;
  if (!nlohmann::json::sax_parse(text, &builder)) return std::nullopt;
  return builder.Take();
}

std::optional<int> CompareDecimals(std::string_view a, std::string_view b) {
  const auto x = Normalise(a);
  const auto y = Normalise(b);
  if (!x || !y) return std::nullopt;
  if (x->sign != y->sign) return x->sign < y->sign ? -1 : 1;
  if (x->sign == 0) return 0;
  if (x->magnitude != y->magnitude) return x->magnitude < y->magnitude ? -x->sign : x->sign;
  const int digits = x->digits.compare(y->digits);
  return digits == 0 ? 0 : digits < 0 ? -x->sign : x->sign;
}

size_t CodePoints(std::string_view text) {
  return static_cast<size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace mcplexer::reference
