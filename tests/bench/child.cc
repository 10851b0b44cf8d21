// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/child.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/base/check.h"

namespace mcplexer::bench {

Child::Child(const std::vector<std::string>& arguments) {
  int to_child[2];
  int from_child[2];
  // Close-on-exec, so that children do not hold each other's pipes open; dup2 clears it.
  MCPLEXER_CHECK(::pipe2(to_child, O_CLOEXEC) == 0 && ::pipe2(from_child, O_CLOEXEC) == 0);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, to_child[0], STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, from_child[1], STDOUT_FILENO);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  MCPLEXER_CHECK(::posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ) == 0);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(to_child[0]);
  ::close(from_child[1]);
  input_ = to_child[1];
  output_ = from_child[0];
}

Child::~Child() { End(); }

void Child::Write(std::string_view bytes) {
  MCPLEXER_CHECK(::write(input_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
}

std::string_view Child::ReadLine() {
  buffer_.erase(0, taken_);
  size_t end = buffer_.find('\n');
  while (end == std::string::npos) {
    char chunk[65536];
    const ssize_t n = ::read(output_, chunk, sizeof chunk);
    MCPLEXER_CHECK(n > 0);
    const size_t looked_at = buffer_.size();
    buffer_.append(chunk, static_cast<size_t>(n));
    end = buffer_.find('\n', looked_at);
  }
  taken_ = end + 1;
  return std::string_view(buffer_).substr(0, end);
}

void Child::End() {
  if (pid_ < 0) return;
  ::close(input_);
  int status = 0;
  MCPLEXER_CHECK(::waitpid(pid_, &status, 0) == pid_);
  ::close(output_);
  pid_ = -1;
  MCPLEXER_CHECK(status == 0);
}

}  // namespace mcplexer::bench
