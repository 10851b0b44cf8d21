// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/escapes.h"

#include "runtime/json/unescape.h"

namespace mcplexer::audit {
namespace {

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string DecodePercent(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = HexDigit(text[i + 1]);
      const int low = HexDigit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

std::string DecodeBackslashes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const char* const end = text.data() + text.size();
  for (const char* p = text.data(); p != end;) {
    if (*p != '\\') {
      out += *p++;
      continue;
    }
    const json::Escape escape = json::ReadEscape(p, end);
    if (escape.next != nullptr) {
      json::AppendUtf8(out, escape.code_point);
      p = escape.next;
      continue;
    }
    ++p;
    if (p != end) out += *p++;
  }
  return out;
}

}  // namespace mcplexer::audit
