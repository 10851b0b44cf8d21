// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/text_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "compiler/import/names.h"
#include "compiler/import/placeholder.h"
#include "compiler/import/plex_text.h"
#include "compiler/model/credentials.h"
#include "compiler/model/likely_credential.h"

namespace mcplexer::importer {
namespace {

// Behind the scheme of an Authorization value, or 0.
size_t SchemeEnd(std::string_view value) {
  for (const std::string_view scheme : {"bearer ", "basic ", "token ", "apikey ", "api-key "}) {
    if (value.size() <= scheme.size()) continue;
    if (std::equal(scheme.begin(), scheme.end(), value.begin(), [](char a, char b) {
          return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
        })) {
      return scheme.size();
    }
  }
  return 0;
}

// The password in `scheme://user:password@host..`, as offset and length; length 0: none.
std::pair<size_t, size_t> PasswordOf(std::string_view url) {
  const size_t begin = url.find("://");
  if (begin == std::string_view::npos) return {0, 0};
  const size_t from = begin + 3;
  const size_t end = std::min(url.find_first_of("/?#", from), url.size());
  // A password may hold what ends an authority elsewhere; the last `@` ends it in any case.
  const size_t at = url.substr(0, end).rfind('@');
  const size_t colon = url.find(':', from);
  if (at == std::string_view::npos || at < from || colon > at || colon + 1 >= at) return {0, 0};
  return {colon + 1, at - colon - 1};
}

// The name of an option, without its dashes: `--api-key`, `-k`. Empty for anything else, and for
// options that switch something.
std::string_view OptionName(std::string_view word) {
  if (!word.starts_with('-')) return "";
  word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
  for (const std::string_view prefix :
       {"no-", "enable-", "disable-", "without-", "with-", "use-"}) {
    if (word.starts_with(prefix)) return "";
  }
  return word;
}

bool IsName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
  });
}

}  // namespace

SecretUse TextReader::Use(const ValuePlace& place) const {
  return {NamespaceFor(server_, "server"), fmt::format("{} of {}", place.what, Ticked(server_)),
          file_, place.line};
}

void TextReader::Remark(std::string text) {
  if (std::find(remarks_.begin(), remarks_.end(), text) == remarks_.end()) {
    remarks_.push_back(std::move(text));
  }
}

size_t TextReader::Literal(const ValuePlace& place, std::string_view value) {
  return secrets_.Literal(place.variable, value, Use(place));
}

Text TextReader::Credential(const ValuePlace& place, std::string_view raw) {
  const auto secret = [&](std::string_view value) { return Piece{"", Literal(place, value)}; };
  if (const size_t scheme = SchemeEnd(raw); scheme != 0) {
    return {{std::string(raw.substr(0, scheme)), Piece::kNoSecret}, secret(raw.substr(scheme))};
  }
  if (const auto [begin, length] = PasswordOf(raw); length != 0) {
    const std::string_view front = raw.substr(0, begin);
    const std::string_view back = raw.substr(begin + length);
    // What is left must be harmless: `https://x@host` without the password.
    const std::string rest = std::string(front) + "x" + std::string(back);
    if (!model::LooksLikeCredential("", "h" + rest.substr(rest.find('@'))) &&
        !model::LooksLikeCredential("", front.substr(0, front.size() - 1))) {
      ValuePlace password = place;
      if (place.variable.ends_with("_SECRET")) password.variable.resize(place.variable.size() - 7);
      password.variable += place.variable.ends_with("PASSWORD") ? "" : "_PASSWORD";
      password.what = "the password in " + place.what;
      return {{std::string(front), Piece::kNoSecret},
              {"", Literal(password, raw.substr(begin, length))},
              {std::string(back), Piece::kNoSecret}};
    }
  }
  return {secret(raw)};
}

