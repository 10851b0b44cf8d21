// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/server_url.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/import/names.h"
#include "compiler/import/placeholder.h"
#include "compiler/import/plex_text.h"
#include "compiler/model/credentials.h"
#include "compiler/model/likely_credential.h"

namespace mcplexer::importer {
namespace {

bool IsHostByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '-' || c == '_';
}

bool IsAuthority(std::string_view authority) {
  std::string_view host = authority;
  std::string_view port;
  const size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  if (bracket == std::string_view::npos) return false;
  if (const size_t colon = authority.find(':', bracket); colon != std::string_view::npos) {
    host = authority.substr(0, colon);
    port = authority.substr(colon + 1);
    if (port.empty() || port.size() > 5 ||
        port.find_first_not_of("0123456789") != std::string_view::npos ||
        std::stoul(std::string(port)) > 65'535) {
      return false;
    }
  }
  if (host.starts_with('[')) {
    return host.size() > 2 && host.ends_with(']') &&
           host.find_first_not_of("0123456789abcdefABCDEF:.", 1) == host.size() - 1;
  }
  return !host.empty() && std::all_of(host.begin(), host.end(), IsHostByte);
}

bool LooksSecret(std::string_view text) {
  return !model::FindCredentials(text).empty() || model::HoldsRandomText(text);
}

class UrlReader {
 public:
  UrlReader(uint32_t line, TextReader& reader) : line_(line), reader_(reader) {}

  Result<ServerUrl> Read(std::string_view raw) {
    const std::string url = WithoutReferences(raw);
    const size_t scheme_end = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    if (scheme_end == 0) return Fail("its URL is not one of http or https");
    if (std::any_of(url.begin(), url.end(),
                    [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; })) {
      return Fail("its URL holds white space");
    }
    const size_t authority_end = std::min(url.find_first_of("/?#", scheme_end), url.size());
    std::string_view authority =
        std::string_view(url).substr(scheme_end, authority_end - scheme_end);
    if (const size_t at = authority.rfind('@'); at != std::string_view::npos) {
      UserInfo(authority.substr(0, at));
      authority.remove_prefix(at + 1);
    }
    if (!IsAuthority(authority)) return Fail("its URL names no host");
    result_.url =
        url.substr(0, scheme_end) + (nowhere_ ? Nowhere(authority) : std::string(authority));
    const size_t query = std::min(url.find_first_of("?#", authority_end), url.size());
    Path(std::string_view(url).substr(authority_end, query - authority_end));
    if (query < url.size() && url[query] == '?') {
      const size_t fragment = std::min(url.find('#', query), url.size());
      Query(std::string_view(url).substr(query + 1, fragment - query - 1));
    }
    return std::move(result_);
  }

 private:
  // The host with `.invalid` behind it.
  static std::string Nowhere(std::string_view authority) {
    if (authority.starts_with('[')) return "host.invalid";
    const size_t port = std::min(authority.find(':'), authority.size());
    const std::string_view host = authority.substr(0, port);
    const std::string_view end = host.ends_with(".invalid") ? "" : ".invalid";
    return fmt::format("{}{}{}", host, end, authority.substr(port));
  }

  // Each `${..}` becomes its default or a name, and the host then one that leads nowhere (RFC 2606,
  // section 2): nobody is to be asked for a path that was not meant. In the query it stays, to be
  // seen there.
  std::string WithoutReferences(std::string_view raw) {
    std::string out;
    for (const Segment& segment : SplitPlaceholders(raw)) {
      if (segment.kind == Segment::Kind::kLiteral) {
        out += segment.text;
        continue;
      }
      if (segment.otherwise && !segment.otherwise->empty() && !LooksSecret(*segment.otherwise) &&
          segment.otherwise->find("${") == std::string::npos) {
        out += *segment.otherwise;
        result_.remarks.push_back(
            fmt::format("the URL has the default of {}", Ticked("${" + segment.text + "}")));
        continue;
      }
      const std::string name = VariableFor(segment.text.empty() ? "value" : segment.text);
      const std::string written =
          segment.kind == Segment::Kind::kUnknown ? segment.text : "${" + segment.text + "}";
      if (out.find('?') != std::string::npos) {
        out += segment.kind == Segment::Kind::kInput ? "${input:" + name + "}" : "${" + name + "}";
        continue;
      }
      result_.remarks.push_back(
          fmt::format("a policy's URL holds no references: write what {} stands for instead of {}",
                      Ticked(written), name.empty() ? "VALUE" : name));
      if (out.empty()) out = "https://";
      out += name.empty() ? "VALUE" : name;
      nowhere_ = true;
    }
    return out;
  }

