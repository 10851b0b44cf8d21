// SPDX-License-Identifier: Apache-2.0
#include "compiler/import/starter.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/import/place.h"
#include "compiler/import/plex_text.h"
#include "compiler/import/secret_table.h"
#include "runtime/clients/client_files.h"

namespace mcplexer::importer {

using clients::Client;

namespace {

std::vector<Text> Words(std::initializer_list<const char*> words) {
  std::vector<Text> texts;
  for (const char* word : words) texts.push_back(PlainText(word));
  return texts;
}

ClientServer Installed(std::string name, const std::string& root, std::vector<Text> command) {
  ClientServer server;
  server.name = std::move(name);
  server.root = root;
  server.fingerprint = server.name;
  server.command = std::move(command);
  server.needs_workspace = true;
  return server;
}

// What can be started without any configuration.
Configuration Guess(const std::string& directory, const std::string& root, const Machine& machine,
                    SecretTable& secrets) {
  Configuration guess;
  ClientServer files =
      machine.has_program("mcp-server-filesystem")
          ? Installed("files", root, Words({"mcp-server-filesystem", "."}))
          : Installed("files", root,
                      Words({"npx", "-y", "@modelcontextprotocol/server-filesystem", "."}));
  files.comments.emplace_back(
      "Reads and writes the files below its `cwd`. Its first start by `npx` downloads it.");
  guess.servers.push_back(std::move(files));
  if (machine.exists(directory + "/.git")) {
    if (machine.has_program("mcp-server-git")) {
      guess.servers.push_back(
          Installed("git", root, Words({"mcp-server-git", "--repository", "."})));
    } else if (machine.has_program("uvx")) {
      guess.servers.push_back(
          Installed("git", root, Words({"uvx", "mcp-server-git", "--repository", "."})));
    }
  }
  if (machine.has_program("github-mcp-server")) {
    ClientServer github = Installed("github", root, Words({"github-mcp-server", "stdio"}));
    github.needs_workspace = false;
    constexpr const char* kVariable = "GITHUB_PERSONAL_ACCESS_TOKEN";
    const size_t token = secrets.Reference(
        kVariable, {"github", "the token that `github` works with", "the environment", 0});
    github.env.emplace_back(kVariable, Text{{"", token}});
    guess.servers.push_back(std::move(github));
  }
  return guess;
}

}  // namespace

std::vector<std::string> ConfigurationPaths(const std::string& directory, const Machine& machine) {
  std::vector<std::string> paths;
  const auto in_project = [](Client client) { return clients::Info(client).project_file; };
  for (const std::string_view name :
       {in_project(Client::kClaudeCode), std::string_view(".claude/settings.json"),
        std::string_view(".claude/settings.local.json"), in_project(Client::kCursor),
        in_project(Client::kVsCode), in_project(Client::kGemini), in_project(Client::kCodex)}) {
    paths.push_back(fmt::format("{}/{}", directory == "/" ? "" : directory, name));
  }
  if (machine.home.empty()) return paths;
  const auto of_person = [&](Client client) {
    paths.push_back(clients::UserFile(client, machine.home, machine.config_home));
  };
  of_person(Client::kClaudeCode);
  paths.push_back(machine.home + "/.claude/settings.json");
  for (const Client client :
       {Client::kCursor, Client::kWindsurf, Client::kCodex, Client::kGemini}) {
    of_person(client);
  }
  // Configurations that came from a Mac.
  paths.push_back(machine.home + "/Library/Application Support/Claude/claude_desktop_config.json");
  paths.push_back(machine.home + "/Library/Application Support/Code/User/mcp.json");
  of_person(Client::kClaudeDesktop);
  of_person(Client::kVsCode);
  // A project may be the home directory.
  std::set<std::string> seen;
  std::erase_if(paths, [&](const std::string& path) { return !seen.insert(path).second; });
  return paths;
}

tl::expected<Imported, ImportError> MakeStarter(const std::string& directory,
                                                const Machine& machine, const Options& options) {
  Options starter = options;
  starter.stance = Stance::kStarter;
  starter.home = machine.home;
  starter.only = WithTilde(directory, machine.home);
  std::vector<Source> sources;
  std::vector<Note> skipped;
  for (const std::string& path : ConfigurationPaths(directory, machine)) {
    auto text = machine.read(path);
    if (!text) continue;
    Source source{path, WithTilde(path, machine.home), std::move(*text)};
    // One file that is broken, or has nothing to say, keeps no other from being read.
    const auto alone = Import({source}, starter);
    if (alone || alone.error().kind == ImportError::Kind::kInternal) {
      sources.push_back(std::move(source));
    } else if (alone.error().kind == ImportError::Kind::kUnreadable) {
      skipped.push_back({"", 0, fmt::format("left out: {}", alone.error().message), false});
    }
  }
  auto made = [&] {
    if (!sources.empty()) {
      auto imported = Import(sources, starter);
      // Permissions without servers are no policy to begin with.
      if (!imported || imported->servers != 0) return imported;
    }
    SecretTable secrets;
    Configuration guess = Guess(directory, starter.only, machine, secrets);
    return ImportConfiguration(
        std::move(guess), secrets.Finish(),
        {"No configuration of an MCP client was found: these are servers to begin with."}, starter);
  }();
  if (!made) return made;
  std::set<std::string> missing;
  for (const std::string& program : made->programs) {
    if (!program.starts_with('/') && !machine.has_program(program)) missing.insert(program);
  }
  for (const std::string& program : missing) {
    skipped.push_back({"", 0, fmt::format("{} is not in PATH", Ticked(program)), false});
  }
  made->notes.insert(made->notes.begin(), skipped.begin(), skipped.end());
  return made;
}

}  // namespace mcplexer::importer
