// SPDX-License-Identifier: Apache-2.0
#include "tests/reference/generator.h"

#include <fmt/format.h>

namespace mcplexer::testing {
namespace {

using Words = std::vector<std::string_view>;

const Words kNamespaces = {"a", "b", "a-b"};
const Words kNames = {"x", "y", "get_x", "get_y", "del_x", "get__x", "xx", "é"};
const Words kNamePatterns = {"*",
                             "a__*",
                             "b__*",
                             "*__x",
                             "*__get_*",
                             "a__get_*",
                             "a__x",
                             "b__get_x",
                             "*__{x,y}",
                             "\"{a,b}__*\"",
                             "a__[xy]",
                             "a__[!x]*",
                             "*_x",
                             "a__?",
                             "a-b__*",
                             "*__{get,del}_*",
                             "a*__*x*",
                             "b__{x,get_{x,y}}",
                             "a__get_?",
                             "*get*",
                             "re\"a__(?:x|y)+\"",
                             "re\"[ab]__get_.\"",
                             "re\"(?i)A__X\""};
const Words kAnyNamespace = {"*", "*__x", "*__get_*", "*_x", "*get*", "*__{x,y}"};
const Words kUriPatterns = {"file:///**",     "file:///d/*", "file:///d/**",
                            "test://{a,b}/*", "**",          "test://a/?"};
const Words kUris = {"file:///d/x", "file:///d/e/x", "file:///z", "test://a/b", "test://b/bb"};
const Words kPaths = {"**",      "src/**", "src",          "*",  "**/t",
                      "**/t/**", "src/*",  "{src,lib}/**", "s?c"};
const Words kDirectories = {"",     "/src",   "/src/t",     "/lib/a", "/p",      "/p/src",
                            "/p/t", "/p/q/t", "/p/q/src/a", "/other", "/src/a/t"};
const Words kRoots = {"~", "~/p", "~/p/q", "~/src", "/", "/srv"};
const Words kConditions = {"arg.n == 1",
                           "arg.n < 2",
                           "arg.n >= 1 and arg.n <= 3",
                           "arg.n in [1, 2, \"x\"]",
                           "arg.s == \"main\"",
                           "arg.s? == \"main\"",
                           "arg.s != \"main\"",
                           "not (arg.s matches re\"main|release/.*\")",
                           "arg.s like \"rel*\"",
                           "arg.s in [\"main\", \"dev\"]",
                           "has arg.s",
                           "not has arg.o.k",
                           "arg.o.k == true",
                           "arg.o[\"k\"] == null",
                           "arg.p under \"src\"",
                           "arg.p under \"~/p\"",
                           "arg.p under \"/srv\"",
                           "size(arg.l) > 1",
                           "size(arg.s) == 4",
                           "all arg.l[*] == \"a\"",
                           "any arg.l[*] == \"a\"",
                           "all arg.f[*].path under \"src\"",
                           "any arg.f[*].n > 1",
                           "arg.l[0] == \"a\"",
                           "arg.s in principal.groups",
                           "session.client == \"editor\"",
                           "session.model like \"m*\"",
                           "principal.name == \"alice\"",
                           "\"ops\" in principal.groups",
                           "workspace.tags.team == \"red\"",
                           "arg.s == principal.name",
                           "arg.n == 12345678901234567890123",
                           "arg.n > 0.5"};
const Words kValues = {R"("n":1)",
                       R"("n":1.0)",
                       R"("n":2)",
                       R"("n":0.5)",
                       R"("n":"1")",
                       R"("n":1e0)",
                       R"("n":3)",
                       R"("n":12345678901234567890123)",
                       R"("n":null)",
                       R"("s":"main")",
                       R"("s":"release/1")",
                       R"("s":"dev")",
                       R"("s":"a\nb")",
                       R"("s":7)",
                       R"("s":"alice")",
                       R"("s":"")",
                       R"("s":"\u006dain")",
                       R"("o":{"k":true})",
                       R"("o":{"k":null})",
                       R"("o":{})",
                       R"("o":[1])",
                       R"("p":"src/a")",
                       R"("p":"src/../x")",
                       R"("p":"/srv/x")",
                       R"("p":"../..")",
                       R"("p":"/../x")",
                       R"("p":"~/p")",
                       R"("p":"")",
                       R"("p":"/home/test/p/x")",
                       R"("p":"srcx")",
                       R"("p":"./src//b/.")",
                       R"("p":"a\u0000b")",
                       R"("l":[])",
                       R"("l":["a"])",
                       R"("l":["a","b"])",
                       R"("l":["a",1])",
                       R"("l":"a")",
                       R"("l":["b","a","a"])",
                       R"("f":[{"path":"src/x"},{"path":"y"}])",
                       R"("f":[{"path":"src/x","n":2},{}])",
                       R"("f":[])",
                       R"("f":{"n":3})",
                       R"("f":[{"n":1}])"};
const Words kOddArguments = {"",
                             "[]",
                             "null",
                             R"({"n":1,"n":2})",
                             R"({"s":"main","\u0073":"dev"})",
                             "{",
                             R"({"n":01})",
                             "\"x\"",
                             "{} {}"};

std::string Condition(Random& random) {
  std::string text(random.Pick(kConditions));
  if (random.OneIn(3)) {
    text =
        fmt::format("({}) {} ({})", text, random.OneIn(2) ? "and" : "or", random.Pick(kConditions));
  }
  if (random.OneIn(5)) text = fmt::format("not ({})", text);
  return text;
}

std::string List(Random& random, const Words& from, bool quoted) {
  std::string text;
  for (uint32_t left = random.OneIn(3) ? 2 : 1; left > 0; --left) {
    if (!text.empty()) text += ", ";
    text += quoted ? fmt::format("\"{}\"", random.Pick(from)) : std::string(random.Pick(from));
  }
  return text;
}

std::string Rule(Random& random) {
  static const Words kEffects = {"allow", "allow", "allow", "approve", "deny"};
  const std::string effect(random.Pick(kEffects));
  std::string text = "  " + effect;
  const uint32_t kind = random.Below(8);
  if (kind == 0) {
    text += fmt::format(" resource {}: {}", random.OneIn(2) ? "sa" : "sb",
                        List(random, kUriPatterns, true));
  } else {
    if (kind == 1) text += " prompt";
    if (random.OneIn(8)) {
      // A namespace in the pattern that is not the server's would be an error.
      text += " " + List(random, kAnyNamespace, false);
      text += random.OneIn(2) ? " via sa" : " via sb";
    } else {
      text += " " + List(random, kNamePatterns, false);
      if (random.OneIn(5)) text += " except " + List(random, kNamePatterns, false);
    }
  }
  if (random.OneIn(3)) text += " in " + List(random, kPaths, true);
  if (random.OneIn(10)) text += " in_root";
  if (random.OneIn(4)) {
    static const Words kWho = {"alice", "bob", "ops", "dev", "anonymous", "alice, anonymous"};
    text += fmt::format(" for {}", random.Pick(kWho));
  }
  if (random.OneIn(3)) text += " when " + Condition(random);
  if (effect != "deny") {
    if (random.OneIn(3)) text += random.OneIn(2) ? " using s1" : " using s2";
    if (random.OneIn(5)) text += " require " + Condition(random);
    if (random.OneIn(2)) text += fmt::format(" priority {}", 1 + random.Below(5));
  }
  if (effect == "approve" && random.OneIn(2)) text += " timeout 2m quorum 1";
  // A rule at the root alone; `in` stands at most once, so this replaces any other.
  const size_t root = text.find(" in_root");
  if (root != std::string::npos) {
    text.replace(root, 8, text.find(" in \"") == std::string::npos ? " in \"\"" : "");
  }
  return text + "\n";
}

}  // namespace

std::string RandomPolicy(Random& random) {
  std::string text =
      "server sa { command = [\"a\"] namespace = \"a\" }\n"
      "server sb { command = [\"b\"] namespace = \"b\" }\n"
      "server sc { command = [\"c\"] namespace = \"a-b\" }\n"
      "secret k = env(\"K\")\n"
      "scope s1 { type = env set K = secret(k) }\n"
      "scope s2 { type = env set L = secret(k) }\n"
      "principal alice { uid = 1 groups = [dev, ops] }\n"
      "principal bob { uid = 2 groups = [dev] }\n";
  uint32_t number = 0;
  for (std::string_view root : kRoots) {
    if (random.OneIn(2)) continue;
    text += fmt::format("workspace w{} {{\n  root = \"{}\"\n", number++, root);
    if (random.OneIn(3)) text += "  default = allow\n";
    text += random.OneIn(2) ? "  tags = { team: \"red\" }\n" : "  tags = { team: \"blue\" }\n";
    for (uint32_t rules = random.Below(5); rules > 0; --rules) text += Rule(random);
    text += "}\n";
  }
  return text;
}

reference::Call RandomCall(Random& random, const model::Policy& policy) {
  reference::Call call;
  const uint32_t kind = random.Below(8);
  if (kind == 0) {
    call.kind = model::CallKind::kResource;
    call.server = ServerId(random.Below(static_cast<uint32_t>(policy.servers.size())));
    call.name = random.Pick(kUris);
  } else {
    call.kind = kind == 1 ? model::CallKind::kPrompt : model::CallKind::kTool;
    call.name = fmt::format("{}__{}", random.Pick(kNamespaces), random.Pick(kNames));
    if (random.OneIn(20)) call.name = random.Pick(kNames);
    if (random.OneIn(40)) call.name = "a__";
    if (random.OneIn(40)) call.name = "zzz__x";
  }
  call.directory =
      std::string(random.OneIn(6) ? "" : kHome) + std::string(random.Pick(kDirectories));
  if (random.OneIn(12)) call.directory = "/srv/x";
  if (call.directory.empty()) call.directory = "/";
  call.principal = PrincipalId(random.Below(static_cast<uint32_t>(policy.principals.size())));
  static const Words kClients = {"", "editor", "other"};
  static const Words kModels = {"", "m1", "n"};
  call.client = random.Pick(kClients);
  call.model = random.Pick(kModels);
  if (random.OneIn(12)) {
    call.arguments = random.Pick(kOddArguments);
    return call;
  }
  // One value at the most for each key, so that the object is strict.
  std::string keys;
  for (uint32_t left = random.Below(5); left > 0; --left) {
    const std::string_view member = random.Pick(kValues);
    const char key = member[1];
    if (keys.find(key) != std::string::npos) continue;
    keys += key;
    call.arguments += call.arguments.empty() ? "{" : ",";
    call.arguments += member;
  }
  call.arguments += call.arguments.empty() ? "{}" : "}";
  return call;
}

}  // namespace mcplexer::testing
