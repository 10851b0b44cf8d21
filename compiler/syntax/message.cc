// SPDX-License-Identifier: Apache-2.0
// What ANTLR knows is a token and the set of token types that would have fitted. A set of one to
// three is named as it is ("expected `=`"); a larger one means that a thing was expected (a
// pattern, a value, a condition), and the grammar rule that was being read says which.

#include "compiler/syntax/message.h"

#include <PlexLexer.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "compiler/source/suggest.h"

namespace mcplexer::syntax {
namespace {

using Parser = grammar::PlexParser;

constexpr size_t kNoRule = SIZE_MAX;
constexpr size_t kLongestQuote = 40;

constexpr auto kDeclarations =
    std::to_array<size_t>({Parser::SERVER, Parser::SCOPE, Parser::SECRET, Parser::PROVIDER,
                           Parser::WORKSPACE, Parser::PRINCIPAL, Parser::TOOLS, Parser::TEMPLATE,
                           Parser::INVARIANT, Parser::TEST, Parser::IMPORT});
constexpr auto kBody = std::to_array<size_t>(
    {Parser::ALLOW, Parser::APPROVE, Parser::DENY, Parser::USE, Parser::IN, Parser::SET});
constexpr auto kClauses = std::to_array<size_t>(
    {Parser::EXCEPT, Parser::FOR, Parser::IN, Parser::USING, Parser::VIA, Parser::WHEN,
     Parser::REQUIRE, Parser::PRIORITY, Parser::TIMEOUT, Parser::QUORUM, Parser::APPROVERS,
     Parser::LOG, Parser::BECAUSE, Parser::AS});

template <size_t N>
bool Contains(const std::array<size_t, N>& types, size_t type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

// A token type as it is called in "expected ...".
std::string NameOf(size_t type) {
  switch (type) {
    case Parser::STRING:
      return "a quoted string";
    case Parser::REGEX:
      return "a regular expression such as `re\"a|b\"`";
    case Parser::NUMBER:
      return "a number";
    case Parser::DURATION:
      return "a duration such as `5m`";
    case Parser::ARGUMENT:
      return "an argument such as `arg.owner`";
    case Parser::WORD:
      return "a name";
    default:
      return fmt::format("`{}`", TokenText(type));
  }
}

// What a grammar rule reads, in words; empty for rules whose parts say it better.
std::string_view ThingOf(size_t rule) {
  switch (rule) {
    case Parser::RuleName:
    case Parser::RuleWord:
      return "a name";
    case Parser::RuleKey:
    case Parser::RuleEntry:
      return "a key";
    case Parser::RuleValue:
    case Parser::RuleList:
      return "a value";
    case Parser::RuleMap:
      return "`key: value` or `}`";
    case Parser::RuleTarget:
    case Parser::RulePatterns:
    case Parser::RulePattern:
    case Parser::RuleTools:
      return "a pattern";
    case Parser::RulePrincipals:
    case Parser::RulePrincipal:
      return "a name";
    case Parser::RuleCondition:
    case Parser::RuleConjunction:
    case Parser::RuleNegation:
    case Parser::RulePrimary:
      return "a condition";
    case Parser::RuleComparison:
      return "a comparison such as `==`, `in` or `matches`";
    case Parser::RuleOperand:
      return "a value to compare with";
    case Parser::RuleLiteral:
    case Parser::RuleLiterals:
      return "a string, a number, `true`, `false` or `null`";
    case Parser::RuleCalled:
      return "a tool's name";
    default:
      return "";
  }
}

std::string_view HelpForStray(char c) {
  switch (c) {
    case '&':
      return "conditions are joined by `and`";
    case '|':
      return "conditions are joined by `or`";
    case '!':
      return "a condition is negated by `not`";
    case ';':
      return "statements need nothing between them";
    case '\'':
    case '`':
      return "strings stand in double quotes";
    case '#':
      return "comments begin with `//`";
    case '$':
      return "a template's parameter is written `${name}`";
    default:
      return "";
  }
}

}  // namespace

bool IsKeyword(size_t type) { return type >= Parser::ALL && type <= Parser::WORKSPACE; }
bool IsWord(size_t type) { return IsKeyword(type) || type == Parser::WORD; }
bool IsDeclarationKeyword(size_t type) { return Contains(kDeclarations, type); }
bool IsClauseKeyword(size_t type) { return Contains(kClauses, type); }
bool IsEffect(size_t type) {
  return type == Parser::ALLOW || type == Parser::APPROVE || type == Parser::DENY;
}

std::span<const size_t> DeclarationKeywords() { return kDeclarations; }
std::span<const size_t> BodyKeywords() { return kBody; }
std::span<const size_t> ClauseKeywords() { return kClauses; }

std::string TokenText(size_t type) {
  static const grammar::PlexLexer lexer(nullptr);
  const std::string quoted = lexer.getVocabulary().getLiteralName(type);
  return quoted.size() < 2 ? quoted : quoted.substr(1, quoted.size() - 2);
}

std::optional<size_t> MisspelledKeyword(std::string_view word, std::span<const size_t> types) {
  // Nearer to `in` by its letters, and never meant so.
  if (word == "if" && std::find(types.begin(), types.end(), Parser::WHEN) != types.end()) {
    return Parser::WHEN;
  }
  std::vector<std::string> texts;
  for (const size_t type : types) texts.push_back(TokenText(type));
  const std::optional<std::string> nearest =
      source::Suggest(word, std::span<const std::string>(texts));
  if (!nearest) return std::nullopt;
  const auto at = std::find(texts.begin(), texts.end(), *nearest);
  return types[static_cast<size_t>(at - texts.begin())];
}

Span SyntaxMessage::SpanOf(const antlr4::Token& token) const {
  const size_t begin = token.getStartIndex();
  const bool end = token.getType() == antlr4::Token::EOF;
  return region_.SpanOf(begin, end ? begin : token.getStopIndex() + 1);
}

std::string SyntaxMessage::Quote(const antlr4::Token& token) const {
  if (token.getType() == antlr4::Token::EOF) return "the end of the file";
  std::string_view text = region_.Text(SpanOf(token));
  if (text.size() <= kLongestQuote) return fmt::format("`{}`", text);
  size_t end = kLongestQuote;
  while ((static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u) --end;
  return fmt::format("`{}...`", text.substr(0, end));
}

bool SyntaxMessage::FollowsWord(const antlr4::Token& token) const {
  if (token.getStartIndex() == 0) return false;
  const char c = region_.text[token.getStartIndex() - 1];
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '*' || c == '?';
}

// The token is a string that is not closed, or one with a control character in it.
void SyntaxMessage::BadString(Span span) {
  const std::string_view text = region_.Text(span);
  const auto control = std::find_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && byte != '\t');
  });
  if (control == text.end()) {
    span.end = span.begin + (text.front() == 'r' ? 3 : 1);
    diagnostics_.Report(source::Code::kSyntaxError, span, "this string is not closed on its line")
        .Help("a line break inside a string is written `\\n`");
    return;
  }
  span.begin += static_cast<uint32_t>(control - text.begin());
  span.end = span.begin + 1;
  const auto value = static_cast<uint32_t>(static_cast<unsigned char>(*control));
  diagnostics_
      .Report(source::Code::kSyntaxError, span,
              fmt::format("this string holds the control character U+{:04X}", value))
      .Help(fmt::format("write `\\u{{{:x}}}`", value));
}

