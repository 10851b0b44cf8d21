// SPDX-License-Identifier: Apache-2.0
#include "compiler/record/http_url.h"

#include <algorithm>

namespace mcplexer::record {

Result<HttpUrl> ParseHttpUrl(std::string_view url) {
  HttpUrl parts;
  parts.encrypted = url.starts_with("https://");
  if (!parts.encrypted && !url.starts_with("http://")) return Fail("not an http or https URL");
  const size_t begin = parts.encrypted ? 8 : 7;
  const size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  const std::string_view authority = url.substr(begin, end - begin);
  if (authority.empty() || authority.find('@') != std::string_view::npos) {
    return Fail("the URL names no host, or holds credentials");
  }
  parts.origin = url.substr(0, end);
  std::string_view target = url.substr(end);
  target = target.substr(0, target.find('#'));
  parts.target = target.starts_with('/') ? "" : "/";
  parts.target += target;
  const size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  const std::string_view host = bracket == std::string_view::npos
                                    ? authority
                                    : authority.substr(0, authority.find(':', bracket));
  parts.local = host == "localhost" || host == "127.0.0.1" || host == "[::1]";
  return parts;
}

}  // namespace mcplexer::record
