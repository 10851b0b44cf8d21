// SPDX-License-Identifier: Apache-2.0
// Whose finding it is when a template's rule draws one. A template can be right where one policy
// uses it and wrong where another does, and the standard library's are not the user's to change. So
// a finding about a rule carries the places that use its template, and a comment at one of them
// accepts it for that use. What lies in a file of the standard library is shown at the use: there
// is nothing to be done about it elsewhere.

#ifndef MCPLEXER_COMPILER_ANALYSIS_ATTRIBUTION_H_
#define MCPLEXER_COMPILER_ANALYSIS_ATTRIBUTION_H_

#include <string>

#include "compiler/model/policy.h"
#include "compiler/source/diagnostic.h"
#include "compiler/source/source.h"

namespace mcplexer::analysis {

// As Diagnostics::Report, of a finding about `rule`; `span` is in it.
source::Diagnostic& ReportRule(source::Diagnostics& diagnostics, source::Code code,
                               const model::Rule& rule, source::Span span, std::string message);

// Once the diagnostic says everything: gives it the uses of the one rule around its place where it
// has none, labels them, and moves what lies in the standard library to the use.
void Attribute(const model::Policy& policy, const source::SourceMap& sources,
               source::Diagnostic& diagnostic);

}  // namespace mcplexer::analysis

#endif  // MCPLEXER_COMPILER_ANALYSIS_ATTRIBUTION_H_
