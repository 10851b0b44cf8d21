// SPDX-License-Identifier: Apache-2.0
// Rules, one after the other in the order of their places within each workspace. A clause that has
// no meaning on a rule is an error rather than ignored: who wrote it thinks that it protects.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <set>
#include <string>
#include <unordered_map>

#include "compiler/model/conditions.h"
#include "compiler/model/context.h"
#include "compiler/model/targets.h"
#include "compiler/model/templates.h"

namespace mcplexer::model {
namespace {

// In the order of plan::LogLevel.
constexpr std::array<std::string_view, 4> kLogLevels = {"debug", "info", "warn", "error"};

// A person needs a second to answer; after thirty days nobody remembers what was asked.
constexpr int64_t kShortestApproval = 1'000;
constexpr int64_t kLongestApproval = int64_t{30} * 86'400'000;
constexpr int64_t kLargestQuorum = 100;

class RuleStep {
 public:
  explicit RuleStep(Context& context) : context_(context), reporter_(context.reporter) {}

  void Run() {
    CollectBodies();
    for (size_t i = 0; i < bodies_.size() && !full_; ++i) {
      workspace_ = WorkspaceId(i);
      unnamed_ = 0;
      const bool finished =
          Expand(context_, bodies_[i], [this](const ExpandedRule& rule) { return Lower(rule); });
      full_ = !finished;
    }
  }

 private:
  void CollectBodies() {
    bodies_.resize(context_.policy.workspaces.size());
    for (const auto& [name, entry] : context_.names.workspaces.entries()) {
      bodies_[entry.id].push_back(entry.declaration);
    }
    for (const syntax::File& file : context_.files) {
      for (const syntax::Declaration& declaration : file.declarations) {
        if (declaration.kind != syntax::Declaration::Kind::kRules) continue;
        const auto* entry = context_.names.workspaces.Resolve(declaration.name, reporter_);
        if (entry != nullptr) bodies_[entry->id].push_back(&declaration);
      }
    }
    for (auto& declarations : bodies_) SortByPlace(context_.sources, declarations);
  }

  bool Lower(const ExpandedRule& expanded) {
    const syntax::Rule& source = expanded.rule;
    if (context_.policy.rules.size() == context_.options.limits.rules) {
      reporter_.Report(Code::kLimitExceeded, source.head_span,
                       fmt::format("more than {} rules", context_.options.limits.rules));
      return false;
    }
    Rule rule;
    rule.workspace = workspace_;
    rule.effect = LowerEffect(source.effect);
    rule.kind = LowerKind(source.kind);
    rule.span = source.span;
    rule.head_span = source.head_span;
    rule.uses = reporter_.uses();
    LowerId(source, rule);
    LowerServer(source, rule);
    LowerNames(source, rule);
    LowerPaths(source, expanded.block_paths, rule);
    rule.principals = LowerPrincipalNames(context_, source.principals);
    CheckClauses(source);
    if (source.scope) {
      rule.scope = IdOf<ScopeId>(context_.names.scopes.Resolve(*source.scope, reporter_));
    }
    if (rule.scope.valid() && rule.effect != Effect::kDeny) CheckTransport(source, rule);
    rule.when = LowerCondition(source.when);
    rule.require = LowerCondition(source.require);
    LowerPriority(source, rule);
    LowerApproval(source, rule);
    LowerLog(source, rule);
    if (source.because) rule.because = source.because->text;
    context_.policy.rules.push_back(std::move(rule));
    return true;
  }

  void LowerId(const syntax::Rule& source, Rule& rule) {
    const std::string& workspace = context_.policy.workspaces[workspace_.index()].name;
    rule.named = source.id.has_value();
    if (!rule.named) {
      rule.id = fmt::format("{}#{}", workspace, ++unnamed_);
      return;
    }
    rule.id = fmt::format("{}.{}", workspace, source.id->text);
    if (!IsName(source.id->text)) {
      if (reporter_.Incomplete(source.id->span.file)) return;
      reporter_
          .Report(Code::kBadValue, source.id->span,
                  fmt::format("`{}` cannot name a rule", source.id->text))
          .Help("a name is 1 to 128 letters, digits, `_` and `-`, and does not begin with `-`");
      return;
    }
    const auto [at, added] = ids_.try_emplace(rule.id, source.id->span);
    if (added) return;
    source::Diagnostic& diagnostic = reporter_.Report(
        Code::kDuplicateRuleId, source.id->span, fmt::format("two rules are called `{}`", rule.id));
    if (at->second == source.id->span) {
      diagnostic.Help("the template is used twice; make its parameters part of the name");
    } else {
      diagnostic.Also(at->second, "the other one");
    }
  }

