// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/exec_entry.h"

#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace mcplexer::downstream {
namespace {

constexpr std::string_view kMarker = "__exec";
// mcplexer __exec PARENT DIRECTORY PROGRAM ARGUMENT0 ...
constexpr int kParent = 2;
constexpr int kDirectory = 3;
constexpr int kProgram = 4;
constexpr int kArguments = 5;
constexpr int kCannotRun = 127;  // as shells say it

[[noreturn]] void Refuse(const char* what, const char* name) {
  std::fprintf(stderr, "mcplexer: cannot %s %s: %s\n", what, name, std::strerror(errno));
  std::_Exit(kCannotRun);
}

}  // namespace

std::vector<std::string> ExecEntryArguments(pid_t parent, const std::string& directory,
                                            const std::string& program,
                                            const std::vector<std::string>& arguments) {
  std::vector<std::string> all = {"mcplexer", std::string(kMarker), std::to_string(parent),
                                  directory, program};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

void RunExecEntry(int argc, char** argv) {
  if (argc <= kArguments || std::string_view(argv[1]) != kMarker) return;
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) Refuse("tie", "the child to its parent");
  // Should the gateway have died before the request, nobody will be told any more.
  if (::getppid() != static_cast<pid_t>(std::strtol(argv[kParent], nullptr, 10))) {
    std::_Exit(kCannotRun);
  }
  if (*argv[kDirectory] != '\0' && ::chdir(argv[kDirectory]) != 0) {
    Refuse("enter", argv[kDirectory]);
  }
  // Ours are close-on-exec, each of them; this is for what a library opened without.
  ::close_range(STDERR_FILENO + 1, ~0U, 0);
  ::execv(argv[kProgram], argv + kArguments);
  Refuse("run", argv[kProgram]);
}

}  // namespace mcplexer::downstream
