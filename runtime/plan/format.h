// SPDX-License-Identifier: Apache-2.0
// The bytes of a compiled plan, version 2. docs/plan-format.md is the contract; these structures
// are that page in C++. Little-endian, offset-based, used where it lies: a section is an array of
// one of the records below, and a record refers to others by index. Every index and offset is
// checked once, when the plan is loaded (verify.h), and used unchecked afterwards.
//
// 0xFFFFFFFF (kNone) means "none" wherever an index may be absent. Members have defaults so that a
// record declared without an initialiser is already canonical: reserved bytes zero, nothing named.

#ifndef MCPLEXER_RUNTIME_PLAN_FORMAT_H_
#define MCPLEXER_RUNTIME_PLAN_FORMAT_H_

#include <array>
#include <cstdint>
#include <type_traits>

namespace mcplexer::plan {

inline constexpr std::array<char, 8> kMagic = {'M', 'C', 'P', 'L', 'X', 'P', 'L', 'N'};
inline constexpr uint16_t kMajorVersion = 2;
inline constexpr uint16_t kMinorVersion = 0;
inline constexpr uint32_t kNone = 0xFFFFFFFFu;
inline constexpr uint32_t kSectionAlignment = 64;

using Digest = std::array<uint8_t, 32>;  // SHA-256

// Offset 0. content_digest is SHA-256 over header bytes [0,32), [64,128) and all bytes after the
// header; the signature, when there is one, is Ed25519 over header bytes [0,128).
struct Header {
  std::array<char, 8> magic;
  uint16_t major_version;
  uint16_t minor_version;
  uint32_t header_size;  // sizeof(Header)
  uint64_t file_size;
  uint32_t section_count;
  uint32_t flags;  // 0
  Digest content_digest;
  Digest source_digest;              // of the canonical sources, for people
  std::array<uint8_t, 32> reserved;  // 0
  std::array<uint8_t, 32> signer;    // Ed25519 public key, all 0 when unsigned
  std::array<uint8_t, 64> signature;
  std::array<uint8_t, 32> reserved2;  // 0
};
static_assert(sizeof(Header) == 256);

enum class SectionId : uint32_t {
  kStrings = 1,
  kStringRefs,
  kMeta,
  kServers,
  kKeyValues,
  kSecrets,
  kTemplateParts,
  kInjections,
  kScopes,
  kProviders,
  kWorkspaces,
  kGroups,
  kPrincipals,
  kPrincipalSets,
  kNamespaces,
  kAutomata,
  kByteMaps,
  kNodes,
  kClasses,
  kClassSets,
  kBuckets,
  kEntries,
  kRules,
  kRuleOrigins,
  kOutcomes,
  kGuards,
  kIndexes,
  kConditions,
  kConditionNodes,
  kPathSteps,
  kLiterals,
  kFiles,
  kPins,
};
// Of these a plan has all, and kPins where there are pins.
inline constexpr uint32_t kSectionCount = 32;

// Directly after the header, in order of id; a section may be empty, but not kPins.
struct SectionEntry {
  uint32_t id;
  uint32_t element_size;  // bytes
  uint64_t offset;        // from the start of the file, a multiple of kSectionAlignment
  uint64_t count;         // elements
};
static_assert(sizeof(SectionEntry) == 24);

struct StringRef {  // into kStrings, UTF-8
  uint32_t offset = 0;
  uint32_t size = 0;
};

struct Range {  // of elements of the section that the field's comment names
  uint32_t begin = 0;
  uint32_t count = 0;
};

// kMeta: exactly one.
struct Meta {
  StringRef compiler_version;
  uint32_t default_principal = 0;  // the anonymous one, in kPrincipals
  uint32_t home_bound = 0;      // 1: nesting was computed with `home`, and only that binding loads
  StringRef home;               // the directory given as --home, or empty
  uint32_t max_candidates = 0;  // most rules that one (directory, principal, name) can match
  uint32_t max_probes = 0;      // worst case of table look-ups of one cold decision
  uint32_t max_class_sets = 0;  // longest list of sets of one class
  uint32_t max_depth = 0;       // longest chain of nested workspaces, itself included
};

enum class Transport : uint8_t { kStdio, kHttp };
enum class Restart : uint8_t { kOnFailure, kAlways, kNever };
enum class Start : uint8_t { kLazy, kEager };
enum class Share : uint8_t { kSession, kAll };
enum class Discovery : uint8_t { kDynamic, kStatic };
enum class OnDrift : uint8_t { kBlock, kApprove, kWarn };

struct ServerRecord {  // sorted by name
  StringRef name;
  StringRef name_space;
  Range command;  // kStringRefs
  Range env;      // kKeyValues
  StringRef cwd;  // empty: the session's directory
  StringRef url;  // empty for stdio
  uint32_t idle_timeout_ms = 0;
  uint32_t call_timeout_ms = 0;
  uint32_t instances = 0;
  Transport transport = Transport::kStdio;
  Restart restart = Restart::kOnFailure;
  Start start = Start::kLazy;
  Share share = Share::kSession;
  Discovery discovery = Discovery::kDynamic;
  OnDrift on_drift = OnDrift::kBlock;
  uint8_t required = 0;
  uint8_t pinned = 0;  // 1: kPins has all tools that were agreed to, maybe none; others are new
  Range resource_automata;  // kAutomata, over whole URIs; sets are name sets
};

struct KeyValue {
  StringRef key;
  StringRef value;
};

enum class SecretSource : uint32_t { kEnv, kFile, kSealed, kCommand };

struct SecretRecord {  // sorted by name. Never a value.
  StringRef name;
  SecretSource source = SecretSource::kEnv;
  Range arguments;  // kStringRefs
};

struct TemplatePart {  // a literal, or the value of a secret
  StringRef literal;
  uint32_t secret = kNone;  // kSecrets or kNone
};

struct Injection {  // an environment variable or a header
  StringRef key;
  Range parts;  // kTemplateParts, concatenated
};

enum class ScopeType : uint32_t { kEnv, kHeader, kOauth2 };

struct ScopeRecord {  // sorted by name
  StringRef name;
  ScopeType type = ScopeType::kEnv;
  Range injections;           // kInjections
  Range redact;               // kStringRefs: argument names whose values the audit must not hold
  uint32_t provider = kNone;  // kProviders or kNone
  Range attributes;           // kKeyValues: oauth2's other attributes (scopes, client_id, ...)
};

struct ProviderRecord {  // sorted by name
  StringRef name;
  Range attributes;  // kKeyValues, lists joined by a space
};

struct WorkspaceRecord {  // sorted by name
  StringRef name;
  StringRef root;  // absolute: "/a/b" or "" for `/`; home: what follows `~`, "/work" or ""
  uint8_t root_is_home = 0;
  uint8_t default_allow = 0;
  uint8_t http = 0;
  uint8_t reserved = 0;
  uint32_t parent = kNone;  // the workspace whose root most closely contains this one's, or kNone
  Range tags;               // kKeyValues, sorted by key
  Range path_automata;      // kAutomata, over subpaths of the root; sets are path sets
  Range buckets;            // kBuckets, this workspace's, sorted by path set, then principal set
};

struct GroupRecord {  // sorted by name
  StringRef name;
};

struct PrincipalRecord {  // sorted by name, the anonymous one (empty name) first
  StringRef name;
  uint32_t has_uid = 0;
  uint32_t uid = 0;
  uint32_t token_secret = kNone;  // kSecrets or kNone
  StringRef jwt_issuer;
  StringRef jwt_audience;
  StringRef jwt_subject;
  Range groups;  // kIndexes into kGroups, sorted
};

// kPrincipalSets is a bit matrix of uint32 words, ceil(principals / 32) words a set; bit p of set s
// is word s * words + p / 32, bit p % 32.

struct NamespaceRecord {  // sorted by name, looked up by the bytes before the first `__`
  StringRef name;
  uint32_t server = 0;
  Range tool_automata;    // kAutomata, over what follows `ns__`; sets are name sets
  Range prompt_automata;  // the same for prompts
};

// A deterministic automaton, whose states lie in nodes (below). What leads to a state names the
// first word of its node, counted from the automaton's first. The node at 0 is dead: it holds no
// set and is never left.
struct AutomatonRecord {
  uint32_t byte_map = 0;      // kByteMaps, first of 256
  uint32_t byte_classes = 0;  // 1..256
  uint32_t nodes_begin = 0;   // kNodes, first of words
  uint32_t words = 0;         // 2..kMaxWords
  uint32_t start = 0;         // a node
  uint32_t states = 0;        // that the nodes hold, for people
  Range classes;              // kClasses; class 0 holds no set
};
inline constexpr uint32_t kMaxWords = 1u << 24;

// A node is a chain of states of one class: each but the last goes on to the next for one byte
// class, the last one has any number of edges, and all other bytes lead from any of them to
// `otherwise`. Most of a policy's names are such chains, so this takes a tenth of a table over
// states, and a name is read in few places.
//
// Two words as below; a byte for each state of the chain but the last, filled up to words with
// zeros; the edges, a word each, ascending by byte class.
struct NodeHead {
  uint32_t otherwise_and_edges = 0;  // the node, times 256, plus the number of edges
  uint32_t class_and_chain = 0;      // the class, times 256, plus the number of the chain's bytes

