// SPDX-License-Identifier: Apache-2.0
// One broken record at a time: what the verifier must refuse behind a digest that is right.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "runtime/plan/plan.h"
#include "tests/unit/plan/sample_plan.h"

namespace mcplexer::plan {
namespace {

using Sections = emit::PlanSections;
using ::testing::HasSubstr;

struct Case {
  const char* name;
  std::function<void(Sections&)> damage;
  const char* reason;  // part of it
};

class Records : public ::testing::TestWithParam<Case> {};

TEST_P(Records, AreRefused) {
  Sections sections = testing::SampleSections();
  GetParam().damage(sections);
  const Result<Plan> plan = Plan::Load(emit::Serialize(sections, Digest{}));
  ASSERT_FALSE(plan.has_value());
  EXPECT_THAT(plan.error().message, HasSubstr(GetParam().reason));
  EXPECT_EQ(plan.error().message.find('\n'), std::string::npos);
}

constexpr StringRef kFar = {0xFFFFFFF0u, 0x20};
constexpr Range kFarRange = {0xFFFFFFF0u, 0x20};

ConditionNode& NodeWith(Sections& s, Op op) {
  for (ConditionNode& n : s.condition_nodes) {
    if (n.kind == NodeKind::kCompare && n.op == op) return n;
  }
  ADD_FAILURE() << "the sample has no such node";
  return s.condition_nodes.front();
}

AutomatonRecord& Widest(Sections& s) {
  return *std::max_element(s.automata.begin(), s.automata.end(),
                           [](const auto& a, const auto& b) { return a.words < b.words; });
}

// The first node of the widest automaton that has a chain of so many bytes and so many edges, or
// more.
uint32_t* NodeWith(Sections& s, uint32_t chain, uint32_t edges) {
  uint32_t* const words = &s.nodes[Widest(s).nodes_begin];
  for (uint32_t at = 0; at < Widest(s).words; at += NodeAt(words + at).words()) {
    const NodeHead node = NodeAt(words + at);
    if (node.chain() >= chain && node.edges() >= edges) return words + at;
  }
  ADD_FAILURE() << "no node with a chain of " << chain << " and " << edges << " edges";
  return words;
}

uint32_t* FirstEdge(Sections& s, uint32_t edges) {
  uint32_t* const node = NodeWith(s, 0, edges);
  return node + NodeAt(node).words() - NodeAt(node).edges();
}

template <typename T>
void DropLast(std::vector<T>& v) {
  v.pop_back();
}

const Case kCases[] = {
    {"StringsNotUtf8", [](Sections& s) { s.strings += '\xC3'; }, "not UTF-8"},
    {"StringCutsACharacter",
     [](Sections& s) {
       s.files[0].path = s.Intern("\u00e9");
       --s.files[0].path.size;
     },
     "text out of bounds"},
    {"StringOverflows", [](Sections& s) { s.files[0].path = kFar; }, "files[0]: text"},
    {"StringRefOutOfBounds", [](Sections& s) { s.string_refs[0] = kFar; }, "string_refs[0]"},
    {"NoMeta", [](Sections& s) { s.meta.clear(); }, "exactly one meta"},
    {"TwoMetas", [](Sections& s) { s.meta.push_back(s.meta[0]); }, "exactly one meta"},
    {"DefaultPrincipal", [](Sections& s) { s.meta[0].default_principal = 1; }, "anonymous"},
    {"HomeBoundWithoutHome", [](Sections& s) { s.meta[0].home_bound = 1; }, "without a home"},
    {"ServersNotSorted", [](Sections& s) { std::swap(s.servers[0].name, s.servers[1].name); },
     "not sorted"},
    {"ServersNotUnique", [](Sections& s) { s.servers[0].name = s.servers[1].name; }, "not unique"},
    {"ServerEnum", [](Sections& s) { s.servers[0].restart = static_cast<Restart>(9); },
     "servers[0]: unknown enumerator"},
    {"ServerPinned", [](Sections& s) { s.servers[1].pinned = 2; }, "servers[1]"},
    {"PinServer", [](Sections& s) { s.pins[2].server = 2; }, "server out of bounds"},
    {"PinOfUnpinned", [](Sections& s) { s.servers[1].pinned = 0; }, "not pinned"},
    {"PinText", [](Sections& s) { s.pins[0].name = kFar; }, "no name"},
    {"PinWithoutName", [](Sections& s) { s.pins[0].name = {}; }, "no name"},
    {"PinTwice", [](Sections& s) { s.pins[1].name = s.pins[0].name; }, "not sorted, or not unique"},
    {"PinsNotSorted", [](Sections& s) { std::swap(s.pins[0], s.pins[2]); }, "not sorted"},
    {"ServerCommandRange", [](Sections& s) { s.servers[0].command = kFarRange; }, "range"},
    {"ServerTransport", [](Sections& s) { s.servers[0].transport = Transport::kHttp; },
     "does not fit"},
    {"NamespaceServer", [](Sections& s) { s.namespaces[0].server = 2; }, "server out of bounds"},
    {"NamespaceOfOther", [](Sections& s) { s.namespaces[0].server = 1; }, "not its server's"},
    {"NamespaceWithSeparator",
     [](Sections& s) { s.namespaces[1].name = s.servers[1].name_space = s.Intern("l__n"); },
     "malformed"},
    {"NamespaceEmptyBesideOthers",
     [](Sections& s) { s.namespaces[0].name = s.servers[0].name_space = {}; }, "empty name"},
    {"NamespaceMissing", [](Sections& s) { DropLast(s.namespaces); }, "differ in number"},
    {"NamespaceAutomata", [](Sections& s) { s.namespaces[0].tool_automata = kFarRange; },
     "automata out of bounds"},
    {"SecretWithoutArguments", [](Sections& s) { s.secrets[0].arguments.count = 0; },
     "no arguments"},
    {"TemplateSecret", [](Sections& s) { s.template_parts[1].secret = 1; }, "secret out of"},
    {"InjectionParts", [](Sections& s) { s.injections[0].parts.count = 3; }, "parts out of"},
    {"ScopeProvider", [](Sections& s) { s.scopes[0].provider = 1; }, "provider out of"},
    {"PrincipalNotAnonymous", [](Sections& s) { s.principals[0].name = s.Intern("aaa"); },
     "no anonymous"},
    {"PrincipalGroups", [](Sections& s) { s.indexes[s.principals[1].groups.begin + 1] = 2; },
     "groups are out of"},
    {"PrincipalGroupsNotSorted", [](Sections& s) { s.indexes[s.principals[1].groups.begin] = 1; },
     "groups are out of"},
    {"WorkspaceParentItself", [](Sections& s) { s.workspaces[0].parent = 0; }, "circle"},
    {"WorkspaceParentsInACircle",
     [](Sections& s) {
       s.workspaces[0].parent = 1;
       s.workspaces[1].parent = 0;
     },
     "circle"},
    {"WorkspaceParentsInACircleThatClaimsDepthZero",
     [](Sections& s) {
       s.workspaces[0].parent = 1;
       s.workspaces[1].parent = 0;
       s.meta[0].max_depth = 0;
     },
     "circle"},
    {"WorkspaceParentOutOfBounds", [](Sections& s) { s.workspaces[0].parent = 3; }, "parent out"},
    {"WorkspaceDepth", [](Sections& s) { s.meta[0].max_depth = 1; }, "max_depth"},
    {"WorkspaceRootNotNormal", [](Sections& s) { s.workspaces[2].root = s.Intern("/srv/../etc"); },
     "normal form"},
    {"WorkspaceRootTrailingSlash", [](Sections& s) { s.workspaces[2].root = s.Intern("/srv/"); },
     "normal form"},
    {"WorkspaceRootRelative", [](Sections& s) { s.workspaces[2].root = s.Intern("srv"); },
     "normal form"},
    {"WorkspaceFlag", [](Sections& s) { s.workspaces[2].http = 2; }, "flag"},
    {"WorkspaceBucketsOverlap", [](Sections& s) { s.workspaces[1].buckets.begin = 0; },
     "workspaces do not share out the buckets"},
    {"WorkspaceTagsNotSorted",
     [](Sections& s) {
       const uint32_t first = s.workspaces[0].tags.begin;
       std::swap(s.key_values[first], s.key_values[first + 1]);
     },
     "tags are not sorted"},
    {"AutomatonByteMapRange", [](Sections& s) { s.automata.back().byte_map += 1; }, "byte map out"},
    {"AutomatonByteMapValue", [](Sections& s) { s.byte_maps[5] = 255; }, "leads out of the byte"},
    {"AutomatonNoByteClasses", [](Sections& s) { s.automata[0].byte_classes = 0; }, "1..256"},
    {"AutomatonTooManyByteClasses", [](Sections& s) { s.automata[0].byte_classes = 257; },
     "1..256"},
    {"AutomatonNoNodes", [](Sections& s) { s.automata[0].words = 0; }, "plan: "},
    {"AutomatonStartBehindItsNodes", [](Sections& s) { s.automata[0].start = s.automata[0].words; },
     "start is none of its nodes"},
    {"AutomatonStartInANode", [](Sections& s) { s.automata[0].start += 1; },
     "start is none of its nodes"},
    {"AutomatonOtherNumberOfStates", [](Sections& s) { s.automata[0].states += 1; },
     "another number of states"},
    {"AutomatonHuge", [](Sections& s) { s.automata[0].words = kMaxWords + 1; }, "more words"},
    {"AutomatonNodes", [](Sections& s) { s.automata.back().nodes_begin += 1; },
     "nodes out of bounds"},
    {"NodeOtherwise",
     [](Sections& s) {
       uint32_t* const node = NodeWith(s, 0, 1);
       node[0] = PackNode(Widest(s).words, NodeAt(node).edges());
     },
     "leads to one that does not exist"},
    {"NodeOtherwiseInANode",
     [](Sections& s) {
       uint32_t* const node = NodeWith(s, 0, 1);
       node[0] = PackNode(1, NodeAt(node).edges());
     },
     "leads to one that does not exist"},
    {"NodeClass",
     [](Sections& s) {
       uint32_t* const node = NodeWith(s, 0, 1);
       node[1] = PackNode(Widest(s).classes.count, NodeAt(node).chain());
     },
     "of a class that does not exist"},
    {"NodeCutOff",
     [](Sections& s) {
       // The last one of the last automaton.
       const AutomatonRecord& last = *std::max_element(
           s.automata.begin(), s.automata.end(),
           [](const auto& a, const auto& b) { return a.nodes_begin < b.nodes_begin; });
       uint32_t* const words = &s.nodes[last.nodes_begin];
       uint32_t at = 0;
       while (at + NodeAt(words + at).words() < last.words) at += NodeAt(words + at).words();
       words[at] |= 0xFF;
     },
     "cut off"},
    {"NodeOfOneWord",
     [](Sections& s) {
       s.nodes.push_back(0);
       AutomatonRecord* last = &s.automata[0];
       for (AutomatonRecord& a : s.automata) {
         if (a.nodes_begin > last->nodes_begin) last = &a;
       }
       ++last->words;
     },
     "cut off"},
    {"ChainByteClass", [](Sections& s) { NodeWith(s, 1, 0)[2] |= 0xFF; },
     "chain is of byte classes"},
    {"ChainNotFilledUpWithZeros",
     [](Sections& s) {
       uint32_t* node = NodeWith(s, 1, 0);
       while (NodeAt(node).chain() % 4 == 0) node += NodeAt(node).words();
       node[2 + NodeAt(node).chain() / 4] |= 1u << 24;
     },
     "filled up with zeros"},
    {"EdgeTarget",
     [](Sections& s) { *FirstEdge(s, 1) = PackNode(Widest(s).words, *FirstEdge(s, 1) & 0xFF); },
     "leads to one that does not exist"},
    {"EdgeTargetInANode",
     [](Sections& s) { *FirstEdge(s, 1) = PackNode(3, *FirstEdge(s, 1) & 0xFF); },
     "leads to one that does not exist"},
    {"EdgeByteClass",
     [](Sections& s) {
       *FirstEdge(s, 1) = PackNode(*FirstEdge(s, 1) >> 8, Widest(s).byte_classes);
     },
     "byte classes that do not exist"},
    {"EdgesNotSorted", [](Sections& s) { std::swap(FirstEdge(s, 2)[0], FirstEdge(s, 2)[1]); },
     "edges are not sorted"},
    {"EdgesTwice", [](Sections& s) { FirstEdge(s, 2)[1] = FirstEdge(s, 2)[0]; },
     "edges are not sorted"},
    {"WordsUnowned", [](Sections& s) { s.nodes.insert(s.nodes.end(), 2, 0); },
     "belong to no automaton"},
    {"AutomatonDeadStateLeaves",
     [](Sections& s) { s.nodes[Widest(s).nodes_begin] = PackNode(2, 0); }, "dead state leads"},
    {"AutomatonDeadStateAccepts",
     [](Sections& s) { s.nodes[Widest(s).nodes_begin + 1] = PackNode(1, 0); }, "dead state leads"},
    {"AutomataShareNodesPartly",
     [](Sections& s) {
       const uint32_t wide = Widest(s).nodes_begin;
       AutomatonRecord& other = s.automata[s.automata[0].nodes_begin == wide ? 1 : 0];
       other.nodes_begin = wide + 1;
     },
     "share parts of a table"},
    {"AutomatonNoClasses", [](Sections& s) { s.automata[0].classes.count = 0; }, "no classes"},
    {"AutomatonClassZero",
     [](Sections& s) { s.classes[s.automata[0].classes.begin].sets = {0, 1}; }, "class 0"},
    {"AutomataShareATablePartly",
     [](Sections& s) {
       s.automata[1].classes.begin = s.automata[0].classes.begin;
       s.automata[1].classes.count = s.automata[0].classes.count + 1;
     },
     "share"},
    {"ClassSetsRange", [](Sections& s) { s.classes[1].sets = kFarRange; }, "sets out of bounds"},
    {"ClassSetsNotSorted",
     [](Sections& s) {
       for (const ClassRecord& c : s.classes) {
         if (c.sets.count > 1)
           std::swap(s.class_sets[c.sets.begin], s.class_sets[c.sets.begin + 1]);
         if (c.sets.count > 1) return;
       }
       ADD_FAILURE() << "no class with two sets";
     },
     "sets are not sorted"},
    {"BucketUnowned", [](Sections& s) { s.buckets.push_back({}); }, "nothing leads to"},
    {"BucketsNotSorted",
     [](Sections& s) { std::swap(s.buckets[0].path_set, s.buckets[1].path_set); },
     "buckets are not sorted"},
    {"BucketTwice",
     [](Sections& s) {
       s.buckets[1].path_set = s.buckets[0].path_set;
       s.buckets[1].principal_set = s.buckets[0].principal_set;
     },
     "buckets are not sorted, or not unique"},
    {"BucketPrincipalSet", [](Sections& s) { s.buckets[0].principal_set = 99; }, "principal set"},
    {"BucketEntries", [](Sections& s) { ++s.buckets[0].entries.count; }, "entries"},
    {"EntriesNotSorted",
     [](Sections& s) {
       for (const BucketRecord& b : s.buckets) {
         if (b.entries.count < 2) continue;
         std::swap(s.entries[b.entries.begin], s.entries[b.entries.begin + 1]);
         return;
       }
       ADD_FAILURE() << "no bucket with two entries";
     },
     "entries are not sorted"},
    {"EntryTwice",
     [](Sections& s) {
       for (const BucketRecord& b : s.buckets) {
         if (b.entries.count < 2) continue;
         s.entries[b.entries.begin + 1] = s.entries[b.entries.begin];
         return;
       }
       ADD_FAILURE() << "no bucket with two entries";
     },
     "entries are not sorted, or not unique"},
    {"EntryRule", [](Sections& s) { s.entries[0].rule = 6; }, "entry's rule"},
    {"EntryOfOtherWorkspace", [](Sections& s) { s.rule_origins[0].workspace = 0; },
     "another workspace's rule"},
    {"PrincipalSetsRagged",
     [](Sections& s) {
       for (int i = 0; i < 40; ++i) {
         PrincipalRecord extra;
         extra.name = s.Intern("z" + std::string(static_cast<size_t>(i), 'z'));
         s.principals.push_back(extra);
       }
       s.principal_sets.resize(s.principal_sets.size() * 2 + 1);
     },
     "whole number of sets"},
    {"RuleOutcome", [](Sections& s) { s.rules[0].outcome = 6; }, "rules[0]: outcome"},
    {"RuleGuard", [](Sections& s) { s.rules[0].guard = 3; }, "rules[0]: guard"},
    {"RuleDenyWithRequire", [](Sections& s) { s.guards[2].require = 0; }, "a deny with"},
    {"RuleDenyBeaten", [](Sections& s) { s.guards[2].beaten_by = s.guards[1].beaten_by; },
     "a deny is beaten"},
    {"RuleWithoutOrigin", [](Sections& s) { DropLast(s.rule_origins); }, "differ in number"},
    {"OriginText", [](Sections& s) { s.rule_origins[0].id = kFar; }, "rule_origins[0]: text"},
    {"OriginWorkspace", [](Sections& s) { s.rule_origins[0].workspace = 3; },
     "rule_origins[0]: workspace"},
    {"OriginFile", [](Sections& s) { s.rule_origins[0].file = 1; }, "rule_origins[0]: file"},
    {"OutcomeText", [](Sections& s) { s.outcomes[1].because = kFar; }, "outcomes[1]: text"},
    {"OutcomeScope", [](Sections& s) { s.outcomes[1].scope = 2; }, "outcomes[1]: scope"},
    {"OutcomeEffect", [](Sections& s) { s.outcomes[0].effect = static_cast<Effect>(3); },
     "outcomes[0]: unknown enumerator"},
    {"OutcomeKind", [](Sections& s) { s.outcomes[0].kind = static_cast<CallKind>(3); },
     "enumerator"},
    {"OutcomeLog", [](Sections& s) { s.outcomes[0].log = static_cast<LogLevel>(4); }, "enumerator"},
    {"OutcomeReserved", [](Sections& s) { s.outcomes[0].reserved = 1; }, "reserved"},
    {"OutcomeDenyWithScope", [](Sections& s) { s.outcomes[3].scope = 0; }, "a deny with"},
    {"OutcomeApprovalByNobody", [](Sections& s) { s.outcomes[1].quorum = 0; }, "by nobody"},
    {"OutcomeApprovers", [](Sections& s) { s.indexes.back() = 2; }, "approvers"},
    {"OutcomeApproversRange", [](Sections& s) { s.outcomes[1].approvers = kFarRange; },
     "approvers"},
    {"GuardWhen", [](Sections& s) { s.guards[1].when = 3; }, "guards[1]: condition"},
    {"GuardRequire", [](Sections& s) { s.guards[0].require = 3; }, "guards[0]: condition"},
    {"GuardOfNothing", [](Sections& s) { s.guards[0].require = kNone; }, "guards[0]: no condition"},
    {"GuardBeatenByConditional", [](Sections& s) { s.indexes[s.guards[1].beaten_by.begin] = 3; },
     "beaten_by"},
    {"GuardBeatenRange", [](Sections& s) { s.guards[1].beaten_by = kFarRange; }, "beaten_by"},
    {"GuardUnconditionalBeaten", [](Sections& s) { s.guards[0].beaten_by = s.guards[1].beaten_by; },
     "unconditional rule is"},
    {"ConditionEmpty",
     [](Sections& s) {
       s.conditions.push_back({{static_cast<uint32_t>(s.condition_nodes.size()), 0}});
     },
     "no nodes"},
    {"ConditionsOverlap", [](Sections& s) { s.conditions[1].nodes.begin = 0; }, "share out"},
    {"ConditionNodeUnowned", [](Sections& s) { s.condition_nodes.push_back({}); }, "no condition"},
    {"ConditionTwoRoots",
     [](Sections& s) {
       const Range last = s.conditions.back().nodes;
       s.condition_nodes[last.begin + last.count - 1] = s.condition_nodes[last.begin];
     },
     "more than one root"},
    {"ConditionOperandLater",
     [](Sections& s) {
       const Range last = s.conditions.back().nodes;
       s.condition_nodes[last.begin + last.count - 1].right = last.count - 1;
     },
     "postfix"},
    {"ConditionOperandsSwapped",
     [](Sections& s) {
       ConditionNode& root = s.condition_nodes.back();
       std::swap(root.left, root.right);
     },
     "postfix"},
    {"ConditionOperandMissing",
     [](Sections& s) {
       const Range last = s.conditions.back().nodes;
       s.condition_nodes[last.begin] = s.condition_nodes[last.begin + last.count - 1];
     },
     "postfix"},
    {"ConditionLeafWithOperands", [](Sections& s) { NodeWith(s, Op::kUnder).left = 1; }, "leaf"},
    {"ConditionNodeKind", [](Sections& s) { s.condition_nodes[0].kind = static_cast<NodeKind>(5); },
     "enumerator"},
    {"ConditionOp", [](Sections& s) { s.condition_nodes[0].op = static_cast<Op>(10); },
     "enumerator"},
    {"ConditionReserved", [](Sections& s) { s.condition_nodes[0].reserved = 1; }, "reserved"},
    {"ConditionLikeWithoutAutomaton",
     [](Sections& s) { NodeWith(s, Op::kLike).rhs.automaton = kNone; }, "like"},
    {"ConditionLikeAutomatonOutOfBounds",
     [](Sections& s) { NodeWith(s, Op::kLike).rhs.automaton = 99; }, "like"},
    {"ConditionLikeWithPathAutomaton",
     [](Sections& s) {
       NodeWith(s, Op::kLike).rhs.automaton = s.namespaces[0].tool_automata.begin;
     },
     "like"},
    {"ConditionUnderNumber",
     [](Sections& s) { NodeWith(s, Op::kUnder).rhs.literal_type = LiteralType::kNumber; },
     "not a literal string"},
    {"ConditionInLiteral", [](Sections& s) { NodeWith(s, Op::kEq).op = Op::kIn; },
     "a literal right of"},
    {"ConditionListElsewhere", [](Sections& s) { NodeWith(s, Op::kIn).op = Op::kEq; }, "a list"},
    {"ConditionQuantifierWithoutEach",
     [](Sections& s) { NodeWith(s, Op::kUnder).quantifier = Quantifier::kAny; }, "quantifier"},
    {"ConditionEachWithoutQuantifier",
     [](Sections& s) { NodeWith(s, Op::kMatches).quantifier = Quantifier::kSingle; }, "quantifier"},
    {"ConditionNoSteps", [](Sections& s) { NodeWith(s, Op::kUnder).lhs.steps.count = 0; }, "lacks"},
    {"ConditionSteps", [](Sections& s) { NodeWith(s, Op::kUnder).lhs.steps = kFarRange; },
     "operand out of bounds"},
    {"ConditionList", [](Sections& s) { NodeWith(s, Op::kIn).rhs.list = kFarRange; },
     "operand out of bounds"},
    {"ConditionOptionalLiteral", [](Sections& s) { NodeWith(s, Op::kUnder).rhs.optional = 1; },
     "does not have"},
    {"StepKind", [](Sections& s) { s.path_steps[0].kind = static_cast<StepKind>(3); },
     "path_steps"},
    {"StepKeyWithIndex", [](Sections& s) { s.path_steps[0].index = 1; }, "path_steps[0]"},
    {"LiteralType", [](Sections& s) { s.literals[0].type = static_cast<LiteralType>(5); },
     "literals[0]"},
    {"LiteralReserved", [](Sections& s) { s.literals[1].reserved[2] = 1; }, "literals[1]"},
    {"LiteralNullWithText", [](Sections& s) { s.literals[0].type = LiteralType::kNull; },
     "literals[0]"},
};

INSTANTIATE_TEST_SUITE_P(Broken, Records, ::testing::ValuesIn(kCases),
                         [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace mcplexer::plan
