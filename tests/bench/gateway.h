// SPDX-License-Identifier: Apache-2.0
// `mcplexer run` with a generated policy, in a directory of its own.

#ifndef MCPLEXER_TESTS_BENCH_GATEWAY_H_
#define MCPLEXER_TESTS_BENCH_GATEWAY_H_

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::bench {

// What a client begins with.
inline constexpr std::string_view kInitialize =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",)"
    R"("capabilities":{},"clientInfo":{"name":"latency","version":"1"}}})"
    "\n";
inline constexpr std::string_view kInitialized =
    R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
    "\n";

// A directory that is gone when this is: a plan, the working directory of a client, the gateway's
// state. All members abort when the system fails.
class Scratch {
 public:
  explicit Scratch(const std::string& parent);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::string& path() const { return path_; }
  // Compiles a generated policy of so many rules, and one that allows the echo server `e` in the
  // working directory. The compiler runs in a process of its own, which ends: this one stays small.
  // Returns the plan's size in bytes.
  uintmax_t WritePlan(size_t rules) const;
  // `mcplexer run` of that plan.
  std::vector<std::string> GatewayCommand() const;
  // Bytes of the files of the audit log.
  uintmax_t AuditBytes() const;

 private:
  std::string path_;
};

// A field of /proc/PID/status that is in KiB (VmRSS, RssAnon), in MiB.
double MemoryMib(pid_t pid, std::string_view field);

}  // namespace mcplexer::bench

#endif  // MCPLEXER_TESTS_BENCH_GATEWAY_H_
