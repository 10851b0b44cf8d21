// SPDX-License-Identifier: Apache-2.0
// MCPLEXER_UPDATE=1 writes what came out into the .expect files; read the change before committing
// it.

#include "tests/import/cases.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

namespace mcplexer {
namespace {

std::string Told(const std::vector<importer::Note>& notes) {
  std::string out;
  for (const importer::Note& note : notes) {
    out += note.file.empty() ? fmt::format("{}\n", note.text)
                             : fmt::format("{}:{}: {}\n", note.file, note.line, note.text);
  }
  return out;
}

std::string Outcome(const std::vector<importer::Source>& sources) {
  const auto imported = importer::Import(sources, TestOptions());
  if (!imported) {
    EXPECT_NE(imported.error().kind, importer::ImportError::Kind::kInternal)
        << imported.error().message;
    return fmt::format("--- refused\n{}\n{}", imported.error().message,
                       Told(imported.error().notes));
  }
  return fmt::format("{}--- told\n{}", imported->policy, Told(imported->notes));
}

TEST(ImportCasesTest, EachCaseGivesWhatItExpects) {
  const auto cases = ReadCases();
  ASSERT_GE(cases.size(), 40U) << "is MCPLEXER_SOURCE_DIR set?";
  const char* update = std::getenv("MCPLEXER_UPDATE");
  for (const auto& [name, sources] : cases) {
    SCOPED_TRACE(name);
    const std::string outcome = Outcome(sources);
    const auto path = CaseFolder() / (name + ".expect");
    if (update != nullptr && std::string_view(update) == "1") {
      std::ofstream(path, std::ios::binary) << outcome;
      continue;
    }
    EXPECT_EQ(ReadFile(path), outcome);
  }
}

TEST(ImportCasesTest, WhatComesOutCompilesAndHoldsNoCredential) {
  size_t compiled = 0;
  size_t with_canary = 0;
  for (const auto& [name, sources] : ReadCases()) {
    SCOPED_TRACE(name);
    for (const importer::Source& source : sources) {
      if (source.text.find(kCanary) != std::string::npos) ++with_canary;
    }
    for (const auto stance : {importer::Stance::kFaithful, importer::Stance::kStarter}) {
      importer::Options options = TestOptions();
      options.stance = stance;
      const auto imported = importer::Import(sources, options);
      if (!imported) {
        EXPECT_NE(imported.error().kind, importer::ImportError::Kind::kInternal);
        EXPECT_EQ(imported.error().message.find(kCanary), std::string::npos);
        EXPECT_EQ(Told(imported.error().notes).find(kCanary), std::string::npos);
        continue;
      }
      ++compiled;
      EXPECT_EQ(commands::ErrorCodes(imported->policy), std::vector<std::string>());
      EXPECT_EQ(imported->policy.find(kCanary), std::string::npos) << imported->policy;
      EXPECT_EQ(Told(imported->notes).find(kCanary), std::string::npos);
    }
  }
  EXPECT_GE(compiled, 80U);
  EXPECT_GE(with_canary, 25U);
}

TEST(ImportCasesTest, TheSameFilesGiveTheSamePolicy) {
  for (const auto& [name, sources] : ReadCases()) {
    SCOPED_TRACE(name);
    EXPECT_EQ(Outcome(sources), Outcome(sources));
  }
}

}  // namespace
}  // namespace mcplexer
