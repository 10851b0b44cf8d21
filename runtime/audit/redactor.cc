// SPDX-License-Identifier: Apache-2.0
//
// Arguments are walked as a tape, in document order and without recursion: a string is a key when a
// colon follows it, and what a redacted key names is left out by skipping the nodes up to the end
// of its value. A string that could not be recorded whole anyway is not looked into, so the time
// spent here hardly depends on how much a call carries. Everything between the replaced spans is
// copied as it is.

#include "runtime/audit/redactor.h"

#include <fmt/format.h>

#include <vector>

#include "runtime/audit/key_names.h"
#include "runtime/audit/value_scanner.h"
#include "runtime/json/bytes.h"
#include "runtime/json/document.h"
#include "runtime/json/splice.h"
#include "runtime/json/writer.h"

namespace mcplexer::audit {
namespace {

constexpr std::string_view kRedacted = "\"[redacted]\"";
constexpr std::string_view kMasked = "[masked]";
// Sessions of the plan before may still be running after a reload; older ones are rare.
constexpr size_t kPlansKept = 4;

bool IsKey(std::string_view text, json::Span span) {
  const char* end = text.data() + text.size();
  const char* p = json::SkipSpace(text.data() + span.end, end);
  return p != end && *p == ':';
}

}  // namespace

struct Redactor::Impl {
  explicit Impl(const RedactorLimits& l) : limits(l), scanner(l.secrets) {}

  RedactorLimits limits;
  ValueScanner scanner;
  std::vector<PlanKeyNames> plans;  // the one used last at the end
  json::Document document;
  std::string unescaped;
  std::string plain;
  std::string masked;
  std::string out;

  const KeyNames& NamesFor(const plan::Plan& plan, ScopeId scope);
  uint32_t AppendMasked(std::string_view text, std::string& to);
  uint32_t Redact(const KeyNames& names);
  bool MaskNode(json::NodeId node, bool is_key, uint32_t ordinal);
};

const KeyNames& Redactor::Impl::NamesFor(const plan::Plan& plan, ScopeId scope) {
  for (size_t i = plans.size(); i-- > 0;) {
    if (plans[i].plan_id() == plan.id()) return plans[i].For(scope);
  }
  if (plans.size() == kPlansKept) plans.erase(plans.begin());
  return plans.emplace_back(plan).For(scope);
}

uint32_t Redactor::Impl::AppendMasked(std::string_view text, std::string& to) {
  uint32_t replaced = 0;
  size_t copied = 0;
  const size_t begin = to.size();
  CredentialMatcher credentials(text);
  for (;;) {
    const ValueScanner::Hit hit = scanner.Find(credentials, copied);
    to += text.substr(copied, hit.begin - copied);
    if (hit.begin == hit.end) break;
    to += kMasked;
    copied = hit.end;
    ++replaced;
  }
  if (scanner.FindDecoded(std::string_view(to).substr(begin))) {
    to.resize(begin);
    to += kMasked;
    replaced = 1;
  }
  return replaced;
}

// Puts what is to stand in place of a string or number into `masked`, as JSON; false when it may
// stay. Keys get an ordinal so that two masked ones in an object differ.
bool Redactor::Impl::MaskNode(json::NodeId node, bool is_key, uint32_t ordinal) {
  if (document.TypeOf(node) == json::Type::kNumber) {
    if (!scanner.Finds(document.Raw(node))) return false;
    masked = "\"[masked]\"";
    return true;
  }
  plain.clear();
  if (AppendMasked(document.Unescape(node, unescaped), plain) == 0) return false;
  if (is_key) plain += fmt::format(" {}", ordinal);
  masked.clear();
  json::AppendString(masked, plain);
  return true;
}

// Appends the document's text to `out`: all of it, or more than is recorded.
uint32_t Redactor::Impl::Redact(const KeyNames& names) {
  const std::string_view text = document.text();
  const size_t nodes = document.NodeCount();
  uint32_t replaced = 0;
  uint32_t copied = 0;
  const auto replace = [&](json::Span span, std::string_view by) {
    out += text.substr(copied, span.begin - copied);
    out += by;
    copied = span.end;
    ++replaced;
  };
  size_t end = text.size();
  for (size_t i = 0; i < nodes; ++i) {
    const json::NodeId node(i);
    const json::Span span = document.SpanOf(node);
    if (span.begin < copied) continue;  // inside of a value that was replaced
    // What comes from here on is not recorded, so it need not be searched, nor copied.
    if (out.size() + (span.begin - copied) > limits.recorded_bytes) {
      end = span.begin;
      break;
    }
    const json::Type type = document.TypeOf(node);
    if (type != json::Type::kString && type != json::Type::kNumber) continue;
    const bool is_key = type == json::Type::kString && IsKey(text, span);
    if (span.end - span.begin > limits.recorded_bytes) {
      replace(span, fmt::format("\"[omitted: {} bytes]\"", span.end - span.begin));
      continue;
    }
    if (MaskNode(node, is_key, replaced + 1)) replace(span, masked);
    if (is_key && names.Contains(document.Unescape(node, unescaped))) {
      replace(document.SpanOf(json::NodeId(i + 1)), kRedacted);
    }
  }
  out += text.substr(copied, end - copied);
  return replaced;
}

Redactor::Redactor(const RedactorLimits& limits) : impl_(std::make_unique<Impl>(limits)) {}
Redactor::~Redactor() = default;

void Redactor::AddSecret(const auth::SecretString& secret) {
  impl_->scanner.AddSecret(secret.Reveal());
}

RedactedArguments Redactor::RedactArguments(const plan::Plan& plan, ScopeId scope,
                                            std::string_view raw) {
  if (raw.empty()) return {};
  if (raw.size() > impl_->limits.scanned_bytes) return {.form = ArgumentsForm::kTooLarge};
  if (!impl_->document.Parse(raw)) return {.form = ArgumentsForm::kInvalid};
  std::string& out = impl_->out;
  out.clear();
  RedactedArguments arguments{.form = ArgumentsForm::kFull};
  arguments.replaced = impl_->Redact(impl_->NamesFor(plan, scope));
  if (out.size() > impl_->limits.recorded_bytes) {
    size_t size = impl_->limits.recorded_bytes;
    while (size != 0 && (static_cast<uint8_t>(out[size]) & 0xC0) == 0x80) --size;
    out.resize(size);
    out += kCutMark;
    arguments.form = ArgumentsForm::kCut;
  } else {
    json::FlattenLines(out);
  }
  arguments.text = out;
  return arguments;
}

uint32_t Redactor::AppendMasked(std::string_view text, std::string& out) {
  return impl_->AppendMasked(text, out);
}

std::string_view ToString(ArgumentsForm form) {
  switch (form) {
    case ArgumentsForm::kNone:
      return "none";
    case ArgumentsForm::kFull:
      return "full";
    case ArgumentsForm::kCut:
      return "cut";
    case ArgumentsForm::kInvalid:
      return "invalid";
    case ArgumentsForm::kTooLarge:
      return "too_large";
  }
  return "invalid";
}

}  // namespace mcplexer::audit
