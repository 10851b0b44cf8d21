// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/exec_entry.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "runtime/downstream/supervisor.h"

namespace mcplexer::downstream {
namespace {

constexpr std::string_view kMarker = "__exec";
// mcplexer __exec DIRECTORY PROGRAM ARGUMENT0 ...
constexpr int kDirectory = 2;
constexpr int kProgram = 3;
constexpr int kArguments = 4;
constexpr int kCannotRun = 127;  // as shells say it

[[noreturn]] void Refuse(const char* what, const char* name) {
  std::fprintf(stderr, "mcplexer: cannot %s %s: %s\n", what, name, std::strerror(errno));
  std::_Exit(kCannotRun);
}

}  // namespace

std::vector<std::string> ExecEntryArguments(const std::string& directory,
                                            const std::string& program,
                                            const std::vector<std::string>& arguments) {
  std::vector<std::string> all = {"mcplexer", std::string(kMarker), directory, program};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

void RunExecEntry(int argc, char** argv) {
  if (argc <= kArguments || std::string_view(argv[1]) != kMarker) return;
  // Ours are close-on-exec, each of them; this is for what a library opened without.
  ::close_range(kControlDescriptor + 1, ~0U, 0);
  if (!ForkUnderSupervisor()) Refuse("start", argv[kProgram]);
  if (*argv[kDirectory] != '\0' && ::chdir(argv[kDirectory]) != 0) {
    Refuse("enter", argv[kDirectory]);
  }
  ::execv(argv[kProgram], argv + kArguments);
  Refuse("run", argv[kProgram]);
}

}  // namespace mcplexer::downstream
