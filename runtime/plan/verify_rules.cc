// SPDX-License-Identifier: Apache-2.0
// The tables from a path set to rules, and the rules. Path sets, buckets and entries are shared out
// in order, so each belongs to exactly one workspace.

#include <algorithm>

#include "runtime/plan/verify_checks.h"

namespace mcplexer::plan::verify {
namespace {

// Facts about the elements of kIndexes, for ranges that may overlap.
struct IndexFacts {
  BadCount not_rule;
  BadCount not_group;
  BadCount not_rising;
  BadCount not_beating;  // not an unconditional allow or approve rule

  explicit IndexFacts(const Tables& t)
      : not_rule(t.indexes.size(), [&](size_t i) { return !IsIndex(t.indexes[i], t.rules); }),
        not_group(t.indexes.size(), [&](size_t i) { return !IsIndex(t.indexes[i], t.groups); }),
        not_rising(t.indexes.size(),
                   [&](size_t i) { return i > 0 && t.indexes[i - 1] >= t.indexes[i]; }),
        not_beating(t.indexes.size(), [&](size_t i) {
          if (!IsIndex(t.indexes[i], t.rules)) return true;
          const RuleRecord& rule = t.rules[t.indexes[i]];
          return rule.effect == Effect::kDeny || rule.when != kNone;
        }) {}

  bool IsSorted(Range range) const { return not_rising.NoneBehindFirstOf(range); }
};

Fault CheckRuleFields(const RuleRecord& r, const Tables& t) {
  if (!IsText(r.id, t) || !IsText(r.because, t)) return "text out of bounds";
  if (!IsIndex(r.workspace, t.workspaces) || !IsIndexOrNone(r.scope, t.scopes) ||
      !IsIndexOrNone(r.when, t.conditions) || !IsIndexOrNone(r.require, t.conditions) ||
      !IsIndex(r.file, t.files)) {
    return "index out of bounds";
  }
  if (!IsEnum(r.effect, Effect::kDeny) || !IsEnum(r.kind, CallKind::kPrompt) ||
      !IsEnum(r.log, LogLevel::kError)) {
    return "unknown enumerator";
  }
  if (r.reserved != 0) return "reserved byte is not 0";
  if (!InRange(r.approvers, t.indexes) || !InRange(r.beaten_by, t.indexes)) {
    return "range out of bounds";
  }
  return nullptr;
}

Fault CheckRule(const RuleRecord& r, const IndexFacts& facts, const Tables& t) {
  if (const Fault fault = CheckRuleFields(r, t); fault != nullptr) return fault;
  // A guard or credentials on a deny would be ignored; whoever wrote them meant something.
  if (r.effect == Effect::kDeny && (r.require != kNone || r.scope != kNone)) {
    return "a deny with a requirement or a scope";
  }
  if (r.effect == Effect::kApprove && r.quorum == 0) return "an approval by nobody";
  if (!facts.not_group.NoneIn(r.approvers) || !facts.IsSorted(r.approvers)) {
    return "approvers out of bounds or not sorted";
  }
  if (r.beaten_by.count == 0) return nullptr;
  if (r.effect == Effect::kDeny || r.when == kNone) return "a deny or unconditional rule is beaten";
  if (!facts.not_beating.NoneIn(r.beaten_by) || !facts.IsSorted(r.beaten_by)) {
    return "beaten_by out of bounds, not sorted, or not unconditional";
  }
  return nullptr;
}

// Every rule that a workspace's path sets lead to is a rule of that workspace.
class TableWalk {
 public:
  TableWalk(const Tables& tables, const IndexFacts& facts)
      : t_(tables), facts_(facts), buckets_(t_.buckets), entries_(t_.entries) {}

  Fault Workspace(uint32_t workspace) {
    for (const PathSetRecord& set : Slice(t_.path_sets, t_.workspaces[workspace].path_sets)) {
      if (!buckets_.Next(set.buckets)) return "path sets do not share out the buckets in order";
      for (const BucketRecord& bucket : Slice(t_.buckets, set.buckets)) {
        if (const Fault fault = Bucket(bucket, workspace); fault != nullptr) return fault;
      }
    }
    return nullptr;
  }

  Fault Finish() const {
    return buckets_.Full() && entries_.Full() ? nullptr : "a bucket or entry that nothing leads to";
  }

 private:
  Fault Bucket(const BucketRecord& bucket, uint32_t workspace) {
    const size_t words = (t_.principals.size() + 31) / 32;
    if (uint64_t{bucket.principal_set} >= t_.principal_sets.size() / words) {
      return "a bucket's principal set is out of bounds";
    }
    if (!entries_.Next(bucket.entries)) return "buckets do not share out the entries in order";
    const EntryRecord* previous = nullptr;
    for (const EntryRecord& entry : Slice(t_.entries, bucket.entries)) {
      if (previous != nullptr && previous->name_set >= entry.name_set) {
        return "a bucket's entries are not sorted by name set";
      }
      previous = &entry;
      if (const Fault fault = Entry(entry, workspace); fault != nullptr) return fault;
    }
    return nullptr;
  }

  Fault Entry(const EntryRecord& entry, uint32_t workspace) {
    if (!InRange(entry.rules, t_.indexes) || !facts_.not_rule.NoneIn(entry.rules)) {
      return "an entry's rules are out of bounds";
    }
    // Keeps the work here, and the candidates of a decision, below the size of the file.
    rules_seen_ += entry.rules.count;
    if (rules_seen_ > t_.indexes.size()) return "entries share rules";
    for (const uint32_t rule : Slice(t_.indexes, entry.rules)) {
      if (t_.rules[rule].workspace != workspace) return "an entry holds another workspace's rule";
    }
    return nullptr;
  }

  const Tables& t_;
  const IndexFacts& facts_;
  Partition<BucketRecord> buckets_;
  Partition<EntryRecord> entries_;
  uint64_t rules_seen_ = 0;
};

Fault CheckTables(const Tables& t, const IndexFacts& facts) {
  // There is always the anonymous principal, so no division by zero.
  if (t.principal_sets.size() % ((t.principals.size() + 31) / 32) != 0) {
    return "principal_sets is not a whole number of sets";
  }
  TableWalk walk(t, facts);
  for (uint32_t w = 0; w < t.workspaces.size(); ++w) {
    if (const Fault fault = walk.Workspace(w); fault != nullptr) return fault;
  }
  return walk.Finish();
}

}  // namespace

Status VerifyRules(const Tables& t) {
  const IndexFacts facts(t);
  Status rules =
      Each("rules", t.rules, [&](const RuleRecord& r) { return CheckRule(r, facts, t); });
  if (!rules) return rules;
  if (const Fault fault = CheckTables(t, facts); fault != nullptr) {
    return Fail(fmt::format("plan: {}", fault));
  }
  return {};
}

}  // namespace mcplexer::plan::verify
