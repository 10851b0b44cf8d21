// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/signing_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/key_text.h"
#include "runtime/plan/plan.h"
#include "tests/unit/commands/compiled.h"

namespace mcplexer::commands {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

// The first pair of RFC 8032.
constexpr std::string_view kSecretText = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
constexpr std::string_view kKeyId = "21fe31dfa154a261";
std::string SecretLine() {
  return "mcplexer-ed25519-secret:" + std::string(kKeyId) + ":" + std::string(kSecretText);
}

class SigningKeyTest : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ / name; }
  std::string Write(const std::string& text, mode_t mode = 0600) const {
    const std::string path = Path("k");
    std::ofstream(path) << text;
    EXPECT_EQ(::chmod(path.c_str(), mode), 0);
    return path;
  }
  std::string Text(const std::string& path) const {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  }
  // Why a file with that text is no key; never with a part of what may be secret.
  std::string Reason(const std::string& text, mode_t mode = 0600) const {
    const auto key = SigningKey::Read(Write(text, mode));
    if (key) return "";
    EXPECT_THAT(key.error().message, Not(HasSubstr("nWGx")));
    return key.error().message;
  }

 private:
  const fs::path folder_ = fs::path(::testing::TempDir()) /
                           ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(SigningKeyTest, IsReadFromItsFile) {
  const auto key = SigningKey::Read(Write("# ours\n\n  " + SecretLine() + "  remark\r\n"));
  ASSERT_TRUE(key.has_value()) << key.error().message;
  EXPECT_EQ(plan::KeyId(key->public_key()), kKeyId);
  EXPECT_EQ(
      plan::PublicKeyText(key->public_key()),
      "mcplexer-ed25519-public:21fe31dfa154a261:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
  EXPECT_THAT(key->FileText().Reveal(), EndsWith("\n" + SecretLine() + "\n"));
}

TEST_F(SigningKeyTest, MadeAnewIsAnotherEachTimeAndReadsBack) {
  std::set<std::string> ids;
  for (int i = 0; i < 20; ++i) {
    const SigningKey key = SigningKey::Generate();
    ids.insert(plan::KeyId(key.public_key()));
    const auto again = SigningKey::Parse(key.FileText().Reveal());
    ASSERT_TRUE(again.has_value()) << again.error().message;
    EXPECT_EQ(again->public_key(), key.public_key());
  }
  EXPECT_EQ(ids.size(), 20u);
}

TEST_F(SigningKeyTest, IsWrittenForItsOwnerAlone) {
  const mode_t before = ::umask(0);
  const SigningKey key = SigningKey::Generate();
  ASSERT_TRUE(key.WriteNew(Path("new")).has_value());
  ::umask(before);
  struct stat status = {};
  ASSERT_EQ(::stat(Path("new").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0600u);
  EXPECT_EQ(SigningKey::Read(Path("new"))->public_key(), key.public_key());
}

TEST_F(SigningKeyTest, OverwritesNothing) {
  const std::string path = Write("precious");
  const SigningKey key = SigningKey::Generate();
  EXPECT_THAT(key.WriteNew(path).error().message, HasSubstr("never overwritten"));
  EXPECT_EQ(Text(path), "precious");
  fs::create_symlink(Path("elsewhere"), Path("link"));
  EXPECT_THAT(key.WriteNew(Path("link")).error().message, HasSubstr("never overwritten"));
  EXPECT_FALSE(fs::exists(Path("elsewhere")));
  EXPECT_THAT(key.WriteNew(Path("none/k")).error().message, HasSubstr("No such file"));
}

TEST_F(SigningKeyTest, ThatOthersMayReadOrWriteIsRefused) {
  for (const mode_t mode : {0640u, 0604u, 0610u, 0601u, 0644u, 0444u}) {
    EXPECT_THAT(Reason(SecretLine(), mode), HasSubstr("may be read by others")) << mode;
  }
  for (const mode_t mode : {0620u, 0602u, 0666u, 0777u}) {
    EXPECT_THAT(Reason(SecretLine(), mode), HasSubstr("may be written by others")) << mode;
  }
  EXPECT_EQ(Reason(SecretLine(), 0400), "");
}

TEST_F(SigningKeyTest, ThatIsNoneIsRefusedWithTheReason) {
  EXPECT_THAT(Reason(""), HasSubstr("holds no key"));
  EXPECT_THAT(Reason("# nothing\n"), HasSubstr("holds no key"));
  EXPECT_THAT(Reason("-----BEGIN PRIVATE KEY-----"), HasSubstr("does not begin with"));
  EXPECT_THAT(Reason(SecretLine() + "\n" + SecretLine()), HasSubstr("more than one line"));
  EXPECT_THAT(Reason(plan::PublicKeyText(SigningKey::Generate().public_key())),
              HasSubstr("holds a public key, where a secret one is needed"));
  EXPECT_THAT(Reason("mcplexer-ed25519-secret:" + std::string(kSecretText)),
              HasSubstr("no second `:`"));
  const std::string line = SecretLine();
  EXPECT_THAT(Reason(line.substr(0, line.size() - 8)), HasSubstr("36 characters instead of 44"));
  EXPECT_THAT(Reason(line + "AAAA"), HasSubstr("48 characters instead of 44"));
  EXPECT_THAT(Reason(line.substr(0, line.size() - 4) + "!2A="), HasSubstr("base64"));
  EXPECT_THAT(Reason("mcplexer-ed25519-secret:0000000000000000:" + std::string(kSecretText)),
              HasSubstr("its id is that of another one"));
  EXPECT_THAT(Reason(line + "\n" + std::string(5000, '#')), HasSubstr("larger than 4096 bytes"));
}

TEST_F(SigningKeyTest, WithAnyCharacterChangedIsRefused) {
  const std::string line = SecretLine();
  for (size_t i = 0; i < line.size(); ++i) {
    std::string changed = line;
    changed[i] = changed[i] == 'f' ? 'e' : 'f';
    EXPECT_FALSE(SigningKey::Parse(changed).has_value()) << i;
  }
}

TEST_F(SigningKeyTest, ThatIsNoFileIsRefused) {
  EXPECT_THAT(SigningKey::Read(Path("none")).error().message,
              AllOf(HasSubstr("key file `" + Path("none") + "`"), HasSubstr("No such file")));
  EXPECT_THAT(SigningKey::Read(Path("")).error().message, HasSubstr("not a regular file"));
  ASSERT_EQ(::mkfifo(Path("fifo").c_str(), 0600), 0);
  EXPECT_THAT(SigningKey::Read(Path("fifo")).error().message, HasSubstr("not a regular file"));
  EXPECT_THAT(SigningKey::Read("").error().message, HasSubstr("No such file"));
}

TEST_F(SigningKeyTest, AsAnArgumentIsRefusedAndNotRepeated) {
  const auto key = SigningKey::Read(SecretLine());
  ASSERT_FALSE(key.has_value());
  EXPECT_THAT(key.error().message, AllOf(HasSubstr("never given as an argument"),
                                         Not(HasSubstr("nWGx")), Not(HasSubstr(kKeyId))));
}

TEST_F(SigningKeyTest, SignsAPlanThatStaysTheSameOtherwise) {
  const auto compilation = Compiled(
      "server s { command = [\"x\"] }\nworkspace w {\n  root = \"/w\"\n  allow s__get\n}\n");
  ASSERT_FALSE(compilation->plan.empty());
  const auto plain = plan::Plan::Load(compilation->plan);
  const SigningKey key = SigningKey::Generate();
  key.Sign(compilation->plan);
  const auto trust = plan::Trust::Only({key.public_key()});
  const auto plan = plan::Plan::Load(compilation->plan, trust);
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  EXPECT_EQ(plan->id(), plain->id());
  EXPECT_EQ(plan->header().signer, key.public_key());
  std::vector<std::byte> cleared(plan->bytes().begin(), plan->bytes().end());
  std::fill(cleared.begin() + offsetof(plan::Header, signer),
            cleared.begin() + offsetof(plan::Header, reserved2), std::byte{0});
  EXPECT_TRUE(
      std::equal(cleared.begin(), cleared.end(), plain->bytes().begin(), plain->bytes().end()));
}

}  // namespace
}  // namespace mcplexer::commands
