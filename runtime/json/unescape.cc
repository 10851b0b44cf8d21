// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/unescape.h"

#include <array>
#include <cstdint>
#include <cstring>

#include "runtime/base/check.h"

namespace mcplexer::json {
namespace {

constexpr uint8_t kNotHex = 0xFF;

constexpr std::array<uint8_t, 256> MakeHexTable() {
  std::array<uint8_t, 256> table{};
  table.fill(kNotHex);
  for (uint8_t i = 0; i < 10; ++i) table[static_cast<size_t>('0' + i)] = i;
  for (uint8_t i = 0; i < 6; ++i) {
    table[static_cast<size_t>('a' + i)] = static_cast<uint8_t>(10 + i);
    table[static_cast<size_t>('A' + i)] = static_cast<uint8_t>(10 + i);
  }
  return table;
}

constexpr std::array<uint8_t, 256> kHex = MakeHexTable();

// Four hexadecimal digits at p, or -1.
int32_t ReadHex4(const char* p, const char* end) {
  if (end - p < 4) return -1;
  uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const uint8_t digit = kHex[static_cast<uint8_t>(p[i])];
    if (digit == kNotHex) return -1;
    value = value << 4 | digit;
  }
  return static_cast<int32_t>(value);
}

constexpr bool IsHighSurrogate(int32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
constexpr bool IsLowSurrogate(int32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// The UTF-8 bytes of a code point; the number of them.
size_t EncodeUtf8(char32_t code_point, char bytes[4]) {
  if (code_point < 0x80) {
    bytes[0] = static_cast<char>(code_point);
    return 1;
  }
  size_t size = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  for (size_t i = size - 1; i > 0; --i) {
    bytes[i] = static_cast<char>(0x80 | (code_point & 0x3F));
    code_point >>= 6;
  }
  const uint32_t lead = size == 2 ? 0xC0u : size == 3 ? 0xE0u : 0xF0u;
  bytes[0] = static_cast<char>(lead | code_point);
  return size;
}

// The next backslash, or end.
const char* FindBackslash(const char* p, const char* end) {
  if (p == end) return end;
  const void* found = std::memchr(p, '\\', static_cast<size_t>(end - p));
  return found == nullptr ? end : static_cast<const char*>(found);
}

Escape ReadUnicodeEscape(const char* p, const char* end) {
  const int32_t unit = ReadHex4(p + 2, end);
  if (unit < 0) return {};
  p += 6;
  if (IsLowSurrogate(unit)) return {.error = ErrorKind::kLoneSurrogate};
  if (!IsHighSurrogate(unit)) return {.next = p, .code_point = static_cast<char32_t>(unit)};
  const int32_t low = end - p >= 6 && p[0] == '\\' && p[1] == 'u' ? ReadHex4(p + 2, end) : -1;
  if (!IsLowSurrogate(low)) return {.error = ErrorKind::kLoneSurrogate};
  const int32_t code_point = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
  return {.next = p + 6, .code_point = static_cast<char32_t>(code_point)};
}

}  // namespace

Escape ReadEscape(const char* p, const char* end) {
  if (end - p < 2) return {.error = ErrorKind::kUnexpectedEnd};
  char32_t code_point = 0;
  switch (p[1]) {
    case '"':
    case '\\':
    case '/':
      code_point = static_cast<uint8_t>(p[1]);
      break;
    case 'b':
      code_point = '\b';
      break;
    case 'f':
      code_point = '\f';
      break;
    case 'n':
      code_point = '\n';
      break;
    case 'r':
      code_point = '\r';
      break;
    case 't':
      code_point = '\t';
      break;
    case 'u':
      return ReadUnicodeEscape(p, end);
    default:
      return {};
  }
  return {.next = p + 2, .code_point = code_point};
}

void AppendUtf8(std::string& out, char32_t code_point) {
  char bytes[4];
  out.append(bytes, EncodeUtf8(code_point, bytes));
}

void UnescapeTo(std::string_view content, std::string& out) {
  out.clear();
  out.reserve(content.size());  // an escape is never shorter than what it stands for
  const char* p = content.data();
  const char* end = p + content.size();
  while (p != end) {
    const char* backslash = FindBackslash(p, end);
    out.append(p, static_cast<size_t>(backslash - p));
    if (backslash == end) return;
    const Escape escape = ReadEscape(backslash, end);
    MCPLEXER_CHECK(escape.next != nullptr);
    AppendUtf8(out, escape.code_point);
    p = escape.next;
  }
}

bool UnescapedEquals(std::string_view content, std::string_view unescaped) {
  const char* p = content.data();
  const char* end = p + content.size();
  while (p != end) {
    const char* backslash = FindBackslash(p, end);
    const std::string_view plain(p, static_cast<size_t>(backslash - p));
    if (!unescaped.starts_with(plain)) return false;
    unescaped.remove_prefix(plain.size());
    if (backslash == end) break;
    const Escape escape = ReadEscape(backslash, end);
    MCPLEXER_CHECK(escape.next != nullptr);
    char bytes[4];
    const std::string_view encoded(bytes, EncodeUtf8(escape.code_point, bytes));
    if (!unescaped.starts_with(encoded)) return false;
    unescaped.remove_prefix(encoded.size());
    p = escape.next;
  }
  return unescaped.empty();
}

size_t CountCodePoints(std::string_view content) {
  const char* p = content.data();
  const char* end = p + content.size();
  size_t count = 0;
  while (p != end) {
    if (*p == '\\') {
      const Escape escape = ReadEscape(p, end);
      MCPLEXER_CHECK(escape.next != nullptr);
      p = escape.next;
      ++count;
    } else {
      count += (static_cast<uint8_t>(*p) & 0xC0) != 0x80;  // continuation bytes begin nothing
      ++p;
    }
  }
  return count;
}

}  // namespace mcplexer::json
