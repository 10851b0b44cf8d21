// SPDX-License-Identifier: Apache-2.0
//
// Texts are fixed in memory: an overlay over the file system shows the compiler what the files
// would be. One round takes every fix that overlaps no other; what it leaves, or what only shows
// then, is for the next one.

#include "compiler/commands/fix_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <utility>

#include "compiler/commands/output.h"
#include "compiler/commands/same_decisions.h"
#include "compiler/model/std_library.h"
#include "compiler/source/fix.h"
#include "compiler/source/printable.h"

namespace mcplexer::commands {
namespace {

namespace fs = std::filesystem;
using source::Applicability;

// Each round fixes something, and a fix that brings back the finding of another would go on for
// ever. What overlaps is rare, and three deep unheard of.
constexpr int kMostRounds = 10;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

class Overlay : public model::FileSystem {
 public:
  explicit Overlay(model::FileSystem& below) : below_(below) {}

  Result<std::string> Canonical(const std::string& path) override { return below_.Canonical(path); }
  bool IsDirectory(const std::string& path) override { return below_.IsDirectory(path); }
  Result<std::vector<Entry>> List(const std::string& path) override { return below_.List(path); }
  Result<FileId> Load(const std::string& path, const std::string& shown,
                      const source::Limits& limits, source::SourceMap& sources) override {
    const auto canonical = below_.Canonical(path);
    const auto fixed = canonical ? files_.find(*canonical) : files_.end();
    if (fixed == files_.end()) return below_.Load(path, shown, limits, sources);
    return sources.Add(shown, fixed->second.after);
  }

  Status Put(const std::string& shown, std::string_view before, std::string after) {
    auto canonical = below_.Canonical(shown);
    if (!canonical) return Fail(canonical.error().message);
    const auto [at, is_new] = files_.try_emplace(*canonical);
    if (is_new) at->second = {*canonical, shown, std::string(before), ""};
    at->second.after = std::move(after);
    return {};
  }
  void Clear() { files_.clear(); }
  std::vector<FixedFile> Files() const {
    std::vector<FixedFile> files;
    for (const auto& [path, file] : files_) {
      if (file.before != file.after) files.push_back(file);
    }
    return files;
  }

 private:
  model::FileSystem& below_;
  std::map<std::string, FixedFile> files_;  // by canonical path
};

bool IsStandard(const source::SourceMap& sources, FileId file) {
  const auto library = model::StdLibrary();
  return std::any_of(library.begin(), library.end(), [&](const model::StdFile& one) {
    return one.path == sources.path(file) && one.text == sources.text(file);
  });
}

class Fixing {
 public:
  Fixing(const FixOptions& options, model::FileSystem& disk) : options_(options), overlay_(disk) {}

  Result<Fixed> Run() {
    Fixed result;
    result.compilation = CompileAndLint();
    std::vector<Applicability> kinds = {Applicability::kSafe};
    if (options_.unsafe) kinds.push_back(Applicability::kUnsafe);
    if (result.compilation->plan.empty()) {
      if (const Status repaired = Repair(kinds, result); !repaired) {
        return Fail(repaired.error().message);
      }
    }
    for (const Applicability kind : kinds) {
      for (int round = 0; round < kMostRounds; ++round) {
        const Result<size_t> fixed = Round(kind, result.compilation);
        if (!fixed) return Fail(fixed.error().message);
        if (*fixed == 0) break;
        result.findings += *fixed;
      }
    }
    result.files = overlay_.Files();
    return result;
  }

 private:
  std::unique_ptr<Compilation> CompileAndLint() {
    auto compilation = Compile(options_.compile, overlay_);
    Lint(*compilation, options_.enabled);
    return compilation;
  }

