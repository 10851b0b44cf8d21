// SPDX-License-Identifier: Apache-2.0
// mcplexer: the gateway, and what is said to it and read about it.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>

#include "runtime/base/version.h"
#include "runtime/commands/audit.h"
#include "runtime/commands/connect.h"
#include "runtime/commands/decide.h"
#include "runtime/commands/install.h"
#include "runtime/commands/reload.h"
#include "runtime/commands/run.h"
#include "runtime/commands/status.h"
#include "runtime/commands/stop.h"
#include "runtime/downstream/exec_entry.h"

int main(int argc, char** argv) {
  using namespace mcplexer;
  downstream::RunExecEntry(argc, argv);

  constexpr int kUsage = 2;
  constexpr int kInternal = 3;
  int exit_code = 0;
  CLI::App app("Gateway that enforces a compiled access policy on MCP tool calls", "mcplexer");
  app.set_version_flag("--version", std::string("mcplexer ") + std::string(kVersion));
  app.require_subcommand(1);
  commands::AddRun(app, exit_code);
  commands::AddConnect(app, exit_code);
  commands::AddDecide(app, exit_code);
  commands::AddStatus(app, exit_code);
  commands::AddReload(app, exit_code);
  commands::AddStop(app, exit_code);
  commands::AddInstall(app, exit_code);
  commands::AddUninstall(app, exit_code);
  commands::AddAudit(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // --help and --version arrive as errors with code 0.
    return app.exit(error) == 0 ? 0 : kUsage;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "mcplexer: internal error: %s\n", error.what());
    return kInternal;
  }
  return exit_code;
}
