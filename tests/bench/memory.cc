// SPDX-License-Identifier: Apache-2.0
// How much memory the gateway keeps, and how that grows with the plan.
//
// For each size a generated plan of so many rules is served by `mcplexer run` to one client, which
// initializes, lists the tools and makes some calls; the gateway asks one server. Then
// /proc/PID/status says what is resident: `anon` is memory of its own, with the plan among it;
// `file` are pages of the program and its libraries, which all processes that run them share.
// `most` is what was resident at one time, while the plan was loaded too.
//
// usage: memory [SIZE...]
// Status 1 when the budget is missed: 15 MiB resident at any size.

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/check.h"
#include "tests/bench/child.h"
#include "tests/bench/gateway.h"
#include "tests/bench/machine.h"

namespace mcplexer::bench {
namespace {

constexpr double kBudgetMib = 15;
constexpr int kCalls = 100;

void Expect(Child& child, std::string_view part) {
  MCPLEXER_CHECK(child.ReadLine().find(part) != std::string_view::npos);
}

void Use(Child& child) {
  child.Write(kInitialize);
  Expect(child, "protocolVersion");
  child.Write(kInitialized);
  child.Write("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}\n");
  Expect(child, "e__echo");
  for (int i = 0; i < kCalls; ++i) {
    child.Write(fmt::format(R"({{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{{"name":)"
                            R"("e__echo","arguments":{{"owner":"acme"}}}}}})"
                            "\n",
                            i + 2));
    Expect(child, "\"structuredContent\":{\"owner\"");
  }
  // Decided by a rule or by none, and not forwarded: the server is not there.
  child.Write(
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"tools/call\",\"params\":{\"name\":"
      "\"srv01__get_issue\"}}\n");
  static_cast<void>(child.ReadLine());
}

int Run(const std::vector<size_t>& sizes) {
  fmt::print("{}", DescribeMachine());
  ::setenv("MCPLEXER_LOG", "error", 1);
  fmt::print("\n{:>8} | {:>10} | {:>12} | {:>8} | {:>8} | {:>8}\n", "rules", "plan bytes",
             "resident MiB", "anon MiB", "file MiB", "most MiB");
  bool kept = true;
  for (const size_t size : sizes) {
    const Scratch scratch(".");
    const uintmax_t plan_bytes = scratch.WritePlan(size);
    Child gateway(scratch.GatewayCommand());
    Use(gateway);
    const double resident = MemoryMib(gateway.pid(), "VmRSS");
    fmt::print("{:>8} | {:>10} | {:>12.1f} | {:>8.1f} | {:>8.1f} | {:>8.1f}\n", size, plan_bytes,
               resident, MemoryMib(gateway.pid(), "RssAnon"), MemoryMib(gateway.pid(), "RssFile"),
               MemoryMib(gateway.pid(), "VmHWM"));
    std::fflush(stdout);
    kept = kept && resident <= kBudgetMib;
    gateway.End();
  }
  fmt::print("\nbudget {:.0f} MiB resident: {}\n", kBudgetMib, kept ? "kept" : "missed");
  return kept ? 0 : 1;
}

}  // namespace
}  // namespace mcplexer::bench

int main(int argc, char** argv) {
  std::vector<size_t> sizes;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    size_t size = 0;
    const auto [end, error] =
        std::from_chars(argument.data(), argument.data() + argument.size(), size);
    if (error != std::errc() || end != argument.data() + argument.size() || size == 0) {
      fmt::print(stderr, "usage: memory [SIZE...]\n");
      return 2;
    }
    sizes.push_back(size);
  }
  if (sizes.empty()) sizes = {100, 10'000, 100'000};
  return mcplexer::bench::Run(sizes);
}
