// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/recover.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "runtime/audit/verify.h"
#include "tests/unit/audit/log_fixture.h"

namespace mcplexer::audit {
namespace {

using testing::HasSubstr;

class RecoverTest : public LogTest {
 protected:
  // The bytes of a stream whose process is still at it, and where its last record begins.
  void WriteLive() {
    auto log = OpenLog();
    ASSERT_TRUE(log->AppendIntent(MakeIntent()));
    begin_ = std::filesystem::file_size(log->stream_directory() + "/" + SegmentName(1));
    ASSERT_TRUE(log->AppendIntent(MakeIntent()));
    bytes_ = test::ReadFile(log->stream_directory() + "/" + SegmentName(1));
    ASSERT_TRUE(log->Close());
    std::filesystem::remove_all(directory());
  }

  // The stream of a process that died and left these bytes.
  void Abandon(std::string_view bytes) {
    std::filesystem::remove_all(directory());
    std::filesystem::create_directories(path());
    std::filesystem::permissions(directory(), std::filesystem::perms::owner_all);
    test::WriteFile(path() + "/" + SegmentName(1), bytes);
    test::WriteFile(path() + "/lock", "");
  }

  RecoveredStream Recover() {
    const auto recovered = RecoverStreams(directory(), clock_);
    EXPECT_TRUE(recovered.has_value());
    EXPECT_EQ(recovered->size(), 1u);
    return recovered->at(0);
  }

  std::string path() const { return directory() + "/" + kStream; }
  bool Exists(const std::string& name) const {
    return std::filesystem::exists(path() + "/" + name);
  }

