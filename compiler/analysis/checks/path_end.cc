// SPDX-License-Identifier: Apache-2.0
#include "compiler/analysis/checks/path_end.h"

namespace mcplexer::analysis {
namespace {

// Slashes stand nowhere but between segments.
std::string_view LastSegment(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace

bool StopsAtDirectory(std::string_view path) { return !path.empty() && LastSegment(path) != "**"; }

bool EndsInStar(std::string_view path) { return LastSegment(path) == "*"; }

source::Code CodeOfEnd(std::string_view path) {
  return EndsInStar(path) ? source::Code::kSuspiciousGlob : source::Code::kMisreadPath;
}

std::string_view EndText(std::string_view path) {
  return EndsInStar(path) ? "one segment, no more" : "this directory alone";
}

std::string WithAllBelow(const std::string& path) {
  return EndsInStar(path) ? path + "*" : path + "/**";
}

void OfferAllBelow(const source::SourceMap& sources, const syntax::Name& path,
                   source::Diagnostic& diagnostic) {
  if (sources.text(path.span) != "\"" + path.text + "\"") return;
  diagnostic.Offer({source::Applicability::kUnsafe,
                    "take in all below",
                    {{path.span, "\"" + WithAllBelow(path.text) + "\""}}});
}

}  // namespace mcplexer::analysis
