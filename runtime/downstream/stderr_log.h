// SPDX-License-Identifier: Apache-2.0
// A child's stderr, line by line into our log. It is always read, or the child would block on it.

#ifndef MCPLEXER_RUNTIME_DOWNSTREAM_STDERR_LOG_H_
#define MCPLEXER_RUNTIME_DOWNSTREAM_STDERR_LOG_H_

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/downstream/log_text.h"
#include "runtime/transport/stream_transport.h"

namespace mcplexer::downstream {

class StderrLog final : private transport::Receiver {
 public:
  StderrLog(boost::asio::io_context& io, const transport::Timers& timers,
            transport::UniqueFd errors, std::string server, std::shared_ptr<const Mask> mask);

 private:
  void OnFrame(std::string_view line) override;
  void OnOversizedFrame() override;
  void OnClosed() override {}
  void OnCongestion(bool) override {}
  bool Allow();

  const transport::Timers& timers_;
  const std::string server_;
  const std::shared_ptr<const Mask> mask_;
  RateLimit rate_;
  transport::StreamTransport lines_;
};

}  // namespace mcplexer::downstream

#endif  // MCPLEXER_RUNTIME_DOWNSTREAM_STDERR_LOG_H_
