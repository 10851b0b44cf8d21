// SPDX-License-Identifier: Apache-2.0
//
// The files that were asked for come sorted (find.h), so that the order of arguments changes
// nothing; then a list of files is worked through that grows by what each of them imports. A file
// is known by its canonical path (`std/x.plex` for the standard library), which also makes links
// harmless. The imports are kept as a graph, and its cycles are looked for at the end: an import of
// a file that is already there is the rule, not the exception.
#include "compiler/model/load.h"

#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "compiler/model/find.h"
#include "compiler/model/reporter.h"
#include "compiler/model/std_library.h"
#include "compiler/syntax/parse.h"
#include "compiler/yaml/parse.h"

namespace mcplexer::model {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStdPrefix = "std/";

struct Source {
  std::string key;    // canonical path or `std/...`
  std::string shown;  // also what is opened, but for the standard library
  bool standard = false;
};

class Loader {
 public:
  Loader(FileSystem& file_system, const source::Limits& limits, source::SourceMap& sources,
         source::Diagnostics& diagnostics)
      : file_system_(file_system),
        limits_(limits),
        sources_(sources),
        diagnostics_(diagnostics),
        reporter_(sources, limits, diagnostics) {}

  Project Run(const std::vector<std::string>& paths) {
    Found found = FindFiles(paths, file_system_);
    project_.unreadable = std::move(found.unreadable);
    for (FoundFile& root : found.files) {
      auto error = Add({std::move(root.canonical), std::move(root.shown), false}, Span{});
      if (error) project_.unreadable.push_back(std::move(*error));
    }
    if (found.files.empty() && project_.unreadable.empty()) {
      project_.unreadable.push_back(
          {"no policy file found: *.plex, mcplexer.yaml or *.mcplexer.yaml"});
    }
    for (size_t next = 0; next < project_.files.size(); ++next) FollowImports(next);
    FindCycles();
    return std::move(project_);
  }

 private:
  struct Import {
    size_t target;
    Span span;
  };

  // Reads and parses a file that is not there yet. `import` is what asks for it, if anything does.
  std::optional<Error> Add(const Source& source, Span import) {
    if (index_.find(source.key) != index_.end()) return std::nullopt;
    if (project_.files.size() >= limits_.imports) {
      if (!full_) {
        reporter_.Report(Code::kLimitExceeded, import,
                         fmt::format("more than {} files", limits_.imports));
      }
      full_ = true;
      return std::nullopt;
    }
    FileId file;
    if (source.standard) {
      const StdFile* text = FindStd(source.key);
      if (text == nullptr) return Error{"there is no such file in the standard library"};
      file = sources_.Add(source.shown, std::string(text->text));
    } else {
      const auto loaded = file_system_.Load(source.shown, source.shown, limits_, sources_);
      if (!loaded) return loaded.error();
      file = *loaded;
    }
    index_[source.key] = project_.files.size();
    project_.files.push_back(IsPlex(source.shown)
                                 ? syntax::ParsePlex(sources_, file, limits_, diagnostics_)
                                 : yaml::ParseYaml(sources_, file, limits_, diagnostics_));
    project_.files.back().id = file;
    added_.push_back(source);
    imports_.emplace_back();
    return std::nullopt;
  }

  static const StdFile* FindStd(std::string_view path) {
    for (const StdFile& file : StdLibrary()) {
      if (file.path == path) return &file;
    }
    return nullptr;
  }

  void FollowImports(size_t at) {
    std::vector<syntax::Name> names;
    for (const syntax::Declaration& declaration : project_.files[at].declarations) {
      if (declaration.kind == syntax::Declaration::Kind::kImport) names.push_back(declaration.name);
    }
    for (const syntax::Name& name : names) {
      const auto target = Target(added_[at], name);
      if (!target) {
        NotFound(name, target.error().message);
        continue;
      }
      if (auto error = Add(*target, name.span)) {
        NotFound(name, error->message);
        continue;
      }
      const auto known = index_.find(target->key);
      if (known != index_.end()) imports_[at].push_back({known->second, name.span});
    }
  }

  void NotFound(const syntax::Name& name, const std::string& reason) {
    source::Diagnostic& diagnostic = reporter_.Report(
        Code::kImportNotFound, name.span, fmt::format("cannot import `{}`: {}", name.text, reason));
    if (!name.text.starts_with(kStdPrefix)) return;
    std::vector<std::string_view> known;
    for (const StdFile& file : StdLibrary()) known.push_back(file.path);
    reporter_.Suggest(diagnostic, name.text, known);
  }

  Result<Source> Target(const Source& importer, const syntax::Name& name) {
    const std::string& text = name.text;
    if (text.empty() || text.find('\0') != std::string::npos) return Fail("that is no path");
    if (!IsPlex(text) && !IsYaml(text)) return Fail("it is neither .plex nor .yaml");
    if (text.starts_with(kStdPrefix)) return Source{text, text, true};
    const fs::path path = fs::path(importer.shown).parent_path() / text;
    const std::string shown = ShownPath(path.string());
    if (importer.standard) {
      if (!std::string_view(shown).starts_with(kStdPrefix)) {
        return Fail("the standard library imports from itself only");
      }
      return Source{shown, shown, true};
    }
    const auto canonical = file_system_.Canonical(shown);
    if (!canonical) return Fail(canonical.error().message);
    if (file_system_.IsDirectory(shown)) return Fail("it is a directory");
    return Source{*canonical, shown, false};
  }

  // Depth first, the way to the file being looked at on a stack: an import of one that is on it
  // closes a cycle.
  void FindCycles() {
    enum class State : uint8_t { kNew, kOpen, kDone };
    std::vector<State> states(imports_.size(), State::kNew);
    for (size_t first = 0; first < imports_.size(); ++first) {
      if (states[first] != State::kNew) continue;
      std::vector<std::pair<size_t, size_t>> path = {{first, 0}};
      states[first] = State::kOpen;
      while (!path.empty()) {
        const size_t file = path.back().first;
        if (path.back().second == imports_[file].size()) {
          states[file] = State::kDone;
          path.pop_back();
          continue;
        }
        const Import& import = imports_[file][path.back().second++];
        if (states[import.target] == State::kOpen) {
          ReportCycle(path, import);
        } else if (states[import.target] == State::kNew) {
          states[import.target] = State::kOpen;
          path.emplace_back(import.target, 0);
        }
      }
    }
  }

  void ReportCycle(const std::vector<std::pair<size_t, size_t>>& path, const Import& import) {
    std::string cycle;
    bool inside = false;
    for (const auto& [file, next] : path) {
      inside = inside || file == import.target;
      if (inside) cycle += added_[file].shown + " -> ";
    }
    reporter_.Report(
        Code::kImportCycle, import.span,
        fmt::format("files import each other: {}{}", cycle, added_[import.target].shown));
  }

  FileSystem& file_system_;
  const source::Limits& limits_;
  source::SourceMap& sources_;
  source::Diagnostics& diagnostics_;
  Reporter reporter_;
  Project project_;
  std::unordered_map<std::string, size_t> index_;  // key -> position in project_.files
  std::vector<Source> added_;                      // as project_.files
  std::vector<std::vector<Import>> imports_;       // as project_.files
  bool full_ = false;
};

}  // namespace

Project Load(const std::vector<std::string>& paths, FileSystem& file_system,
             const source::Limits& limits, source::SourceMap& sources,
             source::Diagnostics& diagnostics) {
  return Loader(file_system, limits, sources, diagnostics).Run(paths);
}

}  // namespace mcplexer::model
