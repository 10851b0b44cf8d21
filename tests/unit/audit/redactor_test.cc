// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/redactor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>

#include "tests/unit/audit/test_plan.h"

namespace mcplexer::audit {
namespace {

using nlohmann::ordered_json;

constexpr ScopeId kDev(0u);
constexpr ScopeId kOps(1u);

class RedactorTest : public testing::Test {
 protected:
  static plan::Plan MakePlan() {
    test::TestPlan plan;
    plan.scopes = {{.name = "dev", .redact = {"Pin-Code"}}, {.name = "ops", .redact = {"reason"}}};
    return plan.Build();
  }

  std::string Redact(const std::string& raw, ScopeId scope = kDev) {
    const RedactedArguments arguments = redactor_.RedactArguments(plan_, scope, raw);
    EXPECT_EQ(arguments.form, ArgumentsForm::kFull) << raw;
    replaced_ = arguments.replaced;
    return std::string(arguments.text);
  }

  std::string Mask(std::string_view text) {
    std::string out;
    redactor_.AppendMasked(text, out);
    return out;
  }

  plan::Plan plan_ = MakePlan();
  Redactor redactor_;
  uint32_t replaced_ = 0;
};

TEST_F(RedactorTest, ReplacesNamedValuesOfAnyTypeAtAnyDepth) {
  EXPECT_EQ(Redact(R"({"password":"x","a":1})"), R"({"password":"[redacted]","a":1})");
  EXPECT_EQ(Redact(R"({"a":[{"b":{"token":{"c":[1,{"token":2}]}}}],"z":[3]})"),
            R"({"a":[{"b":{"token":"[redacted]"}}],"z":[3]})");
  EXPECT_EQ(replaced_, 1u);
  EXPECT_EQ(Redact(R"({"secret":null,"cookie":true,"passwd":[],"credential":-1.5e3})"),
            R"({"secret":"[redacted]","cookie":"[redacted]","passwd":"[redacted]",)"
            R"("credential":"[redacted]"})");
  EXPECT_EQ(replaced_, 4u);
}

TEST_F(RedactorTest, KeepsEveryOtherByte) {
  const std::string raw =
      "{ \"b\" : 1.0e+400 ,\t\"a\":[ ], \"n\":123456789012345678901234567890, \"u\":\"\\u00e9\\/\" "
      "}";
  EXPECT_EQ(Redact(raw), raw);
  EXPECT_EQ(replaced_, 0u);
  EXPECT_EQ(Redact("{ \"token\" :\n {\"x\" : 1}  , \"y\":\r\n2 }"),
            "{ \"token\" :  \"[redacted]\"  , \"y\":  2 }");
  EXPECT_EQ(Redact(R"("password")"), R"("password")") << "a string is not a key";
  EXPECT_EQ(Redact(R"(["password","x"])"), R"(["password","x"])");
}

TEST_F(RedactorTest, SeesThroughSpellingsOfNames) {
  for (const std::string key :
       {"API_KEY", "apiKey", "api-key", "Api.Key", "api key", "accessToken", "Refresh-Token",
        "\\u0070assword", "p\\u0061ssw\\u006Frd", "PRIVATE_KEY", "__token__"}) {
    EXPECT_EQ(Redact("{\"" + key + "\":\"v\"}"), "{\"" + key + "\":\"[redacted]\"}");
  }
  for (const std::string key :
       {"tokens", "max_tokens", "pass", "keyapi", "", "tökèn", "tok\\u0000en"}) {
    EXPECT_EQ(Redact("{\"" + key + "\":\"v\"}"), "{\"" + key + "\":\"v\"}");
  }
}

TEST_F(RedactorTest, UsesTheListOfTheCallsScope) {
  const std::string raw = R"({"pin_code":1,"reason":2})";
  EXPECT_EQ(Redact(raw, kDev), R"({"pin_code":"[redacted]","reason":2})");
  EXPECT_EQ(Redact(raw, kOps), R"({"pin_code":1,"reason":"[redacted]"})");
  EXPECT_EQ(Redact(raw, ScopeId()), R"({"pin_code":"[redacted]","reason":"[redacted]"})");
}

TEST_F(RedactorTest, KeepsPlansApart) {
  test::TestPlan other;
  other.scopes = {{.name = "x", .redact = {"title"}}};
  const plan::Plan plan = other.Build();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(Redact(R"({"title":1,"pin_code":1})"), R"({"title":1,"pin_code":"[redacted]"})");
    EXPECT_EQ(redactor_.RedactArguments(plan, kDev, R"({"title":1,"pin_code":1})").text,
              R"({"title":"[redacted]","pin_code":1})");
  }
}

TEST_F(RedactorTest, MasksCredentialsInStrings) {
  EXPECT_EQ(Redact(R"({"body":"use ghp_0123456789abcdefghij0123456789abcdefgh, ok?"})"),
            R"({"body":"use [masked], ok?"})");
  EXPECT_EQ(Redact(R"({"k":"-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\n"})"),
            R"({"k":"[masked]\n"})");
  EXPECT_EQ(replaced_, 1u);
  const std::string signing_key =
      "mcplexer-ed25519-secret:21fe31dfa154a261:nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
  EXPECT_EQ(Redact(R"({"k":"PLAN_KEY=)" + signing_key + R"(\n"})"),
            R"({"k":"PLAN_KEY=[masked]\n"})");
  // As some writers of JSON spell a slash.
  const std::string spelled =
      R"(mcplexer-ed25519-secret:21fe31dfa154a261:nWGxne\/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=)";
  const std::string masked = Redact(R"({"k":")" + spelled + R"("})");
  EXPECT_EQ(masked.find("9WmC6"), masked.npos) << masked;
}

TEST_F(RedactorTest, MasksSecretsInEveryEncoding) {
  redactor_.AddSecret(auth::SecretString("s3cr\"t/väl%ue"));
  for (const std::string value :
       {R"(s3cr\"t/väl%ue)", R"(s3cr\u0022t\/v\u00e4l%ue)", R"(a s3cr\\\"t/väl%ue b)",
        "s3cr%22t%2Fv%C3%A4l%25ue", "czNjciJ0L3bDpGwldWU=", "YWRtaW46czNjciJ0L3bDpGwldWU"}) {
    const std::string text = Redact("{\"a\":[\"" + value + "\"]}");
    EXPECT_THAT(text, testing::HasSubstr("[masked]")) << value;
    EXPECT_EQ(text.find("s3cr"), text.npos);
    EXPECT_EQ(text.find("czNj"), text.npos);
    EXPECT_TRUE(ordered_json::accept(text));
  }
}

TEST_F(RedactorTest, MasksKeysAndNumbers) {
  redactor_.AddSecret(auth::SecretString("73914682"));
  const std::string text = Redact(R"({"73914682":1,"x73914682":{"n":739146820},"ok":7391468})");
  EXPECT_EQ(text, R"({"[masked] 1":1,"x[masked] 2":{"n":"[masked]"},"ok":7391468})");
}

TEST_F(RedactorTest, SaysWhatItDoesNotRecord) {
  EXPECT_EQ(redactor_.RedactArguments(plan_, kDev, "").form, ArgumentsForm::kNone);
  for (const char* raw : {"{", "{\"a\":1,\"a\":2}", "{\"a\":\"\xff\"}", "nul", "{} {}"}) {
    const RedactedArguments arguments = redactor_.RedactArguments(plan_, kDev, raw);
    EXPECT_EQ(arguments.form, ArgumentsForm::kInvalid) << raw;
    EXPECT_EQ(arguments.text, "");
  }
  const std::string large = "\"" + std::string(1 << 20, 'x') + "\"";
  EXPECT_EQ(redactor_.RedactArguments(plan_, kDev, large).form, ArgumentsForm::kTooLarge);
}

TEST_F(RedactorTest, CutsBetweenCharacters) {
  for (size_t size = 16384 - 10; size < 16384 + 4; ++size) {
    const std::string raw = "[\"" + std::string(9000, 'x') + "\",\"" +
                            std::string(size - 9011, 'x') + "\xF0\x9F\x98\x80\"]";
    ASSERT_EQ(raw.size(), size);
    const RedactedArguments arguments = redactor_.RedactArguments(plan_, kDev, raw);
    if (size <= 16384) {
      EXPECT_EQ(arguments.form, ArgumentsForm::kFull);
      EXPECT_EQ(arguments.text, raw);
    } else {
      EXPECT_EQ(arguments.form, ArgumentsForm::kCut);
      EXPECT_TRUE(ordered_json(arguments.text).dump().size() > 16000) << "not UTF-8 would throw";
    }
  }
}

TEST_F(RedactorTest, OmitsStringsThatAreTooLongToRecord) {
  redactor_.AddSecret(auth::SecretString("QQQQWWWW"));
  const std::string content = std::string(300000, 'x') + "QQQQWWWW";
  EXPECT_EQ(Redact(R"({"path":"a.txt","content":")" + content + R"(","then":1})"),
            R"({"path":"a.txt","content":"[omitted: 300010 bytes]","then":1})");
  EXPECT_EQ(Redact("{\"" + content + "\":1}"), R"({"[omitted: 300010 bytes]":1})");
  EXPECT_EQ(Redact(R"({"token":")" + content + "\"}"), R"({"token":"[redacted]"})");
}