  constexpr uint32_t otherwise() const { return otherwise_and_edges >> 8; }
  constexpr uint32_t edges() const { return otherwise_and_edges & 0xFF; }
  constexpr uint32_t set_class() const { return class_and_chain >> 8; }
  constexpr uint32_t chain() const { return class_and_chain & 0xFF; }
  // Of the node, these two included.
  constexpr uint32_t words() const { return 2 + (chain() + 3) / 4 + edges(); }
};

inline constexpr NodeHead NodeAt(const uint32_t* words) { return {words[0], words[1]}; }
// An edge is the node that it leads to, times 256, plus its byte class.
constexpr uint32_t PackNode(uint32_t high, uint32_t low) { return high << 8 | low; }

struct ClassRecord {  // the sets that hold a string which ends in this class
  Range sets;         // kClassSets, sorted ascending
};

// Rules of one workspace with one path set and one principal set.
struct BucketRecord {
  uint32_t path_set = 0;       // the number that path automata's classes list; compared only
  uint32_t principal_set = 0;  // kPrincipalSets
  Range entries;               // kEntries, sorted by name set, then rule
};

// One rule of a bucket: what a decision finds by its name set is the rule itself.
struct EntryRecord {
  uint32_t name_set = 0;  // the number that name automata's classes list; compared only
  uint32_t rule = 0;      // kRules
};

enum class Effect : uint8_t { kAllow, kApprove, kDeny };
enum class CallKind : uint8_t { kTool, kResource, kPrompt };
enum class LogLevel : uint8_t { kDebug, kInfo, kWarn, kError };

// What a decision reads of a rule. The rest lies apart, or is shared by rules that have it alike:
// so the rules that a decision compares are few cache lines, whatever else is known of them.
struct RuleRecord {
  uint32_t outcome = 0;    // kOutcomes
  uint32_t guard = kNone;  // kGuards or kNone
  int32_t priority = 0;
  // Consulting order among this workspace's allow and approve rules that match one call: ascending.
  // Among its denies: ascending as well.
  uint32_t order = 0;
};

// For people, one a rule, in the rules' order.
struct RuleOriginRecord {
  StringRef id;  // "workspace.name" or "workspace#3"
  uint32_t workspace = 0;
  uint32_t file = 0;  // kFiles
  uint32_t line = 0;
  uint32_t column = 0;
};

// What becomes of a call for which a rule decides.
struct OutcomeRecord {
  Effect effect = Effect::kDeny;
  CallKind kind = CallKind::kTool;
  LogLevel log = LogLevel::kInfo;
  uint8_t reserved = 0;
  uint32_t scope = kNone;  // kScopes or kNone
  StringRef because;
  uint32_t timeout_ms = 0;  // of an approval
  uint32_t quorum = 0;
  Range approvers;  // kIndexes into kGroups; empty: anyone entitled
};

// What a rule's match depends on besides the names: at least one condition.
struct GuardRecord {
  uint32_t when = kNone;     // kConditions or kNone
  uint32_t require = kNone;  // kConditions or kNone
  // Unconditional rules of the same workspace and priority that are strictly narrower: where one of
  // these matches, a rule with this `when` cannot win. kIndexes into kRules, sorted.
  Range beaten_by;
};

struct ConditionRecord {
  Range nodes;  // kConditionNodes, postfix: operands before their operator, the root last
};

enum class NodeKind : uint8_t { kAnd, kOr, kNot, kHas, kCompare };
enum class Op : uint8_t { kEq, kNe, kLt, kLe, kGt, kGe, kIn, kLike, kMatches, kUnder };
enum class Quantifier : uint8_t { kSingle, kAll, kAny };
enum class OperandKind : uint8_t {
  kArgument,
  kSize,
  kSessionClient,
  kSessionModel,
  kPrincipalName,
  kPrincipalGroups,
  kWorkspaceTag,
  kLiteral,
  kList,
};
enum class LiteralType : uint8_t { kString, kNumber, kTrue, kFalse, kNull };

struct OperandRecord {
  OperandKind kind = OperandKind::kArgument;
  LiteralType literal_type = LiteralType::kString;
  uint8_t optional = 0;  // a trailing `?`: missing makes the comparison false
  uint8_t reserved = 0;
  Range steps;     // kPathSteps
  StringRef text;  // tag key; literal text: unescaped string or JSON number; pattern; directory
  Range list;      // kLiterals
  uint32_t automaton =
      kNone;  // kLike: the pattern as an automaton with classes {none, {0}}; else kNone
};

struct ConditionNode {
  NodeKind kind = NodeKind::kAnd;
  Op op = Op::kEq;
  Quantifier quantifier = Quantifier::kSingle;
  uint8_t reserved = 0;
  uint32_t left = 0;  // relative to the condition's first node, less than this node's own number
  uint32_t right = 0;
  OperandRecord lhs;
  OperandRecord rhs;
};

enum class StepKind : uint32_t { kKey, kIndex, kEach };

struct PathStepRecord {
  StepKind kind = StepKind::kKey;
  uint32_t index = 0;
  StringRef key;
};

struct LiteralRecord {
  LiteralType type = LiteralType::kString;
  uint8_t reserved[3] = {};
  StringRef text;
};

struct FileRecord {
  StringRef path;
};

// The definition of a tool as it was agreed to: SHA-256 over its canonical JSON
// (docs/inventory.md).
struct PinRecord {      // sorted by server, then by name
  uint32_t server = 0;  // kServers, one that is pinned
  StringRef name;       // as the server knows it
  Digest digest{};
};

static_assert(sizeof(PinRecord) == 44);
static_assert(sizeof(Meta) == 40 && sizeof(ServerRecord) == 76 && sizeof(WorkspaceRecord) == 48);
static_assert(sizeof(RuleRecord) == 16 && sizeof(RuleOriginRecord) == 24);
static_assert(sizeof(OutcomeRecord) == 32 && sizeof(GuardRecord) == 16);
static_assert(sizeof(BucketRecord) == 16 && sizeof(EntryRecord) == 8);
static_assert(sizeof(NodeHead) == 8 && sizeof(OperandRecord) == 32);
static_assert(sizeof(ConditionNode) == 76 && sizeof(AutomatonRecord) == 32);
static_assert(std::is_trivially_copyable_v<RuleRecord>);

}  // namespace mcplexer::plan

#endif  // MCPLEXER_RUNTIME_PLAN_FORMAT_H_
