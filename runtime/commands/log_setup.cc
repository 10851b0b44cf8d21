// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/log_setup.h"

#include <fmt/format.h>
#include <poll.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <climits>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace mcplexer::commands {
namespace {

// poll says that a pipe is writable when it has room for this many bytes, so no shorter write
// blocks.
constexpr size_t kMaxLine = PIPE_BUF;

std::string EscapeControl(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte < 0x20 || byte == 0x7F) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out;
}

class StderrSink final : public spdlog::sinks::base_sink<std::mutex> {
 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    const std::string escaped = EscapeControl({message.payload.data(), message.payload.size()});
    spdlog::details::log_msg safe = message;
    safe.payload = escaped;
    spdlog::memory_buf_t buffer;
    formatter_->format(safe, buffer);
    if (dropped_ != 0) {
      const std::string note = fmt::format("({} log lines were dropped)\n", dropped_);
      if (Write(note)) dropped_ = 0;
    }
    std::string line(buffer.data(), buffer.size());
    if (line.size() > kMaxLine) line.replace(kMaxLine - 4, line.size(), "...\n");
    if (!Write(line)) ++dropped_;
  }
  void flush_() override {}

 private:
  static bool Write(std::string_view line) {
    pollfd ready{STDERR_FILENO, POLLOUT, 0};
    if (::poll(&ready, 1, 0) != 1 || (ready.revents & POLLOUT) == 0) return false;
    return ::write(STDERR_FILENO, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  }

  uint64_t dropped_ = 0;
};

}  // namespace

void SetUpLog(const std::string& program, std::string_view usual_level) {
  auto logger = std::make_shared<spdlog::logger>(program, std::make_shared<StderrSink>());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %n %l: %v");
  spdlog::set_default_logger(std::move(logger));
  const char* name = std::getenv("MCPLEXER_LOG");
  const std::string_view wanted = name == nullptr ? usual_level : name;
  // from_str gives `off` for what it does not know.
  const spdlog::level::level_enum level = spdlog::level::from_str(std::string(wanted));
  spdlog::set_level(level == spdlog::level::off && wanted != "off" ? spdlog::level::info : level);
}

}  // namespace mcplexer::commands
