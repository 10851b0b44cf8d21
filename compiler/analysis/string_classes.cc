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

void AddToKey(char tag, const std::string& text, std::string& key) {
  key.append(fmt::format("{}{} ", tag, text.size())).append(text);
}

void AddToKey(char tag, const StringClasses::Pattern& pattern, std::string& key) {
  key.push_back(tag);
  AddToKey(pattern.first == StringClasses::PatternKind::kGlob ? 'g' : 'r', pattern.second, key);
}

std::string KeyOf(const StringClasses::Asked& asked) {
  std::string key;
  for (const auto& pattern : asked.must) AddToKey('+', pattern, key);
  for (const auto& pattern : asked.must_not) AddToKey('-', pattern, key);
  for (const auto& pattern : asked.patterns) AddToKey('?', pattern, key);
  for (const std::string& text : asked.strings) AddToKey('s', text, key);
  for (const std::string& text : asked.directories) AddToKey('d', text, key);
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

// One pattern after another, each outcome kept: what is asked next mostly begins alike.
const automata::Dfa* StringClasses::Interesting(const Asked& asked) {
  if (interesting_.size() >= most_kept_) interesting_.clear();
  const automata::Dfa* strings = &automata::Utf8Universe();
  std::string key;
  for (const bool must : {true, false}) {
    for (const Pattern& pattern : must ? asked.must : asked.must_not) {
      AddToKey(must ? '+' : '-', pattern, key);
      const auto [it, inserted] = interesting_.try_emplace(key);
      if (inserted) {
        const std::optional<automata::Nfa>& nfa = Parse(pattern);
        const auto dfa = nfa ? automata::ToDfa(*nfa) : tl::unexpected(automata::LimitError{});
        auto fewer = !dfa   ? dfa
                     : must ? automata::Intersection(*strings, *dfa)
                            : automata::Difference(*strings, *dfa);
        if (fewer) it->second = *std::move(fewer);
      }
      if (!it->second) return nullptr;
      strings = &*it->second;
    }
  }
  return strings;
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
  const automata::Dfa* const interesting = Interesting(asked);
  if (interesting == nullptr) {
    classes.complete = false;
    return classes;
  }
  const auto automaton = automata::BuildSetAutomaton(sets, interesting);
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
