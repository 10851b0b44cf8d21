// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

#include "compiler/commands/import.h"
#include "compiler/commands/output.h"
#include "compiler/import/starter.h"
#include "compiler/source/load.h"

namespace mcplexer::commands {
namespace {

constexpr std::string_view kFile = "mcplexer.plex";

std::optional<std::string> ReadText(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  source::SourceMap map;
  const auto loaded = source::LoadFile(path, path, source::Limits(), map);
  if (!loaded) return std::nullopt;
  return std::string(map.text(*loaded));
}

bool IsInPath(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "" : path;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find(':'), rest.size());
    const std::string file = fmt::format("{}/{}", rest.substr(0, end), program);
    std::error_code error;
    if (end != 0 && ::access(file.c_str(), X_OK) == 0 &&
        std::filesystem::is_regular_file(file, error)) {
      return true;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

importer::Machine ThisMachine() {
  importer::Machine machine;
  machine.home = HomeDirectory();
  if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && config[0] == '/') {
    machine.config_home = AbsolutePath(config);
  }
  machine.read = ReadText;
  machine.exists = [](const std::string& path) {
    std::error_code error;
    return std::filesystem::exists(path, error);
  };
  machine.has_program = IsInPath;
  return machine;
}

// Never over a file that is there, not even one that appears meanwhile.
bool WriteNew(const std::string& path, const std::string& text) {
  std::FILE* file = std::fopen(path.c_str(), "wxe");
  if (file == nullptr) return false;
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (std::fclose(file) == 0 && written) return true;
  const int reason = errno;
  ::unlink(path.c_str());
  errno = reason;
  return false;
}

int RunInit(const std::string& directory) {
  std::error_code error;
  if (!std::filesystem::is_directory(directory, error)) {
    Complain(fmt::format("`{}` is no directory", directory));
    return kUsage;
  }
  const std::string path = fmt::format("{}/{}", directory, kFile);
  if (std::filesystem::exists(std::filesystem::symlink_status(path, error))) {
    Complain(fmt::format("`{}` is there already and stays as it is", path));
    return kFindings;
  }
  importer::Options options;
  options.check = ErrorCodes;
  const auto made = importer::MakeStarter(AbsolutePath(directory), ThisMachine(), options);
  if (!made) {
    PrintNotes(made.error().notes);
    Complain(made.error().message);
    return made.error().kind == importer::ImportError::Kind::kInternal ? kInternal : kUsage;
  }
  if (!WriteNew(path, made->policy)) {
    if (errno == EEXIST) {
      Complain(fmt::format("`{}` is there already and stays as it is", path));
      return kFindings;
    }
    Complain(fmt::format("cannot write `{}`: {}", path, std::strerror(errno)));
    return kInternal;
  }
  PrintNotes(made->notes);
  Complain(fmt::format("wrote `{}`: {}, {}", path, Count(made->servers, "server"),
                       Count(made->rules, "rule")));
  return kClean;
}

}  // namespace

void AddInit(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "init", "Write a policy to begin with, from the clients and programs of this machine");
  auto directory = std::make_shared<std::string>(".");
  command->add_option("directory", *directory, "Where mcplexer.plex is written")
      ->type_name("DIR")
      ->capture_default_str();
  command->footer("Example: mcplexerc init ~/work/acme");
  command->callback([directory, &exit_code] { exit_code = RunInit(*directory); });
}

}  // namespace mcplexer::commands
