// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/printable.h"

#include <fmt/format.h>

#include <iterator>

namespace mcplexer::source {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

template <size_t N>
bool In(const Range (&ranges)[N], char32_t value) {
  for (const Range& r : ranges) {
    if (value >= r.first && value <= r.last) return true;
  }
  return false;
}

constexpr Range kInvisible[] = {
    {0x80, 0xA0},     {0xAD, 0xAD},     {0x61C, 0x61C},     {0x115F, 0x1160},   {0x1680, 0x1680},
    {0x180E, 0x180E}, {0x2000, 0x200F}, {0x2028, 0x202F},   {0x205F, 0x206F},   {0x3000, 0x3000},
    {0x3164, 0x3164}, {0xFEFF, 0xFEFF}, {0xFFF0, 0xFFFB},   {0xE000, 0xF8FF},   {0xFFFE, 0xFFFF},
    {0xFE00, 0xFE0F}, {0xFFA0, 0xFFA0}, {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF}};

constexpr Range kWide[] = {{0x1100, 0x115E},   {0x2E80, 0xA4CF},   {0xAC00, 0xD7A3},
                           {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
                           {0xFFE0, 0xFFE6},   {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF},
                           {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD}};

constexpr Range kCombining[] = {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x20D0, 0x20FF}};

}  // namespace

CodePoint Decode(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  const CodePoint bad{lead, 1, false};
  const uint32_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return bad;
  char32_t value = lead & (0xFFu >> (length + 1));
  for (uint32_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0u) != 0x80u) return bad;
    value = (value << 6) | (byte(at + i) & 0x3Fu);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kLeast[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    return bad;
  }
  return {value, length, true};
}

bool AppendUtf8(char32_t value, std::string& out) {
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return false;
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (value < 0x80) {
    put(value);
    return true;
  }
  if (value < 0x800) {
    put(0xC0 | (value >> 6));
  } else if (value < 0x10000) {
    put(0xE0 | (value >> 12));
    put(0x80 | ((value >> 6) & 0x3F));
  } else {
    put(0xF0 | (value >> 18));
    put(0x80 | ((value >> 12) & 0x3F));
    put(0x80 | ((value >> 6) & 0x3F));
  }
  put(0x80 | (value & 0x3F));
  return true;
}

bool IsInvisible(char32_t value) { return In(kInvisible, value); }

bool IsDirectionControl(char32_t value) {
  return (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

std::string Printable(CodePoint point, std::string_view text, size_t at) {
  if (!point.valid) return fmt::format("\\x{:02x}", static_cast<uint32_t>(point.value));
  switch (point.value) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  if (point.value < 0x20 || point.value == 0x7F || IsInvisible(point.value)) {
    return fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(point.value));
  }
  return std::string(text.substr(at, point.length));
}

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = Decode(text, at);
    out += Printable(point, text, at);
    at += point.length;
  }
  return out;
}

uint32_t DisplayWidth(char32_t value) {
  if (value < 0x300) return 1;
  if (In(kCombining, value)) return 0;
  return In(kWide, value) ? 2 : 1;
}

}  // namespace mcplexer::source
