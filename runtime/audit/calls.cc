// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/calls.h"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <tuple>

namespace mcplexer::audit {
namespace {

bool BeganBefore(const Call& a, const Call& b) {
  return std::tie(a.time, a.stream, a.sequence) < std::tie(b.time, b.stream, b.sequence);
}

// Leaves the `count` calls that began last, in order.
void KeepLast(std::vector<Call>& calls, size_t count) {
  std::sort(calls.begin(), calls.end(), BeganBefore);
  if (calls.size() > count) calls.erase(calls.begin(), calls.end() - static_cast<ptrdiff_t>(count));
}

uint64_t ModifiedAt(const std::string& path) {
  struct stat status = {};
  if (stat(path.c_str(), &status) != 0) return 0;
  return static_cast<uint64_t>(status.st_mtim.tv_sec) * 1'000'000'000u +
         static_cast<uint64_t>(status.st_mtim.tv_nsec);
}

}  // namespace

StreamCalls::StreamCalls(const std::string& directory, std::string stream, uint64_t first_segment)
    : stream_(std::move(stream)), cursor_(directory + "/" + stream_) {
  cursor_.StartAt(first_segment);
}

StreamCursor::Step StreamCalls::Poll(std::vector<Call>& ended) {
  StreamCursor::Step step = cursor_.Next();
  for (; step == StreamCursor::Step::kRecord; step = cursor_.Next()) Take(cursor_.record(), ended);
  return step;
}

void StreamCalls::Take(const RecordView& record, std::vector<Call>& ended) {
  if (record.type != RecordType::kIntent && record.type != RecordType::kOutcome) return;
  if (!document_.Parse(record.payload)) return;
  const json::NodeId root = document_.Root();
  if (record.type == RecordType::kIntent) {
    Call call{.stream = stream_, .sequence = record.sequence, .time = record.time};
    call.intent = record.payload;
    const json::NodeId decision = document_.Find(root, "decision");
    if (decision.valid() && document_.StringEquals(decision, "deny")) {
      call.state = CallState::kDenied;
      ended.push_back(std::move(call));
    } else {
      open_.emplace(record.sequence, std::move(call));
    }
    return;
  }
  const json::NodeId intent = document_.Find(root, "intent");
  if (!intent.valid()) return;
  const std::string_view digits = document_.Raw(intent);
  uint64_t sequence = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), sequence);
  const auto open = open_.find(sequence);
  if (open == open_.end()) return;
  open->second.outcome = record.payload;
  open->second.state = CallState::kFinished;
  ended.push_back(std::move(open->second));
  open_.erase(open);
}

std::vector<Call> StreamCalls::Open() const {
  std::vector<Call> calls;
  for (const auto& [sequence, call] : open_) calls.push_back(call);
  return calls;
}

std::vector<Call> StreamCalls::TakeOpen(CallState state) {
  std::vector<Call> calls = Open();
  for (Call& call : calls) call.state = state;
  open_.clear();
  return calls;
}

struct CallTail::Candidate {
  std::string stream;
  StreamState state;
  std::vector<uint64_t> segments;
  uint64_t modified;
};

Result<std::vector<Call>> CallTail::Last(size_t count) {
  const Result<std::vector<std::string>> streams = ListStreams(directory_);
  if (!streams) return tl::unexpected(streams.error());
  std::vector<Candidate> candidates;
  for (const std::string& stream : *streams) {
    const std::string path = directory_ + "/" + stream;
    const Result<StreamState> state = StateOf(path);
    if (!state) return tl::unexpected(state.error());
    Result<std::vector<uint64_t>> segments = ListSegments(path);
    if (!segments) return tl::unexpected(segments.error());
    known_.insert(stream);
    if (segments->empty()) {
      problems_.push_back({stream, {SegmentName(1), 0, 1, "the segment is missing"}});
      continue;
    }
    const uint64_t modified = ModifiedAt(path + "/" + SegmentName(segments->back()));
    candidates.push_back({stream, *state, std::move(*segments), modified});
  }
  // Live streams first, since they are followed; then the ones that were written to last.
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::make_tuple(a.state != StreamState::kLive, b.modified) <
           std::make_tuple(b.state != StreamState::kLive, a.modified);
  });
  std::vector<Call> calls;
  for (const Candidate& candidate : candidates) {
    const bool full = count == 0 || calls.size() == count;
    const bool older = full && (count == 0 || candidate.modified < calls.front().time);
    if (candidate.state != StreamState::kLive && older) break;
    ReadLast(candidate, count, calls);
    KeepLast(calls, count);
  }
  return calls;
}

// Segments are read from the last one back until they hold enough calls.
void CallTail::ReadLast(const Candidate& candidate, size_t count, std::vector<Call>& calls) {
  const CallState open_state =
      candidate.state == StreamState::kLive ? CallState::kPending : CallState::kInterrupted;
  for (size_t i = candidate.segments.size(); i-- > 0;) {
    auto reader =
        std::make_unique<StreamCalls>(directory_, candidate.stream, candidate.segments[i]);
    std::vector<Call> ended;
    const StreamCursor::Step step = reader->Poll(ended);
    std::vector<Call> open = reader->Open();
    if (ended.size() + open.size() < count && i != 0 && step != StreamCursor::Step::kDamaged) {
      continue;
    }
    for (Call& call : open) call.state = open_state;
    calls.insert(calls.end(), std::make_move_iterator(ended.begin()),
                 std::make_move_iterator(ended.end()));
    calls.insert(calls.end(), std::make_move_iterator(open.begin()),
                 std::make_move_iterator(open.end()));
    if (step == StreamCursor::Step::kDamaged) {
      problems_.push_back({candidate.stream, reader->problem()});
    } else if (candidate.state == StreamState::kLive) {
      followed_.push_back(std::move(reader));
    }
    return;
  }
}

Result<std::vector<Call>> CallTail::Poll() {
  const Result<std::vector<std::string>> streams = ListStreams(directory_);
  if (!streams) return tl::unexpected(streams.error());
  for (const std::string& stream : *streams) {
    if (known_.insert(stream).second) {
      followed_.push_back(std::make_unique<StreamCalls>(directory_, stream, 1));
    }
  }
  std::vector<Call> ended;
  std::erase_if(followed_, [&](const std::unique_ptr<StreamCalls>& reader) {
    // The state first: what is not live any more is complete when it is read after.
    const Result<StreamState> state = StateOf(directory_ + "/" + reader->stream());
    const StreamCursor::Step step = reader->Poll(ended);
    if (step == StreamCursor::Step::kDamaged) {
      problems_.push_back({reader->stream(), reader->problem()});
    } else if (!state || *state == StreamState::kLive) {
      return false;
    }
    std::vector<Call> open = reader->TakeOpen(CallState::kInterrupted);
    ended.insert(ended.end(), std::make_move_iterator(open.begin()),
                 std::make_move_iterator(open.end()));
    return true;
  });
  return ended;
}

}  // namespace mcplexer::audit
