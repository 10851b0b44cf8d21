// SPDX-License-Identifier: Apache-2.0
// A program's own log, on stderr. (What it did with calls is in the audit log; this is for the
// person who wonders why a server does not start.)

#ifndef MCPLEXER_RUNTIME_COMMANDS_LOG_SETUP_H_
#define MCPLEXER_RUNTIME_COMMANDS_LOG_SETUP_H_

#include <string>
#include <string_view>

namespace mcplexer::commands {

// Makes spdlog's default logger write to stderr as `program`, at the level that the environment
// variable MCPLEXER_LOG names (trace, debug, info, warn, error, off; `usual_level` when it is not
// set, info when it is none of these). Control characters are escaped, so that no server can forge
// a line or steer a terminal. A line that a full pipe would not take at once is dropped and
// counted: a client that does not read our stderr must not stop its own calls.
void SetUpLog(const std::string& program, std::string_view usual_level);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_LOG_SETUP_H_
