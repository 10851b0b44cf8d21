// SPDX-License-Identifier: Apache-2.0
// Every policy of a small world, up to a size, and every call there is in it.
//
// A world is an alphabet of rules and the shapes that what is around them can have: which
// workspaces there are, and their defaults. Its policies of size N are all lists of at most N of
// the rules, a rule perhaps more than once, in each shape. What a policy means does not depend on
// the order of its rules, so a list is taken once, ascending; PoliciesOfAllOrders takes one world's
// in all orders. Nothing else is left out: that allow and approve, or two patterns, could change
// places is not made use of, since that the analysis treats them alike is to be shown.
//
// The calls are all tuples of a tool, a directory, arguments and a principal out of the world's
// lists, and some of other kinds. By section 6 of docs/language.md a decision depends on the call
// through its home workspace, which patterns, paths and principals it is in, and what it makes of
// the conditions. The lists have one of each combination, which EveryCallIsLikeOneOfItsWorld tries
// to refute. So a verdict that equals what trying these calls says is right over all calls, and a
// test that has been through all policies is a proof for the size.

#ifndef MCPLEXER_TESTS_UNIT_ANALYSIS_EVERY_POLICY_H_
#define MCPLEXER_TESTS_UNIT_ANALYSIS_EVERY_POLICY_H_

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "compiler/reference/interpreter.h"
#include "tests/unit/analysis/small_world.h"
#include "tests/unit/analysis/tried.h"

namespace mcplexer::analysis {

// The most rules a policy has: `usual`, or what MCPLEXER_WORLD_SIZE says.
inline size_t LargestPolicy(size_t usual) {
  const char* size = std::getenv("MCPLEXER_WORLD_SIZE");
  return size == nullptr ? usual : static_cast<size_t>(std::atoi(size));
}

struct Shape {
  bool outer_allows = false;  // by default
  bool has_inner = false;
  bool inner_allows = false;
  std::string command = "s";
};

// Places of rules in their world.
using RuleList = std::vector<size_t>;

struct SmallWorld {
  std::vector<std::string> inner;  // rules of the workspace at /w/i; before the others by name
  std::vector<std::string> outer;  // rules of the one at /w
  std::vector<Shape> shapes;
  std::vector<std::string> names;
  std::vector<std::string> directories;
  std::vector<std::string> arguments;
  size_t principals = 1;  // the anonymous one; then `p`
  std::vector<Clause> clauses = {};

  size_t size() const { return inner.size() + outer.size(); }
  const std::string& Rule(size_t place) const {
    return place < inner.size() ? inner[place] : outer[place - inner.size()];
  }
  bool Fits(const RuleList& rules, const Shape& shape) const {
    return shape.has_inner ||
           std::ranges::none_of(rules, [&](size_t r) { return r < inner.size(); });
  }

  // Where inner rules stand first in `rules`, the id of a rule is its place there.
  std::string TextOf(const RuleList& rules, const Shape& shape) const {
    std::string text = kDeclarations;
    text.replace(text.find("\"s\""), 3, "\"" + shape.command + "\"");
    const auto workspace = [&](const char* head, bool allows, bool is_inner) {
      text += fmt::format("workspace {}\n{}", head, allows ? "  default = allow\n" : "");
      for (const size_t r : rules) {
        if ((r < inner.size()) == is_inner) text += "  " + Rule(r) + "\n";
      }
      text += "}\n";
    };
    workspace("outer {\n  root = \"/w\"", shape.outer_allows, false);
    if (shape.has_inner) workspace("inner {\n  root = \"/w/i\"", shape.inner_allows, true);
    if (clauses.empty()) return text;
    text += "invariant v {\n";
    for (const Clause& clause : clauses) text += "  " + clause.ToText() + "\n";
    return text + "}\n";
  }

  // With a prompt and a resource, of which no rule speaks, in each directory: the defaults do.
  std::vector<reference::Call> Calls() const {
    std::vector<reference::Call> calls = CallsOf(names, directories, arguments);
    for (const std::string& directory : directories) {
      for (const model::CallKind kind : {model::CallKind::kPrompt, model::CallKind::kResource}) {
        reference::Call& call = calls.emplace_back();
        call.kind = kind;
        call.name = "s__x";
        call.directory = directory;
        call.principal = PrincipalId(0u);
        if (kind == model::CallKind::kResource) call.server = ServerId(0u);
      }
    }
    return calls;
  }
  std::vector<reference::Call> CallsOf(const std::vector<std::string>& of_names,
                                       const std::vector<std::string>& of_directories,
                                       const std::vector<std::string>& of_arguments) const {
    std::vector<reference::Call> calls;
    for (const std::string& name : of_names) {
      for (const std::string& directory : of_directories) {
        for (const std::string& members : of_arguments) {
          for (size_t principal = 0; principal < principals; ++principal) {
            reference::Call call;
            call.name = "s__" + name;
            call.directory = directory;
            call.arguments = "{" + members + "}";
            call.principal = PrincipalId(principal);
            calls.push_back(std::move(call));
          }
        }
      }
    }
    return calls;
  }
};

// All texts of one of each of the parts, one after the other.
inline std::vector<std::string> Product(const std::vector<std::vector<std::string>>& parts) {
  std::vector<std::string> texts = {""};
  for (const std::vector<std::string>& part : parts) {
    std::vector<std::string> longer;
    for (const std::string& text : texts) {
      for (const std::string& end : part) longer.push_back(text + end);
    }
    texts = std::move(longer);
  }
  return texts;
}

inline std::vector<std::string> Concat(std::vector<std::string> a,
                                       const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Every ascending list of at most `size` of the places below `rules`, shorter ones first.
inline std::vector<RuleList> AllLists(size_t rules, size_t size) {
  std::vector<RuleList> lists = {{}};
  for (size_t at = 0; at < lists.size(); ++at) {
    if (lists[at].size() == size) break;
    for (size_t r = lists[at].empty() ? 0 : lists[at].back(); r < rules; ++r) {
      lists.push_back(lists[at]);
      lists.back().push_back(r);
    }
  }
  return lists;
}

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_TESTS_UNIT_ANALYSIS_EVERY_POLICY_H_
