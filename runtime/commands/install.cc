// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/install.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "runtime/clients/client_files.h"
#include "runtime/clients/entry.h"
#include "runtime/clients/own_file.h"
#include "runtime/commands/trust_option.h"
#include "runtime/plan/plan.h"

namespace mcplexer::commands {
namespace {

using clients::ClientInfo;
using clients::Entry;
using clients::OwnFile;

constexpr int kAsItShouldBe = 0;
constexpr int kLeftAlone = 2;
// A project's configuration is for all who work on it, a person's own may hold credentials.
constexpr mode_t kProjectMode = 0644;
constexpr mode_t kPersonalMode = 0600;

struct InstallOptions {
  std::string client;
  std::string plan;
  std::string socket;
  std::string directory;
  std::string principal;
  std::string state;
  std::string name = "mcplexer";
  std::string project;
  std::string file;
  bool dry_run = false;
  TrustOption trust;
};

std::string Absolute(const std::string& path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  return error ? path : absolute.lexically_normal().string();
}

// Of this very program.
Result<std::string> Program() {
  std::array<char, PATH_MAX> path{};
  const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
  if (size <= 0 || static_cast<size_t>(size) == path.size()) {
    return Fail(fmt::format("the path of this program: {}", std::strerror(errno)));
  }
  return std::string(path.data(), static_cast<size_t>(size));
}

std::string KnownClients() {
  std::string names;
  for (const ClientInfo& info : clients::Clients()) {
    names += fmt::format("{}{}", names.empty() ? "" : ", ", info.id);
  }
  return names;
}

Result<const ClientInfo*> FindClient(const std::string& id) {
  const ClientInfo* info = clients::FindClient(id);
  if (info != nullptr) return info;
  return Fail(fmt::format("no client `{}` is known; there are {}", id, KnownClients()));
}

Result<std::string> FileFor(const ClientInfo& info, const InstallOptions& options) {
  if (!options.file.empty()) return Absolute(options.file);
  if (!options.project.empty()) {
    if (info.project_file.empty()) {
      return Fail(fmt::format("{} has no configuration for one project", info.name));
    }
    return fmt::format("{}/{}", Absolute(options.project), info.project_file);
  }
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') return Fail("HOME says no directory");
  const char* config = std::getenv("XDG_CONFIG_HOME");
  return clients::UserFile(info.client, home, config != nullptr && *config == '/' ? config : "");
}

// The folder of a project's settings is made; one of a client that was never used is not.
Status PrepareFolder(const std::string& path, const InstallOptions& options) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  struct stat status{};
  if (::stat(folder.c_str(), &status) == 0) return {};
  if (options.project.empty() || errno != ENOENT) {
    return Fail(
        fmt::format("`{}`: {}; was the client ever started?", folder, std::strerror(errno)));
  }
  if (options.dry_run || ::mkdir(folder.c_str(), 0755) == 0) return {};
  return Fail(fmt::format("`{}`: {}", folder, std::strerror(errno)));
}

// What the client is to start.
Result<std::vector<std::string>> ArgumentsFor(const InstallOptions& options) {
  if (options.plan.empty() == options.socket.empty()) {
    return Fail("give a PLAN, or the --socket of a gateway that runs");
  }
  if (!options.socket.empty()) {
    return std::vector<std::string>{"connect", "--socket", Absolute(options.socket)};
  }
  const auto trust = options.trust.Read();
  if (!trust) return tl::unexpected(trust.error());
  const std::string plan = Absolute(options.plan);
  if (const auto loaded = plan::Plan::LoadFile(plan, *trust); !loaded) {
    return tl::unexpected(loaded.error());
  }
  std::vector<std::string> arguments = {"run", plan};
  const auto add = [&](const char* option, const std::string& value) {
    if (value.empty()) return;
    arguments.emplace_back(option);
    arguments.push_back(value);
  };
  add("--dir", options.directory.empty() ? "" : Absolute(options.directory));
  add("--as", options.principal);
  add("--state", options.state.empty() ? "" : Absolute(options.state));
  for (const std::string& key : options.trust.values()) {
    std::error_code error;
    add("--trust", std::filesystem::exists(key, error) ? Absolute(key) : key);
  }
  return arguments;
}

// The lines that are new, and how many go. What else is in the file is not shown: it may hold
// credentials.
void Show(const OwnFile& file, const std::string& changed) {
  const auto lines = [](const std::string& text) {
    std::vector<std::string_view> all;
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      all.emplace_back(std::string_view(text).substr(at, end - at));
      at = end + 1;
    }
    return all;
  };
  const auto before = lines(file.bytes);
  const auto after = lines(changed);
  size_t same = 0;
  while (same < before.size() && same < after.size() && before[same] == after[same]) ++same;
  size_t tail = 0;
  while (tail < before.size() - same && tail < after.size() - same &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  fmt::print("{}:{}\n", file.path, same + 1);
  const size_t removed = before.size() - same - tail;
  const size_t added = after.size() - same - tail;
  if (added <= removed) return fmt::print("{} lines become {}\n", removed, added);
  // A comma behind the line before belongs to the change and is not worth showing.
  for (size_t i = same + removed; i < after.size() - tail; ++i) fmt::print("+{}\n", after[i]);
}

Status Write(const OwnFile& file, const std::string& changed, const InstallOptions& options) {
  if (changed == file.bytes) {
    fmt::print("{}: as it should be\n", file.path);
    return {};
  }
  Show(file, changed);
  if (options.dry_run) {
    fmt::print("nothing is written\n");
    return {};
  }
  const mode_t mode = options.project.empty() ? kPersonalMode : kProjectMode;
  if (auto written = ReplaceOwnFile(file, changed, mode); !written) return written;
  if (file.exists) {
    fmt::print("written; what it was is in {}\n", clients::BackupOf(file));
  } else {
    fmt::print("written\n");
  }
  return {};
}

Status Install(const InstallOptions& options) {
  const auto info = FindClient(options.client);
  if (!info) return tl::unexpected(info.error());
  const auto path = FileFor(**info, options);
  if (!path) return tl::unexpected(path.error());
  auto arguments = ArgumentsFor(options);
  if (!arguments) return tl::unexpected(arguments.error());
  auto program = Program();
  if (!program) return tl::unexpected(program.error());
  if (auto ready = PrepareFolder(*path, options); !ready) return ready;
  const auto file = clients::ReadOwnFile(*path);
  if (!file) return tl::unexpected(file.error());
  const Entry entry{options.name, std::move(*program), std::move(*arguments), (*info)->typed};
  const auto changed = (*info)->syntax == clients::Syntax::kToml
                           ? clients::WithTomlEntry(file->bytes, (*info)->container, entry)
                           : clients::WithJsonEntry(file->bytes, (*info)->container, entry);
  if (!changed) return Fail(fmt::format("`{}`: {}", file->path, changed.error().message));
  return Write(*file, *changed, options);
}

Status Uninstall(const InstallOptions& options) {
  const auto info = FindClient(options.client);
  if (!info) return tl::unexpected(info.error());
  const auto path = FileFor(**info, options);
  if (!path) return tl::unexpected(path.error());
  const auto program = Program();
  if (!program) return tl::unexpected(program.error());
  struct stat status{};
  if (::lstat(path->c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
    fmt::print("{}: there is none\n", *path);
    return {};
  }
  const auto file = clients::ReadOwnFile(*path);
  if (!file) return tl::unexpected(file.error());
  const std::string_view name = clients::FileName(*program);
  const auto changed =
      (*info)->syntax == clients::Syntax::kToml
          ? clients::WithoutTomlEntry(file->bytes, (*info)->container, options.name, name)
          : clients::WithoutJsonEntry(file->bytes, (*info)->container, options.name, name);
  if (!changed) return Fail(fmt::format("`{}`: {}", file->path, changed.error().message));
  return Write(*file, *changed, options);
}

void AddShared(CLI::App& command, InstallOptions& options) {
  command.add_option("CLIENT", options.client, KnownClients())->required();
  command.add_option("--name", options.name, "What the client calls the gateway")
      ->capture_default_str();
  command.add_option("--project", options.project,
                     "The configuration of this project instead of the person's own");
  command.add_option("--file", options.file, "The configuration is this file");
  command.add_flag("--dry-run", options.dry_run, "Show the change and write nothing");
}

int Finish(const Status& done) {
  if (!done) fmt::print(stderr, "mcplexer: {}\n", done.error().message);
  return done ? kAsItShouldBe : kLeftAlone;
}

}  // namespace

void AddInstall(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<InstallOptions>();
  CLI::App* command =
      app.add_subcommand("install", "Have an MCP client start the gateway, or connect to one");
  command->footer(
      "Examples: mcplexer install claude-code ~/policy.plan\n"
      "          mcplexer install cursor ~/policy.plan --project . --dry-run\n"
      "          mcplexer install vscode --socket $XDG_RUNTIME_DIR/mcplexer/gateway.sock");
  AddShared(*command, *options);
  command->add_option("PLAN", options->plan, "Compiled plan that the gateway is to serve");
  command->add_option("--socket", options->socket,
                      "Connect to the gateway that serves this socket");
  command->add_option("--dir", options->directory, "As for run, for clients with no directory");
  command->add_option("--as", options->principal, "As for run");
  command->add_option("--state", options->state, "As for run");
  options->trust.AddTo(*command);
  command->callback([options, &exit_code] { exit_code = Finish(Install(*options)); });
}

void AddUninstall(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<InstallOptions>();
  CLI::App* command =
      app.add_subcommand("uninstall", "Take the gateway out of an MCP client's configuration");
  command->footer("Example: mcplexer uninstall claude-code");
  AddShared(*command, *options);
  command->callback([options, &exit_code] { exit_code = Finish(Uninstall(*options)); });
}

}  // namespace mcplexer::commands
