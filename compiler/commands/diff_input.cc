// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/diff_input.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <utility>

#include "compiler/commands/git_tree.h"
#include "compiler/commands/lock_file.h"
#include "compiler/inventory/parse.h"
#include "runtime/plan/plan.h"

namespace mcplexer::commands {
namespace {

constexpr std::string_view kGitPrefix = "git:";

Result<DiffInput> ReadRevision(const std::string& spec, const std::string& home) {
  const std::string_view rest = std::string_view(spec).substr(kGitPrefix.size());
  const size_t colon = std::min(rest.size(), rest.find(':'));
  const auto tree = GitTree::Open(std::string(rest.substr(0, colon)));
  if (!tree) return Fail(tree.error().message);
  std::string path = (*tree)->here();
  if (colon < rest.size()) path = rest.substr(colon + 1);
  if (path.empty()) path = ".";
  DiffInput input;
  input.shown = spec;
  CompileOptions options;
  options.paths = {path};
  options.home = home;
  options.inventory_use = InventoryUse::kNone;
  input.compilation = Compile(options, **tree);
  // As on disk: the lock file beside the sources, if there is one.
  const std::string lock = (std::filesystem::path(path) / kLockFileName).lexically_normal();
  if ((*tree)->IsDirectory(path) && (*tree)->Canonical(lock)) {
    const auto text = (*tree)->Read(lock, inventory::Limits().file_bytes);
    if (!text) return Fail(text.error().message);
    auto parsed = inventory::Parse(*text);
    if (!parsed) return Fail(lock + ": " + parsed.error().message);
    input.compilation->inventory = *std::move(parsed);
  }
  input.plan = input.compilation->plan;
  return input;
}

}  // namespace

Result<DiffInput> ReadDiffInput(const std::string& spec, const std::string& home) {
  if (spec.starts_with(kGitPrefix)) return ReadRevision(spec, home);
  DiffInput input;
  input.shown = spec;
  if (IsPlan(spec)) {
    const auto plan = plan::Plan::LoadFile(spec);
    if (!plan) return Fail(plan.error().message);
    const auto bytes = plan->bytes();
    input.plan.assign(bytes.begin(), bytes.end());
    return input;
  }
  CompileOptions options;
  options.paths = {spec};
  options.home = home;
  input.compilation = Compile(options);
  input.plan = input.compilation->plan;
  return input;
}

bool IsPlan(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  std::ifstream file(path, std::ios::binary);
  std::array<char, plan::kMagic.size()> magic{};
  file.read(magic.data(), magic.size());
  return file.good() && magic == plan::kMagic;
}

}  // namespace mcplexer::commands
