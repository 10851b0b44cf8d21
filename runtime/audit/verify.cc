// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/verify.h"

#include <fmt/format.h>

namespace mcplexer::audit {
namespace {

bool EndsStream(RecordType type) {
  return type == RecordType::kClosed || type == RecordType::kRecovered;
}

Problem At(const StreamEnd& end, std::string what) {
  return {SegmentName(end.segment), end.size, end.next_sequence, std::move(what)};
}

}  // namespace

Result<StreamReport> VerifyStream(const std::string& directory, const std::string& stream) {
  const std::string path = directory + "/" + stream;
  // The state first: a stream that was sealed before the reading began is complete.
  const Result<StreamState> state = StateOf(path);
  if (!state) return tl::unexpected(state.error());

  StreamReport report{.stream = stream, .state = *state};
  StreamCursor cursor(path);
  RecordType last = RecordType::kOpened;
  StreamCursor::Step step = cursor.Next();
  for (; step == StreamCursor::Step::kRecord; step = cursor.Next()) {
    const RecordType type = cursor.record().type;
    if ((cursor.record().sequence == 1) != (type == RecordType::kOpened)) {
      report.problem = At(cursor.end(), "an `opened` record that is not the first one, or none");
    } else if (EndsStream(last)) {
      report.problem = At(cursor.end(), "a record behind the one that ends the stream");
    }
    if (report.problem) break;
    last = type;
    ++report.records;
  }
  AppendHex(cursor.end().chain, report.last_chain_hash);
  if (step == StreamCursor::Step::kDamaged) report.problem = cursor.problem();
  if (step == StreamCursor::Step::kTorn) report.torn_bytes = cursor.torn_bytes();
  if (!report.problem && report.state == StreamState::kSealed) {
    if (step == StreamCursor::Step::kTorn) {
      report.problem = At(cursor.end(), "a sealed stream ends in a piece of a record");
    } else if (!EndsStream(last)) {
      report.problem = At(cursor.end(), "a sealed stream has lost its end");
    }
  }
  return report;
}

Result<std::vector<StreamReport>> Verify(const std::string& directory) {
  const Result<std::vector<std::string>> streams = ListStreams(directory);
  if (!streams) return tl::unexpected(streams.error());
  std::vector<StreamReport> reports;
  for (const std::string& stream : *streams) {
    Result<StreamReport> report = VerifyStream(directory, stream);
    if (!report) return tl::unexpected(std::move(report.error()));
    reports.push_back(std::move(*report));
  }
  return reports;
}

}  // namespace mcplexer::audit
