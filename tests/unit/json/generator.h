// SPDX-License-Identifier: Apache-2.0
// Random JSON texts and random damage to them, the same for the same seed everywhere.

#ifndef MCPLEXER_TESTS_UNIT_JSON_GENERATOR_H_
#define MCPLEXER_TESTS_UNIT_JSON_GENERATOR_H_

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace mcplexer::json {

class Generator {
 public:
  explicit Generator(uint64_t seed) : engine_(seed) {}

  // 0 .. bound-1. (The distributions of the standard library differ between implementations.)
  size_t Below(size_t bound) { return static_cast<size_t>(engine_() % bound); }
  bool OneIn(size_t n) { return Below(n) == 0; }

  std::string Text() { return Space() + Value(0) + Space(); }
  std::string Number();
  std::string String();
  std::string Damage(std::string text);

 private:
  template <size_t kCount>
  std::string_view Pick(const std::string_view (&choices)[kCount]) {
    return choices[Below(kCount)];
  }
  std::string Digits(size_t most) {
    std::string digits;
    for (size_t i = 0, n = 1 + Below(most); i < n; ++i)
      digits += static_cast<char>('0' + Below(10));
    return digits;
  }
  std::string Space() {
    static constexpr std::string_view kSpaces[] = {" ", "\n", "\t", "\r\n",
                                                   "\n                    "};
    return OneIn(6) ? std::string(Pick(kSpaces)) : "";
  }
  std::string Value(int depth);
  std::string Object(int depth);
  std::string Array(int depth);
  std::string Key();

  std::mt19937_64 engine_;
};

inline std::string Generator::Number() {
  std::string number = OneIn(3) ? "-" : "";
  number +=
      OneIn(4) ? "0" : std::to_string(1 + Below(9)) + (OneIn(2) ? Digits(OneIn(8) ? 40 : 5) : "");
  if (OneIn(3)) number += "." + Digits(OneIn(8) ? 40 : 4);
  if (OneIn(4)) {
    static constexpr std::string_view kMarks[] = {"e", "E", "e+", "E-", "e-"};
    number += std::string(Pick(kMarks)) + Digits(2);
  }
  return number;
}

inline std::string Generator::String() {
  static constexpr std::string_view kPieces[] = {"a",       "owner",          "text of some length",
                                                 "\\n",     "\\\"",           "\\\\",
                                                 "\\/",     "\\u0061",        "\\u0000",
                                                 "\\u00e9", "\xC3\xA9",       "\xE2\x82\xAC",
                                                 "\\u20AC", "\\ud83d\\ude00", "\xF0\x9F\x98\x80",
                                                 "\x7F",    "{[,:]}",         "\\b\\f\\r\\t"};
  std::string text = "\"";
  for (size_t i = 0, n = Below(5); i < n; ++i) text += Pick(kPieces);
  return text + '"';
}

// From a small set, some of it written with escapes, so that keys repeat in every way.
inline std::string Generator::Key() {
  static constexpr std::string_view kLetters[] = {"a",       "b", "\\u0061",
                                                  "\\u0062", "c", "longer-key-part-"};
  if (OneIn(5)) return String();
  std::string key = "\"";
  for (size_t i = 0, n = 1 + Below(4); i < n; ++i) key += Pick(kLetters);
  return key + '"';
}

inline std::string Generator::Object(int depth) {
  std::string text = "{" + Space();
  const size_t count = OneIn(20) ? Below(60) : Below(5);
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) text += "," + Space();
    std::string key = Key();
    // Most objects have no duplicates.
    if (!OneIn(4)) key.insert(1, std::to_string(i) + (OneIn(3) ? "-and-more-of-it" : ""));
    text += key + Space() + ":" + Space() + Value(count > 10 ? 5 : depth + 1) + Space();
  }
  return text + "}";
}

inline std::string Generator::Array(int depth) {
  std::string text = "[" + Space();
  for (size_t i = 0, n = Below(5); i < n; ++i) {
    if (i > 0) text += "," + Space();
    text += Value(depth + 1) + Space();
  }
  return text + "]";
}

inline std::string Generator::Value(int depth) {
  static constexpr std::string_view kLiterals[] = {"true", "false", "null"};
  switch (Below(depth >= 5 ? 4 : 8)) {
    case 0:
      return std::string(Pick(kLiterals));
    case 1:
      return Number();
    case 2:
    case 3:
      return String();
    case 4:
    case 5:
      return Array(depth);
    default:
      return Object(depth);
  }
}

inline std::string Generator::Damage(std::string text) {
  static constexpr std::string_view kInserts[] = {"\"",
                                                  "\\",
                                                  "{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  ",",
                                                  ":",
                                                  "0",
                                                  "-",
                                                  ".",
                                                  "e",
                                                  "1",
                                                  " ",
                                                  "//",
                                                  "NaN",
                                                  "true",
                                                  "\n",
                                                  "\\ud800",
                                                  "\\udc00",
                                                  "\\u12",
                                                  "\\x",
                                                  "\x80",
                                                  "\xC0\xAF",
                                                  "\xED\xA0\x80",
                                                  "\xFF",
                                                  "\x1F",
                                                  "\xEF\xBB\xBF",
                                                  "+",
                                                  "\xF4\x90\x80\x80",
                                                  "null",
                                                  "\v",
                                                  "'a'"};
  for (size_t i = 0, n = 1 + Below(3); i < n && !text.empty(); ++i) {
    const size_t at = Below(text.size());
    const size_t length = 1 + Below(std::min<size_t>(text.size() - at, 8));
    switch (Below(6)) {
      case 0:
        text[at] = static_cast<char>(Below(256));
        break;
      case 1:
        text[at] = static_cast<char>(text[at] ^ (1 << Below(8)));
        break;
      case 2:
        text.resize(at);
        break;
      case 3:
        text.insert(at, Pick(kInserts));
        break;
      case 4:
        text.erase(at, length);
        break;
      default:
        text.insert(at, text.substr(at, length));
        break;
    }
  }
  return text;
}

}  // namespace mcplexer::json

#endif  // MCPLEXER_TESTS_UNIT_JSON_GENERATOR_H_
