// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/verify.h"

#include <gtest/gtest.h>

#include "tests/unit/audit/log_fixture.h"

namespace mcplexer::audit {
namespace {

class VerifyTest : public LogTest {
 protected:
  // A sealed stream of three small segments, and where each record begins.
  void Write() {
    auto log = OpenLog(1800);
    while (ListSegments(log->stream_directory())->size() < 3) {
      ASSERT_TRUE(log->AppendIntent(MakeIntent()));
    }
    ASSERT_TRUE(log->Close());
    stream_ = log->stream();
    path_ = log->stream_directory();
    segments_ = *ListSegments(path_);
    StreamCursor cursor(path_);
    uint64_t begin = sizeof(SegmentHeader);
    uint64_t segment = 1;
    while (cursor.Next() == StreamCursor::Step::kRecord) {
      if (cursor.end().segment != segment) begin = sizeof(SegmentHeader);
      segment = cursor.end().segment;
      starts_.push_back({segment, begin});
      begin = cursor.end().size;
    }
  }

  // The sequence number of the record that holds a byte; of the first one for a header's.
  uint64_t RecordAt(uint64_t segment, uint64_t offset) const {
    uint64_t sequence = segment;
    for (size_t i = 0; i < starts_.size(); ++i) {
      if (starts_[i].first == segment && starts_[i].second <= offset) sequence = i + 1;
    }
    return sequence;
  }

  std::string SegmentPath(uint64_t segment) const { return path_ + "/" + SegmentName(segment); }

  std::optional<Problem> Verified() const { return VerifyStream(directory(), stream_)->problem; }

  std::string stream_;
  std::string path_;
  std::vector<uint64_t> segments_;
  std::vector<std::pair<uint64_t, uint64_t>> starts_;
};

TEST_F(VerifyTest, AcceptsWhatWasWritten) {
  Write();
  const StreamReport report = *VerifyStream(directory(), stream_);
  EXPECT_FALSE(report.problem.has_value()) << report.problem->what;
  EXPECT_EQ(report.records, starts_.size());
  EXPECT_EQ(report.state, StreamState::kSealed);
  EXPECT_EQ(report.last_chain_hash.size(), 64u);
  EXPECT_EQ(Verify(directory())->size(), 1u);
}

TEST_F(VerifyTest, FindsAndLocatesEveryFlippedByte) {
  Write();
  for (const uint64_t segment : segments_) {
    const std::string original = test::ReadFile(SegmentPath(segment));
    for (size_t i = 0; i < original.size(); ++i) {
      std::string changed = original;
      changed[i] = static_cast<char>(changed[i] ^ (1 << (i % 8)));
      test::WriteFile(SegmentPath(segment), changed);
      const std::optional<Problem> problem = Verified();
      ASSERT_TRUE(problem.has_value()) << segment << " at " << i;
      EXPECT_EQ(problem->segment, SegmentName(segment)) << i;
      EXPECT_EQ(problem->sequence, RecordAt(segment, i)) << segment << " at " << i;
    }
    test::WriteFile(SegmentPath(segment), original);
  }
  EXPECT_FALSE(Verified().has_value());
}

TEST_F(VerifyTest, FindsEveryTruncation) {
  Write();
  for (const uint64_t segment : segments_) {
    const std::string original = test::ReadFile(SegmentPath(segment));
    for (size_t size = 0; size < original.size(); ++size) {
      test::WriteFile(SegmentPath(segment), original.substr(0, size));
      EXPECT_TRUE(Verified().has_value()) << segment << " cut to " << size;
    }
    test::WriteFile(SegmentPath(segment), original);
  }
}

TEST_F(VerifyTest, FindsARemovedSegment) {
  Write();
  for (const uint64_t segment : segments_) {
    const std::string original = test::ReadFile(SegmentPath(segment));
    ASSERT_TRUE(std::filesystem::remove(SegmentPath(segment)));
    EXPECT_TRUE(Verified().has_value()) << segment;
    test::WriteFile(SegmentPath(segment), original);
  }
}

// A forger who knows the format but not what follows: checksums right, the chain not.
TEST_F(VerifyTest, FindsARemovedOrRepeatedRecord) {
  Write();
  const std::string original = test::ReadFile(SegmentPath(1));
  const size_t first = starts_[0].second;
  const size_t second = starts_[1].second;
  const std::string record = original.substr(first, second - first);
  test::WriteFile(SegmentPath(1), original.substr(0, first) + original.substr(second));
  EXPECT_EQ(Verified()->offset, first);
  test::WriteFile(SegmentPath(1), original.substr(0, second) + record + original.substr(second));
  EXPECT_EQ(Verified()->offset, second);
}

TEST_F(VerifyTest, FindsAForgedRecordWithRightChecksums) {
  Write();
  std::string bytes = test::ReadFile(SegmentPath(1));
  RecordHead head;
  std::memcpy(&head, bytes.data() + starts_[1].second, sizeof(head));
  const size_t payload = starts_[1].second + sizeof(head);
  bytes.replace(bytes.find("\"allow\"", payload), 7, "\"deny!\"");
  head.payload_checksum =
      PayloadChecksum(std::string_view(bytes).substr(payload, head.payload_size));
  head.head_checksum = HeadChecksum(head);
  std::memcpy(bytes.data() + starts_[1].second, &head, sizeof(head));
  test::WriteFile(SegmentPath(1), bytes);
  EXPECT_EQ(Verified()->sequence, 2u);
  EXPECT_NE(Verified()->what.find("chain"), std::string::npos);
}

TEST_F(VerifyTest, FindsASegmentOfAnotherStream) {
  Write();
  const std::string first = test::ReadFile(SegmentPath(segments_[1]));
  const std::string here = SegmentPath(segments_[1]);
  starts_.clear();
  Write();
  ASSERT_NE(SegmentPath(segments_[1]), here);
  test::WriteFile(SegmentPath(segments_[1]), first);
  ASSERT_TRUE(Verified().has_value());
  EXPECT_EQ(Verified()->what, "the segment belongs to another stream");
}

TEST_F(VerifyTest, ALiveStreamHasNoEndYet) {
  auto log = OpenLog();
  ASSERT_TRUE(log->AppendIntent(MakeIntent()));
  const StreamReport report = *VerifyStream(directory(), log->stream());
  EXPECT_EQ(report.state, StreamState::kLive);
  EXPECT_FALSE(report.problem.has_value());
  EXPECT_EQ(report.records, 2u);
}

}  // namespace
}  // namespace mcplexer::audit
