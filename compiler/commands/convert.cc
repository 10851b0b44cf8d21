// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/convert.h"

#include <fmt/format.h>

#include <memory>
#include <string>

#include "compiler/commands/output.h"
#include "compiler/convert/convert.h"
#include "compiler/model/find.h"
#include "compiler/source/load.h"
#include "compiler/syntax/parse.h"
#include "compiler/yaml/parse.h"

namespace mcplexer::commands {
namespace {

struct ConvertOptions {
  std::string file;
  std::string to;
  std::string output = "-";
};

std::string At(const source::SourceMap& sources, const convert::Loss& loss) {
  const source::Position at = sources.position(loss.span.file, loss.span.begin);
  return fmt::format("{}:{}:{}: {}", sources.path(loss.span.file), at.line, at.column, loss.what);
}

syntax::File Parse(bool plex, const source::SourceMap& sources, FileId file,
                   const source::Limits& limits, source::Diagnostics& diagnostics) {
  return plex ? syntax::ParsePlex(sources, file, limits, diagnostics)
              : yaml::ParseYaml(sources, file, limits, diagnostics);
}

// Whether the outcome is a policy file. It always is, or something was overlooked; then nobody gets
// it.
bool CanBeRead(const std::string& text, bool plex, const source::Limits& limits) {
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  const FileId file = sources.Add("the outcome", text);
  Parse(plex, sources, file, limits, diagnostics);
  diagnostics.Sort();
  if (!diagnostics.has_errors()) return true;
  ShowDiagnostics(sources, diagnostics, "text");
  return false;
}

int RunConvert(const ConvertOptions& options) {
  const source::Limits limits;
  source::SourceMap sources;
  source::Diagnostics diagnostics;
  const bool to_plex = options.to == "plex";
  if (to_plex ? !model::IsYaml(options.file) : !model::IsPlex(options.file)) {
    Complain(fmt::format("`{}` is not {}", options.file, to_plex ? "YAML" : ".plex"));
    return kUsage;
  }
  const Result<FileId> file = source::LoadFile(options.file, options.file, limits, sources);
  if (!file) {
    Complain(file.error().message);
    return kUsage;
  }
  const syntax::File tree = Parse(!to_plex, sources, *file, limits, diagnostics);
  diagnostics.Sort();
  ShowDiagnostics(sources, diagnostics, "text");
  if (diagnostics.has_errors()) return kFindings;
  const convert::Conversion conversion =
      to_plex ? convert::ToPlex(sources, tree, limits) : convert::ToYaml(sources, tree);
  for (const convert::Loss& problem : conversion.problems) Complain(At(sources, problem));
  if (!conversion.problems.empty()) return kFindings;
  for (const convert::Loss& loss : conversion.losses) Complain("note: " + At(sources, loss));
  if (!CanBeRead(conversion.text, to_plex, limits)) {
    Complain(fmt::format("internal error: `{}` converts to what cannot be read", options.file));
    return kInternal;
  }
  if (const Status written = WriteFile(options.output, conversion.text); !written) {
    Complain(written.error().message);
    return kUsage;
  }
  return kClean;
}

}  // namespace

void AddConvert(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("convert", "Write a .plex file as YAML, or YAML as .plex");
  auto options = std::make_shared<ConvertOptions>();
  command->add_option("file", options->file, "Policy file")->type_name("FILE")->required();
  command->add_option("--to", options->to, "What to write")
      ->check(CLI::IsMember({"plex", "yaml"}))
      ->required();
  command->add_option("-o,--output", options->output, "Where; - is standard output")
      ->type_name("FILE")
      ->capture_default_str();
  command->footer("Example: mcplexerc convert policy.plex --to yaml -o mcplexer.yaml");
  command->callback([options, &exit_code] { exit_code = RunConvert(*options); });
}

}  // namespace mcplexer::commands
