// SPDX-License-Identifier: Apache-2.0
// A recorded call as one line, for people and for scripts.

#ifndef MCPLEXER_RUNTIME_COMMANDS_CALL_TEXT_H_
#define MCPLEXER_RUNTIME_COMMANDS_CALL_TEXT_H_

#include <string>
#include <string_view>

#include "runtime/audit/calls.h"

namespace mcplexer::commands {

// "2026-11-22T12:17:00.123Z allow github__get_issue acme.reads (acme.plex:31) github ok 12.3 ms".
// What the log took from outside is shown without anything a terminal would act upon.
std::string CallText(const audit::Call& call);

// {"stream":..,"status":..,"intent":{..},"outcome":{..}|null}, the records as they are in the log.
std::string CallJson(const audit::Call& call);

// Appends UTF-8 text with control characters, and characters that change the direction of text,
// written as \u escapes.
void AppendVisible(std::string_view text, std::string& out);

}  // namespace mcplexer::commands

#endif  // MCPLEXER_RUNTIME_COMMANDS_CALL_TEXT_H_
