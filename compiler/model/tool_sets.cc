// SPDX-License-Identifier: Apache-2.0
//
// A depth-first walk over the sets, with the path from the first one as its stack, so that a cycle
// is met with all its members at hand. A set is flattened when the last set it uses is, and equal
// patterns are kept once: otherwise a set of ten that uses itself ten deep would be ten thousand
// million.
#include "compiler/model/tool_sets.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace mcplexer::model {
namespace {

using syntax::Pattern;

class Flattener {
 public:
  Flattener(const NameTable& names, PatternCheck& patterns, Reporter& reporter,
            std::unordered_map<std::string, std::vector<NamePattern>>& flat)
      : names_(names), patterns_(patterns), reporter_(reporter), flat_(flat) {}

  // `name` is declared.
  void Flatten(const std::string& name) {
    Enter(name);
    while (!path_.empty()) {
      const size_t top = path_.size() - 1;
      const std::vector<Pattern>& all = path_[top].declaration->patterns;
      if (path_[top].next == all.size()) {
        Leave();
        continue;
      }
      const Pattern& pattern = all[path_[top].next++];
      if (pattern.kind != Pattern::Kind::kSet) {
        const bool regex = pattern.kind == Pattern::Kind::kRegex;
        if (patterns_.Check(regex ? PatternLanguage::kRegex : PatternLanguage::kNameGlob,
                            pattern.text, pattern.span)) {
          Add(path_[top], {regex, pattern.text, pattern.span});
        }
      } else if (names_.Resolve({pattern.text, pattern.span}, reporter_) != nullptr) {
        Use(pattern);
      }
    }
  }

 private:
  struct Frame {
    std::string name;
    const syntax::Declaration* declaration;
    size_t next = 0;
    std::vector<NamePattern> patterns;
    std::unordered_set<std::string> seen;
  };

  void Enter(const std::string& name) {
    if (flat_.find(name) != flat_.end()) return;
    path_.push_back({name, names_.Find(name)->declaration, 0, {}, {}});
  }

  static void Add(Frame& frame, const NamePattern& pattern) {
    if (frame.seen.insert((pattern.regex ? "r" : "g") + pattern.text).second) {
      frame.patterns.push_back(pattern);
    }
  }

  void Use(const Pattern& use) {
    const auto known = flat_.find(use.text);
    if (known != flat_.end()) {
      for (const NamePattern& pattern : known->second) Add(path_.back(), pattern);
      return;
    }
    const auto on_path = std::find_if(path_.begin(), path_.end(),
                                      [&](const Frame& frame) { return frame.name == use.text; });
    if (on_path == path_.end()) {
      --path_.back().next;  // comes back to this use when the set is flat
      Enter(use.text);
      return;
    }
    std::string cycle;
    for (auto frame = on_path; frame != path_.end(); ++frame)
      cycle += fmt::format("@{} -> ", frame->name);
    reporter_.Report(Code::kImportCycle, use.span,
                     fmt::format("a set holds itself: {}@{}", cycle, use.text));
  }

  void Leave() {
    Frame& frame = path_.back();
    if (frame.declaration->patterns.empty()) {
      reporter_.Report(Code::kMalformedPattern, frame.declaration->name.span,
                       fmt::format("the set `{}` holds no pattern", frame.name));
    }
    flat_.emplace(frame.name, std::move(frame.patterns));
    path_.pop_back();
  }

  const NameTable& names_;
  PatternCheck& patterns_;
  Reporter& reporter_;
  std::unordered_map<std::string, std::vector<NamePattern>>& flat_;
  std::vector<Frame> path_;
};

}  // namespace

void ToolSets::Build(const NameTable& names, PatternCheck& patterns, Reporter& reporter) {
  Flattener flattener(names, patterns, reporter, flat_);
  for (const auto& [name, entry] : names.entries()) flattener.Flatten(name);
}

}  // namespace mcplexer::model
