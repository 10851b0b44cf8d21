// SPDX-License-Identifier: Apache-2.0
// mcplexerc: policy sources to a plan, and proofs about them.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>
#include <string>

#include "compiler/commands/check.h"
#include "compiler/commands/convert.h"
#include "compiler/commands/diff.h"
#include "compiler/commands/dump.h"
#include "compiler/commands/explain.h"
#include "compiler/commands/fmt.h"
#include "compiler/commands/import.h"
#include "compiler/commands/keygen.h"
#include "compiler/commands/lint.h"
#include "compiler/commands/lock.h"
#include "compiler/commands/output.h"
#include "compiler/commands/test.h"
#include "runtime/base/version.h"
#include "runtime/downstream/exec_entry.h"

int main(int argc, char** argv) {
  using namespace mcplexer;
  downstream::RunExecEntry(argc, argv);  // `lock` starts servers
  // A failed CHECK has said where; scripts are promised an exit code for it.
  std::signal(SIGABRT, [](int) { ::_exit(commands::kInternal); });
  int exit_code = commands::kClean;
  CLI::App app("Compile access policy for MCP tool calls into a verified plan", "mcplexerc");
  app.set_version_flag("--version", std::string("mcplexerc ") + std::string(kVersion));
  app.require_subcommand(1);
  commands::AddInit(app, exit_code);
  commands::AddImport(app, exit_code);
  commands::AddCheck(app, exit_code);
  commands::AddLint(app, exit_code);
  commands::AddCompile(app, exit_code);
  commands::AddTest(app, exit_code);
  commands::AddLock(app, exit_code);
  commands::AddExplain(app, exit_code);
  commands::AddFmt(app, exit_code);
  commands::AddConvert(app, exit_code);
  commands::AddDiff(app, exit_code);
  commands::AddDump(app, exit_code);
  commands::AddKeygen(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // --help and --version arrive as errors with code 0.
    return app.exit(error) == 0 ? commands::kClean : commands::kUsage;
  } catch (const std::exception& error) {
    commands::Complain(std::string("internal error: ") + error.what());
    return commands::kInternal;
  }
  return exit_code;
}