  ValuePlace Place(std::string key, std::string_view variable, std::string what) const {
    return {std::move(key), VariableFor(reader_.server(), variable), std::move(what), line_};
  }

  void Header(std::string_view scheme, Text value, std::string remark) {
    result_.remarks.push_back(std::move(remark));
    if (!result_.headers.empty()) return;
    value.insert(value.begin(), {std::string(scheme), Piece::kNoSecret});
    result_.headers.emplace_back("Authorization", std::move(value));
  }

  Text Literal(const ValuePlace& place, std::string_view value) {
    return {{"", reader_.Literal(place, value)}};
  }

  void UserInfo(std::string_view user_info) {
    Header("Basic ",
           Literal(Place("", "BASIC", "`user:password` in base64, from the URL"), user_info),
           "the URL held a user and a password, which go into a header `Authorization: Basic`; its "
           "secret is `user:password` in base64");
  }

  void Path(std::string_view path) {
    size_t at = 0;
    while (at < path.size()) {
      const size_t end = std::min(path.find('/', at + 1), path.size());
      const std::string_view part = path.substr(at + 1, end - at - 1);
      if (LooksSecret(part)) {
        result_.url += "/REMOVED";
        Header("Bearer ", Literal(Place("", "URL_TOKEN", "a part of the path of the URL"), part),
               "a part of the URL's path looks like a credential and is REMOVED: a policy's URL "
               "holds none. A header carries it instead; whether the server takes it there is for "
               "you to find out");
      } else {
        result_.url += path.substr(at, end - at);
      }
      at = end;
    }
  }

  void Query(std::string_view query) {
    char separator = '?';
    while (!query.empty()) {
      const size_t end = std::min(query.find('&'), query.size());
      const std::string_view parameter = query.substr(0, end);
      query.remove_prefix(std::min(end + 1, query.size()));
      const size_t equals = std::min(parameter.find('='), parameter.size());
      const std::string_view key = parameter.substr(0, equals);
      const std::string_view value =
          equals < parameter.size() ? parameter.substr(equals + 1) : std::string_view();
      const bool reference = value.find("${") != std::string_view::npos;
      const bool credential = model::IsCredentialKey(key, value) || LooksSecret(value) ||
                              LooksSecret(key) || model::LooksLikeCredential("", value);
      if (!reference && !credential) {
        result_.url += separator;
        result_.url += parameter;
        separator = '&';
        continue;
      }
      const ValuePlace place =
          Place(std::string(key), VariableFor(key).empty() ? "TOKEN" : VariableFor(key),
                fmt::format("the parameter {} of the URL", Ticked(key)));
      Header("Bearer ", reference ? reader_.Read(place, value) : Literal(place, value),
             fmt::format("the parameter {} is taken out of the URL, which holds no secrets in a "
                         "policy. A header carries it instead; whether the server takes it there "
                         "is for you to find out",
                         Ticked(key)));
    }
  }

  uint32_t line_;
  TextReader& reader_;
  ServerUrl result_;
  bool nowhere_ = false;  // a reference has no value here
};

}  // namespace

Result<ServerUrl> ReadServerUrl(std::string_view raw, uint32_t line, TextReader& reader) {
  return UrlReader(line, reader).Read(raw);
}

}  // namespace mcplexer::importer
