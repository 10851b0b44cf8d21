// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/git_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <string_view>
#include <utility>

#include "compiler/commands/run_program.h"
#include "compiler/source/printable.h"

namespace mcplexer::commands {
namespace {

// As many as Linux follows.
constexpr int kMostLinks = 40;
constexpr std::string_view kLinkMode = "120000";
constexpr std::string_view kSubmoduleMode = "160000";

Result<std::string> Git(std::vector<std::string> arguments, size_t most_bytes,
                        const GitLimits& limits) {
  // What the repository's own configuration could have it do besides, and where it could write.
  std::vector<std::string> all = {"git", "--no-optional-locks", "--no-replace-objects", "-c",
                                  "core.fsmonitor=false"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  ProgramLimits program;
  program.output_bytes = most_bytes;
  program.error_bytes = limits.error_bytes;
  program.seconds = limits.seconds;
  return RunProgram(all, {"GIT_NO_LAZY_FETCH=1", "GIT_TERMINAL_PROMPT=0", "LC_ALL=C"}, program);
}

std::string FirstLine(std::string text) {
  text.resize(std::min(text.size(), text.find('\n')));
  return text;
}

bool IsObjectId(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Status CheckRevision(const std::string& revision) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (revision.empty()) return Fail("`git:` needs a revision, as in `git:main`");
  if (revision.front() == '-' || std::ranges::any_of(revision, control)) {
    return Fail(fmt::format("`{}` is not the name of a revision", source::Printable(revision)));
  }
  return {};
}

std::deque<std::string> Segments(std::string_view path) {
  std::deque<std::string> segments;
  while (!path.empty()) {
    const size_t end = std::min(path.size(), path.find('/'));
    if (end > 0) segments.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(path.size(), end + 1));
  }
  return segments;
}

std::string Parent(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

auto NotThere(const std::string& path, std::string_view reason) {
  return Fail(fmt::format("cannot read `{}`: {}", source::Printable(path), reason));
}

}  // namespace

Result<std::unique_ptr<GitTree>> GitTree::Open(const std::string& revision,
                                               const GitLimits& limits) {
  if (const Status good = CheckRevision(revision); !good) return Fail(good.error().message);
  const auto here = Git({"rev-parse", "--show-prefix"}, 65'536, limits);
  if (!here) return Fail(here.error().message);
  const auto commit =
      Git({"rev-parse", "--verify", "--quiet", revision + "^{commit}"}, 4'096, limits);
  if (!commit || !IsObjectId(FirstLine(*commit))) {
    return Fail(fmt::format("git knows no revision `{}`", source::Printable(revision)));
  }
  std::unique_ptr<GitTree> tree(new GitTree(revision, limits));
  tree->here_ = FirstLine(*here);
  if (tree->here_.ends_with('/')) tree->here_.pop_back();
  if (const Status read = tree->ReadList(FirstLine(*commit)); !read) {
    return Fail(read.error().message);
  }
  return tree;
}

Status GitTree::ReadList(const std::string& commit) {
  const auto list =
      Git({"ls-tree", "-r", "-z", "--full-tree", commit}, limits_.list_bytes, limits_);
  if (!list) return Fail(list.error().message);
  directories_.insert("");
  // MODE SP TYPE SP ID TAB PATH NUL
  std::string_view rest = *list;
  while (!rest.empty()) {
    const std::string_view entry = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(rest.size(), entry.size() + 1));
    const size_t tab = entry.find('\t');
    if (tab == std::string_view::npos) return Fail("git lists its files in an unknown way");
    const std::string_view head = entry.substr(0, tab);
    const std::string_view id = head.substr(head.rfind(' ') + 1);
    const std::string_view mode = head.substr(0, head.find(' '));
    if (!IsObjectId(id)) return Fail("git lists its files in an unknown way");
    if (mode == kSubmoduleMode) continue;
    const std::string path(entry.substr(tab + 1));
    objects_[path] = {std::string(id), mode == kLinkMode};
    for (std::string parent = Parent(path); directories_.insert(parent).second;) {
      parent = Parent(parent);
    }
  }
  return {};
}

// The path without links, `.` and `..`; it need not exist.
Result<std::string> GitTree::Resolve(const std::string& path) {
  if (path.starts_with('/')) return NotThere(path, "it does not lie in the repository");
  std::deque<std::string> left = Segments(path);
  std::string at;
  int links = 0;
  while (!left.empty()) {
    const std::string segment = std::move(left.front());
    left.pop_front();
    if (segment == ".") continue;
    if (segment == "..") {
      if (at.empty()) return NotThere(path, "it does not lie in the repository");
      at = Parent(at);
      continue;
    }
    const std::string next = at.empty() ? segment : at + "/" + segment;
    const auto object = objects_.find(next);
    if (object == objects_.end() || !object->second.link) {
      at = next;
      continue;
    }
    if (++links > kMostLinks) return NotThere(path, "too many links");
    const auto target = Git({"cat-file", "blob", object->second.id}, 4'096, limits_);
    if (!target) return Fail(target.error().message);
    if (target->starts_with('/')) return NotThere(path, "a link leads out of the repository");
    const std::deque<std::string> more = Segments(*target);
    left.insert(left.begin(), more.begin(), more.end());
  }
  return at;
}

Result<std::string> GitTree::Canonical(const std::string& path) {
  auto resolved = Resolve(path);
  if (!resolved) return resolved;
  if (objects_.contains(*resolved) || directories_.contains(*resolved)) return resolved;
  return NotThere(path, "there is no such file in the revision");
}

bool GitTree::IsDirectory(const std::string& path) {
  const auto resolved = Resolve(path);
  return resolved && directories_.contains(*resolved);
}

Result<std::vector<model::FileSystem::Entry>> GitTree::List(const std::string& path) {
  const auto resolved = Canonical(path);
  if (!resolved) return Fail(resolved.error().message);
  const std::string prefix = resolved->empty() ? "" : *resolved + "/";
  std::set<std::string> names;
  for (auto at = objects_.lower_bound(prefix);
       at != objects_.end() && at->first.starts_with(prefix); ++at) {
    const std::string rest = at->first.substr(prefix.size());
    names.insert(rest.substr(0, rest.find('/')));
  }
  std::vector<Entry> entries;
  for (const std::string& name : names) {
    const auto target = Canonical(prefix + name);
    if (target) entries.push_back({name, directories_.contains(*target)});
  }
  return entries;
}

Result<std::string> GitTree::Read(const std::string& path, size_t most_bytes) {
  auto resolved = Canonical(path);
  if (!resolved) return resolved;
  const auto object = objects_.find(*resolved);
  if (object == objects_.end()) return NotThere(path, "it is a directory");
  return Git({"cat-file", "blob", object->second.id}, most_bytes, limits_);
}

Result<FileId> GitTree::Load(const std::string& path, const std::string& shown,
                             const source::Limits& limits, source::SourceMap& sources) {
  auto text = Read(path, limits.file_bytes);
  if (!text) return Fail(text.error().message);
  if (text->starts_with("\xEF\xBB\xBF")) text->erase(0, 3);
  return sources.Add(fmt::format("git:{}:{}", revision_, shown), *std::move(text));
}

}  // namespace mcplexer::commands
