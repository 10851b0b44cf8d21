// SPDX-License-Identifier: Apache-2.0
//
// A pattern that matches no name is nearly always a misspelt namespace, and in a deny it is a hole,
// so it is an error. Two ways find it: most patterns begin with a literal namespace and `__`, which
// is one look-up; for the rest the pattern's automaton is run over each `ns__` until some namespace
// leaves a state alive.
#include "compiler/model/pattern_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compiler/automata/nfa.h"
#include "compiler/automata/pattern.h"
#include "runtime/decide/regex.h"

namespace mcplexer::model {
namespace {

constexpr std::string_view kSeparator = "__";

// The states of an automaton that a string leads to, as a flag for each.
class Run {
 public:
  explicit Run(const automata::Nfa& nfa)
      : nfa_(nfa), first_(nfa.num_states + 1), order_(nfa.edges.size()) {
    for (const automata::NfaEdge& edge : nfa.edges) ++first_[edge.from + 1];
    for (size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
    std::vector<uint32_t> next(first_.begin(), first_.end() - 1);
    for (uint32_t i = 0; i < nfa.edges.size(); ++i) order_[next[nfa.edges[i].from]++] = i;
  }

  // Whether some string that begins with `prefix` could be accepted. Every state of a pattern's
  // automaton leads to acceptance but for patterns that match nothing, so a live state is enough.
  bool Survives(std::string_view prefix) const {
    std::vector<uint32_t> states = Closure({nfa_.start});
    for (const char c : prefix) {
      const auto byte = static_cast<uint8_t>(c);
      std::vector<uint32_t> next;
      for (const uint32_t state : states) {
        for (uint32_t i = first_[state]; i < first_[state + 1]; ++i) {
          const automata::NfaEdge& edge = nfa_.edges[order_[i]];
          if (edge.kind == automata::NfaEdge::Kind::kBytes && edge.low <= byte &&
              byte <= edge.high) {
            next.push_back(edge.to);
          }
        }
      }
      states = Closure(std::move(next));
      if (states.empty()) return false;
    }
    return std::any_of(states.begin(), states.end(), [&](uint32_t state) {
      return std::any_of(
          order_.begin() + first_[state], order_.begin() + first_[state + 1],
          [&](uint32_t i) { return nfa_.edges[i].kind == automata::NfaEdge::Kind::kBytes; });
    });
  }

 private:
  std::vector<uint32_t> Closure(std::vector<uint32_t> states) const {
    std::vector<bool> seen(nfa_.num_states);
    std::vector<uint32_t> closed;
    while (!states.empty()) {
      const uint32_t state = states.back();
      states.pop_back();
      if (seen[state]) continue;
      seen[state] = true;
      closed.push_back(state);
      for (uint32_t i = first_[state]; i < first_[state + 1]; ++i) {
        const automata::NfaEdge& edge = nfa_.edges[order_[i]];
        if (edge.kind == automata::NfaEdge::Kind::kEpsilon) states.push_back(edge.to);
      }
    }
    return closed;
  }

  const automata::Nfa& nfa_;
  std::vector<uint32_t> first_;  // state -> its first place in order_
  std::vector<uint32_t> order_;  // edges by the state they leave
};

automata::Limits AutomataLimits(const source::Limits& limits) {
  automata::Limits result;
  result.max_pattern_bytes = limits.pattern_bytes;
  result.max_dfa_states = static_cast<uint32_t>(limits.automaton_states);
  return result;
}

std::optional<automata::PatternError> CheckValueRegex(const std::string& text) {
  // Compiled as the gateway will, memory bound included: what passes here loads there.
  const auto expression = decide::CompileRegex(text);
  if (expression) return std::nullopt;
  return automata::PatternError{expression.error().message, 0, text.size()};
}

// Names of tools hold no commas and have no blanks at their ends (the protocol advises against
// both), but lists written as one text do: as a single pattern they would match nothing. `text` is
// a well-formed glob.
std::optional<automata::PatternError> CheckOneName(std::string_view text) {
  size_t braces = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    switch (text[at]) {
      case '\\':
        ++at;
        break;
      case '[':
        while (text[at] != ']') at += text[at] == '\\' ? 2 : 1;
        break;
      case '{':
        ++braces;
        break;
      case '}':
        --braces;
        break;
      case ',':
        if (braces != 0) break;
        return automata::PatternError{
            "`,` stands between patterns, not in one: write each by itself, or `\\,` for the "
            "character",
            at, 1};
      case ' ':
      case '\t':
        if (at != 0 && at + 1 != text.size()) break;
        return automata::PatternError{
            "white space at the ends of a pattern is part of it: leave it out, or put a `\\` in "
            "front of it",
            at, 1};
      default:
        break;
    }
  }
  return std::nullopt;
}

}  // namespace

LiteralPrefix PrefixOf(const NamePattern& pattern) {
  const std::string& text = pattern.text;
  const std::string_view special = pattern.regex ? "\\.+*?()|[]{}^$" : "*?[{\\";
  if (pattern.regex && text.find('|') != std::string::npos) return {};
  size_t end = std::min(text.find_first_of(special), text.size());
  const bool whole = end == text.size();
  // What a quantifier follows may be left out.
  if (pattern.regex && !whole &&
      std::string_view("*?{").find(text[end]) != std::string_view::npos) {
    end -= end > 0 ? 1 : 0;
  }
  return {text.substr(0, end), whole};
}

PatternCheck::PatternCheck(const source::Limits& limits, Reporter& reporter)
    : limits_(limits), automata_limits_(AutomataLimits(limits)), reporter_(reporter) {}

PatternCheck::Verdict PatternCheck::Parse(PatternLanguage language, const std::string& text) const {
  Verdict verdict;
  if (text.size() > limits_.pattern_bytes) {
    verdict.too_long = true;
    return verdict;
  }
  const auto keep = [&](const auto& result) {
    if (!result) verdict.error = result.error();
  };
  switch (language) {
    case PatternLanguage::kNameGlob:
    case PatternLanguage::kValueGlob:
      keep(automata::ParseNameGlob(text, automata_limits_));
      if (language == PatternLanguage::kNameGlob && !verdict.error) {
        verdict.error = CheckOneName(text);
      }
      break;
    case PatternLanguage::kUriGlob:
      keep(automata::ParseUriGlob(text, automata_limits_));
      break;
    case PatternLanguage::kPathGlob:
      keep(automata::ParsePathGlob(text, automata_limits_));
      break;
    case PatternLanguage::kRegex:
      keep(automata::ParseRegex(text, automata_limits_));
      break;
    case PatternLanguage::kValueRegex:
      verdict.error = CheckValueRegex(text);
      break;
  }
  return verdict;
}

bool PatternCheck::Check(PatternLanguage language, const std::string& text, Span span) {
  std::string key(1, static_cast<char>('0' + static_cast<int>(language)));
  key += text;
  const auto [at, added] = verdicts_.try_emplace(std::move(key));
  if (added) at->second = Parse(language, text);
  const Verdict& verdict = at->second;
  if (verdict.too_long) {
    reporter_
        .Report(Code::kLimitExceeded, span,
                fmt::format("a pattern of {} bytes; the limit is {}", text.size(),
                            limits_.pattern_bytes))
        .Help("several shorter patterns, in a `tools` set, say the same");
    return false;
  }
  if (!verdict.error) return true;
  reporter_.Report(Code::kMalformedPattern,
                   reporter_.Narrow(span, text, verdict.error->offset, verdict.error->length),
                   verdict.error->message);
  return false;
}

void PatternCheck::SetServers(const std::vector<Server>& servers) {
  for (size_t i = 0; i < servers.size(); ++i) {
    namespaces_.try_emplace(servers[i].name_space, ServerId(i));
  }
  names_have_namespaces_ = namespaces_.find("") == namespaces_.end();
}

ServerId PatternCheck::LiteralServer(const NamePattern& pattern) const {
  if (!names_have_namespaces_) return ServerId();
  const LiteralPrefix prefix = PrefixOf(pattern);
  const size_t end = prefix.text.find(kSeparator);
  if (end == std::string::npos) return ServerId();
  const auto at = namespaces_.find(std::string_view(prefix.text).substr(0, end));
  return at == namespaces_.end() ? ServerId() : at->second;
}

bool PatternCheck::MatchesSomeNamespace(const NamePattern& pattern) const {
  const auto nfa = pattern.regex ? automata::ParseRegex(pattern.text, automata_limits_)
                                 : automata::ParseNameGlob(pattern.text, automata_limits_);
  if (!nfa) return true;  // reported
  const Run run(*nfa);
  return std::any_of(namespaces_.begin(), namespaces_.end(), [&](const auto& entry) {
    return run.Survives(entry.first + std::string(kSeparator));
  });
}

// The longest known namespace that `text` begins with, `separator` behind it and something behind
// that.
std::optional<std::string_view> PatternCheck::NamespaceOf(std::string_view text,
                                                          std::string_view separator) const {
  std::optional<std::string_view> longest;
  for (const auto& [name, server] : namespaces_) {
    if (text.starts_with(name) && text.substr(name.size()).starts_with(separator) &&
        text.size() > name.size() + separator.size() &&
        (!longest || name.size() > longest->size())) {
      longest = name;
    }
  }
  return longest;
}

// `github_get`, `github.get`, `github/get`: what was meant, if its beginning is a known namespace.
std::optional<std::string> PatternCheck::WithSeparator(std::string_view text) const {
  for (const std::string_view other : {"_", ".", "/", ":", "-"}) {
    if (const auto name = NamespaceOf(text, other)) {
      return fmt::format("{}{}{}", *name, kSeparator, text.substr(name->size() + other.size()));
    }
  }
  return std::nullopt;
}

void PatternCheck::CheckNamespace(const NamePattern& pattern) {
  if (!names_have_namespaces_) return;
  const LiteralPrefix prefix = PrefixOf(pattern);
  const size_t end = prefix.text.find(kSeparator);
  std::vector<std::string_view> known;
  if (end != std::string::npos) {
    const std::string name = prefix.text.substr(0, end);
    if (namespaces_.find(name) == namespaces_.end()) {
      for (const auto& [ns, server] : namespaces_) known.push_back(ns);
      source::Diagnostic& diagnostic = reporter_.Report(
          Code::kUnresolvedNamespace, reporter_.Narrow(pattern.span, pattern.text, 0, end),
          fmt::format("no server has the namespace `{}`", name));
      // As the permission lists of clients have it.
      const std::string_view behind =
          std::string_view(pattern.text).substr(end + kSeparator.size());
      if (name == "mcp" && NamespaceOf(behind, kSeparator)) {
        diagnostic.Help(fmt::format("leave out `mcp__`: here it is `{}`", behind));
      } else if (!reporter_.Suggest(diagnostic, name, known)) {
        reporter_.List(diagnostic, "known", known);
      }
      return;
    }
    // Something follows the separator, so there is a name that it begins.
    if (prefix.text.size() > end + kSeparator.size()) return;
  } else if (namespaces_.empty() && !prefix.whole) {
    return;  // a policy of denies alone, over whatever servers come
  }
  std::string key(1, pattern.regex ? 'r' : 'g');
  key += pattern.text;
  const auto [at, added] = matches_some_.try_emplace(std::move(key), true);
  if (added) at->second = MatchesSomeNamespace(pattern);
  if (at->second) return;
  source::Diagnostic& diagnostic =
      reporter_.Report(Code::kUnresolvedNamespace, pattern.span,
                       fmt::format("`{}` matches no name of any server", pattern.text));
  if (end != std::string::npos) {
    diagnostic.Help("something follows the namespace: `*` for all names of the server");
  } else if (const auto name = WithSeparator(pattern.text); !pattern.regex && name) {
    diagnostic.Help(fmt::format("between the namespace and the name stands `__`: `{}`", *name));
  } else if (prefix.whole) {
    diagnostic.Help(fmt::format("a name is `namespace__name`; `*__{}` is this one of every server",
                                pattern.text));
  } else {
    for (const auto& [ns, server] : namespaces_) known.push_back(ns);
    reporter_.Suggest(diagnostic, prefix.text, known);
  }
}

}  // namespace mcplexer::model
