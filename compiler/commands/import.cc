// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/import.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>
#include <string_view>
#include <system_error>

#include "compiler/commands/compilation.h"
#include "compiler/commands/output.h"
#include "compiler/source/load.h"
#include "compiler/syntax/parse.h"

namespace mcplexer::commands {
namespace {

struct ImportOptions {
  std::vector<std::string> files;
  std::string as;
  std::string output = "-";
  std::string home;
};

int CodeOf(importer::ImportError::Kind kind) {
  return kind == importer::ImportError::Kind::kInternal ? kInternal : kUsage;
}

int RunImport(const ImportOptions& options) {
  importer::Options import;
  import.format = importer::FormatByName(options.as);
  import.home = options.home.empty() ? HomeDirectory() : options.home;
  import.check = ErrorCodes;
  std::vector<importer::Source> sources;
  for (const std::string& file : options.files) {
    source::SourceMap map;
    source::Limits limits;
    limits.file_bytes = import.limits.bytes;
    const auto loaded = source::LoadFile(file, file, limits, map);
    if (!loaded) {
      Complain(loaded.error().message);
      return kUsage;
    }
    sources.push_back({AbsolutePath(file), file, std::string(map.text(*loaded))});
  }
  const auto imported = importer::Import(sources, import);
  if (!imported) {
    PrintNotes(imported.error().notes);
    Complain(imported.error().message);
    return CodeOf(imported.error().kind);
  }
  if (const Status written = WriteFile(options.output, imported->policy); !written) {
    Complain(written.error().message);
    return kInternal;
  }
  PrintNotes(imported->notes);
  Complain(fmt::format("{}, {}, {}", Count(imported->servers, "server"),
                       Count(imported->rules, "rule"), Count(imported->notes.size(), "note")));
  return kClean;
}

}  // namespace

std::vector<std::string> ErrorCodes(const std::string& policy) {
  Compilation compilation;
  const FileId file = compilation.sources.Add("policy.plex", policy);
  std::vector<syntax::File> files;
  files.push_back(syntax::ParsePlex(compilation.sources, file, {}, compilation.diagnostics));
  CompileTrees(files, "", compilation);
  std::set<std::string> codes;
  for (const source::Diagnostic& diagnostic : compilation.diagnostics.all()) {
    const source::CodeInfo& info = source::Info(diagnostic.code);
    if (info.severity == source::Severity::kError) codes.emplace(info.text);
  }
  if (codes.empty() && compilation.plan.empty()) codes.emplace("no plan");
  return {codes.begin(), codes.end()};
}

std::string HomeDirectory() {
  const char* home = std::getenv("HOME");
  if (home == nullptr || home[0] != '/') return "";
  return AbsolutePath(home);
}

std::string AbsolutePath(const std::string& path) {
  std::error_code error;
  std::filesystem::path absolute = std::filesystem::absolute(path, error);
  if (error) return path;
  std::string text = absolute.lexically_normal().string();
  while (text.size() > 1 && text.ends_with('/')) text.pop_back();
  return text;
}

void PrintNotes(const std::vector<importer::Note>& notes) {
  for (const importer::Note& note : notes) {
    if (note.file.empty()) {
      Complain(note.text);
    } else if (note.line == 0) {
      Complain(fmt::format("{}: {}", note.file, note.text));
    } else {
      Complain(fmt::format("{}:{}: {}", note.file, note.line, note.text));
    }
  }
}

void AddImport(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand(
      "import", "Turn configurations of MCP clients into a policy, secrets into references");
  auto options = std::make_shared<ImportOptions>();
  command->add_option("files", options->files, "Configurations; together they make one policy")
      ->type_name("FILE")
      ->required();
  command->add_option("--as", options->as, "What the files are, where that cannot be told")
      ->check(CLI::IsMember(importer::FormatNames()));
  command->add_option("-o,--output", options->output, "Where the policy is written")
      ->type_name("FILE")
      ->capture_default_str();
  command->add_option("--home", options->home, "What is written `~` in paths")
      ->type_name("DIR")
      ->check([](const std::string& value) {
        return value.starts_with('/') ? "" : "must be an absolute path";
      });
  command->footer("Example: mcplexerc import .mcp.json .claude/settings.json -o mcplexer.plex");
  command->callback([options, &exit_code] { exit_code = RunImport(*options); });
}

}  // namespace mcplexer::commands
