// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "compiler/model/attributes.h"
#include "compiler/model/context.h"
#include "compiler/model/credentials.h"
#include "compiler/model/roots.h"
#include "compiler/model/urls.h"
#include "compiler/model/variables.h"

namespace mcplexer::model {
namespace {

using Words = std::array<std::string_view, 3>;
// In the order of the enums in runtime/plan/format.h.
constexpr Words kRestart = {"on_failure", "always", "never"};
constexpr std::array<std::string_view, 2> kStart = {"lazy", "eager"};
constexpr std::array<std::string_view, 2> kShare = {"session", "all"};
constexpr std::array<std::string_view, 2> kDiscovery = {"dynamic", "static"};
constexpr Words kOnDrift = {"block", "approve", "warn"};

constexpr int64_t kSecond = 1'000;
constexpr int64_t kDay = 86'400 * kSecond;
// A server that is stopped after less than a second is started for every call; one that may sleep
// for more than a month is never stopped.
constexpr int64_t kLongestIdle = 30 * kDay;
// A call that takes more than a day is a job, and its client is gone.
constexpr int64_t kShortestCall = 100;
constexpr int64_t kLongestCall = kDay;
// Each instance is a process.
constexpr int64_t kMostInstances = 256;
constexpr size_t kLongestNamespace = 32;

constexpr auto kOptional = Presence::kOptional;
constexpr std::array kKeys = {
    KeySpec{"command", ValueType::kCommand},
    KeySpec{"url", ValueType::kNonEmpty},
    KeySpec{"env", ValueType::kTextMap},
    KeySpec{"cwd", ValueType::kDirectory},
    KeySpec{"namespace", ValueType::kText},
    KeySpec{"idle_timeout", ValueType::kDuration, kOptional, kSecond, kLongestIdle},
    KeySpec{"call_timeout", ValueType::kDuration, kOptional, kShortestCall, kLongestCall},
    KeySpec{"instances", ValueType::kInteger, kOptional, 1, kMostInstances},
    KeySpec{"restart", ValueType::kWord, kOptional, 0, 0, kRestart},
    KeySpec{"start", ValueType::kWord, kOptional, 0, 0, kStart},
    KeySpec{"share", ValueType::kWord, kOptional, 0, 0, kShare},
    KeySpec{"discovery", ValueType::kWord, kOptional, 0, 0, kDiscovery},
    KeySpec{"on_drift", ValueType::kWord, kOptional, 0, 0, kOnDrift},
    KeySpec{"required", ValueType::kBool},
};
constexpr AttributeTable kTable = {"server", kKeys};

// What is wrong with a namespace; empty when nothing is.
std::string_view NamespaceProblem(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  if (name.size() > kLongestNamespace) return "is longer than 32 bytes";
  if (!std::all_of(name.begin(), name.end(), allowed)) {
    return "holds something else than letters, digits, `-` and `_`";
  }
  if (name.starts_with('_') || name.ends_with('_')) return "begins or ends with `_`";
  if (name.find("__") != std::string_view::npos) return "holds `__`, which ends a namespace";
  return "";
}

class ServerStep {
 public:
  explicit ServerStep(Context& context) : context_(context), reporter_(context.reporter) {}

  void Run() {
    for (const auto& [name, entry] : context_.names.servers.entries()) Lower(*entry.declaration);
    CheckNamespaces();
  }

 private:
  void Lower(const syntax::Declaration& declaration) {
    const Attributes attributes =
        ReadAttributes(declaration.attributes, kTable, declaration.name, reporter_);
    Server server;
    server.name = declaration.name.text;
    server.span = declaration.name.span;
    LowerTransport(declaration, attributes, server);
    LowerNamespace(declaration, attributes, server);
    const auto milliseconds = [&](std::string_view key, uint32_t otherwise) {
      return static_cast<uint32_t>(attributes.Number(key, otherwise));
    };
    server.idle_timeout_ms = milliseconds("idle_timeout", server.idle_timeout_ms);
    server.call_timeout_ms = milliseconds("call_timeout", server.call_timeout_ms);
    server.instances = static_cast<uint32_t>(attributes.Number("instances", server.instances));
    server.restart = attributes.Word("restart", kRestart, server.restart);
    server.start = attributes.Word("start", kStart, server.start);
    server.share = attributes.Word("share", kShare, server.share);
    server.discovery = attributes.Word("discovery", kDiscovery, server.discovery);
    server.on_drift = attributes.Word("on_drift", kOnDrift, server.on_drift);
    server.required = attributes.Bool("required", server.required);
    context_.policy.servers.push_back(std::move(server));
  }

