// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/mcp_header.h"

#include <sodium.h>

#include <algorithm>

namespace mcplexer::transport {
namespace {

constexpr std::string_view kBefore = "=?base64?";
constexpr std::string_view kBehind = "?=";

bool LooksEncoded(std::string_view text) {
  return text.size() >= kBefore.size() + kBehind.size() && text.starts_with(kBefore) &&
         text.ends_with(kBehind);
}

bool IsPlain(std::string_view text) {
  if (text.empty()) return true;
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  return !is_blank(text.front()) && !is_blank(text.back()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 0x20 && c < 0x7f) || c == '\t'; });
}

}  // namespace

std::string EncodeMcpHeader(std::string_view text) {
  if (IsPlain(text) && !LooksEncoded(text)) return std::string(text);
  std::string encoded(sodium_base64_ENCODED_LEN(text.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(encoded.data(), encoded.size(),
                    reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  encoded.pop_back();  // its NUL
  return std::string(kBefore) + encoded + std::string(kBehind);
}

std::optional<std::string> DecodeMcpHeader(std::string_view value) {
  if (!LooksEncoded(value)) return std::string(value);
  value.remove_prefix(kBefore.size());
  value.remove_suffix(kBehind.size());
  std::string decoded(value.size(), '\0');
  size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(decoded.data()), decoded.size(),
                        value.data(), value.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0) {
    return std::nullopt;
  }
  decoded.resize(size);
  return decoded;
}

}  // namespace mcplexer::transport
