// SPDX-License-Identifier: Apache-2.0
// A loaded plan: the file's bytes in private memory, verified, with typed views of its sections.
// Immutable after Load, so any number of threads may read it.

#ifndef MCPLEXER_RUNTIME_PLAN_PLAN_H_
#define MCPLEXER_RUNTIME_PLAN_PLAN_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/plan/format.h"
#include "runtime/plan/signature.h"
#include "runtime/plan/tables.h"

namespace mcplexer::plan {

class Plan {
 public:
  // A plan of 1,000,000 rules, the most a compilation takes, stays well below.
  static constexpr size_t kMaxFileBytes = size_t{1} << 30;

  // Verifies everything verify.h says and takes the bytes. Fails with the reason, in one line, when
  // anything does not hold or `trust` does not take its signer; a plan object that exists is safe
  // to use without further checks.
  static Result<Plan> Load(std::vector<std::byte> bytes, const Trust& trust = Trust());
  // Reads the file into private memory (never a mapping of a file that others may write), then
  // Load.
  static Result<Plan> LoadFile(const std::string& path, const Trust& trust = Trust());

  Plan(Plan&&) noexcept = default;
  Plan& operator=(Plan&&) noexcept = default;
  Plan(const Plan&) = delete;  // the tables view this very object's bytes
  Plan& operator=(const Plan&) = delete;

  const Header& header() const { return *reinterpret_cast<const Header*>(bytes_.data()); }
  // The whole file.
  std::span<const std::byte> bytes() const { return bytes_; }
  // SHA-256 of the content, 64 lower-case hexadecimal digits: the plan's identity.
  const std::string& id() const { return id_; }

  std::string_view text(StringRef ref) const { return tables_.text(ref); }
  const Meta& meta() const { return tables_.meta[0]; }
  const Tables& tables() const { return tables_; }

  // One accessor a section; the span is valid as long as the plan.
  std::span<const StringRef> string_refs() const { return tables_.string_refs; }
  std::span<const ServerRecord> servers() const { return tables_.servers; }
  std::span<const KeyValue> key_values() const { return tables_.key_values; }
  std::span<const SecretRecord> secrets() const { return tables_.secrets; }
  std::span<const TemplatePart> template_parts() const { return tables_.template_parts; }
  std::span<const Injection> injections() const { return tables_.injections; }
  std::span<const ScopeRecord> scopes() const { return tables_.scopes; }
  std::span<const ProviderRecord> providers() const { return tables_.providers; }
  std::span<const WorkspaceRecord> workspaces() const { return tables_.workspaces; }
  std::span<const GroupRecord> groups() const { return tables_.groups; }
  std::span<const PrincipalRecord> principals() const { return tables_.principals; }
  std::span<const uint32_t> principal_sets() const { return tables_.principal_sets; }
  std::span<const NamespaceRecord> namespaces() const { return tables_.namespaces; }
  std::span<const AutomatonRecord> automata() const { return tables_.automata; }
  std::span<const uint8_t> byte_maps() const { return tables_.byte_maps; }
  std::span<const uint32_t> nodes() const { return tables_.nodes; }
  std::span<const ClassRecord> classes() const { return tables_.classes; }
  std::span<const uint32_t> class_sets() const { return tables_.class_sets; }
  std::span<const BucketRecord> buckets() const { return tables_.buckets; }
  std::span<const EntryRecord> entries() const { return tables_.entries; }
  std::span<const RuleRecord> rules() const { return tables_.rules; }
  std::span<const RuleOriginRecord> rule_origins() const { return tables_.rule_origins; }
  std::span<const OutcomeRecord> outcomes() const { return tables_.outcomes; }
  std::span<const GuardRecord> guards() const { return tables_.guards; }
  std::span<const uint32_t> indexes() const { return tables_.indexes; }
  std::span<const ConditionRecord> conditions() const { return tables_.conditions; }
  std::span<const ConditionNode> condition_nodes() const { return tables_.condition_nodes; }
  std::span<const PathStepRecord> path_steps() const { return tables_.path_steps; }
  std::span<const LiteralRecord> literals() const { return tables_.literals; }
  std::span<const FileRecord> files() const { return tables_.files; }
  std::span<const PinRecord> pins() const { return tables_.pins; }

 private:
  Plan() = default;

  std::vector<std::byte> bytes_;
  Tables tables_;  // into bytes_, whose memory stays where it is when the plan moves
  std::string id_;
};

}  // namespace mcplexer::plan

#endif  // MCPLEXER_RUNTIME_PLAN_PLAN_H_
