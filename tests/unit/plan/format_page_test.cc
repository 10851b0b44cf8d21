// SPDX-License-Identifier: Apache-2.0
// The example in docs/plan-format.md is what the writer makes, byte for byte.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include "tests/unit/plan/plan_builder.h"

namespace mcplexer::plan {
namespace {

// "    0040  00 1f ..." -> offset and bytes; false for any other line.
bool ParseDump(const std::string& line, size_t* offset, std::vector<uint8_t>* bytes) {
  constexpr size_t kFirstByte = 10;
  if (line.size() < kFirstByte + 2 || !line.starts_with("    0")) return false;
  char* end = nullptr;
  *offset = std::strtoul(line.c_str() + 4, &end, 16);
  if (end != line.c_str() + 8 || line.compare(8, 2, "  ") != 0) return false;
  bytes->clear();
  for (size_t i = kFirstByte; i + 2 <= line.size(); i += 3) {
    bytes->push_back(static_cast<uint8_t>(std::strtoul(line.substr(i, 2).c_str(), nullptr, 16)));
  }
  return true;
}

TEST(PlanFormatPage, ExampleIsWhatTheWriterMakes) {
  const char* source_dir = std::getenv("MCPLEXER_SOURCE_DIR");
  ASSERT_NE(source_dir, nullptr) << "MCPLEXER_SOURCE_DIR is not set";
  std::ifstream page(std::string(source_dir) + "/docs/plan-format.md");
  ASSERT_TRUE(page.is_open());

  testing::PlanBuilder b;
  b.Server("s").Workspace("w", "/srv");
  b.Rule({.id = "w.get", .workspace = "w", .names = {"s__get*"}});
  const std::vector<std::byte> plan = b.Bytes();

  std::set<size_t> shown;
  std::string line;
  size_t offset = 0;
  std::vector<uint8_t> bytes;
  while (std::getline(page, line)) {
    if (!ParseDump(line, &offset, &bytes)) continue;
    for (size_t i = 0; i < bytes.size(); ++i) {
      ASSERT_LT(offset + i, plan.size());
      EXPECT_EQ(std::byte{bytes[i]}, plan[offset + i]) << line;
      shown.insert(offset + i);
    }
  }
  // What is not shown is zero, but for the section table, which the page describes.
  const size_t table_end = sizeof(Header) + kSectionCount * sizeof(SectionEntry);
  for (size_t i = 0; i < plan.size(); ++i) {
    if (shown.contains(i) || (i >= sizeof(Header) && i < table_end)) continue;
    EXPECT_EQ(plan[i], std::byte{0}) << i;
  }
}

}  // namespace
}  // namespace mcplexer::plan
