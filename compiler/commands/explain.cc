// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/explain.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "compiler/commands/diff_input.h"
#include "compiler/commands/output.h"
#include "compiler/commands/pages.h"
#include "compiler/explain/explanation.h"
#include "compiler/source/diagnostic.h"
#include "runtime/decide/decide.h"
#include "runtime/json/document.h"
#include "runtime/plan/plan.h"

namespace mcplexer::commands {
namespace {

struct ExplainOptions {
  SourceOptions sources;
  std::string directory;
  std::string call;
  std::string arguments;
  std::string kind = "tool";
  std::string principal;
  std::string server;
  std::string client;
  std::string model;
  bool exit_code = false;
};

Result<std::shared_ptr<const plan::Plan>> Share(Result<plan::Plan> plan) {
  if (!plan) return Fail(plan.error().message);
  return std::make_shared<const plan::Plan>(*std::move(plan));
}

plan::CallKind KindOf(const std::string& name) {
  return name == "resource" ? plan::CallKind::kResource
         : name == "prompt" ? plan::CallKind::kPrompt
                            : plan::CallKind::kTool;
}

// The canonical form of a directory that exists, the lexical one of any other.
std::string Canonical(const std::string& directory) {
  std::error_code error;
  auto path = std::filesystem::weakly_canonical(std::filesystem::absolute(directory, error), error);
  if (error) path = std::filesystem::absolute(directory, error).lexically_normal();
  std::string text = path.string();
  while (text.size() > 1 && text.back() == '/') text.pop_back();
  return text;
}

std::string Expanded(const std::string& directory, const std::string& home) {
  if (directory == "~" || directory.starts_with("~/")) return home + directory.substr(1);
  return directory;
}

int ExplainCode(source::Code code) {
  fmt::print("{}", Page(source::Info(code).text));
  return kClean;
}

int ExplainCall(const ExplainOptions& options) {
  std::string home = options.sources.home;
  if (home.empty() && std::getenv("HOME") != nullptr) home = std::getenv("HOME");
  if (home.empty()) {
    Complain("`~` is unknown: give --home or set HOME");
    return kUsage;
  }
  Result<std::shared_ptr<const plan::Plan>> plan = Fail("");
  if (options.sources.paths.size() == 1 && IsPlan(options.sources.paths.front())) {
    plan = Share(plan::Plan::LoadFile(options.sources.paths.front()));
  } else {
    const auto compilation = Compile(options.sources.ToCompile());
    const int exit_code = Report(*compilation, options.sources);
    if (compilation->plan.empty()) return exit_code;
    plan = Share(plan::Plan::Load(compilation->plan));
  }
  if (!plan) {
    Complain(plan.error().message);
    return kUsage;
  }
  const auto engine = decide::Engine::Create(*plan, Canonical(home));
  if (!engine) {
    Complain(engine.error().message);
    return kUsage;
  }
  const auto principal = (*engine)->FindPrincipal(options.principal);
  if (!principal) {
    Complain(principal.error().message);
    return kUsage;
  }
  decide::Call call;
  call.kind = KindOf(options.kind);
  call.name = options.call;
  call.arguments = options.arguments;
  if (!options.server.empty()) {
    for (size_t s = 0; s < (*plan)->servers().size(); ++s) {
      if ((*plan)->text((*plan)->servers()[s].name) == options.server) call.server = ServerId(s);
    }
    if (!call.server.valid()) {
      Complain(fmt::format("there is no server `{}`", options.server));
      return kUsage;
    }
  }
  decide::Session session(*engine, Canonical(Expanded(options.directory, Canonical(home))),
                          *principal, options.client, options.model);
  const explain::Explanation explanation = explain::Explain(session, call);
  fmt::print("{}", options.sources.format == "json"
                       ? explain::ToJson(**plan, session, explanation) + "\n"
                       : explain::ToText(**plan, session, explanation));
  const bool denied = explanation.decision.verdict == decide::Verdict::kDeny;
  return options.exit_code && denied ? kFindings : kClean;
}

int RunExplain(const ExplainOptions& options) {
  if (options.call.empty()) {
    if (options.sources.paths.size() == 1) {
      if (const auto code = source::FindCode(options.sources.paths.front())) {
        return ExplainCode(*code);
      }
    }
    Complain("give a diagnostic's code, or --dir and --call");
    return kUsage;
  }
  if (!options.arguments.empty()) {
    json::Document document;
    if (const auto parsed = document.Parse(options.arguments); !parsed) {
      Complain(fmt::format("--args is not JSON: {} at byte {}", parsed.error().Message(),
                           parsed.error().offset));
      return kUsage;
    }
  }
  if (options.directory.empty()) {
    Complain("--call needs --dir, the directory the client works in");
    return kUsage;
  }
  return ExplainCall(options);
}

}  // namespace

void AddExplain(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("explain", "Show why a call is decided as it is, or what a code means");
  auto options = std::make_shared<ExplainOptions>();
  options->sources.AddTo(*command, {"text", "short", "json"});
  command->add_option("--dir", options->directory, "Directory that the client works in")
      ->type_name("DIR");
  command->add_option("--call", options->call, "Exposed name, `namespace__tool`, or a URI")
      ->type_name("NAME");
  command->add_option("--args", options->arguments, "The call's arguments")->type_name("JSON");
  command->add_option("--kind", options->kind, "What is called")
      ->check(CLI::IsMember({"tool", "resource", "prompt"}))
      ->capture_default_str();
  command->add_option("--as", options->principal, "Principal; the anonymous one when left out")
      ->type_name("NAME");
  command->add_option("--server", options->server, "Server that has the resource")
      ->type_name("NAME");
  command->add_option("--client", options->client, "What session.client is")->type_name("NAME");
  command->add_option("--model", options->model, "What session.model is")->type_name("NAME");
  command->add_flag("--exit-code", options->exit_code, "Exit with 1 when the call is denied");
  command->footer(
      "Examples: mcplexerc explain E0401\n"
      "          mcplexerc explain policies/ --dir ~/work --call github__get_issue");
  command->callback([options, &exit_code] { exit_code = RunExplain(*options); });
}

}  // namespace mcplexer::commands
