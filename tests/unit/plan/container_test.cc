// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <fstream>

#include "runtime/plan/digest.h"
#include "runtime/plan/plan.h"
#include "tests/unit/plan/plan_bytes.h"
#include "tests/unit/plan/sample_plan.h"

namespace mcplexer::plan {
namespace {

using ::testing::HasSubstr;

Bytes Sample() { return emit::Serialize(testing::SampleSections(), Digest{1, 2, 3}); }

std::string LoadError(Bytes bytes) {
  const Result<Plan> plan = Plan::Load(std::move(bytes));
  return plan ? "" : plan.error().message;
}

TEST(Container, LoadsWhatWasWritten) {
  const Bytes bytes = Sample();
  const Result<Plan> plan = Plan::Load(bytes);
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  EXPECT_EQ(plan->text(plan->servers()[1].name_space), "lin");
  EXPECT_EQ(plan->text(plan->rule_origins()[3].id), "acme.no_deletes");
  EXPECT_EQ(plan->header().source_digest[2], 3);
  EXPECT_EQ(plan->id().size(), 64u);
  EXPECT_EQ(plan->workspaces().size(), 3u);
}

TEST(Container, EverySectionOfTheSampleHoldsSomething) {
  const Bytes bytes = Sample();
  for (uint32_t i = 0; i < HeaderOf(bytes).section_count; ++i) {
    SectionEntry entry;
    std::memcpy(&entry, bytes.data() + sizeof(Header) + i * sizeof entry, sizeof entry);
    EXPECT_EQ(entry.id, i + 1);
    EXPECT_GT(entry.count, 0u) << "section " << entry.id;
    EXPECT_EQ(entry.offset % kSectionAlignment, 0u);
  }
}

TEST(Container, WithoutPinsThereIsNoSectionForThem) {
  emit::PlanSections sections = testing::SampleSections();
  sections.pins.clear();
  const Bytes bytes = emit::Serialize(sections, Digest{});
  EXPECT_EQ(HeaderOf(bytes).section_count, kSectionCount);
  const Result<Plan> plan = Plan::Load(bytes);
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  EXPECT_TRUE(plan->pins().empty());
  EXPECT_EQ(plan->servers()[0].pinned, 1);
}

TEST(Container, RefusesASectionForNoPins) {
  Bytes bytes = Sample();
  const uint32_t last = HeaderOf(bytes).section_count - 1;
  SectionEntry entry;
  const size_t at = sizeof(Header) + last * sizeof entry;
  std::memcpy(&entry, bytes.data() + at, sizeof entry);
  bytes.resize(entry.offset);
  entry.count = 0;
  std::memcpy(bytes.data() + at, &entry, sizeof entry);
  Header header = HeaderOf(bytes);
  header.file_size = bytes.size();
  SetHeader(bytes, header);
  Reseal(bytes);
  EXPECT_THAT(LoadError(bytes), HasSubstr("section pins: empty"));
}

TEST(Container, SameSectionsSameBytes) { EXPECT_EQ(Sample(), Sample()); }

TEST(Container, StaysUsableWhenMoved) {
  Result<Plan> plan = Plan::Load(Sample());
  ASSERT_TRUE(plan.has_value());
  const Plan moved = std::move(*plan);
  EXPECT_EQ(moved.text(moved.servers()[0].name), "github");
}

TEST(Container, RefusesEveryChangedByte) {
  const Bytes bytes = Sample();
  for (size_t i = 0; i < bytes.size(); ++i) {
    for (const unsigned flip : {0x01u, 0x80u, 0xFFu}) {
      Bytes changed = bytes;
      changed[i] ^= std::byte{static_cast<uint8_t>(flip)};
      EXPECT_NE(LoadError(std::move(changed)), "") << "byte " << i << " xor " << flip;
    }
  }
}

TEST(Container, RefusesEveryTruncationAndExtension) {
  const Bytes bytes = Sample();
  for (size_t size = 0; size < bytes.size(); ++size) {
    const Bytes cut(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_NE(LoadError(cut), "") << size;
  }
  Bytes longer = bytes;
  longer.push_back(std::byte{0});
  EXPECT_THAT(LoadError(longer), HasSubstr("truncated or extended"));
  Header header = HeaderOf(longer);
  header.file_size = longer.size();
  SetHeader(longer, header);
  Reseal(longer);
  EXPECT_THAT(LoadError(longer), HasSubstr("bytes after the last section"));
}

TEST(Container, NamesBothVersionsWhenTheyDiffer) {
  Bytes bytes = Sample();
  Header header = HeaderOf(bytes);
  header.major_version = 7;
  header.minor_version = 3;
  SetHeader(bytes, header);
  Reseal(bytes);
  EXPECT_THAT(LoadError(bytes), HasSubstr("format 7.3, this program reads 2.x"));
}

TEST(Container, RefusesReservedBytesThatTheDigestDoesNotCover) {
  Bytes bytes = Sample();
  Header header = HeaderOf(bytes);
  header.reserved2[31] = 1;
  SetHeader(bytes, header);
  EXPECT_THAT(LoadError(bytes), HasSubstr("reserved header bytes"));
}

TEST(Container, RefusesPaddingThatIsNotZero) {
  const Bytes bytes = Sample();
  size_t paddings = 0;
  uint64_t end = sizeof(Header) + HeaderOf(bytes).section_count * sizeof(SectionEntry);
  for (uint32_t i = 0; i < HeaderOf(bytes).section_count; ++i) {
    SectionEntry entry;
    std::memcpy(&entry, bytes.data() + sizeof(Header) + i * sizeof entry, sizeof entry);
    if (entry.offset > end) {
      Bytes changed = bytes;
      changed[entry.offset - 1] = std::byte{1};
      Reseal(changed);
      EXPECT_THAT(LoadError(changed), HasSubstr("padding"));
      ++paddings;
    }
    end = entry.offset + entry.count * entry.element_size;
  }
  EXPECT_GT(paddings, 10u);
}

TEST(Container, RefusesSectionTablesThatDoNotFit) {
  const Bytes bytes = Sample();
  const auto with = [&](uint32_t section, auto change) {
    Bytes changed = bytes;
    SectionEntry entry;
    std::byte* at = changed.data() + sizeof(Header) + section * sizeof entry;
    std::memcpy(&entry, at, sizeof entry);
    change(entry);
    std::memcpy(at, &entry, sizeof entry);
    Reseal(changed);
    return LoadError(changed);
  };
  EXPECT_THAT(with(3, [](SectionEntry& e) { e.id = 5; }), HasSubstr("out of order"));
  EXPECT_THAT(with(3, [](SectionEntry& e) { e.element_size = 4; }), HasSubstr("element size"));
  EXPECT_THAT(with(3, [](SectionEntry& e) { e.offset += 64; }), HasSubstr("first aligned offset"));
  EXPECT_THAT(with(3, [](SectionEntry& e) { e.offset = ~uint64_t{63}; }),
              HasSubstr("first aligned offset"));
  EXPECT_THAT(with(3, [](SectionEntry& e) { e.count = ~uint64_t{0}; }), HasSubstr("too many"));
  EXPECT_THAT(with(kSectionCount, [](SectionEntry& e) { e.count += 100; }),
              HasSubstr("ends behind"));
}

TEST(File, LoadsAndSaysWhyNot) {
  const std::string path = ::testing::TempDir() + "/container_test.plan";
  const Bytes bytes = Sample();
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  const Result<Plan> plan = Plan::LoadFile(path);
  ASSERT_TRUE(plan.has_value()) << plan.error().message;
  EXPECT_EQ(plan->id(), Plan::Load(bytes)->id());
  std::remove(path.c_str());
  EXPECT_THAT(Plan::LoadFile(path).error().message, HasSubstr("No such file"));
  EXPECT_THAT(Plan::LoadFile(::testing::TempDir()).error().message,
              HasSubstr("not a regular file"));
}

}  // namespace
}  // namespace mcplexer::plan
