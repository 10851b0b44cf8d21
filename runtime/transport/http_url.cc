// SPDX-License-Identifier: Apache-2.0
#include "runtime/transport/http_url.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

namespace mcplexer::transport {
namespace {

bool IsPort(std::string_view text) {
  uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port != 0;
}

// `path` begins with a slash. Without its segments `.` and `..`.
std::string WithoutDots(std::string_view path) {
  std::vector<std::string_view> kept;
  bool ends_with_slash = false;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    ends_with_slash = segment == "." || segment == "..";
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!ends_with_slash) kept.push_back(segment);
  }
  std::string clean;
  for (const std::string_view segment : kept) clean.append("/").append(segment);
  if (ends_with_slash || clean.empty()) clean += '/';
  return clean;
}

bool IsSameHost(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) {
    return std::tolower(x) == std::tolower(y);
  });
}

}  // namespace

Result<HttpUrl> ResolveSameOrigin(const HttpUrl& base, std::string_view reference) {
  const std::string_view before_path = reference.substr(0, reference.find_first_of("/?#"));
  const std::string_view base_path = std::string_view(base.target).substr(0, base.target.find('?'));
  std::string whole;
  if (before_path.find(':') != std::string_view::npos) {
    whole = reference;
  } else if (reference.starts_with("//")) {
    whole = (base.encrypted ? "https:" : "http:") + std::string(reference);
  } else if (reference.starts_with('/')) {
    whole = base.origin + std::string(reference);
  } else if (reference.starts_with('?')) {
    whole = base.origin + std::string(base_path) + std::string(reference);
  } else {
    whole = base.origin + std::string(base_path.substr(0, base_path.rfind('/') + 1)) +
            std::string(reference);
  }
  auto url = ParseHttpUrl(whole);
  if (!url) return url;
  if (url->encrypted != base.encrypted || !IsSameHost(url->host, base.host) ||
      url->port != base.port) {
    return Fail("leads to another origin");
  }
  const size_t query = std::min(url->target.find('?'), url->target.size());
  url->target =
      WithoutDots(std::string_view(url->target).substr(0, query)) + url->target.substr(query);
  return url;
}

Result<HttpUrl> ParseHttpUrl(std::string_view url) {
  HttpUrl parts;
  parts.encrypted = url.starts_with("https://");
  if (!parts.encrypted && !url.starts_with("http://")) return Fail("not an http or https URL");
  if (!std::all_of(url.begin(), url.end(), [](char c) { return c > 0x20 && c < 0x7f; })) {
    return Fail("the URL holds a character that has to be written as %XX");
  }
  const size_t begin = parts.encrypted ? 8 : 7;
  const size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  const std::string_view authority = url.substr(begin, end - begin);
  if (authority.empty() || authority.find('@') != std::string_view::npos) {
    return Fail("the URL names no host, or holds credentials");
  }
  parts.origin = url.substr(0, end);
  parts.authority = authority;
  std::string_view target = url.substr(end);
  target = target.substr(0, target.find('#'));
  parts.target = target.starts_with('/') ? "" : "/";
  parts.target += target;
  const size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) return Fail("the URL's host has no closing bracket");
  const size_t colon = authority.find(':', bracket);
  const std::string_view host = authority.substr(0, colon);
  parts.port = parts.encrypted ? "443" : "80";
  if (colon != std::string_view::npos) {
    if (!IsPort(authority.substr(colon + 1))) return Fail("the URL's port is none");
    parts.port = authority.substr(colon + 1);
  }
  parts.host = bracket == 0 ? host : host.substr(1, host.size() - 2);
  if (parts.host.empty()) return Fail("the URL names no host, or holds credentials");
  parts.local = host == "localhost" || host == "127.0.0.1" || host == "[::1]";
  return parts;
}

}  // namespace mcplexer::transport