// Wherever the cut falls, no part of a secret is before it.
TEST_F(RedactorTest, ACutNeverSavesASecret) {
  redactor_.AddSecret(auth::SecretString("QQQQWWWWEEEERRRR"));
  for (size_t before = 16384 - 40; before < 16384 + 4; ++before) {
    const std::string padding = std::string(9000, 'x') + R"(",")" + std::string(before - 9000, 'x');
    for (const std::string& raw :
         {R"([")" + padding + R"(",{"b":"QQQQWWWWEEEERRRR","c":"QQQQWWWWEEEERRRR"}])",
          R"([")" + padding + R"(QQQQWWWWEEEERRRR"])",
          R"([")" + padding + R"(",{"token":"QQQQ"}])"}) {
      const RedactedArguments arguments = redactor_.RedactArguments(plan_, kDev, raw);
      EXPECT_EQ(arguments.text.find('Q'), arguments.text.npos) << before;
    }
  }
}

// Against the simplest redaction there is: a tree, walked by recursion.
ordered_json Oracle(const ordered_json& value, const std::set<std::string>& names) {
  if (value.is_object()) {
    ordered_json result = ordered_json::object();
    for (const auto& [key, member] : value.items()) {
      result[key] = names.contains(key) ? ordered_json("[redacted]") : Oracle(member, names);
    }
    return result;
  }
  if (value.is_array()) {
    ordered_json result = ordered_json::array();
    for (const auto& element : value) result.push_back(Oracle(element, names));
    return result;
  }
  return value == "SECRET" ? ordered_json("[masked]") : value;
}

