// SPDX-License-Identifier: Apache-2.0
// Conditions, one small case a line: condition, arguments, truth value.

#include <gtest/gtest.h>

#include "runtime/decide/evaluator.h"
#include "runtime/decide/tri.h"
#include "tests/unit/decide/decide_fixture.h"

namespace mcplexer::decide {
namespace {

constexpr char kT = 't';
constexpr char kF = 'f';
constexpr char kU = 'u';

struct World {
  std::string principal;
  std::string client;
  std::string model;
  std::string directory = "/work/w";
};

// The value of a condition, told apart by three rules that would decide differently: an allow goes
// through when it is true; a deny on it says whether it is false or unknown.
char Value(const Condition& condition, std::string_view arguments, const World& world = {}) {
  PlanBuilder b;
  b.Server("s").Principal("alice", {"eng", "ops"}).Principal("bob");
  b.Workspace("out", "/", false, {{"tier", "outer"}});
  b.Workspace("w", "/work/w", false, {{"empty", ""}, {"team", "core"}});
  b.Rule({.id = "a", .workspace = "w", .names = {"s__a"}, .when = condition});
  b.Rule(
      {.id = "d", .workspace = "w", .effect = Effect::kDeny, .names = {"s__d"}, .when = condition});
  TestClient client(MakeEngine(b), world.directory, world.principal, world.client, world.model);
  const std::string allow = client.Tool("s__a", arguments);
  const std::string deny = client.Tool("s__d", arguments);
  if (allow == "allow rule a s" && deny == "deny rule d s") return kT;
  if (allow == "deny default s" && deny == "deny default s") return kF;
  if (allow == "deny default s?" && deny == "deny rule d s?") return kU;
  ADD_FAILURE() << allow << " / " << deny;
  return '!';
}

TEST(Kleene, TruthTables) {
  const Tri values[] = {Tri::kFalse, Tri::kUnknown, Tri::kTrue};
  const char* const and_table[] = {"fff", "fuu", "fut"};
  const char* const or_table[] = {"fut", "uut", "ttt"};
  const auto show = [](Tri t) { return "fut"[static_cast<size_t>(t)]; };
  for (size_t i = 0; i < 3; ++i) {
    for (size_t j = 0; j < 3; ++j) {
      EXPECT_EQ(show(decide::And(values[i], values[j])), and_table[i][j]);
      EXPECT_EQ(show(decide::Or(values[i], values[j])), or_table[i][j]);
    }
    EXPECT_EQ(show(decide::Not(values[i])), "tuf"[i]);
  }
}

TEST(Kleene, OperatorsOfConditions) {
  const std::string_view arguments = R"({"x":"a"})";
  const auto leaf = [](char value) {
    if (value == kU) return Compare(Arg("missing"), Op::kEq, Str("a"));
    return Compare(Arg("x"), Op::kEq, Str(value == kT ? "a" : "b"));
  };
  const std::string order = "fut";
  const char* const and_table[] = {"fff", "fuu", "fut"};
  const char* const or_table[] = {"fut", "uut", "ttt"};
  for (size_t i = 0; i < 3; ++i) {
    for (size_t j = 0; j < 3; ++j) {
      const Condition a = leaf(order[i]);
      const Condition b = leaf(order[j]);
      EXPECT_EQ(Value(plan::testing::And(a, b), arguments), and_table[i][j]) << i << j;
      EXPECT_EQ(Value(plan::testing::Or(a, b), arguments), or_table[i][j]) << i << j;
      // (a or b) and not (a and b)
      const auto both =
          plan::testing::And(plan::testing::Or(a, b), plan::testing::Not(plan::testing::And(a, b)));
      const char* const xor_table[] = {"fut", "uuu", "tuf"};
      EXPECT_EQ(Value(both, arguments), xor_table[i][j]) << i << j;
    }
    EXPECT_EQ(Value(plan::testing::Not(leaf(order[i])), arguments), "tuf"[i]);
  }
}

struct Case {
  const char* what;
  Condition condition;
  const char* arguments;
  char want;
};

void Check(const std::vector<Case>& cases, const World& world = {}) {
  for (const Case& c : cases) {
    EXPECT_EQ(Value(c.condition, c.arguments, world), c.want) << c.what << " with " << c.arguments;
  }
}

Condition X(Op op, Operand rhs) { return Compare(Arg("x"), op, std::move(rhs)); }

TEST(Comparison, Equality) {
  Check({
      {"string", X(Op::kEq, Str("a")), R"({"x":"a"})", kT},
      {"string", X(Op::kEq, Str("a")), R"({"x":"A"})", kF},
      {"escaped", X(Op::kEq, Str("a\n\u00e9")), R"({"x":"\u0061\n\u00e9"})", kT},
      {"escaped key", X(Op::kEq, Str("a")), R"({"\u0078":"a"})", kT},
      {"empty", X(Op::kEq, Str("")), R"({"x":""})", kT},
      {"string, number", X(Op::kEq, Str("1")), R"({"x":1})", kU},
      {"number, string", X(Op::kEq, Num("1")), R"({"x":"1"})", kU},
      {"ne of types", X(Op::kNe, Str("1")), R"({"x":1})", kU},
      {"ne", X(Op::kNe, Str("a")), R"({"x":"b"})", kT},
      {"ne same", X(Op::kNe, Str("a")), R"({"x":"a"})", kF},
      {"bool", X(Op::kEq, True()), R"({"x":true})", kT},
      {"bool", X(Op::kEq, True()), R"({"x":false})", kF},
      {"bool, string", X(Op::kEq, True()), R"({"x":"true"})", kU},
      {"bool, number", X(Op::kEq, False()), R"({"x":0})", kU},
      {"null", X(Op::kEq, Null()), R"({"x":null})", kT},
      {"null, string", X(Op::kEq, Null()), R"({"x":""})", kU},
      {"not null, string", X(Op::kNe, Null()), R"({"x":"a"})", kU},
      {"missing, null", X(Op::kEq, Null()), R"({})", kU},
      {"array", X(Op::kEq, Str("a")), R"({"x":["a"]})", kU},
      {"arrays", X(Op::kEq, Arg("y")), R"({"x":[1],"y":[1]})", kU},
      {"object", X(Op::kNe, Str("a")), R"({"x":{}})", kU},
      {"two arguments", X(Op::kEq, Arg("y")), R"({"x":"\u0061","y":"a"})", kT},
      {"reversed", Compare(Str("a"), Op::kEq, Arg("x")), R"({"x":"a"})", kT},
      {"missing", X(Op::kEq, Str("a")), R"({"y":"a"})", kU},
      {"missing on the right", X(Op::kEq, Arg("y")), R"({"x":"a"})", kU},
      {"not an object", X(Op::kEq, Str("a")), R"(["x"])", kU},
      {"no arguments", X(Op::kEq, Str("a")), "", kU},
  });
}

TEST(Comparison, NumbersAreExactAtAnySize) {
  Check({
      {"spelling", X(Op::kEq, Num("1")), R"({"x":1.0})", kT},
      {"exponent", X(Op::kEq, Num("100")), R"({"x":1e2})", kT},
      {"negative zero", X(Op::kEq, Num("0")), R"({"x":-0})", kT},
      {"2^64", X(Op::kEq, Num("18446744073709551616")), R"({"x":18446744073709551617})", kF},
      {"2^64", X(Op::kLt, Num("18446744073709551617")), R"({"x":18446744073709551616})", kT},
      {"2^53", X(Op::kEq, Num("9007199254740993")), R"({"x":9007199254740992})", kF},
      {"small fraction", X(Op::kGt, Num("0.1")), R"({"x":0.10000000000000000000001})", kT},
      {"le", X(Op::kLe, Num("3")), R"({"x":3})", kT},
      {"ge", X(Op::kGe, Num("3")), R"({"x":2.999})", kF},
      {"lt equal", X(Op::kLt, Num("3")), R"({"x":3})", kF},
      {"gt equal", X(Op::kGt, Num("3")), R"({"x":3.0})", kF},
      {"negative", X(Op::kLt, Num("-2")), R"({"x":-10})", kT},
      {"huge exponent", X(Op::kLt, Num("1")), R"({"x":1e99999999999})", kU},
      {"strings have no order", X(Op::kLt, Str("b")), R"({"x":"a"})", kU},
      {"bools have no order", X(Op::kLt, True()), R"({"x":false})", kU},
  });
}

TEST(Comparison, PathsOfArguments) {
  const char* nested = R"({"a":{"b":[{"c":"v"},7]}})";
  const auto at = [](std::string path) { return Compare(Arg(std::move(path)), Op::kEq, Str("v")); };
  Check({
      {"nested", at("a.b[0].c"), nested, kT},
      {"index out of range", at("a.b[2].c"), nested, kU},
      {"index of object", at("a[0]"), nested, kU},
      {"key of array", at("a.b.c"), nested, kU},
      {"key of number", at("a.b[1].c"), nested, kU},
  });
}

TEST(Comparison, Has) {
  Check({
      {"there", Has("x"), R"({"x":null})", kT},
      {"not there", Has("x"), R"({"y":1})", kF},
      {"nested", Has("x.y[1]"), R"({"x":{"y":[1,2]}})", kT},
      {"too short", Has("x.y[2]"), R"({"x":{"y":[1,2]}})", kF},
      {"through a string", Has("x.y"), R"({"x":"y"})", kF},
      {"arguments not an object", Has("x"), R"([1])", kF},
      {"no arguments", Has("x"), "", kF},
  });
}

TEST(Comparison, Optional) {
  const auto optional = [](Op op, Operand rhs) { return Compare(OptionalArg("x"), op, rhs); };
  Operand optional_size = Size("x");
  optional_size.optional = true;
  Check({
      {"missing", optional(Op::kEq, Str("a")), R"({})", kF},
      {"missing ne", optional(Op::kNe, Str("a")), R"({})", kF},
      {"there", optional(Op::kEq, Str("a")), R"({"x":"a"})", kT},
      {"wrong type", optional(Op::kEq, Str("a")), R"({"x":1})", kU},
      {"missing right, unknown left", Compare(Arg("y"), Op::kEq, OptionalArg("x")), R"({})", kF},
      {"missing left, unknown right", optional(Op::kEq, Arg("y")), R"({})", kF},
      {"missing in", optional(Op::kIn, List({Str("a")})), R"({})", kF},
      {"missing size", Compare(optional_size, Op::kEq, Num("0")), R"({})", kF},
      {"size of a number", Compare(optional_size, Op::kEq, Num("0")), R"({"x":3})", kU},
      {"negated", plan::testing::Not(optional(Op::kEq, Str("a"))), R"({})", kT},
  });
}

TEST(Comparison, SizeOf) {
  const auto size = [](Op op, std::string n) { return Compare(Size("x"), op, Num(std::move(n))); };
  Check({
      {"code points", size(Op::kEq, "3"), "{\"x\":\"a\u00e9\U0001F600\"}", kT},
      {"escapes", size(Op::kEq, "2"), R"({"x":"\ud83d\ude00\n"})", kT},
      {"array", size(Op::kEq, "2"), R"({"x":[[1,2,3],4]})", kT},
      {"object", size(Op::kEq, "1"), R"({"x":{"a":{"b":1}}})", kT},
      {"empty", size(Op::kLt, "1"), R"({"x":[]})", kT},
      {"number", size(Op::kEq, "1"), R"({"x":1})", kU},
      {"null", size(Op::kEq, "0"), R"({"x":null})", kU},
      {"missing", size(Op::kEq, "0"), R"({})", kU},
  });
}

TEST(Comparison, InAList) {
  const auto in = [](std::vector<Operand> items) { return X(Op::kIn, List(std::move(items))); };
  Check({
      {"there", in({Str("a"), Str("b")}), R"({"x":"b"})", kT},
      {"not there", in({Str("a"), Str("b")}), R"({"x":"c"})", kF},
      {"beside another type", in({Num("1"), Str("b")}), R"({"x":"b"})", kT},
      {"not there, another type", in({Num("1"), Str("b")}), R"({"x":"c"})", kU},
      {"only other types", in({Num("1"), True()}), R"({"x":"c"})", kU},
      {"number spelling", in({Num("1")}), R"({"x":1.0})", kT},
      {"null", in({Null()}), R"({"x":null})", kT},
      {"empty list", in({}), R"({"x":"a"})", kF},
      {"missing", in({}), R"({})", kU},
      {"argument", X(Op::kIn, Arg("l")), R"({"x":"a","l":["b","\u0061"]})", kT},
      {"argument without it", X(Op::kIn, Arg("l")), R"({"x":"a","l":["b"]})", kF},
      {"argument of mixed types", X(Op::kIn, Arg("l")), R"({"x":"a","l":["b",1]})", kU},
      {"nested array", X(Op::kIn, Arg("l")), R"({"x":"a","l":[["a"]]})", kU},
      {"empty argument", X(Op::kIn, Arg("l")), R"({"x":"a","l":[]})", kF},
      {"not an array", X(Op::kIn, Arg("l")), R"({"x":"a","l":"a"})", kU},
      {"an object", X(Op::kIn, Arg("l")), R"({"x":"a","l":{"a":1}})", kU},
      {"missing array", X(Op::kIn, Arg("l")), R"({"x":"a"})", kU},
      {"literal in argument", Compare(Str("a"), Op::kIn, Arg("l")), R"({"l":["a"]})", kT},
  });
}

TEST(Comparison, LikeAndMatches) {
  const auto like = [](std::string glob) { return X(Op::kLike, Str(std::move(glob))); };
  const auto matches = [](std::string re) { return X(Op::kMatches, Str(std::move(re))); };
  Check({
      {"like", like("*.key"), R"({"x":"a/b.key"})", kT},
      {"like is anchored", like("*.key"), R"({"x":"b.keys"})", kF},
      {"like over line breaks", like("a*z"), R"({"x":"a\n\u0000z"})", kT},
      {"like a number", like("*"), R"({"x":1})", kU},
      {"like missing", like("*"), R"({})", kU},
      {"matches", matches("main|release/.*"), R"({"x":"release/1"})", kT},
      {"matches is anchored", matches("main|release/.*"), R"({"x":"main2"})", kF},
      {"matches is anchored", matches("main|release/.*"), R"({"x":"xmain"})", kF},
      {"dot is a code point", matches("."), "{\"x\":\"\u00e9\"}", kT},
      {"dot is no line break", matches("git .*"), R"({"x":"git x\nrm"})", kF},
      {"end is not before a line break", matches("main$"), R"({"x":"main\n"})", kF},
      {"matches a number", matches(".*"), R"({"x":1})", kU},
      {"matches missing", matches(".*"), R"({})", kU},
  });
}

TEST(Comparison, Under) {
  const auto under = [](std::string directory) { return X(Op::kUnder, Str(std::move(directory))); };
  Check({
      {"relative", under("docs"), R"({"x":"docs/a.md"})", kT},
      {"the directory itself", under("docs"), R"({"x":"docs"})", kT},
      {"itself with slash", under("docs/"), R"({"x":"./docs/"})", kT},
      {"whole segments", under("docs"), R"({"x":"docs2/a"})", kF},
      {"absolute value", under("docs"), R"({"x":"/work/w/docs/a"})", kT},
      {"elsewhere", under("docs"), R"({"x":"/etc/passwd"})", kF},
      {"dots inside", under("docs"), R"({"x":"docs/../docs/./a"})", kT},
      {"dots out", under("docs"), R"({"x":"docs/../src"})", kF},
      {"dots out of the workspace", under("docs"), R"({"x":"../../etc"})", kF},
      {"dots to the top", under("/"), R"({"x":"../.."})", kT},
      {"dots above the top", under("docs"), R"({"x":"../../../etc"})", kU},
      {"dots above the top", under("/"), R"({"x":"/.."})", kU},
      {"the workspace", under("."), R"({"x":"a"})", kT},
      {"absolute directory", under("/etc"), R"({"x":"/etc/x"})", kT},
      {"from absolute by dots", under("/etc"), R"({"x":"../../etc/x"})", kT},
      {"home", under("~/.ssh"), R"({"x":"/home/u/.ssh/id"})", kT},
      {"home itself", under("~"), R"({"x":"/home/u"})", kT},
      {"home, not below", under("~"), R"({"x":"/home/uu"})", kF},
      {"value from home", under("~"), R"({"x":"~/a"})", kU},
      {"value of a user", under("docs"), R"({"x":"~root/a"})", kU},
      {"empty", under("docs"), R"({"x":""})", kU},
      {"NUL", under("docs"), R"({"x":"docs/a\u0000"})", kU},
      {"number", under("docs"), R"({"x":1})", kU},
      {"missing", under("docs"), R"({})", kU},
      {"directory above the top", under("../../.."), R"({"x":"a"})", kU},
      {"another user's home", under("~root"), R"({"x":"a"})", kU},
  });
}

// What a server makes of a relative path depends on where it runs, not on where its workspace
// begins.
TEST(Comparison, UnderReadsRelativePathsFromTheClientsDirectory) {
  const auto under = [](std::string directory) { return X(Op::kUnder, Str(std::move(directory))); };
  Check(
      {
          {"a file beside the client", under("secret"), R"({"x":"key"})", kT},
          {"the directory itself", under("secret"), R"({"x":"."})", kT},
          {"one directory out", under("secret"), R"({"x":"../docs/a"})", kF},
          {"the same name below", under("docs"), R"({"x":"docs/a"})", kF},
          {"absolute", under("docs"), R"({"x":"/work/w/docs/a"})", kT},
      },
      {.principal = "", .client = "", .model = "", .directory = "/work/w/secret"});
}

TEST(Comparison, UnderReadsRelativePathsFromTheServersDirectoryWhereThePlanNamesOne) {
  const Condition docs = X(Op::kUnder, Str("docs"));
  const auto evaluate = [&](plan::Transport transport, const char* cwd, const char* arguments) {
    PlanBuilder b;
    b.Server("s").Workspace("w", "/w");
    b.Rule({.id = "a", .workspace = "w", .names = {"s__a"}, .when = docs});
    EngineTables engine;
    engine.plan = std::make_shared<const plan::Plan>(b.Build());
    engine.tables = engine.plan->tables();
    engine.roots = *Roots::Bind(*engine.plan, "/home/u", FakeResolver({}));
    // The record as it would be with another transport and directory; the texts outlive the test.
    std::vector<plan::ServerRecord> servers(engine.tables.servers.begin(),
                                            engine.tables.servers.end());
    std::string strings(engine.tables.strings);
    servers[0].transport = transport;
    servers[0].cwd = {static_cast<uint32_t>(strings.size()),
                      static_cast<uint32_t>(std::string_view(cwd).size())};
    strings += cwd;
    engine.tables.servers = servers;
    engine.tables.strings = strings;
    Evaluator evaluator(engine);
    evaluator.Begin(0, "/w/x", 0, "", "");
    evaluator.SetCall(ServerId(0u), arguments);
    return evaluator.Evaluate(0);
  };
  const auto stdio = plan::Transport::kStdio;
  EXPECT_EQ(evaluate(stdio, "", R"({"x":"a"})"), Tri::kFalse);
  EXPECT_EQ(evaluate(stdio, "/w/docs", R"({"x":"a"})"), Tri::kTrue);
  EXPECT_EQ(evaluate(stdio, "/", R"({"x":"w/docs/a"})"), Tri::kTrue);
  EXPECT_EQ(evaluate(stdio, "~", R"({"x":"../../w/docs"})"), Tri::kTrue);
  EXPECT_EQ(evaluate(stdio, "~/deep", R"({"x":"../../w/docs"})"), Tri::kFalse);
  EXPECT_EQ(evaluate(plan::Transport::kHttp, "", R"({"x":"docs/a"})"), Tri::kUnknown);
  EXPECT_EQ(evaluate(plan::Transport::kHttp, "", R"({"x":"/w/docs/a"})"), Tri::kTrue);
}

TEST(Quantifiers, OverOnePath) {
  const auto all = [] { return All(Arg("f[*].p"), Op::kEq, Str("a")); };
  const auto any = [] { return Any(Arg("f[*].p"), Op::kEq, Str("a")); };
  Check({
      {"all", all(), R"({"f":[{"p":"a"},{"p":"a"}]})", kT},
      {"all but one", all(), R"({"f":[{"p":"a"},{"p":"b"}]})", kF},
      {"all, one unknown", all(), R"({"f":[{"p":"a"},{}]})", kU},
      {"all, false beside unknown", all(), R"({"f":[{},{"p":"b"}]})", kF},
      {"all of none", all(), R"({"f":[]})", kT},
      {"all of missing", all(), R"({})", kU},
      {"all of no array", all(), R"({"f":{"p":"a"}})", kU},
      {"any", any(), R"({"f":[{"p":"b"},{"p":"a"}]})", kT},
      {"any of false", any(), R"({"f":[{"p":"b"}]})", kF},
      {"any, one unknown", any(), R"({"f":[{"p":"b"},{"p":1}]})", kU},
      {"any, true beside unknown", any(), R"({"f":[{},{"p":"a"}]})", kT},
      {"any of none", any(), R"({"f":[]})", kF},
      {"any of missing", any(), R"({})", kU},
      {"elements themselves", All(Arg("f[*]"), Op::kLike, Str("a*")), R"({"f":["a","ab"]})", kT},
      {"sizes", Any(Size("f[*]"), Op::kGt, Num("2")), R"({"f":["a","abc"]})", kT},
      {"in", All(Arg("f[*]"), Op::kIn, List({Str("a"), Str("b")})), R"({"f":["a","b"]})", kT},
      {"under", All(Arg("f[*]"), Op::kUnder, Str(".")), R"({"f":["a","../x"]})", kF},
  });
}

TEST(Quantifiers, OverNestedPaths) {
  const auto all = [] { return All(Arg("a[*].b[*]"), Op::kEq, Num("1")); };
  const auto any = [] { return Any(Arg("a[*].b[*]"), Op::kEq, Num("1")); };
  Check({
      {"all", all(), R"({"a":[{"b":[1,1]},{"b":[]},{"b":[1]}]})", kT},
      {"not all", all(), R"({"a":[{"b":[1]},{"b":[1,2]}]})", kF},
      {"a branch is no array", all(), R"({"a":[{"b":[1]},{"b":1}]})", kU},
      {"a branch is missing", all(), R"({"a":[{"b":[1]},{}]})", kU},
      {"false after it", all(), R"({"a":[{"b":1},{"b":[2]}]})", kF},
      {"any", any(), R"({"a":[{"b":[]},{"b":[2]},{"b":[3,1]}]})", kT},
      {"not any", any(), R"({"a":[{"b":[]},{"b":[2]}]})", kF},
      {"any, no array", any(), R"({"a":[{"b":2},{"b":[3]}]})", kU},
      {"arrays of arrays", All(Arg("a[*][*][0]"), Op::kEq, Num("1")), R"({"a":[[[1],[1,2]],[]]})",
       kT},
  });
}

TEST(Quantifiers, OptionalIsMeantForEachValue) {
  const auto all = [] { return All(OptionalArg("f[*].p"), Op::kEq, Str("a")); };
  const auto any = [] { return Any(OptionalArg("f[*].p"), Op::kEq, Str("a")); };
  Check({
      {"all", all(), R"({"f":[{"p":"a"},{}]})", kF},
      {"any", any(), R"({"f":[{},{"p":"a"}]})", kT},
      {"any of missing", any(), R"({})", kF},
      {"all of missing", all(), R"({})", kF},
      {"any of no array", any(), R"({"f":1})", kU},
  });
}

TEST(Arguments, ThatAreNotStrictDecideNothing) {
  const Condition equal = X(Op::kEq, Str("a"));
  const char* const broken[] = {R"({"x":"a","x":"b"})",
                                R"({"x":"a","\u0078":"a"})",
                                R"({"x":"a","y":{"z":1,"z":1}})",
                                "{\"x\":\"a\",\"y\":\"\xff\"}",
                                R"({"x":"a")",
                                R"({"x":"a"} )"
                                "x",
                                "nope"};
  for (const char* arguments : broken) {
    EXPECT_EQ(Value(equal, arguments), kU) << arguments;
    EXPECT_EQ(Value(plan::testing::Not(equal), arguments), kU) << arguments;
    EXPECT_EQ(Value(Has("x"), arguments), kU) << arguments;
    EXPECT_EQ(Value(Has("missing"), arguments), kU) << arguments;
    EXPECT_EQ(Value(Compare(OptionalArg("m"), Op::kEq, Str("a")), arguments), kU) << arguments;
    EXPECT_EQ(Value(Compare(Size("x"), Op::kEq, Num("1")), arguments), kU) << arguments;
    EXPECT_EQ(Value(Any(Arg("m[*]"), Op::kEq, Str("a")), arguments), kU) << arguments;
    EXPECT_EQ(Value(Compare(Tag("team"), Op::kEq, Str("core")), arguments), kT) << arguments;
  }
}

TEST(References, OfTheSessionAndThePrincipal) {
  const auto is = [](Operand a, std::string b) { return Compare(a, Op::kEq, Str(std::move(b))); };
  const World alice = {"alice", "cursor", "opus"};
  Check({{"client", is(Client(), "cursor"), "", kT},
         {"client", is(Client(), "other"), "", kF},
         {"model", is(Model(), "opus"), "", kT},
         {"name", is(PrincipalName(), "alice"), "", kT},
         {"name", is(PrincipalName(), "bob"), "", kF},
         {"name in arguments", Compare(PrincipalName(), Op::kEq, Arg("u")), R"({"u":"alice"})", kT},
         {"group", Compare(Str("ops"), Op::kIn, Groups()), "", kT},
         {"not a group", Compare(Str("adm"), Op::kIn, Groups()), "", kF},
         {"argument in groups", Compare(Arg("g"), Op::kIn, Groups()), R"({"g":"eng"})", kT},
         {"groups are no string", is(Groups(), "eng"), "", kU}},
        alice);
  Check({{"no client", is(Client(), ""), "", kU},
         {"no model", is(Model(), "opus"), "", kU},
         {"no name", is(PrincipalName(), ""), "", kU},
         {"no groups", Compare(Str("eng"), Op::kIn, Groups()), "", kF}});
  Check({{"not UTF-8", Compare(Client(), Op::kLike, Str("*")), "", kU}}, {"bob", "\xff", ""});
  Check({{"bob has no groups", Compare(Str("eng"), Op::kIn, Groups()), "", kF}}, {"bob", "", ""});
}

TEST(References, TagsAreTheHomeWorkspaces) {
  const auto tag = [](std::string key, std::string value) {
    return Compare(Tag(std::move(key)), Op::kEq, Str(std::move(value)));
  };
  Check({{"tag", tag("team", "core"), "", kT},
         {"other value", tag("team", "x"), "", kF},
         {"empty value", tag("empty", ""), "", kT},
         {"of the workspace around it", tag("tier", "outer"), "", kU},
         {"missing", tag("nope", "x"), "", kU}});
}

// Asks an evaluator itself, with some limits.
Tri Evaluate(const Condition& condition, std::string_view arguments,
             const EvaluationLimits& limits) {
  PlanBuilder b;
  b.Server("s").Workspace("w", "/w");
  b.Rule({.id = "a", .workspace = "w", .names = {"s__a"}, .when = condition});
  EngineTables engine;
  engine.plan = std::make_shared<const plan::Plan>(b.Build());
  engine.tables = engine.plan->tables();
  engine.roots = *Roots::Bind(*engine.plan, "", FakeResolver({}));
  Evaluator evaluator(engine, limits);
  evaluator.Begin(0, "/w", 0, "", "");
  evaluator.SetCall(ServerId(0u), arguments);
  return evaluator.Evaluate(0);
}

TEST(Limits, WorkIsBounded) {
  std::string a = "[1";
  std::string b = "[2";
  for (int i = 1; i < 200; ++i) {
    a += ",1";
    b += ",2";
  }
  const std::string arguments = "{\"a\":" + a + "],\"b\":" + b + "]}";
  const Condition meet = Any(Arg("a[*]"), Op::kIn, Arg("b"));
  EXPECT_EQ(Evaluate(meet, arguments, {}), Tri::kFalse);
  EXPECT_EQ(Evaluate(meet, arguments, {.work = 200 * 200 * 128}), Tri::kUnknown);
  const Condition all = All(Arg("a[*]"), Op::kEq, Num("1"));
  EXPECT_EQ(Evaluate(all, arguments, {.work = 200 * 128}), Tri::kUnknown);
  EXPECT_EQ(Evaluate(all, arguments, {.work = 200 * 400}), Tri::kTrue);
  const Condition literals = Compare(Num("9"), Op::kIn, List({Num("1"), Num("2"), Num("9")}));
  EXPECT_EQ(Evaluate(literals, "", {.work = 600}), Tri::kUnknown);
  EXPECT_EQ(Evaluate(literals, "", {.work = 1000}), Tri::kTrue);
  const Condition equal = Compare(Arg("a"), Op::kEq, Str(std::string(100, 'x')));
  const std::string text = "{\"a\":\"" + std::string(100, 'x') + "\"}";
  EXPECT_EQ(Evaluate(equal, text, {.work = 200}), Tri::kUnknown);
  EXPECT_EQ(Evaluate(equal, text, {.work = 300}), Tri::kTrue);
}

}  // namespace
}  // namespace mcplexer::decide
