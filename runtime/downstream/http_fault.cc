// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/http_fault.h"

#include <fmt/format.h>

#include <algorithm>

namespace mcplexer::downstream {
namespace {

constexpr uint32_t kFaultBadRequest = 400;
constexpr uint32_t kFaultUnauthorized = 401;
constexpr uint32_t kFaultForbidden = 403;
constexpr uint32_t kFaultNotFound = 404;

bool HoldsSession(std::string_view text) {
  constexpr std::string_view kWord = "session";
  return std::search(text.begin(), text.end(), kWord.begin(), kWord.end(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
         }) != text.end();
}

}  // namespace

std::string HttpFault(uint32_t status) {
  if (status >= 300 && status < 400) {
    return fmt::format("answered HTTP {}: redirects are not followed", status);
  }
  if (status == kFaultUnauthorized || status == kFaultForbidden) {
    return fmt::format("answered HTTP {}: the credentials are missing or not accepted", status);
  }
  return fmt::format("answered HTTP {}", status);
}

bool SaysSessionLost(uint32_t status, std::string_view body) {
  return status == kFaultNotFound || (status == kFaultBadRequest && HoldsSession(body));
}

}  // namespace mcplexer::downstream
