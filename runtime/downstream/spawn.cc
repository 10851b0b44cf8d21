// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/spawn.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "runtime/downstream/exec_entry.h"
#include "runtime/downstream/supervisor.h"

namespace mcplexer::downstream {
namespace {

using transport::UniqueFd;

// What execvp uses where there is no PATH.
constexpr std::string_view kDefaultPath = "/usr/local/bin:/usr/bin:/bin";

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

Result<Pipe> MakePipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return Fail(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
  }
  return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

bool IsExecutableFile(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::access(path.c_str(), X_OK) == 0;
}

// glibc 2.36 declares pidfd_open without C linkage. The descriptor is close-on-exec.
UniqueFd OpenPidfd(pid_t pid) {
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

std::string PathOf(const Command& command) {
  for (const std::string& variable : command.environment) {
    if (variable.starts_with("PATH=")) return variable.substr(5);
  }
  return std::string(kDefaultPath);
}

std::vector<char*> Pointers(const std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (const std::string& s : strings) pointers.push_back(const_cast<char*>(s.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// The child's ends.
struct Ends {
  int input;
  int output;
  int errors;
  int control;
};

// posix_spawn's own error, or 0. The child's descriptors 0 to 3 are the given ones, everything else
// of ours is close-on-exec; signals are as a program expects them at its start.
int PosixSpawn(const std::string& entry, const std::vector<std::string>& arguments,
               const std::vector<std::string>& environment, const Ends& ends, pid_t* pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if (const int error = ::posix_spawn_file_actions_init(&actions); error != 0) return error;
  if (const int error = ::posix_spawnattr_init(&attributes); error != 0) {
    ::posix_spawn_file_actions_destroy(&actions);
    return error;
  }
  sigset_t none;
  sigset_t all;
  ::sigemptyset(&none);
  ::sigfillset(&all);
  int error = 0;
  const auto give = [&](int fd, int number) {
    if (error == 0) error = ::posix_spawn_file_actions_adddup2(&actions, fd, number);
  };
  give(ends.input, STDIN_FILENO);
  give(ends.output, STDOUT_FILENO);
  give(ends.errors, STDERR_FILENO);
  // Last: one of the others may have this number.
  give(ends.control, kControlDescriptor);
  if (error == 0) error = ::posix_spawnattr_setsigmask(&attributes, &none);
  if (error == 0) error = ::posix_spawnattr_setsigdefault(&attributes, &all);
  if (error == 0) error = ::posix_spawnattr_setpgroup(&attributes, 0);
  if (error == 0) {
    error = ::posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  if (error == 0) {
    error = ::posix_spawn(pid, entry.c_str(), &actions, &attributes, Pointers(arguments).data(),
                          Pointers(environment).data());
  }
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  return error;
}

}  // namespace

Result<std::string> FindProgram(const std::string& name, const std::string& path) {
  if (name.find('/') != std::string::npos) return name;
  std::string_view rest = path;
  while (!name.empty()) {
    const size_t colon = rest.find(':');
    const std::string_view directory = rest.substr(0, colon);
    // An empty entry means the working directory: nothing is run from there unasked.
    if (!directory.empty()) {
      std::string candidate = fmt::format("{}/{}", directory, name);
      if (IsExecutableFile(candidate)) return candidate;
    }
    if (colon == std::string_view::npos) break;
    rest.remove_prefix(colon + 1);
  }
  return Fail(fmt::format("command `{}` is not found in PATH", name));
}

Result<Child> Spawn(const Command& command, const std::string& entry) {
  if (command.arguments.empty()) return Fail("the command is empty");
  auto program = FindProgram(command.arguments[0], PathOf(command));
  if (!program) return tl::unexpected(program.error());

  auto input = MakePipe();
  auto output = MakePipe();
  auto errors = MakePipe();
  auto control = MakePipe();
  if (!input) return tl::unexpected(input.error());
  if (!output) return tl::unexpected(output.error());
  if (!errors) return tl::unexpected(errors.error());
  if (!control) return tl::unexpected(control.error());

  Child child;
  const int error =
      PosixSpawn(entry, ExecEntryArguments(command.directory, *program, command.arguments),
                 command.environment,
                 {input->read.get(), output->write.get(), errors->write.get(), control->read.get()},
                 &child.pid);
  if (error != 0) {
    return Fail(fmt::format("cannot run `{}`: {}", command.arguments[0], std::strerror(error)));
  }
  child.pidfd = OpenPidfd(child.pid);
  if (!child.pidfd.valid()) {
    const int why = errno;
    control->write.Reset();
    ::waitpid(child.pid, nullptr, 0);
    return Fail(fmt::format("cannot watch a child process: {}", std::strerror(why)));
  }
  child.control = std::move(control->write);
  child.input = std::move(input->write);
  child.output = std::move(output->read);
  child.errors = std::move(errors->read);
  return child;
}

}  // namespace mcplexer::downstream
