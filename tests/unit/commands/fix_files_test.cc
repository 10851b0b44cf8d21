// SPDX-License-Identifier: Apache-2.0
#include "compiler/commands/fix_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace mcplexer::commands {
namespace {

namespace fs = std::filesystem;

class FixFilesTest : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directories(folder_); }
  void TearDown() override { fs::remove_all(folder_); }

  // What the text becomes; nothing where it stays.
  std::string Fix(const std::string& text, bool unsafe = false) {
    const std::string path = folder_ / "a.plex";
    std::ofstream(path) << text;
    FixOptions options;
    options.compile.paths = {path};
    options.compile.inventory_use = InventoryUse::kNone;
    options.unsafe = unsafe;
    auto fixed = FixAll(options, model::Disk());
    if (!fixed) return fixed.error().message;
    last_ = std::move(*fixed);
    return last_.files.empty() ? "" : last_.files.front().after;
  }

  Fixed last_;

 private:
  const fs::path folder_ = fs::path(::testing::TempDir()) /
                           ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

std::string Policy(const std::string& rules) {
  return "secret k = env(\"K\")\n"
         "scope prod_rw { type = env  set A = secret(k) }\n"
         "scope reading { type = env  set A = secret(k) }\n"
         "server github { command = [\"g\"] }\n"
         "workspace w {\n  root = \"/w\"\n  allow github__put using prod_rw\n"
         "  allow github__get using reading\n" +
         rules + "\n}\n";
}

TEST_F(FixFilesTest, ASlipInANameIsPutRight) {
  EXPECT_EQ(Fix(Policy("  allow github__list using raeding via gihtub")),
            Policy("  allow github__list using reading via github"));
  EXPECT_EQ(last_.findings, 2u);
  EXPECT_FALSE(last_.compilation->plan.empty());
}

TEST_F(FixFilesTest, ACommentThatAcceptedGoesWithItsRule) {
  const std::string head =
      "secret k = env(\"K\")\n"
      "scope s { type = env  set K = secret(k) }\n"
      "server a { command = [\"a\"] }\n"
      "server b { command = [\"b\"] }\n"
      "workspace w {\n  root = \"/w\"\n"
      "  allow *__get_* using s  // allow(S0603): reading is harmless\n  ";
  const std::string tail = "\n  allow *__write_* using s\n}\n";
  for (const char* comment :
       {"// allow(S0603): reading is harmless", "// allow(S0603, W0302): reading is harmless"}) {
    // Alone, the comment would accept what is found in the rule below.
    const std::string fixed = Fix(head + "allow *__get_x using s  " + comment + tail);
    EXPECT_EQ(fixed, head + "  " + tail);
    size_t accepted = 0;
    size_t open = 0;
    for (const source::Diagnostic& diagnostic : last_.compilation->diagnostics.all()) {
      if (diagnostic.code != source::Code::kBroadCredentials) continue;
      ++(diagnostic.suppressed ? accepted : open);
    }
    EXPECT_EQ(accepted, 1u);
    EXPECT_EQ(open, 1u);
  }
}

TEST_F(FixFilesTest, ANameThatMayStillBeDeclaredIsLeft) {
  const std::string rules = "  allow github__list using prod_ro";
  EXPECT_EQ(Fix(Policy(rules)), "");
  EXPECT_EQ(last_.withheld, 0u);
  EXPECT_EQ(Fix(Policy(rules), /*unsafe=*/true), Policy("  allow github__list using prod_rw"));
}

TEST_F(FixFilesTest, NothingIsPutRightAmongOtherErrors) {
  EXPECT_EQ(Fix(Policy("  allow github__list using raeding\n  allow github__a using nobody")), "");
  EXPECT_EQ(last_.findings, 0u);
  EXPECT_EQ(last_.withheld, 1u);
  EXPECT_TRUE(last_.compilation->plan.empty());
  // Errors that only show once the names are right.
  EXPECT_EQ(Fix(Policy("  approve github__get using raeding")), "");
  EXPECT_EQ(last_.withheld, 1u);
}

TEST_F(FixFilesTest, WhatIsRightIsLintedAndFixedFurther) {
  EXPECT_EQ(Fix(Policy("  allow github__list_*, github__list_all using raeding")),
            Policy("  allow github__list_* using reading"));
}

}  // namespace
}  // namespace mcplexer::commands