// Reports `found` if it is one of the tokens that are mistakes by themselves.
bool SyntaxMessage::BadToken(const antlr4::Token& found) {
  Span span = SpanOf(found);
  if (found.getType() == Parser::BAD_STRING) {
    BadString(span);
    return true;
  }
  if (found.getType() != Parser::OPEN_COMMENT) return false;
  span.end = span.begin + 2;
  auto& diagnostic =
      diagnostics_.Report(source::Code::kSyntaxError, span, "this comment is never closed");
  if (FollowsWord(found)) {
    diagnostic.Help("if it is meant as a path or a pattern, put that in quotes");
  }
  return true;
}

std::optional<size_t> SyntaxMessage::Unexpected(const antlr4::Token& found,
                                                std::string_view expected,
                                                std::span<const size_t> keywords) {
  if (BadToken(found)) return std::nullopt;
  auto& diagnostic =
      diagnostics_.Report(source::Code::kSyntaxError, SpanOf(found),
                          fmt::format("found {}, expected {}", Quote(found), expected));
  if (found.getType() != Parser::WORD) {
    AddHelp(found, kNoRule, diagnostic);
    return std::nullopt;
  }
  const auto keyword = MisspelledKeyword(region_.Text(SpanOf(found)), keywords);
  if (keyword) diagnostic.Help(fmt::format("did you mean `{}`?", TokenText(*keyword)));
  return keyword;
}

