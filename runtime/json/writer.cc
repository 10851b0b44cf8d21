// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/writer.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>

#include "runtime/json/bytes.h"
#include "runtime/json/utf8.h"

namespace mcplexer::json {
namespace {

constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

// `utf8` is valid UTF-8.
void AppendEscaped(std::string& out, std::string_view utf8) {
  const char* p = utf8.data();
  const char* end = p + utf8.size();
  while (true) {
    const char* plain_end = SkipPlain(p, end);
    out.append(p, static_cast<size_t>(plain_end - p));
    if (plain_end == end) return;
    switch (*plain_end) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<uint8_t>(*plain_end));
        break;
    }
    p = plain_end + 1;
  }
}

// Every byte that begins no well-formed sequence becomes one replacement character.
void AppendRepaired(std::string& out, std::string_view bytes) {
  while (true) {
    const size_t valid = Utf8PrefixLength(bytes);
    AppendEscaped(out, bytes.substr(0, valid));
    if (valid == bytes.size()) return;
    out += kReplacementCharacter;
    bytes.remove_prefix(valid + 1);
  }
}

std::string Message(std::string_view raw_id, std::string_view method, std::string_view raw_params) {
  std::string out = R"({"jsonrpc":"2.0")";
  if (!raw_id.empty()) {
    out += R"(,"id":)";
    out += raw_id;
  }
  out += R"(,"method":)";
  AppendString(out, method);
  if (!raw_params.empty()) {
    out += R"(,"params":)";
    out += raw_params;
  }
  out += '}';
  return out;
}

std::string ResponseStart(std::string_view raw_id) {
  std::string out = R"({"jsonrpc":"2.0","id":)";
  out += raw_id.empty() ? std::string_view("null") : raw_id;
  return out;
}

}  // namespace

void AppendString(std::string& out, std::string_view bytes) {
  out += '"';
  if (IsUtf8(bytes)) {
    AppendEscaped(out, bytes);
  } else {
    AppendRepaired(out, bytes);
  }
  out += '"';
}

std::string EscapeString(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + 2);
  AppendString(out, bytes);
  return out;
}

std::string ErrorResponse(std::string_view raw_id, int code, std::string_view message,
                          std::string_view raw_data) {
  std::string out = ResponseStart(raw_id);
  fmt::format_to(std::back_inserter(out), R"(,"error":{{"code":{},"message":)", code);
  AppendString(out, message);
  if (!raw_data.empty()) {
    out += R"(,"data":)";
    out += raw_data;
  }
  out += "}}";
  return out;
}

std::string ResultResponse(std::string_view raw_id, std::string_view raw_result) {
  std::string out = ResponseStart(raw_id);
  out += R"(,"result":)";
  out += raw_result;
  out += '}';
  return out;
}

std::string Request(std::string_view raw_id, std::string_view method, std::string_view raw_params) {
  return Message(raw_id, method, raw_params);
}

std::string Notification(std::string_view method, std::string_view raw_params) {
  return Message({}, method, raw_params);
}

}  // namespace mcplexer::json
