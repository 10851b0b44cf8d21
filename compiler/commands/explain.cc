// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/explain.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "compiler/commands/output.h"
#include "compiler/commands/pages.h"
#include "compiler/source/diagnostic.h"
#include "compiler/source/printable.h"
#include "runtime/commands/decision_json.h"
#include "runtime/decide/decide.h"
#include "runtime/json/writer.h"
#include "runtime/plan/plan.h"

namespace mcplexer::commands {
namespace {

using source::Printable;

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

// A plan file is one by its first bytes; anything else is sources.
bool IsPlan(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  std::ifstream file(path, std::ios::binary);
  std::array<char, plan::kMagic.size()> magic{};
  file.read(magic.data(), magic.size());
  return file.good() && magic == plan::kMagic;
}

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

class Explanation {
 public:
  Explanation(const plan::Plan& plan, const decide::Session& session,
              const decide::Decision& decision, std::vector<decide::Considered> considered)
      : plan_(plan), session_(session), decision_(decision), considered_(std::move(considered)) {}

  std::string Json() const {
    std::string out;
    AppendDecisionJson(plan_, session_, decision_, out);
    out.pop_back();  // the closing brace
    out += ",\"considered\":[";
    for (const decide::Considered& one : considered_) {
      if (out.back() == '}') out += ',';
      out += fmt::format("{{\"rule\":{},\"effect\":\"{}\",\"at\":{},\"outcome\":\"{}\"}}",
                         json::EscapeString(Text(Rule(one.rule).id)), Effect(Rule(one.rule)),
                         json::EscapeString(RuleLocation(plan_, one.rule)), ToString(one.outcome));
    }
    return out + "]}\n";
  }

  std::string Plain() const {
    std::string out = fmt::format("{}: {}\n", ToString(decision_.verdict), Why());
    const auto line = [&](std::string_view what, std::string_view value) {
      out += fmt::format("  {:<10} {}\n", what, Printable(value));
    };
    if (session_.workspace().valid()) {
      const auto& workspace = plan_.workspaces()[session_.workspace().index()];
      line("workspace", fmt::format("{}{}{}", Text(workspace.name),
                                    session_.subpath().empty() ? "" : ", in ", session_.subpath()));
    }
    if (decision_.server.valid()) {
      line("server", Text(plan_.servers()[decision_.server.index()].name));
      line("name", decision_.tool);
    }
    if (decision_.scope.valid()) line("scope", Text(plan_.scopes()[decision_.scope.index()].name));
    if (decision_.rule.valid() && Rule(decision_.rule).because.size != 0) {
      line("because", Text(Rule(decision_.rule).because));
    }
    if (decision_.unevaluated) {
      line("note", "a condition could not be evaluated and was taken to the safe side");
    }
    if (!considered_.empty()) out += "rules that match:\n";
    for (const decide::Considered& one : considered_) {
      out += fmt::format("  {:<8} {} ({}): {}\n", Effect(Rule(one.rule)),
                         Printable(Text(Rule(one.rule).id)),
                         Printable(RuleLocation(plan_, one.rule)), Sentence(one.outcome));
    }
    return out;
  }

 private:
  std::string_view Text(plan::StringRef ref) const { return plan_.text(ref); }
  const plan::RuleRecord& Rule(RuleId id) const { return plan_.rules()[id.index()]; }

  static std::string_view Effect(const plan::RuleRecord& rule) {
    switch (rule.effect) {
      case plan::Effect::kAllow:
        return "allow";
      case plan::Effect::kApprove:
        return "approve";
      case plan::Effect::kDeny:
        return "deny";
    }
    return "deny";
  }

  static std::string_view Sentence(decide::RuleOutcome outcome) {
    switch (outcome) {
      case decide::RuleOutcome::kDecided:
        return "decides";
      case decide::RuleOutcome::kConditionFalse:
        return "its condition is false";
      case decide::RuleOutcome::kConditionUnknown:
        return "its condition cannot be evaluated";
      case decide::RuleOutcome::kOutranked:
        return "another rule comes first";
      case decide::RuleOutcome::kNarrowerRuleMatches:
        return "a narrower rule matches";
      case decide::RuleOutcome::kRequirementFailed:
        return "wins, and its requirement is not met";
    }
    return "";
  }

  std::string Why() const {
    switch (decision_.reason) {
      case decide::Reason::kRule:
      case decide::Reason::kRequirementFailed: {
        const std::string rule = fmt::format("{} ({})", Printable(Text(Rule(decision_.rule).id)),
                                             Printable(RuleLocation(plan_, decision_.rule)));
        return decision_.reason == decide::Reason::kRule
                   ? "by " + rule
                   : "the requirement of " + rule + " is not met";
      }
      case decide::Reason::kDefault:
        return "no rule matches, and this is the workspace's default";
      case decide::Reason::kNoWorkspace:
        return "no workspace holds the directory";
      case decide::Reason::kUnknownNamespace:
        return "no server has the name's namespace";
      case decide::Reason::kUnknownName:
        return "it is not a name that a server can have";
      case decide::Reason::kDrift:
        return "the tool is not the one that was recorded";
    }
    return "";
  }

  const plan::Plan& plan_;
  const decide::Session& session_;
  const decide::Decision& decision_;
  std::vector<decide::Considered> considered_;
};

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
  std::vector<decide::Considered> considered;
  const decide::Decision decision = session.Explain(call, &considered);
  const Explanation explanation(**plan, session, decision, std::move(considered));
  fmt::print("{}", options.sources.format == "json" ? explanation.Json() : explanation.Plain());
  return options.exit_code && decision.verdict == decide::Verdict::kDeny ? kFindings : kClean;
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
