// SPDX-License-Identifier: Apache-2.0
// The tests' main: the test program is its own `__exec` entry, as mcplexer is.

#include <gtest/gtest.h>

#include <csignal>

#include "runtime/downstream/exec_entry.h"

int main(int argc, char** argv) {
  mcplexer::downstream::RunExecEntry(argc, argv);
  std::signal(SIGPIPE, SIG_IGN);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
