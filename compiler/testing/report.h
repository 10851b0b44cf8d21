// SPDX-License-Identifier: Apache-2.0
// What a run of tests came to, for people, for programs and for what shows test results.

#ifndef MCPLEXER_COMPILER_TESTING_REPORT_H_
#define MCPLEXER_COMPILER_TESTING_REPORT_H_

#include <string>
#include <string_view>

#include "compiler/model/policy.h"
#include "compiler/source/source.h"
#include "compiler/testing/coverage.h"
#include "compiler/testing/run.h"
#include "runtime/plan/plan.h"

namespace mcplexer::testing {

// Everything outlives the report.
struct Report {
  const model::Policy& policy;
  const plan::Plan& plan;
  const source::SourceMap& sources;
  const Run& run;
  const Coverage* coverage = nullptr;  // null: not asked for
};

// A line for each test; below one that fails, each call that failed with what was expected and the
// whole explanation. Then coverage, then `2 tests, 5 calls, 1 failed`. The policy's texts are
// escaped.
std::string TextReport(const Report& report);

// One JSON object and a line end; docs/cli.md describes it.
std::string JsonReport(const Report& report);

// JUnit's XML in the form that common readers agree on: a `testsuite` for each test of the policy,
// a `testcase` with at most one `failure` for each call. Without coverage, for which the format
// has no place.
std::string JunitReport(const Report& report);

// `text` as XML 1.0 can hold it, in an attribute between double quotes (which keeps line ends and
// tabs as references) or between tags. What is not plainly visible, and what XML cannot hold at
// all, appears as an escape like \u{1b}, as everywhere in our output.
std::string XmlAttribute(std::string_view text);
std::string XmlText(std::string_view text);

// How a call is shown: `github__get_issue {"number":7}`, with `resource` or `prompt` in front. Not
// escaped.
std::string CallText(const model::TestCall& call);

// "acme.plex:31".
std::string Place(const source::SourceMap& sources, source::Span span);

}  // namespace mcplexer::testing

#endif  // MCPLEXER_COMPILER_TESTING_REPORT_H_