  static constexpr const char* kStream = "20261122T121700.000000000Z-1-00000000";
  size_t begin_ = 0;
  std::string bytes_;
};

TEST_F(RecoverTest, SealsWhatWasTornAtEveryByteOfTheLastRecord) {
  WriteLive();
  for (size_t size = begin_; size < bytes_.size(); ++size) {
    Abandon(bytes_.substr(0, size));
    EXPECT_EQ(*StateOf(path()), StreamState::kAbandoned);
    const RecoveredStream recovered = Recover();
    EXPECT_EQ(recovered.problem, "") << size;
    EXPECT_EQ(recovered.torn_bytes, size - begin_);
    const StreamReport report = *VerifyStream(directory(), kStream);
    EXPECT_FALSE(report.problem.has_value()) << size << ": " << report.problem->what;
    EXPECT_EQ(report.state, StreamState::kSealed);
    const auto records = ReadStream(kStream);
    ASSERT_EQ(records.size(), 3u) << size;
    EXPECT_EQ(records[1].type, RecordType::kIntent);
    EXPECT_EQ(records[2].type, RecordType::kRecovered);
    const auto payload = nlohmann::json::parse(records[2].payload);
    EXPECT_EQ(payload["torn_bytes"], size - begin_);
    if (size == begin_) {
      EXPECT_FALSE(Exists("torn"));
      EXPECT_TRUE(payload["torn_sha256"].is_null());
    } else {
      EXPECT_EQ(test::ReadFile(path() + "/torn"), bytes_.substr(begin_, size - begin_));
    }
  }
}

TEST_F(RecoverTest, KeepsARecordThatIsWhole) {
  WriteLive();
  Abandon(bytes_);
  EXPECT_EQ(Recover().torn_bytes, 0u);
  EXPECT_EQ(ReadStream(kStream).size(), 4u);
}

// What a crash of the machine leaves of writes that were not synced.
TEST_F(RecoverTest, TakesZerosForTorn) {
  WriteLive();
  Abandon(bytes_.substr(0, begin_) + std::string(5000, '\0'));
  EXPECT_EQ(Recover().torn_bytes, 5000u);
  std::string holes = bytes_;
  for (size_t i = begin_ + 200; i < holes.size(); ++i) holes[i] = '\0';
  Abandon(holes);
  EXPECT_EQ(Recover().torn_bytes, bytes_.size() - begin_);
  EXPECT_FALSE(VerifyStream(directory(), kStream)->problem.has_value());
}

TEST_F(RecoverTest, LeavesDamageAsItIs) {
  WriteLive();
  for (const size_t at : {size_t{5}, size_t{200}, begin_ - 1, begin_ + 3, begin_ + 90}) {
    std::string damaged = bytes_;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    Abandon(damaged);
    const RecoveredStream recovered = Recover();
    EXPECT_THAT(recovered.problem, HasSubstr("00000000000000000001.log at offset")) << at;
    EXPECT_EQ(test::ReadFile(path() + "/" + SegmentName(1)), damaged);
    EXPECT_TRUE(Exists("lock"));
    EXPECT_FALSE(Exists("torn"));
  }
}

// Each state that a recovery can die in is recovered from, and no torn byte is lost.
TEST_F(RecoverTest, MayDieAtAnyPoint) {
  WriteLive();
  const std::string whole = bytes_.substr(0, begin_);
  const std::string torn = bytes_.substr(begin_, 100);

  Abandon(whole + torn);  // bytes put aside in part
  test::WriteFile(path() + "/torn", torn.substr(0, 40));
  EXPECT_EQ(Recover().problem, "");
  EXPECT_EQ(test::ReadFile(path() + "/torn"), torn.substr(0, 40) + torn);
  EXPECT_FALSE(VerifyStream(directory(), kStream)->problem.has_value());

  Abandon(whole);  // bytes cut, but nothing said
  test::WriteFile(path() + "/torn", torn);
  EXPECT_EQ(Recover().torn_bytes, torn.size());
  EXPECT_EQ(nlohmann::json::parse(ReadStream(kStream).back().payload)["torn_bytes"], torn.size());
  const std::string sealed = test::ReadFile(path() + "/" + SegmentName(1));

  for (size_t size = whole.size() + 1; size < sealed.size(); ++size) {  // `recovered` torn itself
    Abandon(sealed.substr(0, size));
    test::WriteFile(path() + "/torn", torn);
    EXPECT_EQ(Recover().problem, "");
    EXPECT_EQ(test::ReadFile(path() + "/torn"),
              torn + sealed.substr(whole.size(), size - whole.size()));
    EXPECT_FALSE(VerifyStream(directory(), kStream)->problem.has_value()) << size;
  }

  Abandon(sealed);  // all but the lock
  EXPECT_EQ(Recover().problem, "");
  EXPECT_EQ(test::ReadFile(path() + "/" + SegmentName(1)), sealed);
  EXPECT_FALSE(Exists("lock"));
}

// The process died when it had begun a segment and not written to it.
TEST_F(RecoverTest, SealsASegmentWithoutRecords) {
  auto log = OpenLog(1500);
  while (ListSegments(log->stream_directory())->size() < 2) {
    ASSERT_TRUE(log->AppendIntent(MakeIntent()));
  }
  const uint64_t second = ListSegments(log->stream_directory())->back();
  const std::string first = test::ReadFile(log->stream_directory() + "/" + SegmentName(1));
  const std::string header = test::ReadFile(log->stream_directory() + "/" + SegmentName(second))
                                 .substr(0, sizeof(SegmentHeader));
  ASSERT_TRUE(log->Close());
  Abandon(first);
  test::WriteFile(path() + "/" + SegmentName(second), header);
  EXPECT_EQ(Recover().problem, "");
  EXPECT_FALSE(VerifyStream(directory(), kStream)->problem.has_value());
  EXPECT_EQ(ReadStream(kStream).back().sequence, second);
}

TEST_F(RecoverTest, LeavesLiveAndSealedStreamsAlone) {
  auto live = OpenLog();
  auto sealed = OpenLog();
  ASSERT_TRUE(sealed->Close());
  EXPECT_TRUE(RecoverStreams(directory(), clock_)->empty());
  EXPECT_TRUE(live->AppendIntent(MakeIntent()));
}

TEST_F(RecoverTest, AMissingDirectoryIsFine) {
  EXPECT_TRUE(RecoverStreams(temporary_.File("none"), clock_)->empty());
}

}  // namespace
}  // namespace mcplexer::audit
