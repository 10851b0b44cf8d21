// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/string_classes.h"

#include <fmt/format.h>

#include "compiler/automata/dfa.h"
#include "compiler/automata/pattern.h"
#include "compiler/automata/set_automaton.h"
#include "compiler/automata/universe.h"

namespace mcplexer::analysis {
namespace {

// What lies in a directory and is written without `.` and `..`.
automata::Nfa InDirectory(const std::string& directory) {
  automata::NfaBuilder builder{automata::Limits()};
  constexpr automata::ByteRange kAnyByte[] = {{0, 255}};
  const auto prefix = builder.Literal(directory + "/");
  const auto whole = builder.Concat(prefix, builder.AnyRun(kAnyByte));
  const auto nfa = std::move(builder).Finish(whole);
  // A directory in a policy is far shorter than any limit on states.
  return nfa ? *nfa : automata::LiteralNfa(directory);
}

std::string KeyOf(const StringClasses::Asked& asked) {
  std::string key;
  const auto add = [&](char tag, const std::string& text) {
    key.append(fmt::format("{}{} ", tag, text.size())).append(text);
  };
  for (const auto& [kind, text] : asked.patterns) {
    add(kind == StringClasses::PatternKind::kGlob ? 'g' : 'r', text);
  }
  for (const std::string& text : asked.strings) add('s', text);
  for (const std::string& text : asked.directories) add('d', text);
  return key;
}

}  // namespace

// Made minimal at once: a regular expression that takes any character in any case is hundreds of
// states, its language a dozen.
const std::optional<automata::Nfa>& StringClasses::Parse(const Pattern& pattern) {
  const auto& [kind, text] = pattern;
  const bool glob = kind == PatternKind::kGlob;
  const auto [it, inserted] = patterns_.try_emplace((glob ? 'g' : 'r') + text);
  if (!inserted) return it->second;
  auto nfa = glob ? automata::ParseTextGlob(text) : automata::ParseTextRegex(text);
  if (!nfa) return it->second;
  const auto dfa = automata::ToDfa(*nfa);
  it->second = dfa ? automata::ToNfa(*dfa) : *std::move(nfa);
  return it->second;
}

const StringClasses::Classes& StringClasses::Of(const Asked& asked) {
  std::string key = KeyOf(asked);
  if (const auto known = classes_.find(key); known != classes_.end()) return known->second;
  if (classes_.size() >= most_kept_) classes_.clear();
  Classes& classes = classes_[std::move(key)];
  std::vector<automata::Nfa> nfas;
  for (const Pattern& pattern : asked.patterns) {
    const std::optional<automata::Nfa>& nfa = Parse(pattern);
    if (nfa) nfas.push_back(*nfa);
    if (!nfa) classes.complete = false;
  }
  for (const std::string& text : asked.strings) nfas.push_back(automata::LiteralNfa(text));
  for (const std::string& text : asked.directories) nfas.push_back(InDirectory(text));
  std::vector<const automata::Nfa*> sets;
  for (const automata::Nfa& nfa : nfas) sets.push_back(&nfa);
  const auto automaton = automata::BuildSetAutomaton(sets, &automata::Utf8Universe());
  if (!automaton) {
    classes.complete = false;
    return classes;
  }
  for (const auto& witness : automaton->witnesses) {
    if (witness) classes.members.push_back(*witness);
  }
  return classes;
}

}  // namespace mcplexer::analysis