ordered_json RandomValue(std::mt19937& random, int depth) {
  static const std::vector<std::string> keys = {"a", "token", "b", "password", "c d", "é"};
  const auto kind = random() % (depth == 0 ? 4 : 6);
  if (kind == 0) return random() % 1000;
  if (kind == 1) return "SECRET";
  if (kind == 2) return "token";
  if (kind == 3) return nullptr;
  ordered_json value = kind == 4 ? ordered_json::object() : ordered_json::array();
  for (auto i = random() % 5; i > 0; --i) {
    if (kind == 4) {
      value[keys[random() % keys.size()]] = RandomValue(random, depth - 1);
    } else {
      value.push_back(RandomValue(random, depth - 1));
    }
  }
  return value;
}

TEST_F(RedactorTest, AgreesWithARecursiveOneOnRandomTrees) {
  redactor_.AddSecret(auth::SecretString("SECRET"));
  std::mt19937 random(11);
  size_t replaced = 0;
  for (int round = 0; round < 5000; ++round) {
    const ordered_json value = RandomValue(random, 5);
    const int indent = static_cast<int>(random() % 3) - 1;
    const ordered_json redacted = ordered_json::parse(Redact(value.dump(indent)));
    ASSERT_EQ(redacted, Oracle(value, {"token", "password"})) << value;
    replaced += replaced_;
  }
  EXPECT_GT(replaced, 2000u);
}

TEST_F(RedactorTest, MasksTexts) {
  redactor_.AddSecret(auth::SecretString("hunter2!x"));
  EXPECT_EQ(Mask("login with hunter2!x failed"), "login with [masked] failed");
  EXPECT_EQ(Mask("GET /?t=hunter2%21x failed"), "[masked]");
  EXPECT_EQ(Mask("nothing here"), "nothing here");
  EXPECT_EQ(Mask(""), "");
}

}  // namespace
}  // namespace mcplexer::audit
