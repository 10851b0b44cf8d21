// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/stderr_log.h"

#include <spdlog/spdlog.h>

#include <utility>

namespace mcplexer::downstream {
namespace {

// A stack trace at start-up passes whole; a server that logs in a loop does not fill the disk.
constexpr uint32_t kBurst = 200;
constexpr uint32_t kPerSecond = 20;

// A longer line is not shown at all: cut, it could end in half a secret, which no mask finds.
transport::Limits LineLimits() {
  transport::Limits limits;
  limits.frame_bytes = size_t{16} << 10;
  return limits;
}

}  // namespace

StderrLog::StderrLog(boost::asio::io_context& io, const transport::Timers& timers,
                     transport::UniqueFd errors, std::string server,
                     std::shared_ptr<const Mask> mask)
    : timers_(timers),
      server_(std::move(server)),
      mask_(std::move(mask)),
      rate_(kBurst, kPerSecond),
      lines_(io, std::move(errors), transport::UniqueFd(), LineLimits()) {
  lines_.Start(*this);
}

void StderrLog::OnFrame(std::string_view line) {
  if (!Allow()) return;
  spdlog::info("server `{}` says: {}", server_,
               Printable(mask_->Apply(line), LineLimits().frame_bytes));
}

void StderrLog::OnOversizedFrame() {
  if (Allow()) spdlog::info("server `{}` wrote an overlong line to stderr", server_);
}

bool StderrLog::Allow() {
  if (!rate_.Allow(timers_.Now())) return false;
  if (const uint64_t dropped = rate_.TakeDropped(); dropped != 0) {
    spdlog::info("server `{}`: {} lines of stderr were left out", server_, dropped);
  }
  return true;
}

}  // namespace mcplexer::downstream
