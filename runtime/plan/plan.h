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

namespace mcplexer::plan {

class Plan {
 public:
  // Verifies everything verify.h says and takes the bytes. Fails with the reason, in one line, when
  // anything does not hold; a plan object that exists is safe to use without further checks.
  static Result<Plan> Load(std::vector<std::byte> bytes);
  // Reads the file into private memory (never a mapping of a file that others may write), then
  // Load.
  static Result<Plan> LoadFile(const std::string& path);

  const Header& header() const;
  // SHA-256 of the content, 64 lower-case hexadecimal digits: the plan's identity.
  const std::string& id() const { return id_; }

  std::string_view text(StringRef ref) const;
  const Meta& meta() const;

  // One accessor a section; the span is valid as long as the plan.
  std::span<const StringRef> string_refs() const;
  std::span<const ServerRecord> servers() const;
  std::span<const KeyValue> key_values() const;
  std::span<const SecretRecord> secrets() const;
  std::span<const TemplatePart> template_parts() const;
  std::span<const Injection> injections() const;
  std::span<const ScopeRecord> scopes() const;
  std::span<const ProviderRecord> providers() const;
  std::span<const WorkspaceRecord> workspaces() const;
  std::span<const GroupRecord> groups() const;
  std::span<const PrincipalRecord> principals() const;
  std::span<const uint32_t> principal_sets() const;
  std::span<const NamespaceRecord> namespaces() const;
  std::span<const AutomatonRecord> automata() const;
  std::span<const uint8_t> byte_maps() const;
  std::span<const uint32_t> transitions() const;
  std::span<const uint32_t> state_classes() const;
  std::span<const ClassRecord> classes() const;
  std::span<const uint32_t> class_sets() const;
  std::span<const PathSetRecord> path_sets() const;
  std::span<const BucketRecord> buckets() const;
  std::span<const EntryRecord> entries() const;
  std::span<const RuleRecord> rules() const;
  std::span<const uint32_t> indexes() const;
  std::span<const ConditionRecord> conditions() const;
  std::span<const ConditionNode> condition_nodes() const;
  std::span<const PathStepRecord> path_steps() const;
  std::span<const LiteralRecord> literals() const;
  std::span<const FileRecord> files() const;

 private:
  Plan() = default;

  std::vector<std::byte> bytes_;
  std::string id_;
};

}  // namespace mcplexer::plan

#endif  // MCPLEXER_RUNTIME_PLAN_PLAN_H_
