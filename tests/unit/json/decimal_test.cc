// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/decimal.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/json/generator.h"

namespace mcplexer::json {
namespace {

// A number written out in full, by moving the point: the simplest thing that is exact.
struct Plain {
  bool negative;
  std::string integer;
  std::string fraction;
};

Plain WriteOut(const std::string& number) {
  const bool negative = number.front() == '-';
  const size_t begin = negative ? 1 : 0;
  const size_t e = std::min(number.find_first_of("eE"), number.size());
  const std::string mantissa = number.substr(begin, e - begin);
  const int exponent = e == number.size() ? 0 : std::stoi(number.substr(e + 1));
  const size_t point = std::min(mantissa.find('.'), mantissa.size());
  Plain plain{negative, mantissa.substr(0, point), ""};
  if (point != mantissa.size()) plain.fraction = mantissa.substr(point + 1);
  for (int i = 0; i < exponent; ++i) {
    if (plain.fraction.empty()) plain.fraction = "0";
    plain.integer += plain.fraction.front();
    plain.fraction.erase(0, 1);
  }
  for (int i = 0; i > exponent; --i) {
    if (plain.integer.empty()) plain.integer = "0";
    plain.fraction.insert(plain.fraction.begin(), plain.integer.back());
    plain.integer.pop_back();
  }
  return plain;
}

int OracleCompare(const std::string& left, const std::string& right) {
  Plain a = WriteOut(left);
  Plain b = WriteOut(right);
  const size_t width = std::max(a.integer.size(), b.integer.size());
  a.integer.insert(0, width - a.integer.size(), '0');
  b.integer.insert(0, width - b.integer.size(), '0');
  const size_t places = std::max(a.fraction.size(), b.fraction.size());
  a.fraction.resize(places, '0');
  b.fraction.resize(places, '0');
  const std::string digits_a = a.integer + a.fraction;
  const std::string digits_b = b.integer + b.fraction;
  const std::string zero(digits_a.size(), '0');
  const bool negative_a = a.negative && digits_a != zero;
  const bool negative_b = b.negative && digits_b != zero;
  if (negative_a != negative_b) return negative_a ? -1 : 1;
  const int order = digits_a.compare(digits_b);
  const int sign = order < 0 ? -1 : order > 0 ? 1 : 0;
  return negative_a ? -sign : sign;
}

int Compare(std::string_view a, std::string_view b) {
  const auto order = CompareNumbers(a, b);
  EXPECT_TRUE(order.has_value()) << a << " " << b;
  if (!order.has_value()) return 99;
  return *order < 0 ? -1 : *order > 0 ? 1 : 0;
}

TEST(DecimalTest, OneValueHasManySpellings) {
  for (const char* one : {"1.0", "1.000", "1e0", "10e-1", "0.1e1", "0.001E+3", "100e-2", "1E-0"}) {
    EXPECT_EQ(Compare("1", one), 0) << one;
  }
  for (const char* zero :
       {"-0", "0.0", "-0.000", "0e5", "0e-999999999", "-0.0E+99999999999999999999"}) {
    EXPECT_EQ(Compare("0", zero), 0) << zero;
  }
  EXPECT_EQ(Compare("100", "1e2"), 0);
  EXPECT_EQ(Compare("123.4500", "0.0012345e5"), 0);
  EXPECT_EQ(Compare("1e0000000000000000003", "1000"), 0);
}

TEST(DecimalTest, ComparesBeyondWhatDoublesHold) {
  EXPECT_EQ(Compare("9007199254740993", "9007199254740992"), 1);
  EXPECT_EQ(Compare("9007199254740993", "9007199254740993.0"), 0);
  EXPECT_EQ(Compare("0.1", "0.1000000000000000000000000000000000000001"), -1);
  EXPECT_EQ(Compare("1e400", "1e401"), -1);
  EXPECT_EQ(Compare("-1e999999999", "-1e999999998"), -1);
  EXPECT_EQ(Compare("1e-1000000000", "0"), 1);
  EXPECT_EQ(Compare("0.00001e1000000000", "1e999999995"), 0);
  EXPECT_EQ(Compare(std::string(100'000, '9'), "1e100000"), -1);
  EXPECT_EQ(Compare(std::string("1") + std::string(100'000, '0'), "1e100000"), 0);
}

TEST(DecimalTest, RefusesWhatItCannotCompare) {
  for (const char* text : {"1e1000000001",
                           "-1e-1000000001",
                           "1e99999999999999999999999",
                           "",
                           "-",
                           "01",
                           "1.",
                           ".5",
                           "+1",
                           "1e",
                           "1e+",
                           "1.5x",
                           " 1",
                           "1 ",
                           "0x1",
                           "NaN",
                           "1.e3",
                           "--1",
                           "1..2",
                           "1e1.5"}) {
    EXPECT_FALSE(CompareNumbers(text, "1").has_value()) << text;
    EXPECT_FALSE(CompareNumbers("1", text).has_value()) << text;
    EXPECT_FALSE(Decimal::Parse(text).has_value()) << text;
  }
}

// Every pair out of all short mantissas with small exponents.
TEST(DecimalTest, AgreesWithTheOracleOnASmallWorld) {
  std::vector<std::string> numbers;
  for (const char* mantissa : {"0", "0.0", "1", "2", "10", "12", "100", "120", "0.1", "0.10",
                               "0.01", "1.0", "1.2", "1.02", "10.0", "10.2", "0.012", "12.0"}) {
    for (const char* exponent : {"", "e-3", "e-2", "E-1", "e0", "e+1", "e2"}) {
      numbers.push_back(std::string(mantissa) + exponent);
      numbers.push_back("-" + numbers.back());
    }
  }
  int equal = 0;
  for (const std::string& a : numbers) {
    for (const std::string& b : numbers) {
      const int expected = OracleCompare(a, b);
      ASSERT_EQ(Compare(a, b), expected) << a << " " << b;
      equal += expected == 0;
    }
  }
  EXPECT_GT(equal, 1'000);
  EXPECT_LT(equal, 20'000);
}

TEST(DecimalTest, AgreesWithTheOracleOnRandomNumbers) {
  Generator generator(5);
  int equal = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string a = generator.Number();
    std::string b = generator.Number();
    if (generator.OneIn(3)) {
      // The same value in another spelling, at times with one digit more.
      const Plain plain = WriteOut(a);
      const std::string integer =
          plain.integer.substr(std::min(plain.integer.find_first_not_of('0'),
                                        plain.integer.empty() ? 0 : plain.integer.size() - 1));
      b = (plain.negative ? "-" : "") + (integer.empty() ? "0" : integer) + "." + plain.fraction +
          (generator.OneIn(2) ? "00" : "01");
    }
    const int expected = OracleCompare(a, b);
    ASSERT_EQ(Compare(a, b), expected) << a << " " << b;
    ASSERT_EQ(Compare(b, a), -expected) << a << " " << b;
    equal += expected == 0;
  }
  EXPECT_GT(equal, 2'000);
}

}  // namespace
}  // namespace mcplexer::json