  void LowerServer(const syntax::Rule& source, Rule& rule) {
    const auto resolve = [&](const syntax::Name& name) {
      return IdOf<ServerId>(context_.names.servers.Resolve(name, reporter_));
    };
    if (source.kind == syntax::CallKind::kResource) {
      if (source.resource_server) {
        rule.server = resolve(*source.resource_server);
        if (source.via) {
          reporter_.Report(Code::kMeaninglessClause, source.via->span,
                           "a rule on resources names its server in front of the patterns");
        }
      } else if (source.via) {
        rule.server = resolve(*source.via);
      } else {
        reporter_.Report(Code::kMissingAttribute, source.head_span,
                         "a rule on resources names the server: `resource SERVER: \"..\"`");
      }
    } else if (source.via) {
      rule.server = resolve(*source.via);
    }
  }

  void LowerNames(const syntax::Rule& source, Rule& rule) {
    if (source.patterns.empty()) {
      reporter_.Report(Code::kMalformedPattern, source.head_span, "a rule without patterns");
    }
    rule.names = LowerPatterns(context_, source.kind, source.patterns);
    rule.except = LowerPatterns(context_, source.kind, source.except);
    if (source.kind == syntax::CallKind::kResource || !rule.server.valid()) return;
    for (const NamePattern& pattern : rule.names) {
      const ServerId owner = context_.patterns.LiteralServer(pattern);
      if (!owner.valid() || owner == rule.server) continue;
      reporter_
          .Report(Code::kMeaninglessClause, source.via->span,
                  fmt::format("`{}` is not a name of `{}`, it belongs to `{}`", pattern.text,
                              ServerName(rule.server), ServerName(owner)))
          .Also(pattern.span, "this pattern");
    }
  }

  void LowerPaths(const syntax::Rule& source, const std::vector<syntax::Name>* block, Rule& rule) {
    if (block != nullptr && !source.paths.empty()) {
      reporter_
          .Report(Code::kMeaninglessClause, source.paths.front().span,
                  "`in` on a rule inside an `in` block")
          .Also(block->front().span, "the block")
          .Help("move the rule out of the block and write its whole path");
    }
    for (const syntax::Name& path : block != nullptr ? *block : source.paths) {
      if (context_.patterns.Check(PatternLanguage::kPathGlob, path.text, path.span)) {
        rule.paths.push_back(path);
      }
    }
    if (rule.paths.empty()) rule.paths.push_back({"**", Span{}});
  }

  void Meaningless(Span span, const std::string& clause, std::string help) {
    source::Diagnostic& diagnostic = reporter_.Report(Code::kMeaninglessClause, span, clause);
    if (!help.empty()) diagnostic.Help(std::move(help));
  }

  void CheckClauses(const syntax::Rule& source) {
    if (source.effect != syntax::Effect::kApprove) {
      const auto approve_only = [&](Span span, std::string_view clause) {
        Meaningless(span, fmt::format("`{}` is for `approve` rules", clause), "");
      };
      if (source.timeout) approve_only(source.timeout->span, "timeout");
      if (source.quorum) approve_only(source.quorum->span, "quorum");
      if (!source.approvers.empty()) approve_only(source.approvers.front().span, "approvers");
    }
    if (source.effect != syntax::Effect::kDeny) return;
    if (source.scope)
      Meaningless(source.scope->span, "a deny sends nothing, so it has no `using`", "");
    if (source.require) {
      Meaningless(source.require->span, "a deny has no `require`",
                  "`when` says in which cases it denies");
    }
    if (source.priority) {
      Meaningless(source.priority->span, "a deny has no `priority`: it wins always",
                  "write exceptions as `except` or `when` of the deny itself");
    }
  }

  // Only where no call could ever be served: a pattern that leads to one known server.
  void CheckTransport(const syntax::Rule& source, const Rule& rule) {
    const plan::ScopeType type = context_.policy.scopes[rule.scope.index()].type;
    const auto check = [&](ServerId id) {
      const Server& server = context_.policy.servers[id.index()];
      const bool http = server.transport == plan::Transport::kHttp;
      if ((type == plan::ScopeType::kEnv && http) || (type == plan::ScopeType::kHeader && !http)) {
        reporter_
            .Report(Code::kBadValue, source.scope->span,
                    fmt::format("scope `{}` sets {}, and server `{}` {}", source.scope->text,
                                http ? "environment variables" : "headers", server.name,
                                http ? "is reached over HTTP" : "is a process"))
            .Also(server.span, "the server");
      }
    };
    if (rule.server.valid()) {
      check(rule.server);
      return;
    }
    std::set<ServerId> servers;
    for (const NamePattern& pattern : rule.names) {
      const ServerId server = context_.patterns.LiteralServer(pattern);
      if (server.valid()) servers.insert(server);
    }
    for (const ServerId server : servers) check(server);
  }

