// SPDX-License-Identifier: Apache-2.0
// A program between two pipes, spoken to in lines.

#ifndef MCPLEXER_TESTS_BENCH_CHILD_H_
#define MCPLEXER_TESTS_BENCH_CHILD_H_

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace mcplexer::bench {

// Aborts when the system or the program fails: a measurement of something broken means nothing.
class Child {
 public:
  // arguments[0] is a path. stderr and environment are ours.
  explicit Child(const std::vector<std::string>& arguments);
  ~Child();  // End, unless that was called
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  pid_t pid() const { return pid_; }
  // `bytes` fit into a pipe.
  void Write(std::string_view bytes);
  // The next line without its end; waits for it. The view is valid until the next call.
  std::string_view ReadLine();
  // Closes the pipe that the child reads, and waits until it has ended.
  void End();

 private:
  pid_t pid_ = -1;
  int input_ = -1;   // we write
  int output_ = -1;  // we read
  std::string buffer_;
  size_t taken_ = 0;  // of buffer_: what was returned
};

}  // namespace mcplexer::bench

#endif  // MCPLEXER_TESTS_BENCH_CHILD_H_
