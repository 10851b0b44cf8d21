// SPDX-License-Identifier: Apache-2.0

#include "runtime/auth/resolve.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <map>
#include <string>

#include "tests/unit/audit/temporary_directory.h"
#include "tests/unit/audit/test_plan.h"

namespace mcplexer::auth {
namespace {

using plan::SecretSource;
using test::TestPlan;
using test::WriteFile;
using testing::HasSubstr;
using testing::Not;

class ResolveTest : public testing::Test {
 protected:
  ResolveTest() {
    context_.home = directory_.path();
    context_.environment = [this](const char* name) -> const char* {
      const auto found = environment_.find(name);
      return found == environment_.end() ? nullptr : found->second.c_str();
    };
    context_.warn = [this](std::string_view warning) { warnings_.emplace_back(warning); };
  }

  Result<SecretString> Resolve(SecretSource source, std::string argument) {
    TestPlan plan;
    plan.secrets = {{"pat", source, std::move(argument)}};
    const plan::Plan built = plan.Build();
    return ResolveSecret(built, SecretId(0u), context_);
  }

  std::string ErrorOf(SecretSource source, std::string argument) {
    const Result<SecretString> secret = Resolve(source, std::move(argument));
    EXPECT_FALSE(secret.has_value());
    return secret ? "" : secret.error().message;
  }

  std::string MakeFile(std::string_view bytes, mode_t mode = 0600) {
    const std::string path = directory_.File("secret");
    WriteFile(path, bytes);
    EXPECT_EQ(chmod(path.c_str(), mode), 0);
    return path;
  }

  Result<std::vector<EnvironmentVariable>> ResolveScope(plan::ScopeType type, std::string key,
                                                        std::vector<test::TestPart> parts) {
    TestPlan plan;
    plan.secrets = {{"pat", SecretSource::kEnv, "PAT"}};
    plan.scopes = {{"dev", type, {}, {{std::move(key), std::move(parts)}}}};
    const plan::Plan built = plan.Build();
    return ResolveEnv(built, ScopeId(0u), context_);
  }

