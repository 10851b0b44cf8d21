// SPDX-License-Identifier: Apache-2.0
// W0505: directories written as if they were something else. A pattern of `in` that names files,
// which nobody's session is in; one that begins with the end of the workspace's root, though it is
// looked for below that; a root with `*` in it, which is no wildcard there. What can be told from
// the text alone (a slash at either end, `.`, `..`, `//`, `~`) is an error already, E0102.
//
// Directories have dots in their names, too (`next.js`, `docs.rs`, `conf.d`), so after a name only
// endings count that are of files and never of projects; after `*` all that are of files. One
// segment of the root that comes again is common (`requests/requests`); two are not.
#include "compiler/analysis/checks/misread_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/analysis/checks/checks.h"
#include "compiler/analysis/written_patterns.h"
#include "compiler/source/printable.h"

namespace mcplexer::analysis {
namespace {

constexpr std::array<std::string_view, 24> kFileEndings = {
    "cfg", "conf", "css", "csv",  "html", "ini",  "ipynb", "json", "jsx",  "lock", "log",  "md",
    "pdf", "pem",  "png", "scss", "sql",  "toml", "tsx",   "txt",  "wasm", "xml",  "yaml", "yml"};
// That directories have, too.
constexpr std::array<std::string_view, 18> kSharedEndings = {
    "c",  "cc", "cpp", "cs",  "env", "go", "h",  "hpp", "java",
    "js", "kt", "mjs", "php", "py",  "rb", "rs", "sh",  "ts"};
constexpr std::array<std::string_view, 9> kFileNames = {"CODEOWNERS", "Cargo.toml", "Dockerfile",
                                                        "LICENSE",    "Makefile",   "README.md",
                                                        "go.mod",     "go.sum",     "package.json"};

template <size_t kSize>
bool Contains(const std::array<std::string_view, kSize>& all, std::string_view one) {
  return std::ranges::find(all, one) != all.end();
}

std::vector<std::string_view> Segments(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    const size_t slash = std::min(path.find('/'), path.size());
    if (slash > 0) segments.push_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return segments;
}

bool IsWild(std::string_view segment) {
  return segment.find_first_of("*?[{\\") != std::string_view::npos;
}

// `json`, or `{ts,tsx}` with nothing but such endings in it.
bool IsEnding(std::string_view ending, bool shared) {
  if (ending.starts_with('{') && ending.ends_with('}')) {
    ending = ending.substr(1, ending.size() - 2);
  }
  bool all = true;
  while (all && !ending.empty()) {
    const size_t comma = std::min(ending.find(','), ending.size());
    const std::string_view one = ending.substr(0, comma);
    all = Contains(kFileEndings, one) || (shared && Contains(kSharedEndings, one));
    ending.remove_prefix(std::min(comma + 1, ending.size()));
  }
  return all;
}

}  // namespace

bool LooksLikeFiles(std::string_view path) {
  const auto segments = Segments(path);
  if (segments.empty()) return false;
  const std::string_view last = segments.back();
  if (Contains(kFileNames, last)) return true;
  const size_t dot = last.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == last.size()) return false;
  return IsEnding(last.substr(dot + 1), IsWild(last.substr(0, dot)));
}

namespace {

// How many segments at the beginning of `path` are those at the end of `root`, at least two.
size_t Repeated(std::string_view path, std::string_view root) {
  const auto inner = Segments(path);
  const auto outer = Segments(root);
  for (size_t count = std::min(inner.size(), outer.size()); count >= 2; --count) {
    const auto tail = outer.end() - static_cast<ptrdiff_t>(count);
    const auto head_end = inner.begin() + static_cast<ptrdiff_t>(count);
    if (std::equal(inner.begin(), head_end, tail) &&
        std::none_of(inner.begin(), head_end, IsWild)) {
      return count;
    }
  }
  return 0;
}

void LookAtPath(const model::Workspace& workspace, const syntax::Name& path,
                source::Diagnostics& diagnostics) {
  if (LooksLikeFiles(path.text)) {
    diagnostics
        .Report(source::Code::kMisreadPath, path.span,
                fmt::format("`{}` looks like files, and `in` is about directories",
                            source::Printable(path.text)))
        .Mark("where a session is, not what a call is about")
        .Help("files are what arguments name: say in `when` or `require` what `arg.path` may be");
    return;
  }
  const size_t repeated = Repeated(path.text, workspace.root.rest);
  if (repeated == 0) return;
  const auto segments = Segments(path.text);
  std::string rest;
  for (size_t i = repeated; i < segments.size(); ++i) {
    rest += (rest.empty() ? "" : "/") + std::string(segments[i]);
  }
  diagnostics
      .Report(source::Code::kMisreadPath, path.span,
              fmt::format("`{}` begins with the end of the root of `{}`",
                          source::Printable(path.text), workspace.name))
      .Mark("looked for below the root")
      .Also(workspace.span, fmt::format("its root is `{}{}`", workspace.root.home ? "~" : "",
                                        source::Printable(workspace.root.rest)))
      .Help(fmt::format("write `{}`: paths begin behind the root",
                        rest.empty() ? "**" : source::Printable(rest)));
}

// The place of a workspace's root, or of its name where it has none of its own.
source::Span RootSpan(const LintContext& context, const model::Workspace& workspace) {
  for (const syntax::File& file : context.files) {
    if (file.id != workspace.span.file) continue;
    for (const syntax::Declaration& declaration : file.declarations) {
      if (declaration.kind != syntax::Declaration::Kind::kWorkspace) continue;
      if (declaration.name.text != workspace.name) continue;
      for (const syntax::BodyItem& item : declaration.body) {
        for (const syntax::Attribute& attribute : item.attribute) {
          if (attribute.key.text == "root") return attribute.value.span;
        }
      }
    }
  }
  return workspace.span;
}

void LookAtRoot(const LintContext& context, const model::Workspace& workspace,
                source::Diagnostics& diagnostics) {
  const std::string& root = workspace.root.rest;
  const size_t brace = root.find('{');
  const size_t comma = root.find(',', std::min(brace, root.size()));
  const bool alternatives =
      comma != std::string::npos && root.find('}', comma) != std::string::npos;
  if (root.find('*') == std::string::npos && !alternatives) return;
  diagnostics
      .Report(source::Code::kMisreadPath, RootSpan(context, workspace),
              fmt::format("the root of `{}` is no pattern: this is one directory with `{}` in its "
                          "name",
                          workspace.name, alternatives ? "{" : "*"))
      .Help("make the directory above the root, and say `in` which of those below a rule is for");
}

}  // namespace

void CheckMisreadPaths(const LintContext& context, source::Diagnostics& diagnostics) {
  const model::Policy& policy = context.policy();
  for (const model::Workspace& workspace : policy.workspaces) {
    LookAtRoot(context, workspace, diagnostics);
  }
  std::set<source::Span> seen;
  for (const model::Rule& rule : policy.rules) {
    for (const syntax::Name& path : rule.paths) {
      if (!path.span.valid() || IsStandardLibrary(context.sources, path.span.file)) continue;
      if (!seen.insert(path.span).second) continue;
      LookAtPath(policy.workspaces[rule.workspace.index()], path, diagnostics);
    }
  }
}

}  // namespace mcplexer::analysis
