// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/gateway.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "compiler/commands/compilation.h"
#include "compiler/syntax/parse.h"
#include "runtime/base/check.h"
#include "tests/bench/generated_policy.h"

namespace mcplexer::bench {
namespace {

void CompileTo(const std::string& path, const std::string& text) {
  commands::Compilation compilation;
  const FileId file = compilation.sources.Add("generated.plex", text);
  const syntax::File tree =
      syntax::ParsePlex(compilation.sources, file, source::Limits(), compilation.diagnostics);
  commands::CompileTrees({tree}, "", compilation);
  MCPLEXER_CHECK(!compilation.plan.empty());
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(compilation.plan.data()),
             static_cast<std::streamsize>(compilation.plan.size()));
}

}  // namespace

Scratch::Scratch(const std::string& parent) {
  std::string name = std::filesystem::canonical(parent).string() + "/gateway.XXXXXX";
  MCPLEXER_CHECK(::mkdtemp(name.data()) != nullptr);
  path_ = name;
  std::filesystem::create_directory(path_ + "/work");
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

uintmax_t Scratch::WritePlan(size_t rules) const {
  const std::string plan = path_ + "/plan";
  std::fflush(nullptr);
  const pid_t child = ::fork();
  MCPLEXER_CHECK(child >= 0);
  if (child == 0) {
    CompileTo(plan, GeneratePolicy(rules).text +
                        fmt::format("server e {{ command = [\"{}\"] }}\n"
                                    "workspace here {{ root = \"{}/work\"  allow e__* as all }}\n",
                                    ECHO_SERVER, path_));
    std::_Exit(0);
  }
  int status = 0;
  MCPLEXER_CHECK(::waitpid(child, &status, 0) == child && status == 0);
  return std::filesystem::file_size(plan);
}

std::vector<std::string> Scratch::GatewayCommand() const {
  return {MCPLEXER, "run", path_ + "/plan", "--dir", path_ + "/work", "--state", path_ + "/state"};
}

uintmax_t Scratch::AuditBytes() const {
  uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path_ + "/state")) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

double MemoryMib(pid_t pid, std::string_view field) {
  std::ifstream status(fmt::format("/proc/{}/status", pid));
  for (std::string line; std::getline(status, line);) {
    if (!line.starts_with(field) || line.size() == field.size() || line[field.size()] != ':')
      continue;
    return std::strtod(line.c_str() + field.size() + 1, nullptr) / 1024;
  }
  MCPLEXER_CHECK(false);
}

}  // namespace mcplexer::bench