  test::TemporaryDirectory directory_;
  std::map<std::string, std::string> environment_;
  std::vector<std::string> warnings_;
  ResolveContext context_;
};

TEST_F(ResolveTest, ReadsTheEnvironment) {
  environment_["PAT"] = "value\n";
  EXPECT_EQ(Resolve(SecretSource::kEnv, "PAT")->Reveal(), "value\n");
}

TEST_F(ResolveTest, ReadsTheProcessEnvironmentByDefault) {
  context_.environment = nullptr;
  ASSERT_EQ(setenv("MCPLEXER_TEST_PAT", "from the process", 1), 0);
  EXPECT_EQ(Resolve(SecretSource::kEnv, "MCPLEXER_TEST_PAT")->Reveal(), "from the process");
  unsetenv("MCPLEXER_TEST_PAT");
}

TEST_F(ResolveTest, RefusesAnUnsetOrEmptyVariable) {
  EXPECT_EQ(ErrorOf(SecretSource::kEnv, "PAT"),
            "secret `pat`: variable `PAT` is not set in the gateway's environment");
  environment_["PAT"] = "";
  EXPECT_EQ(ErrorOf(SecretSource::kEnv, "PAT"),
            "secret `pat`: variable `PAT` is set to nothing in the gateway's environment");
}

TEST_F(ResolveTest, StripsOneTrailingLineBreak) {
  EXPECT_EQ(Resolve(SecretSource::kFile, MakeFile("abc"))->Reveal(), "abc");
  EXPECT_EQ(Resolve(SecretSource::kFile, MakeFile("abc\n"))->Reveal(), "abc");
  EXPECT_EQ(Resolve(SecretSource::kFile, MakeFile("abc\r\n"))->Reveal(), "abc");
  EXPECT_EQ(Resolve(SecretSource::kFile, MakeFile("abc\n\n"))->Reveal(), "abc\n");
  EXPECT_EQ(Resolve(SecretSource::kFile, MakeFile("abc\r"))->Reveal(), "abc\r");
  EXPECT_EQ(Resolve(SecretSource::kFile, MakeFile(" abc "))->Reveal(), " abc ");
}

TEST_F(ResolveTest, ExpandsHome) {
  MakeFile("abc");
  EXPECT_EQ(Resolve(SecretSource::kFile, "~/secret")->Reveal(), "abc");
  EXPECT_THAT(ErrorOf(SecretSource::kFile, "~other/secret"), HasSubstr("neither absolute nor"));
  EXPECT_THAT(ErrorOf(SecretSource::kFile, "secret"), HasSubstr("neither absolute nor"));
}

TEST_F(ResolveTest, WithoutHomeNothingIsBelowIt) {
  MakeFile("abc");
  const std::string below = "~" + directory_.path() + "/secret";
  context_.home.clear();
  EXPECT_EQ(ErrorOf(SecretSource::kFile, below),
            "secret `pat`: file `" + below + "` is below `~`, and there is no home directory");
}

TEST_F(ResolveTest, ReadsAFileAnewEachTime) {
  EXPECT_EQ(Resolve(SecretSource::kFile, MakeFile("old"))->Reveal(), "old");
  EXPECT_EQ(Resolve(SecretSource::kFile, MakeFile("new"))->Reveal(), "new");
}

TEST_F(ResolveTest, RefusesWhatIsNoRegularFile) {
  EXPECT_THAT(ErrorOf(SecretSource::kFile, directory_.path()), HasSubstr("not a regular file"));
  const std::string fifo = directory_.File("fifo");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_THAT(ErrorOf(SecretSource::kFile, fifo), HasSubstr("not a regular file"));
  EXPECT_THAT(ErrorOf(SecretSource::kFile, "/dev/zero"), HasSubstr("not a regular file"));
  EXPECT_THAT(ErrorOf(SecretSource::kFile, directory_.File("none")),
              HasSubstr("cannot be opened: No such file"));
}

TEST_F(ResolveTest, RefusesAFileThatOthersMayWrite) {
  for (const mode_t mode : {0620, 0602, 0666}) {
    EXPECT_THAT(ErrorOf(SecretSource::kFile, MakeFile("abc", mode)), HasSubstr("others"));
  }
}

TEST_F(ResolveTest, WarnsOfAFileThatEverybodyMayRead) {
  EXPECT_TRUE(Resolve(SecretSource::kFile, MakeFile("hush-hush", 0640)).has_value());
  EXPECT_TRUE(warnings_.empty());
  EXPECT_TRUE(Resolve(SecretSource::kFile, MakeFile("hush-hush", 0644)).has_value());
  ASSERT_EQ(warnings_.size(), 1u);
  EXPECT_THAT(warnings_[0], Not(HasSubstr("hush")));
}

TEST_F(ResolveTest, LimitsTheSizeOfAFile) {
  EXPECT_EQ(Resolve(SecretSource::kFile, MakeFile(std::string(65536, 'x')))->size(), 65536u);
  EXPECT_THAT(ErrorOf(SecretSource::kFile, MakeFile(std::string(65537, 'x'))),
              HasSubstr("larger than 65536 bytes"));
  EXPECT_THAT(ErrorOf(SecretSource::kFile, MakeFile("")), HasSubstr("is empty"));
  EXPECT_THAT(ErrorOf(SecretSource::kFile, MakeFile("\n")), HasSubstr("is empty"));
}

TEST_F(ResolveTest, SaysWhatThisVersionLacks) {
  EXPECT_EQ(ErrorOf(SecretSource::kSealed, "key"),
            "secret `pat`: sealed(\"key\") is not available yet in this version");
  EXPECT_EQ(ErrorOf(SecretSource::kCommand, "pass"),
            "secret `pat`: command([..]) is not available yet in this version");
}

TEST_F(ResolveTest, PutsPartsTogether) {
  environment_["PAT"] = "s3cr3t";
  const auto variables =
      ResolveScope(plan::ScopeType::kEnv, "TOKEN", {{"Bearer "}, {"", 0}, {"!"}});
  ASSERT_TRUE(variables.has_value());
  ASSERT_EQ(variables->size(), 1u);
  EXPECT_EQ((*variables)[0].name, "TOKEN");
  EXPECT_EQ((*variables)[0].value.Reveal(), "Bearer s3cr3t!");
}

TEST_F(ResolveTest, RefusesScopesThatAreNoEnvironment) {
  environment_["PAT"] = "s3cr3t";
  const auto header = ResolveScope(plan::ScopeType::kHeader, "Authorization", {{"", 0}});
  ASSERT_FALSE(header.has_value());
  EXPECT_EQ(header.error().message,
            "scope `dev` is of type header and cannot be injected into a stdio server");
  const auto oauth = ResolveScope(plan::ScopeType::kOauth2, "Authorization", {{"", 0}});
  ASSERT_FALSE(oauth.has_value());
  EXPECT_THAT(oauth.error().message, HasSubstr("oauth2"));
}

TEST_F(ResolveTest, ErrorsNeverHoldAValue) {
  environment_["PAT"] = "s3cr3t\nsecond line";
  for (const char* bad : {"s3cr3t\nsecond", "s3cr3t\rsecond"}) {
    environment_["PAT"] = bad;
    const auto broken = ResolveScope(plan::ScopeType::kEnv, "TOKEN", {{"", 0}});
    ASSERT_FALSE(broken.has_value());
    EXPECT_EQ(broken.error().message,
              "scope `dev`: the value of `TOKEN` holds a NUL byte or a line break");
  }
  environment_["PAT"] = "s3cr3t";
  const auto name = ResolveScope(plan::ScopeType::kEnv, "TO=KEN", {{"", 0}});
  ASSERT_FALSE(name.has_value());
  EXPECT_THAT(name.error().message, Not(HasSubstr("s3cr3t")));
  environment_.clear();
  const auto unset = ResolveScope(plan::ScopeType::kEnv, "TOKEN", {{"", 0}});
  ASSERT_FALSE(unset.has_value());
  EXPECT_EQ(unset.error().message,
            "scope `dev`: `TOKEN`: secret `pat`: variable `PAT` is not set in the gateway's "
            "environment");
}

TEST_F(ResolveTest, RefusesANulByteFromAFile) {
  TestPlan plan;
  plan.secrets = {{"pat", SecretSource::kFile, MakeFile(std::string_view("a\0b", 3))}};
  plan.scopes = {{"dev", plan::ScopeType::kEnv, {}, {{"TOKEN", {{"", 0}}}}}};
  const plan::Plan built = plan.Build();
  const auto variables = ResolveEnv(built, ScopeId(0u), context_);
  ASSERT_FALSE(variables.has_value());
  EXPECT_THAT(variables.error().message, HasSubstr("NUL byte"));
}

}  // namespace
}  // namespace mcplexer::auth
