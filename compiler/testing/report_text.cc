// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "compiler/model/roots.h"
#include "compiler/source/printable.h"
#include "compiler/testing/report.h"

namespace mcplexer::testing {
namespace {

using source::Printable;

std::string Count(size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

// Every line of `text`, which ends with a line end, behind `indent`.
std::string Indented(std::string_view text, std::string_view indent) {
  std::string out;
  while (!text.empty()) {
    const size_t end = text.find('\n') + 1;
    out.append(indent).append(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

std::string Failure(const Report& report, const TestResult& test, const CallResult& call) {
  const std::string& principal = report.policy.principals[test.test->principal.index()].name;
  std::string out = fmt::format("  {} ({})\n", Printable(CallText(*call.call)),
                                Printable(Place(report.sources, call.call->span)));
  out += fmt::format("    in {} as {}\n", Printable(model::RootText(test.test->directory)),
                     principal.empty() ? "anonymous" : Printable(principal));
  for (const std::string& mismatch : call.mismatches) out += fmt::format("    {}\n", mismatch);
  return out + Indented(explain::ToText(report.plan, test.session, call.explanation), "    ");
}

}  // namespace

std::string CallText(const model::TestCall& call) {
  constexpr std::string_view kKinds[] = {"", "resource ", "prompt "};
  return fmt::format("{}{}{}{}", kKinds[static_cast<size_t>(call.kind)], call.name,
                     call.arguments.empty() ? "" : " ", call.arguments);
}

std::string Place(const source::SourceMap& sources, source::Span span) {
  return fmt::format("{}:{}", sources.path(span.file),
                     sources.position(span.file, span.begin).line);
}

std::string TextReport(const Report& report) {
  std::string out;
  for (const TestResult& test : report.run.tests) {
    out += fmt::format("{} {} ({})\n", test.passed() ? "pass" : "FAIL", Printable(test.test->title),
                       Printable(Place(report.sources, test.test->span)));
    for (const CallResult& call : test.calls) {
      if (!call.mismatches.empty()) out += Failure(report, test, call);
    }
  }
  if (report.coverage != nullptr) {
    out += CoverageText(report.policy, report.sources, *report.coverage);
  }
  return out + fmt::format("{}, {}, {} failed\n", Count(report.run.tests.size(), "test"),
                           Count(report.run.call_count(), "call"), report.run.failed_count());
}

}  // namespace mcplexer::testing
