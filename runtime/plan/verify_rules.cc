// SPDX-License-Identifier: Apache-2.0
// The tables from a workspace to its rules, and the rules. Buckets and entries are shared out in
// order, so each belongs to exactly one workspace.

#include <tuple>

#include "runtime/plan/verify_checks.h"

namespace mcplexer::plan::verify {
namespace {

// Facts about the elements of kIndexes, for ranges that may overlap.
struct IndexFacts {
  BadCount not_group;
  BadCount not_rising;
  BadCount not_beating;  // not an unconditional allow or approve rule

  explicit IndexFacts(const Tables& t)
      : not_group(t.indexes.size(), [&](size_t i) { return !IsIndex(t.indexes[i], t.groups); }),
        not_rising(t.indexes.size(),
                   [&](size_t i) { return i > 0 && t.indexes[i - 1] >= t.indexes[i]; }),
        not_beating(t.indexes.size(), [&](size_t i) {
          if (!IsIndex(t.indexes[i], t.rules)) return true;
          return !CanBeat(t.rules[t.indexes[i]], t);
        }) {}

  // Runs before the rules are checked.
  static bool CanBeat(const RuleRecord& rule, const Tables& t) {
    if (!IsIndex(rule.outcome, t.outcomes) || !IsIndexOrNone(rule.guard, t.guards)) return false;
    return t.outcome(rule).effect != Effect::kDeny && t.guard(rule).when == kNone;
  }

  bool IsSorted(Range range) const { return not_rising.NoneBehindFirstOf(range); }
};

Fault CheckOutcome(const OutcomeRecord& o, const IndexFacts& facts, const Tables& t) {
  if (!IsText(o.because, t)) return "text out of bounds";
  if (!IsIndexOrNone(o.scope, t.scopes)) return "scope out of bounds";
  if (!IsEnum(o.effect, Effect::kDeny) || !IsEnum(o.kind, CallKind::kPrompt) ||
      !IsEnum(o.log, LogLevel::kError)) {
    return "unknown enumerator";
  }
  if (o.reserved != 0) return "reserved byte is not 0";
  // Credentials for a deny would be ignored; whoever wrote them meant something.
  if (o.effect == Effect::kDeny && o.scope != kNone) return "a deny with a scope";
  if (o.effect == Effect::kApprove && o.quorum == 0) return "an approval by nobody";
  if (!InRange(o.approvers, t.indexes) || !facts.not_group.NoneIn(o.approvers) ||
      !facts.IsSorted(o.approvers)) {
    return "approvers out of bounds or not sorted";
  }
  return nullptr;
}

Fault CheckGuard(const GuardRecord& g, const IndexFacts& facts, const Tables& t) {
  if (!IsIndexOrNone(g.when, t.conditions) || !IsIndexOrNone(g.require, t.conditions)) {
    return "condition out of bounds";
  }
  if (g.when == kNone && g.require == kNone) return "no condition";
  if (!InRange(g.beaten_by, t.indexes) || !facts.not_beating.NoneIn(g.beaten_by) ||
      !facts.IsSorted(g.beaten_by)) {
    return "beaten_by out of bounds, not sorted, or not unconditional";
  }
  if (g.beaten_by.count != 0 && g.when == kNone) return "an unconditional rule is beaten";
  return nullptr;
}

// Outcomes and guards are checked before.
Fault CheckRule(const RuleRecord& r, const Tables& t) {
  if (!IsIndex(r.outcome, t.outcomes)) return "outcome out of bounds";
  if (!IsIndexOrNone(r.guard, t.guards)) return "guard out of bounds";
  if (t.outcome(r).effect != Effect::kDeny) return nullptr;
  // It would be ignored, as credentials would.
  if (t.guard(r).require != kNone) return "a deny with a requirement";
  return t.guard(r).beaten_by.count == 0 ? nullptr : "a deny is beaten";
}

Fault CheckOrigin(const RuleOriginRecord& o, const Tables& t) {
  if (!IsText(o.id, t)) return "text out of bounds";
  if (!IsIndex(o.workspace, t.workspaces)) return "workspace out of bounds";
  return IsIndex(o.file, t.files) ? nullptr : "file out of bounds";
}

// Every rule that a workspace's buckets lead to is a rule of that workspace.
class TableWalk {
 public:
  explicit TableWalk(const Tables& tables)
      : t_(tables), buckets_(t_.buckets), entries_(t_.entries) {}

  Fault Workspace(uint32_t workspace) {
    const Range buckets = t_.workspaces[workspace].buckets;
    if (!buckets_.Next(buckets)) return "workspaces do not share out the buckets in order";
    const BucketRecord* previous = nullptr;
    for (const BucketRecord& bucket : Slice(t_.buckets, buckets)) {
      if (previous != nullptr && std::tie(previous->path_set, previous->principal_set) >=
                                     std::tie(bucket.path_set, bucket.principal_set)) {
        return "a workspace's buckets are not sorted, or not unique";
      }
      previous = &bucket;
      if (const Fault fault = Bucket(bucket, workspace); fault != nullptr) return fault;
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
      if (previous != nullptr &&
          std::tie(previous->name_set, previous->rule) >= std::tie(entry.name_set, entry.rule)) {
        return "a bucket's entries are not sorted, or not unique";
      }
      previous = &entry;
      if (!IsIndex(entry.rule, t_.rules)) return "an entry's rule is out of bounds";
      if (t_.rule_origins[entry.rule].workspace != workspace) {
        return "an entry holds another workspace's rule";
      }
    }
    return nullptr;
  }

  const Tables& t_;
  Partition<BucketRecord> buckets_;
  Partition<EntryRecord> entries_;
};

Fault CheckTables(const Tables& t) {
  // There is always the anonymous principal, so no division by zero.
  if (t.principal_sets.size() % ((t.principals.size() + 31) / 32) != 0) {
    return "principal_sets is not a whole number of sets";
  }
  TableWalk walk(t);
  for (uint32_t w = 0; w < t.workspaces.size(); ++w) {
    if (const Fault fault = walk.Workspace(w); fault != nullptr) return fault;
  }
  return walk.Finish();
}

Status VerifyRuleRecords(const Tables& t, const IndexFacts& facts) {
  const auto outcome = [&](const OutcomeRecord& o) { return CheckOutcome(o, facts, t); };
  if (const Status each = Each("outcomes", t.outcomes, outcome); !each) return each;
  const auto guard = [&](const GuardRecord& g) { return CheckGuard(g, facts, t); };
  if (const Status each = Each("guards", t.guards, guard); !each) return each;
  const auto rule = [&](const RuleRecord& r) { return CheckRule(r, t); };
  if (const Status each = Each("rules", t.rules, rule); !each) return each;
  const auto origin = [&](const RuleOriginRecord& o) { return CheckOrigin(o, t); };
  if (const Status each = Each("rule_origins", t.rule_origins, origin); !each) return each;
  if (t.rule_origins.size() != t.rules.size()) {
    return Fail("plan: rules and rule_origins differ in number");
  }
  return {};
}

}  // namespace

Status VerifyRules(const Tables& t) {
  const IndexFacts facts(t);
  if (const Status records = VerifyRuleRecords(t, facts); !records) return records;
  if (const Fault fault = CheckTables(t); fault != nullptr) {
    return Fail(fmt::format("plan: {}", fault));
  }
  return {};
}

}  // namespace mcplexer::plan::verify
