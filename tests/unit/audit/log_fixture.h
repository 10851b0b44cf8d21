// SPDX-License-Identifier: Apache-2.0
// A log in a directory of its own, and calls to put into it.

#ifndef MCPLEXER_TESTS_UNIT_AUDIT_LOG_FIXTURE_H_
#define MCPLEXER_TESTS_UNIT_AUDIT_LOG_FIXTURE_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "runtime/audit/clock.h"
#include "runtime/audit/log.h"
#include "runtime/audit/stream_cursor.h"
#include "tests/unit/audit/temporary_directory.h"
#include "tests/unit/audit/test_plan.h"

namespace mcplexer::audit {

// 2026-11-22T12:17:00Z, one millisecond later each time it is asked.
class StepClock : public Clock {
 public:
  uint64_t UtcNanoseconds() const override { return kStart + 1'000'000 * ticks_++; }
  uint64_t MonotonicNanoseconds() const override { return 5'000 + ticks_; }

 private:
  static constexpr uint64_t kStart = 1'795'349'820'000'000'000;
  mutable uint64_t ticks_ = 0;
};

struct StoredRecord {
  RecordType type;
  uint64_t sequence;
  std::string payload;
};

class LogTest : public testing::Test {
 protected:
  LogTest() : plan_(MakePlan()) {}

  static plan::Plan MakePlan() {
    test::TestPlan plan;
    plan.scopes = {{.name = "dev", .redact = {"Pin-Code"}}, {.name = "ops", .redact = {"reason"}}};
    return plan.Build();
  }

  std::string directory() const { return temporary_.File("state/audit"); }

  std::unique_ptr<Log> OpenLog(uint64_t segment_bytes = uint64_t{64} << 20) {
    Result<std::unique_ptr<Log>> log = Log::Open({.directory = directory(),
                                                  .program_version = "1.2.3",
                                                  .segment_bytes = segment_bytes,
                                                  .clock = &clock_});
    EXPECT_TRUE(log.has_value()) << (log ? "" : log.error().message);
    return log ? std::move(*log) : nullptr;
  }

  Intent MakeIntent(std::string_view arguments = R"({"number":7})") const {
    Intent intent;
    intent.plan = &plan_;
    intent.session = "s1";
    intent.client_name = "claude";
    intent.client_version = "2.1";
    intent.principal = PrincipalId(0u);
    intent.workspace = WorkspaceId(0u);
    intent.subpath = "src";
    intent.name = "github__get_issue";
    intent.arguments = arguments;
    intent.decision = "allow";
    intent.reason = "rule";
    intent.rule = RuleId(0u);
    intent.server = ServerId(0u);
    intent.scope = ScopeId(0u);
    intent.tool = "get_issue";
    return intent;
  }

  // All records of a stream that verify; `last` is what came behind them.
  std::vector<StoredRecord> ReadStream(const std::string& stream,
                                       StreamCursor::Step* last = nullptr) const {
    StreamCursor cursor(directory() + "/" + stream);
    std::vector<StoredRecord> records;
    StreamCursor::Step step = cursor.Next();
    for (; step == StreamCursor::Step::kRecord; step = cursor.Next()) {
      const RecordView& record = cursor.record();
      records.push_back({record.type, record.sequence, std::string(record.payload)});
    }
    if (last != nullptr) *last = step;
    return records;
  }

  test::TemporaryDirectory temporary_;
  plan::Plan plan_;
  StepClock clock_;
};

}  // namespace mcplexer::audit

#endif  // MCPLEXER_TESTS_UNIT_AUDIT_LOG_FIXTURE_H_
