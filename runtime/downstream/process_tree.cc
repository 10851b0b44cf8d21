// SPDX-License-Identifier: Apache-2.0
#include "runtime/downstream/process_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>
#include <system_error>

#include "runtime/transport/unique_fd.h"

namespace mcplexer::downstream {
namespace {

template <class Number>
bool ReadDecimal(std::string_view text, Number* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return error == std::errc() && end == text.data() + text.size();
}

// Field 4 of stat(5): "PID (NAME) STATE PARENT ...". The name may hold anything, parentheses and
// spaces among it. 0 when there is no such process.
pid_t ParentOf(pid_t pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/stat";
  const transport::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 512> bytes{};
  const ssize_t size = file.valid() ? ::read(file.get(), bytes.data(), bytes.size()) : -1;
  if (size <= 0) return 0;
  std::string_view text(bytes.data(), static_cast<size_t>(size));
  constexpr std::string_view kState = ") S ";  // as long as any state
  const size_t name_end = text.rfind(')');
  if (name_end == std::string_view::npos || text.size() < name_end + kState.size()) return 0;
  text.remove_prefix(name_end + kState.size());
  pid_t parent = 0;
  return ReadDecimal(text.substr(0, text.find(' ')), &parent) ? parent : 0;
}

std::vector<ProcessOfTree> AllProcesses() {
  std::vector<ProcessOfTree> all;
  DIR* directory = ::opendir("/proc");
  if (directory == nullptr) return all;
  while (const dirent* entry = ::readdir(directory)) {
    pid_t pid = 0;
    if (!ReadDecimal(std::string_view(entry->d_name), &pid)) continue;
    if (const pid_t parent = ParentOf(pid); parent != 0) all.push_back({pid, parent});
  }
  ::closedir(directory);
  return all;
}

// By a descriptor of the process whose parent was looked up after it was opened: in between, the
// number may have come to mean another process.
void SignalIfStillBelow(const ProcessOfTree& process, int signal) {
  const transport::UniqueFd pidfd(static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0)));
  if (!pidfd.valid() || ParentOf(process.pid) != process.parent) return;
  ::syscall(SYS_pidfd_send_signal, pidfd.get(), signal, nullptr, 0);
}

}  // namespace

std::vector<ProcessOfTree> ProcessesBelow(pid_t root) {
  const std::vector<ProcessOfTree> all = AllProcesses();
  std::vector<ProcessOfTree> below;
  const auto take_children_of = [&](pid_t parent) {
    std::copy_if(all.begin(), all.end(), std::back_inserter(below),
                 [parent](const ProcessOfTree& one) { return one.parent == parent; });
  };
  take_children_of(root);
  // A process has one parent, so each is taken once.
  for (size_t i = 0; i < below.size(); ++i) take_children_of(below[i].pid);
  return below;
}

void SignalTree(pid_t root, int signal) {
  for (const ProcessOfTree& process : ProcessesBelow(root)) SignalIfStillBelow(process, signal);
}

}  // namespace mcplexer::downstream