Text TextReader::Read(const ValuePlace& place, std::string_view raw) {
  const std::vector<Segment> segments = SplitPlaceholders(raw);
  const bool only_literal =
      std::all_of(segments.begin(), segments.end(),
                  [](const Segment& segment) { return segment.kind == Segment::Kind::kLiteral; });
  if (only_literal) {
    return model::LooksLikeCredential(place.key, raw) ? Credential(place, raw)
                                                      : PlainText(std::string(raw));
  }
  // A credential beside references: the whole is one.
  std::string literals;
  for (const Segment& segment : segments) {
    if (segment.kind == Segment::Kind::kLiteral) literals += segment.text + " ";
    if (segment.otherwise) literals += *segment.otherwise + " ";
  }
  if (!model::FindCredentials(literals).empty() || model::HoldsRandomText(literals) ||
      PasswordOf(literals).second != 0) {
    Remark(fmt::format(
        "{} mixes a credential with references, which are not replaced in its secret", place.what));
    return {{"", Literal(place, raw)}};
  }
  Text text;
  const auto plain = [&](std::string_view part) {
    if (!text.empty() && !text.back().is_secret()) {
      text.back().text += part;
    } else {
      text.push_back({std::string(part), Piece::kNoSecret});
    }
  };
  for (const Segment& segment : segments) {
    switch (segment.kind) {
      case Segment::Kind::kLiteral:
        plain(segment.text);
        break;
      case Segment::Kind::kSeparator:
        plain("/");
        break;
      case Segment::Kind::kWorkspace:
        used_workspace_ = true;
        plain(".");
        break;
      case Segment::Kind::kWorkspaceName: {
        const size_t slash = root_.rfind('/');
        plain(slash == std::string::npos ? root_ : std::string_view(root_).substr(slash + 1));
        break;
      }
      case Segment::Kind::kInput:
        text.push_back({"", secrets_.Input(segment.text, Use(place))});
        break;
      case Segment::Kind::kUnknown:
        Remark(fmt::format("{} refers to {}, which only the client knows", place.what,
                           Ticked(segment.text)));
        text.push_back({"", secrets_.Input(segment.text, Use(place))});
        break;
      case Segment::Kind::kHome:
      case Segment::Kind::kVariable:
        if (place.argument && own_variables_.contains(segment.text)) {
          plain("${" + segment.text + "}");
        } else if (segment.otherwise && !segment.otherwise->empty() &&
                   !model::LooksLikeCredential(place.key, *segment.otherwise) &&
                   SplitPlaceholders(*segment.otherwise).front().kind == Segment::Kind::kLiteral) {
          Remark(fmt::format("{} has the default of {}; a variable of that name changes nothing",
                             place.what, Ticked("${" + segment.text + "}")));
          plain(*segment.otherwise);
        } else {
          if (segment.otherwise) {
            Remark(fmt::format("{} needs the variable {}: a secret has no default", place.what,
                               segment.text));
          }
          text.push_back({"", secrets_.Reference(segment.text, Use(place))});
        }
        break;
    }
  }
  return text;
}

Text TextReader::ReadArgument(std::string_view before, std::string_view raw, uint32_t line) {
  const auto join = [](std::string_view front, Text value) {
    if (!value.empty() && !value.front().is_secret()) {
      value.front().text.insert(0, front);
    } else {
      value.insert(value.begin(), {std::string(front), Piece::kNoSecret});
    }
    return value;
  };
  const auto place = [&](std::string_view key, std::string_view fallback) {
    const std::string name = VariableFor(key);
    return ValuePlace{
        std::string(key), VariableFor(server_, name.empty() ? std::string(fallback) : name),
        key.empty() ? std::string("an argument") : fmt::format("the argument {}", Ticked(key)),
        line, true};
  };
  // `--name=value`, `NAME=value`; not the `=` of a URL's parameters.
  const size_t equals = raw.find('=');
  const bool option = raw.starts_with('-');
  if (equals != std::string_view::npos && equals != 0) {
    const std::string_view name =
        option ? OptionName(raw.substr(0, equals)) : raw.substr(0, equals);
    if (IsName(name)) {
      return join(raw.substr(0, equals + 1), Read(place(name, "SECRET"), raw.substr(equals + 1)));
    }
  }
  const std::string_view name = OptionName(before);
  if (name == "header" || name == "H" || name == "headers") {
    if (const size_t colon = raw.find(':'); colon != std::string_view::npos && !option) {
      const size_t value = std::min(raw.find_first_not_of(' ', colon + 1), raw.size());
      const std::string_view header = raw.substr(0, colon);
      ValuePlace header_place = place(header, "TOKEN");
      header_place.what = fmt::format("the header {}", Ticked(header));
      return join(raw.substr(0, value), Read(header_place, raw.substr(value)));
    }
  }
  if (!option && IsName(name)) return Read(place(name, "SECRET"), raw);
  return Read(place("", "SECRET"), raw);
}

}  // namespace mcplexer::importer
