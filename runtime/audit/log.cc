// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <optional>

#include "runtime/audit/payload.h"
#include "runtime/audit/segment_writer.h"
#include "runtime/audit/stream_directory.h"
#include "runtime/base/check.h"

namespace mcplexer::audit {

struct Log::Impl {
  LogOptions options;
  const Clock* clock = nullptr;
  std::string stream;
  std::string stream_directory;
  Descriptor directory;
  Descriptor lock;
  std::optional<SegmentWriter> writer;  // none once the log is closed
  PayloadWriter payloads;

  Status Create();
  Status Populate(const std::string& path, uint64_t now);
  Status AppendOpened();

  // Writes the record whose payload `write(stamp, out)` appends.
  template <typename Write>
  Result<uint64_t> Append(RecordType type, Write write) {
    if (!writer) return Fail("the audit log is closed");
    const Stamp stamp{writer->next_sequence(), clock->UtcNanoseconds(),
                      clock->MonotonicNanoseconds()};
    write(stamp, writer->payload());
    if (Status committed = writer->Commit(type, stamp.utc_nanoseconds); !committed) {
      return tl::unexpected(std::move(committed.error()));
    }
    return stamp.sequence;
  }
};

// Lock, segment and first record are made under a name that readers pass over, so that a stream
// is never seen, or taken for abandoned, before it is locked.
Status Log::Impl::Create() {
  if (Status made = MakePrivateDirectory(options.directory); !made) return made;
  const uint64_t now = clock->UtcNanoseconds();
  stream = NewStreamName(now);
  stream_directory = options.directory + "/" + stream;
  const std::string hidden = options.directory + "/." + stream;
  if (mkdir(hidden.c_str(), 0700) != 0) return FailErrno("cannot make an audit stream");
  Status populated = Populate(hidden, now);
  if (populated && rename(hidden.c_str(), stream_directory.c_str()) != 0) {
    populated = FailErrno("cannot name an audit stream");
  }
  if (!populated) {
    for (const std::string& name : {SegmentName(1), std::string(kLockName)}) {
      unlink((hidden + "/" + name).c_str());
    }
    rmdir(hidden.c_str());
    writer.reset();
  }
  return populated;
}

Status Log::Impl::Populate(const std::string& path, uint64_t now) {
  directory = Descriptor(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.valid()) return FailErrno("cannot open an audit stream");
  lock =
      Descriptor(openat(directory.get(), kLockName, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!lock.valid()) return FailErrno("cannot make the lock of an audit stream");
  if (Status locked = LockNew(lock.get()); !locked) return locked;

  std::array<uint8_t, 16> id;
  MCPLEXER_CHECK(getrandom(id.data(), id.size(), 0) == static_cast<ssize_t>(id.size()));
  Result<SegmentWriter> begun =
      SegmentWriter::Begin(directory.get(), id, options.segment_bytes, now);
  if (!begun) return tl::unexpected(std::move(begun.error()));
  writer.emplace(std::move(*begun));
  return AppendOpened();
}

Status Log::Impl::AppendOpened() {
  const Result<uint64_t> opened =
      Append(RecordType::kOpened, [&](const Stamp& stamp, std::string& out) {
        payloads.Opened(stamp, options.program_version, static_cast<uint64_t>(getpid()), out);
      });
  if (!opened) return tl::unexpected(opened.error());
  return {};
}

Result<std::unique_ptr<Log>> Log::Open(LogOptions options) {
  auto impl = std::make_unique<Impl>();
  impl->clock = options.clock != nullptr ? options.clock : &Clock::System();
  impl->options = std::move(options);
  if (Status created = impl->Create(); !created) {
    return tl::unexpected(std::move(created.error()));
  }
  return std::unique_ptr<Log>(new Log(std::move(impl)));
}

Log::Log(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

// A closing record that cannot be written leaves an abandoned stream, which is what it is.
Log::~Log() { static_cast<void>(Close()); }

Result<uint64_t> Log::AppendIntent(const Intent& intent) {
  return impl_->Append(RecordType::kIntent, [&](const Stamp& stamp, std::string& out) {
    impl_->payloads.Intent(stamp, intent, out);
  });
}

Result<uint64_t> Log::AppendOutcome(const Outcome& outcome) {
  return impl_->Append(RecordType::kOutcome, [&](const Stamp& stamp, std::string& out) {
    impl_->payloads.Outcome(stamp, outcome, out);
  });
}

Result<uint64_t> Log::AppendEvent(const Event& event) {
  return impl_->Append(RecordType::kEvent, [&](const Stamp& stamp, std::string& out) {
    impl_->payloads.Event(stamp, event, out);
  });
}

Status Log::Sync() {
  if (!impl_->writer) return Fail("the audit log is closed");
  return impl_->writer->Sync();
}

Status Log::Close() {
  if (!impl_->writer) return {};
  const Result<uint64_t> closed = impl_->Append(
      RecordType::kClosed,
      [&](const Stamp& stamp, std::string& out) { impl_->payloads.Closed(stamp, out); });
  impl_->writer.reset();
  if (!closed) {
    impl_->lock.Reset();
    return tl::unexpected(closed.error());
  }
  if (unlinkat(impl_->directory.get(), kLockName, 0) != 0) {
    return FailErrno("cannot seal an audit stream");
  }
  impl_->lock.Reset();
  return {};
}

Redactor& Log::redactor() { return impl_->payloads.redactor(); }
const std::string& Log::stream() const { return impl_->stream; }
const std::string& Log::stream_directory() const { return impl_->stream_directory; }

}  // namespace mcplexer::audit
