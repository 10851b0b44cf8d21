// SPDX-License-Identifier: Apache-2.0
// What the tests of this folder share: a project that stands in memory, through the whole compiler.

#ifndef MCPLEXER_TESTS_TEXT_PROJECT_H_
#define MCPLEXER_TESTS_TEXT_PROJECT_H_

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/commands/boundary.h"
#include "compiler/commands/compilation.h"
#include "compiler/inventory/parse.h"
#include "compiler/model/file_system.h"
#include "compiler/model/load.h"
#include "compiler/source/limits.h"
#include "tests/text/golden.h"

namespace mcplexer {

// Files of one folder, by name.
using Files = std::map<std::string, std::string>;

class MemoryFileSystem : public model::FileSystem {
 public:
  explicit MemoryFileSystem(Files files) : files_(std::move(files)) {}

  Result<std::string> Canonical(const std::string& path) override {
    const std::string name = std::filesystem::path(path).lexically_normal().string();
    if (!files_.contains(name)) return Fail(fmt::format("`{}` does not exist", path));
    return "/" + name;
  }
  bool IsDirectory(const std::string&) override { return false; }
  Result<std::vector<Entry>> List(const std::string& path) override {
    return Fail(fmt::format("`{}` is no directory", path));
  }
  Result<FileId> Load(const std::string& path, const std::string& shown, const source::Limits&,
                      source::SourceMap& sources) override {
    const auto file = files_.find(path);
    if (file == files_.end()) return Fail(fmt::format("`{}` does not exist", path));
    return sources.Add(shown, file->second);
  }

 private:
  Files files_;
};

enum class Command : uint8_t { kCheck, kLint };

// Everything that `lint` can look for, but for what there is nearly everywhere, how rules overlap
// and that they do not say why: that only where the text asks for it, `--enable W0404,N0405`.
inline std::set<source::Code> CodesFor(const std::string& text) {
  constexpr std::array kEverywhere = {source::Code::kCorrelatedRules, source::Code::kGeneralisation,
                                      source::Code::kRuleStyle};
  std::set<source::Code> codes;
  for (const source::CodeInfo& info : source::AllCodes()) codes.insert(info.code);
  const size_t asked = text.find("--enable ");
  for (const source::Code code : kEverywhere) {
    if (asked == std::string::npos ||
        text.find(source::Info(code).text, asked) == std::string::npos) {
      codes.erase(code);
    }
  }
  return codes;
}

// What `mcplexerc check ROOT` would come to; or `lint`, with what is `enabled`. A file
// `mcplexer.lock` is the inventory, `base.lock` an older one; `boundary.plex` is the policy that
// this one may only narrow.
inline std::unique_ptr<commands::Compilation> CompileProject(
    const Files& files, const std::string& root, Command command = Command::kCheck,
    std::optional<std::set<source::Code>> enabled = std::nullopt) {
  auto compilation = std::make_unique<commands::Compilation>();
  MemoryFileSystem file_system(files);
  model::Project project = model::Load({root}, file_system, source::Limits(), compilation->sources,
                                       compilation->diagnostics);
  for (Error& error : project.unreadable) {
    compilation->input_errors.push_back(std::move(error.message));
  }
  const auto read = [&](const char* name, std::optional<inventory::Inventory>& into) {
    const auto file = files.find(name);
    if (file == files.end()) return;
    auto parsed = inventory::Parse(file->second);
    if (parsed) {
      into = std::move(*parsed);
    } else {
      compilation->input_errors.push_back(parsed.error().message);
    }
  };
  read("mcplexer.lock", compilation->inventory);
  read("base.lock", compilation->inventory_base);
  commands::CompileTrees(std::move(project.files), "", *compilation);
  if (files.contains("boundary.plex") && root != "boundary.plex") {
    const auto boundary = CompileProject(files, "boundary.plex");
    if (!boundary->plan.empty() && !compilation->plan.empty()) {
      commands::CheckBoundary(*boundary, *compilation);
    }
  }
  if (command == Command::kLint) {
    commands::Lint(*compilation, enabled ? *enabled : CodesFor(files.at(root)));
  }
  return compilation;
}

}  // namespace mcplexer

#endif  // MCPLEXER_TESTS_TEXT_PROJECT_H_
