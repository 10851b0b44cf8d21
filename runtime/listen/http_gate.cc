// SPDX-License-Identifier: Apache-2.0
#include "runtime/listen/http_gate.h"

#include <algorithm>
#include <charconv>

#include "runtime/downstream/versions.h"

namespace mcplexer::listen {
namespace {

constexpr int kSdkBadRequest = -32000;  // what the SDKs answer

std::string LowerCaseAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// Whether a list of media ranges (RFC 9110 section 12.5.1) holds the type. Weights are for those
// who have a choice; only 0 is looked at, which is a no.
bool Accepts(std::string_view list, std::string_view type) {
  const std::string_view group = type.substr(0, type.find('/') + 1);
  bool accepted = false;
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(std::min(item.size() + 1, list.size()));
    const size_t begin = std::min(item.find_first_not_of(" \t"), item.size());
    const size_t end = std::min(item.find_first_of("; \t", begin), item.size());
    const std::string range = LowerCaseAscii(item.substr(begin, end - begin));
    const bool matches = range == type || range == "*/*" || range == std::string(group) + "*";
    accepted = accepted || (matches && !item.ends_with("q=0"));
  }
  return accepted;
}

}  // namespace

bool IsKnownVersion(const transport::HttpHead& head) {
  const std::string* version = head.Find("mcp-protocol-version");
  return version == nullptr || downstream::IsSessionVersion(*version);
}

Result<HttpAddress> ParseHttpAddress(std::string_view text) {
  const size_t colon = text.rfind(':');
  HttpAddress address;
  if (colon == std::string_view::npos) return Fail("ADDR:PORT is expected");
  const std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (error != std::errc() || end != port.data() + port.size()) {
    return Fail("ADDR:PORT is expected");
  }
  if (host == "localhost" || host == "127.0.0.1") {
    address.host = "127.0.0.1";
  } else if (host == "[::1]") {
    address.host = "::1";
  } else {
    return Fail(
        "only this machine can be served (127.0.0.1, [::1]): clients over HTTP cannot be "
        "recognised yet");
  }
  return address;
}

HttpGate::HttpGate(const HttpAddress& address) {
  const char* scheme = address.tls ? "https://" : "http://";
  const uint16_t default_port = address.tls ? 443 : 80;
  const std::string port = ":" + std::to_string(address.port);
  for (const char* name : {"localhost", "127.0.0.1", "[::1]"}) {
    hosts_.insert(name + port);
    origins_.insert(std::string(scheme) + name + port);
    if (address.port != default_port) continue;
    hosts_.insert(name);
    origins_.insert(std::string(scheme) + name);
  }
}

std::optional<HttpRefusal> HttpGate::Check(const transport::HttpHead& head) const {
  const std::string* host = head.Find("host");
  if (host == nullptr || head.Count("host") != 1) {
    return HttpRefusal{400, kSdkBadRequest, "Bad Request: one Host is needed", {}};
  }
  if (!hosts_.contains(LowerCaseAscii(*host))) {
    return HttpRefusal{403, kSdkBadRequest, "Forbidden: another Host", {}};
  }
  for (const transport::HttpHead::Field& field : head.fields) {
    if (field.name == "origin" && !origins_.contains(LowerCaseAscii(field.value))) {
      return HttpRefusal{403, kSdkBadRequest, "Forbidden: another Origin", {}};
    }
  }
  if (WorkspaceIn(head.target).empty()) return HttpRefusal{404, 0, "not found", {}};
  const bool post = head.method == "POST";
  const bool get = head.method == "GET";
  if (!post && !get && head.method != "DELETE") {
    return HttpRefusal{405, kSdkBadRequest, "Method not allowed", "Allow: GET, POST, DELETE\r\n"};
  }
  std::string accept;
  for (const transport::HttpHead::Field& field : head.fields) {
    if (field.name == "accept") accept += field.value + ",";
  }
  if (post && !(Accepts(accept, "application/json") && Accepts(accept, "text/event-stream"))) {
    return HttpRefusal{406,
                       kSdkBadRequest,
                       "Not Acceptable: the client must accept application/json and "
                       "text/event-stream",
                       {}};
  }
  if (get && !Accepts(accept, "text/event-stream")) {
    return HttpRefusal{
        406, kSdkBadRequest, "Not Acceptable: the client must accept text/event-stream", {}};
  }
  if (post && head.MediaType() != "application/json") {
    return HttpRefusal{
        415, kSdkBadRequest, "Unsupported Media Type: Content-Type must be application/json", {}};
  }
  if (head.Find("content-encoding") != nullptr) {
    return HttpRefusal{415, kSdkBadRequest, "Unsupported Media Type: encoded content", {}};
  }
  const std::string* version = head.Find("mcp-protocol-version");
  if (!post && version != nullptr && *version == downstream::kModernVersion) {
    return HttpRefusal{405, kSdkBadRequest, "Method not allowed", "Allow: POST\r\n"};
  }
  // What a POST is of depends on its body as well.
  if (head.Count("mcp-protocol-version") > 1 || (!post && !IsKnownVersion(head))) {
    return HttpRefusal{400, kSdkBadRequest, "Bad Request: unsupported protocol version", {}};
  }
  if (head.Count("mcp-session-id") > 1 || head.Count("last-event-id") > 1) {
    return HttpRefusal{400, kSdkBadRequest, "Bad Request: a header is there twice", {}};
  }
  return std::nullopt;
}

std::string_view WorkspaceIn(std::string_view target) {
  constexpr std::string_view kBefore = "/w/";
  constexpr std::string_view kBehind = "/mcp";
  if (!target.starts_with(kBefore) || !target.ends_with(kBehind) ||
      target.size() <= kBefore.size() + kBehind.size()) {
    return {};
  }
  const std::string_view name =
      target.substr(kBefore.size(), target.size() - kBefore.size() - kBehind.size());
  return name.find_first_of("/?#%") == std::string_view::npos ? name : std::string_view();
}

}  // namespace mcplexer::listen
