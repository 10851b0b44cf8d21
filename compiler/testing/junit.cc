// SPDX-License-Identifier: Apache-2.0
// JUnit's XML has no specification, only readers. What they agree on is `testsuites` with
// `testsuite` with `testcase` with at most one `failure`; counts on the suites; `classname` and
// `name`, which together are what a test is recognised by from run to run, so neither holds a line
// number or a result; `file` and `line` where a reader wants to link. `time` is there because some
// demand it. It is 0: deciding takes microseconds, and equal runs should give equal reports.

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "compiler/source/printable.h"
#include "compiler/testing/report.h"

namespace mcplexer::testing {
namespace {

enum class Where { kAttribute, kText };

// XML 1.0, production 2, of what is valid UTF-8.
bool IsNonCharacter(char32_t value) { return value == 0xFFFE || value == 0xFFFF; }

void AppendMarkup(std::string_view plain, std::string& out) {
  for (const char c : plain) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
}

std::string Escaped(std::string_view text, Where where) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const source::CodePoint point = source::Decode(text, at);
    if (point.valid && (point.value == '\n' || point.value == '\t')) {
      // In an attribute a parser would turn them into spaces.
      if (where == Where::kText) {
        out += static_cast<char>(point.value);
      } else {
        out += point.value == '\n' ? "&#10;" : "&#9;";
      }
    } else if (point.valid && IsNonCharacter(point.value)) {
      out += fmt::format("\\u{{{:x}}}", static_cast<uint32_t>(point.value));
    } else {
      AppendMarkup(source::Printable(point, text, at), out);
    }
    at += point.length;
  }
  return out;
}

std::string Joined(const std::vector<std::string>& lines, std::string_view separator) {
  std::string out;
  for (const std::string& line : lines) {
    if (!out.empty()) out += separator;
    out += line;
  }
  return out;
}

std::string CaseXml(const Report& report, const TestResult& test, size_t index) {
  const CallResult& call = test.calls[index];
  const source::Span span = call.call->span;
  std::string out =
      fmt::format(R"(    <testcase classname="{}" name="{}" file="{}" line="{}" time="0")",
                  XmlAttribute(test.test->title),
                  XmlAttribute(fmt::format("{}. {}", index + 1, CallText(*call.call))),
                  XmlAttribute(report.sources.path(span.file)),
                  report.sources.position(span.file, span.begin).line);
  if (call.mismatches.empty()) return out + "/>\n";
  const std::string body = Joined(call.mismatches, "\n") + "\n" +
                           explain::ToText(report.plan, test.session, call.explanation);
  out += fmt::format(">\n      <failure message=\"{}\" type=\"mismatch\">{}</failure>\n",
                     XmlAttribute(Joined(call.mismatches, "; ")), XmlText(body));
  return out + "    </testcase>\n";
}

std::string SuiteXml(const Report& report, const TestResult& test) {
  size_t failed = 0;
  std::string cases;
  for (size_t c = 0; c < test.calls.size(); ++c) {
    failed += test.calls[c].mismatches.empty() ? 0 : 1;
    cases += CaseXml(report, test, c);
  }
  return fmt::format(
             R"(  <testsuite name="{}" tests="{}" failures="{}" errors="0" skipped="0" time="0">)"
             "\n",
             XmlAttribute(test.test->title), test.calls.size(), failed) +
         cases + "  </testsuite>\n";
}

}  // namespace

std::string XmlAttribute(std::string_view text) { return Escaped(text, Where::kAttribute); }

std::string XmlText(std::string_view text) { return Escaped(text, Where::kText); }

std::string JunitReport(const Report& report) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out += fmt::format(
      R"(<testsuites name="mcplexerc test" tests="{}" failures="{}" errors="0" time="0">)"
      "\n",
      report.run.call_count(), report.run.failed_count());
  for (const TestResult& test : report.run.tests) out += SuiteXml(report, test);
  return out + "</testsuites>\n";
}

}  // namespace mcplexer::testing