std::string SyntaxMessage::Expectation(const Failure& failure) {
  std::vector<size_t> expected = failure.expected;
  const bool word = std::find(expected.begin(), expected.end(), Parser::WORD) != expected.end();
  if (word) std::erase_if(expected, IsKeyword);
  if (!failure.rules.empty() && (expected.empty() || expected.size() > 3 || word)) {
    if (const auto thing = ThingOf(failure.rules.front()); !thing.empty()) {
      return std::string(thing);
    }
  }
  if (expected.empty() || expected.size() > 4) return "";
  std::string text;
  for (size_t i = 0; i < expected.size(); ++i) {
    if (i > 0) text += i + 1 == expected.size() ? " or " : ", ";
    text += NameOf(expected[i]);
  }
  return text;
}

std::optional<size_t> SyntaxMessage::Malformed(const Failure& failure) {
  const antlr4::Token& found = *failure.found;
  if (BadToken(found)) return std::nullopt;
  std::string message = fmt::format("found {}", Quote(found));
  if (const std::string expected = Expectation(failure); !expected.empty()) {
    message += fmt::format(", expected {}", expected);
    if (failure.before != nullptr) message += fmt::format(" after {}", Quote(*failure.before));
  } else {
    if (failure.before != nullptr) message += fmt::format(" after {}", Quote(*failure.before));
    message += ", where it does not belong";
  }
  auto& diagnostic =
      diagnostics_.Report(source::Code::kSyntaxError, SpanOf(found), std::move(message));

  const auto& expected = failure.expected;
  const auto expects = [&](size_t type) { return std::ranges::count(expected, type) > 0; };
  const bool any_word = expects(Parser::WORD);
  if ((expects(Parser::NUMBER) || expects(Parser::DURATION)) && !any_word &&
      Quote(found).starts_with("`${")) {
    diagnostic.Help(
        "a parameter stands for patterns, paths, names and texts; numbers and durations are "
        "written out");
    return std::nullopt;
  }
  if (found.getType() == Parser::WORD && !any_word) {
    std::vector<size_t> keywords;
    std::copy_if(expected.begin(), expected.end(), std::back_inserter(keywords), IsKeyword);
    if (const auto keyword = MisspelledKeyword(region_.Text(SpanOf(found)), keywords)) {
      diagnostic.Help(fmt::format("did you mean `{}`?", TokenText(*keyword)));
      return keyword;
    }
  }
  const bool brace = std::find(expected.begin(), expected.end(), Parser::LBRACE) != expected.end();
  if (brace && failure.before != nullptr && Quote(*failure.before).find('{') != std::string::npos) {
    diagnostic.Help("put a space before `{` where a block or a map begins");
    return std::nullopt;
  }
  AddHelp(found, failure.rules.empty() ? kNoRule : failure.rules.front(), diagnostic);
  return std::nullopt;
}

void SyntaxMessage::LimitExceeded(const Overflow& overflow, const source::Limits& limits) {
  const bool nesting = overflow.kind == Overflow::Kind::kNesting;
  diagnostics_.Report(
      source::Code::kLimitExceeded, region_.SpanOf(overflow.begin, overflow.end),
      nesting ? fmt::format("brackets and `not`s nest deeper than {}, the limit", limits.nesting)
              : fmt::format("this statement has more than {} words and marks, the limit",
                            limits.statement_tokens));
}

void SyntaxMessage::AddHelp(const antlr4::Token& found, size_t rule,
                            source::Diagnostic& diagnostic) const {
  const size_t type = found.getType();
  const bool pattern =
      rule == Parser::RulePattern || rule == Parser::RulePatterns || rule == Parser::RuleTarget;
  if (type == Parser::STRAY) {
    const std::string_view help = HelpForStray(region_.Text(SpanOf(found)).front());
    if (!help.empty()) diagnostic.Help(std::string(help));
  } else if (rule == Parser::RuleComparison) {
    diagnostic.Help(type == Parser::ASSIGN ? "`==` compares"
                                           : "every condition compares: `arg.draft == true`");
  } else if (pattern && IsKeyword(type)) {
    diagnostic.Help(
        fmt::format("as a pattern, a keyword stands in quotes: `\"{}\"`", TokenText(type)));
  } else if (rule == Parser::RulePaths || (rule == Parser::RuleInHead && IsWord(type))) {
    diagnostic.Help("paths stand in quotes: `in \"src/**\"`");
  } else if (type == Parser::AND || type == Parser::OR) {
    diagnostic.Help(fmt::format(
        "`{}` joins two conditions; an argument in one is written `arg.owner`", TokenText(type)));
  } else if (FollowsWord(found) && (type == Parser::LBRACE || type == Parser::LBRACKET)) {
    diagnostic.Help("the bracket is never closed; a pattern with white space in it needs quotes");
  } else if (rule == Parser::RuleAttribute && type == Parser::COLON) {
    diagnostic.Help("attributes are written with `=`");
  }
}

}  // namespace mcplexer::syntax
