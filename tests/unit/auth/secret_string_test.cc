// SPDX-License-Identifier: Apache-2.0

#include "runtime/auth/secret_string.h"

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

namespace mcplexer::auth {
namespace {

template <typename T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };

static_assert(!std::is_copy_constructible_v<SecretString>);
static_assert(!std::is_copy_assignable_v<SecretString>);
static_assert(!fmt::is_formattable<SecretString>::value);
static_assert(!Streamable<SecretString>);
static_assert(!std::is_convertible_v<SecretString, std::string_view>);
static_assert(!std::is_convertible_v<SecretString, std::string>);

TEST(SecretStringTest, HoldsWhatItWasGiven) {
  const std::string bytes("a\0b\n", 4);
  const SecretString secret{std::string_view(bytes)};
  EXPECT_EQ(secret.Reveal(), bytes);
  EXPECT_EQ(secret.size(), 4u);
  EXPECT_TRUE(SecretString().empty());
  EXPECT_EQ(SecretString().Reveal(), "");
}

TEST(SecretStringTest, GrowsAndShrinks) {
  SecretString secret;
  std::string expected;
  for (int i = 0; i < 5000; ++i) {
    secret.Append("xyz");
    expected += "xyz";
  }
  EXPECT_EQ(secret.Reveal(), expected);
  secret.Resize(2);
  EXPECT_EQ(secret.Reveal(), "xy");
  secret.Resize(4);
  EXPECT_EQ(secret.Reveal(), std::string_view("xy\0\0", 4));
}

TEST(SecretStringTest, MovesWithoutLeavingACopy) {
  SecretString a("first");
  const char* const where = a.Reveal().data();
  SecretString b(std::move(a));
  EXPECT_EQ(b.Reveal().data(), where);
  EXPECT_TRUE(a.empty());  // NOLINT(bugprone-use-after-move): a moved-from secret is empty
  SecretString c("second");
  c = std::move(b);
  EXPECT_EQ(c.Reveal(), "first");
}

TEST(SecretStringTest, ShrinkingWipes) {
  SecretString secret("top secret value");
  const char* const tail = secret.Reveal().data() + 4;
  secret.Resize(4);
  EXPECT_EQ(std::string(tail, 12), std::string(12, '\0'));
}

// In a child, as the limit cannot be raised again.
TEST(SecretStringTest, WorksWhereNothingCanBeLocked) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_MEMLOCK, &none) != 0) _exit(2);
    const SecretString secret("still a secret");
    _exit(secret.Reveal() == "still a secret" ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

// The memory behind a destroyed secret is unmapped, so reading it is fatal.
TEST(SecretStringDeathTest, IsGoneWhenDestroyed) {
  EXPECT_DEATH(
      {
        const volatile char* where = nullptr;
        {
          const SecretString secret("gone");
          where = secret.Reveal().data();
        }
        static_cast<void>(*where);
      },
      "");
}

}  // namespace
}  // namespace mcplexer::auth
