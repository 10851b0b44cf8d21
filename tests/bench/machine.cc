// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/machine.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace mcplexer::bench {
namespace {

std::string Processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

}  // namespace

std::string LoadAverage() {
  std::ifstream file("/proc/loadavg");
  std::string one, five, fifteen;
  file >> one >> five >> fifteen;
  return fmt::format("{} {} {}", one, five, fifteen);
}

std::string DescribeMachine() {
  const char* revision = std::getenv("MCPLEXER_REVISION");
  return fmt::format("processor  {}, {} online\nload       {}\nrevision   {}\n", Processor(),
                     ::sysconf(_SC_NPROCESSORS_ONLN), LoadAverage(),
                     revision == nullptr ? "not named" : revision);
}

}  // namespace mcplexer::bench
