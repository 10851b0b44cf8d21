// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/urls.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "compiler/model/credentials.h"

namespace mcplexer::model {
namespace {

bool IsLocal(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

bool IsHostByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_';
}

bool IsHost(std::string_view host) {
  if (host.starts_with("[")) {
    return host.size() > 2 && host.ends_with("]") &&
           host.find_first_not_of("0123456789abcdefABCDEF:.", 1) == host.size() - 1;
  }
  return !host.empty() && std::all_of(host.begin(), host.end(), IsHostByte);
}

bool IsPort(std::string_view port) {
  return port.size() <= 5 && !port.empty() &&
         port.find_first_not_of("0123456789") == std::string_view::npos &&
         std::stoul(std::string(port)) <= 65'535;
}

}  // namespace

void CheckUrl(const syntax::Value& value, UrlScheme scheme, Reporter& reporter) {
  const std::string_view url = value.text;
  const auto bad = [&](size_t offset, size_t length, std::string message) -> source::Diagnostic& {
    return reporter.Report(Code::kBadValue, reporter.Narrow(value.span, url, offset, length),
                           std::move(message));
  };
  const bool https = url.starts_with("https://");
  if (!https && !url.starts_with("http://")) {
    bad(0, url.size(), fmt::format("`{}` is not an http or https URL", url));
    return;
  }
  for (size_t i = 0; i < url.size(); ++i) {
    if (static_cast<unsigned char>(url[i]) > 0x20 && url[i] != 0x7F) continue;
    bad(i, 1, "white space or a control character in a URL");
    return;
  }
  const size_t begin = https ? 8 : 7;
  const size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  std::string_view authority = url.substr(begin, end - begin);
  size_t host_at = begin;
  if (const size_t at = authority.rfind('@'); at != std::string_view::npos) {
    reporter
        .Report(Code::kSecretLiteral, reporter.Narrow(value.span, url, begin, at),
                fmt::format("credentials in a URL: {}", Redacted(authority.substr(0, at))))
        .Help("let a scope of `type = header` send them");
    authority.remove_prefix(at + 1);
    host_at += at + 1;
  }
  const size_t bracket = authority.starts_with("[") ? authority.find(']') : 0;
  const size_t colon =
      bracket == std::string_view::npos ? std::string_view::npos : authority.find(':', bracket);
  const std::string_view host = authority.substr(0, colon);
  if (!IsHost(host)) {
    bad(host_at, host.size(), fmt::format("`{}` names no host", url));
    return;
  }
  if (colon != std::string_view::npos && !IsPort(authority.substr(colon + 1))) {
    bad(host_at + colon + 1, authority.size() - colon - 1, "a port is a number up to 65535");
  }
  if (scheme == UrlScheme::kHttps && !https && !IsLocal(host)) {
    bad(0, 7, "tokens would cross the network unencrypted").Help("use `https://`");
  }
  const size_t query = url.find('?');
  for (size_t at = query; at != std::string_view::npos; at = url.find('&', at + 1)) {
    const std::string_view parameter = url.substr(at + 1, url.find_first_of("&#", at + 1) - at - 1);
    const size_t equals = std::min(parameter.find('='), parameter.size());
    const std::string_view text =
        equals < parameter.size() ? parameter.substr(equals + 1) : std::string_view();
    if (!IsCredentialKey(parameter.substr(0, equals), text)) continue;
    reporter
        .Report(Code::kSecretLiteral,
                reporter.Narrow(value.span, url, at + 1 + equals + 1, text.size()),
                fmt::format("a credential in a URL: {}", Redacted(text)))
        .Help("let a scope of `type = header` send it");
  }
}

}  // namespace mcplexer::model