  void LowerTransport(const syntax::Declaration& declaration, const Attributes& attributes,
                      Server& server) {
    const bool command = attributes.Written("command");
    const bool url = attributes.Written("url");
    if (command && url) {
      reporter_
          .Report(Code::kMeaninglessClause, attributes.KeySpan("url"),
                  fmt::format("server `{}` has both `command` and `url`", server.name))
          .Also(attributes.KeySpan("command"), "this starts a process");
    } else if (!command && !url) {
      reporter_.Report(Code::kMissingAttribute, declaration.name.span,
                       fmt::format("server `{}` has neither `command` nor `url`", server.name));
    }
    server.transport = url && !command ? plan::Transport::kHttp : plan::Transport::kStdio;
    server.command = attributes.Texts("command");
    server.url = attributes.Text("url");
    if (const syntax::Value* value = attributes.Find("url")) {
      CheckUrl(*value, UrlScheme::kHttp, reporter_);
    }
    for (const std::string_view key : {"env", "cwd"}) {
      if (server.transport != plan::Transport::kHttp || !attributes.Written(key)) continue;
      reporter_.Report(Code::kMeaninglessClause, attributes.KeySpan(key),
                       fmt::format("`{}` is for servers with a `command`", key));
    }
    if (const syntax::Value* env = attributes.Find("env")) {
      for (const auto& [key, value] : env->entries) {
        CheckVariable(VariableKind::kEnvironment, key, reporter_);
        CheckLiteral(key, value, reporter_);
      }
    }
    server.env = attributes.TextMap("env");
    if (const syntax::Value* cwd = attributes.Find("cwd")) {
      server.cwd = RootText(*ParseRoot(cwd->text));
    }
  }

  void LowerNamespace(const syntax::Declaration& declaration, const Attributes& attributes,
                      Server& server) {
    const syntax::Value* written = attributes.Find("namespace");
    server.name_space = written == nullptr ? server.name : attributes.Text("namespace");
    const Span span = written == nullptr ? declaration.name.span : written->span;
    spans_.push_back(span);
    if (const std::string_view problem = NamespaceProblem(server.name_space); !problem.empty()) {
      source::Diagnostic& diagnostic = reporter_.Report(
          Code::kBadValue, span, fmt::format("the namespace `{}` {}", server.name_space, problem));
      if (written == nullptr) diagnostic.Help("give another with `namespace = \"..\"`");
    }
  }

  void CheckNamespaces() {
    const std::vector<Server>& servers = context_.policy.servers;
    std::map<std::string_view, size_t> taken;
    for (size_t i = 0; i < servers.size(); ++i) {
      const std::string& name = servers[i].name_space;
      const auto [at, added] = taken.try_emplace(name, i);
      if (!added) {
        reporter_
            .Report(Code::kNamespaceCollision, spans_[i],
                    fmt::format("servers `{}` and `{}` share the namespace `{}`",
                                servers[at->second].name, servers[i].name, name))
            .Also(spans_[at->second], "taken here");
      } else if (name.empty() && servers.size() > 1) {
        reporter_.Report(Code::kBadValue, spans_[i],
                         "an empty namespace is for a policy with a single server");
      }
    }
  }

  Context& context_;
  Reporter& reporter_;
  std::vector<Span> spans_;  // of the namespaces
};

}  // namespace

void LowerServers(Context& context) { ServerStep(context).Run(); }

}  // namespace mcplexer::model