  // Fixes errors until there is a plan, or leaves everything as it was.
  Status Repair(const std::vector<Applicability>& kinds, Fixed& result) {
    std::unique_ptr<Compilation> fixed;  // null until something was
    size_t findings = 0;
    for (const Applicability kind : kinds) {
      for (int round = 0; round < kMostRounds; ++round) {
        const Compilation& current = fixed ? *fixed : *result.compilation;
        if (!current.plan.empty()) break;
        const Result<size_t> applied = Apply(kind, current);
        if (!applied) return Fail(applied.error().message);
        if (*applied == 0) break;
        findings += *applied;
        fixed = CompileAndLint();
      }
    }
    if (fixed && !fixed->plan.empty()) {
      result.compilation = std::move(fixed);
      result.findings = findings;
    } else {
      overlay_.Clear();
      result.withheld = findings;
    }
    return {};
  }

  // Puts the fixes of this kind into the overlay. How many findings they are for.
  Result<size_t> Apply(Applicability kind, const Compilation& compilation) {
    const source::SourceMap& sources = compilation.sources;
    source::FixedTexts fixed = source::ApplyFixes(
        sources, compilation.diagnostics, kind,
        [&](FileId file) { return !IsStandard(sources, file); }, compilation.suppressions);
    for (auto& [file, text] : fixed.texts) {
      if (const Status put = overlay_.Put(sources.path(file), sources.text(file), std::move(text));
          !put) {
        return Fail(put.error().message);
      }
    }
    return fixed.applied;
  }

  // How many findings it fixed; `compilation` is then what the fixed texts come to.
  Result<size_t> Round(Applicability kind, std::unique_ptr<Compilation>& compilation) {
    // Without a plan there are no decisions that could stay.
    if (compilation->plan.empty()) return 0;
    const Result<size_t> applied = Apply(kind, *compilation);
    if (!applied) return Fail(applied.error().message);
    if (*applied == 0) return 0;
    auto after = CompileAndLint();
    if (kind == Applicability::kSafe) {
      switch (SameDecisions(*compilation, *after)) {
        case Sameness::kSame:
          break;
        case Sameness::kDifferent:
          return Fail(
              "internal error: a safe fix would change what is decided; nothing is written");
        case Sameness::kUnknown:
          return Fail("it cannot be proven that the fixes change no decision; nothing is written");
      }
    }
    if (after->plan.empty()) {
      return Fail("the unsafe fixes leave a policy that does not compile; nothing is written");
    }
    compilation = std::move(after);
    return *applied;
  }

  const FixOptions& options_;
  Overlay overlay_;
};

Result<std::string> ReadWhole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) return Fail(fmt::format("cannot read `{}`", source::Printable(path)));
  return text.str();
}

}  // namespace

Result<Fixed> FixAll(const FixOptions& options, model::FileSystem& disk) {
  return Fixing(options, disk).Run();
}

Status WriteFixed(const std::vector<FixedFile>& files) {
  std::vector<std::string> temporaries;
  const auto give_up = [&](std::string message) {
    std::error_code ignored;
    for (const std::string& temporary : temporaries) fs::remove(temporary, ignored);
    return Fail(std::move(message));
  };
  for (const FixedFile& file : files) {
    const std::string shown = source::Printable(file.shown);
    const auto current = ReadWhole(file.path);
    if (!current) return give_up(current.error().message);
    const bool marked = current->starts_with(kByteOrderMark);
    if (std::string_view(*current).substr(marked ? kByteOrderMark.size() : 0) != file.before) {
      return give_up(fmt::format("`{}` has changed meanwhile; nothing is written", shown));
    }
    const std::string temporary = file.path + ".fixed.tmp";
    std::error_code error;
    temporaries.push_back(temporary);
    const Status written =
        WriteFile(temporary, std::string(marked ? kByteOrderMark : "") + file.after);
    if (!written) return give_up(written.error().message);
    fs::permissions(temporary, fs::status(file.path, error).permissions(), error);
    if (error) return give_up(fmt::format("cannot write `{}`: {}", shown, error.message()));
  }
  for (size_t i = 0; i < files.size(); ++i) {
    std::error_code error;
    fs::rename(temporaries[i], files[i].path, error);
    if (error) {
      return give_up(
          fmt::format("cannot write `{}`: {}", source::Printable(files[i].shown), error.message()));
    }
  }
  return {};
}

}  // namespace mcplexer::commands