  ConditionId LowerCondition(const std::optional<syntax::Expr>& expr) {
    if (!expr || !CheckCondition(context_, *expr, workspace_)) return ConditionId();
    context_.policy.conditions.push_back({*expr, ConditionText(*expr)});
    return ConditionId(context_.policy.conditions.size() - 1);
  }

  // The whole number in `value` within the bounds, or nothing after reporting.
  std::optional<int64_t> Integer(const syntax::Value& value, std::string_view clause, int64_t low,
                                 int64_t high) {
    int64_t number = 0;
    const char* end = value.text.data() + value.text.size();
    const auto [at, error] = std::from_chars(value.text.data(), end, number);
    if (value.kind == syntax::Value::Kind::kNumber && error == std::errc() && at == end &&
        number >= low && number <= high) {
      return number;
    }
    reporter_.Report(Code::kBadValue, value.span,
                     fmt::format("`{}` is a whole number between {} and {}, found `{}`", clause,
                                 low, high, value.text));
    return std::nullopt;
  }

  void LowerPriority(const syntax::Rule& source, Rule& rule) {
    constexpr int64_t kLow = std::numeric_limits<int32_t>::min();
    constexpr int64_t kHigh = std::numeric_limits<int32_t>::max();
    if (rule.effect == Effect::kDeny) {
      rule.priority = 0;
      if (source.yaml_deny_priority) {
        rule.imported_deny_priority = Integer(*source.yaml_deny_priority, "priority", kLow, kHigh);
      }
    } else if (source.priority) {
      rule.priority = static_cast<int32_t>(
          Integer(*source.priority, "priority", kLow, kHigh).value_or(rule.priority));
    }
  }

  void LowerApproval(const syntax::Rule& source, Rule& rule) {
    if (rule.effect != Effect::kApprove) return;
    Approval& approval = rule.approval;
    if (source.timeout) {
      const bool good = source.timeout->kind == syntax::Value::Kind::kDuration &&
                        source.timeout->number >= kShortestApproval &&
                        source.timeout->number <= kLongestApproval;
      if (good) {
        approval.timeout_ms = static_cast<uint32_t>(source.timeout->number);
      } else {
        reporter_.Report(Code::kBadValue, source.timeout->span,
                         fmt::format("`timeout` is a duration between 1s and 30d, found `{}`",
                                     source.timeout->text));
      }
    }
    if (source.quorum) {
      approval.quorum = static_cast<uint32_t>(
          Integer(*source.quorum, "quorum", 1, kLargestQuorum).value_or(approval.quorum));
    }
    approval.approvers = LowerGroupNames(context_, source.approvers);
    if (source.quorum && !approval.approvers.empty()) CheckQuorum(source, approval);
  }

  void CheckQuorum(const syntax::Rule& source, const Approval& approval) {
    const std::vector<Principal>& principals = context_.policy.principals;
    const auto entitled =
        std::count_if(principals.begin(), principals.end(), [&](const Principal& principal) {
          return std::any_of(principal.groups.begin(), principal.groups.end(), [&](GroupId group) {
            return std::binary_search(approval.approvers.begin(), approval.approvers.end(), group);
          });
        });
    if (static_cast<uint32_t>(entitled) >= approval.quorum) return;
    reporter_
        .Report(Code::kBadValue, source.quorum->span,
                fmt::format("a quorum of {} can never be reached: the approvers are {} principal{}",
                            approval.quorum, entitled, entitled == 1 ? "" : "s"))
        .Also(source.approvers.front().span, "the approvers");
  }

  void LowerLog(const syntax::Rule& source, Rule& rule) {
    if (!source.log) return;
    const auto level = std::find(kLogLevels.begin(), kLogLevels.end(), source.log->text);
    if (level != kLogLevels.end()) {
      rule.log = static_cast<LogLevel>(level - kLogLevels.begin());
      return;
    }
    source::Diagnostic& diagnostic = reporter_.Report(
        Code::kBadValue, source.log->span,
        fmt::format("`log` is `debug`, `info`, `warn` or `error`, found `{}`", source.log->text));
    reporter_.Suggest(diagnostic, source.log->text, kLogLevels);
  }

  const std::string& ServerName(ServerId id) const {
    return context_.policy.servers[id.index()].name;
  }

  Context& context_;
  Reporter& reporter_;
  std::vector<std::vector<const syntax::Declaration*>> bodies_;  // by workspace
  std::unordered_map<std::string, Span> ids_;
  WorkspaceId workspace_;
  size_t unnamed_ = 0;
  bool full_ = false;
};

}  // namespace

void LowerRules(Context& context) { RuleStep(context).Run(); }

}  // namespace mcplexer::model
