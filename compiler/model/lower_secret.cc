// SPDX-License-Identifier: Apache-2.0
// Secrets: where each is kept. A policy holds references only.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "compiler/model/context.h"
#include "compiler/model/credentials.h"
#include "compiler/model/roots.h"
#include "compiler/model/values.h"
#include "compiler/model/variables.h"

namespace mcplexer::model {
namespace {

using ValueKind = syntax::Value::Kind;

// In the order of plan::SecretSource.
constexpr std::array<std::string_view, 4> kSources = {"env", "file", "sealed", "command"};

class SecretStep {
 public:
  explicit SecretStep(Context& context) : context_(context), reporter_(context.reporter) {}

  void Lower(const syntax::Declaration& declaration) {
    Secret secret;
    secret.name = declaration.name.text;
    secret.span = declaration.name.span;
    if (declaration.value) ReadSource(*declaration.value, secret);
    context_.policy.secrets.push_back(std::move(secret));
  }

 private:
  void ReadSource(const syntax::Value& value, Secret& secret) {
    if (value.kind == ValueKind::kString) {
      reporter_
          .Report(Code::kSecretLiteral, value.span,
                  fmt::format("secret `{}` is a literal: {}", secret.name, Redacted(value.text)))
          .Help(
              "write where it is kept: env(\"..\"), file(\"..\"), sealed(\"..\") or "
              "command([\"..\"])");
      return;
    }
    const auto source = std::find(kSources.begin(), kSources.end(), value.text);
    if (value.kind != ValueKind::kCall || source == kSources.end()) {
      source::Diagnostic& diagnostic =
          reporter_.Report(Code::kBadValue, value.span,
                           "a secret is `env`, `file`, `sealed` or `command` of something");
      reporter_.Suggest(diagnostic, value.text, kSources);
      return;
    }
    secret.source = static_cast<plan::SecretSource>(source - kSources.begin());
    const bool command = secret.source == plan::SecretSource::kCommand;
    if (value.items.size() != 1 ||
        value.items.front().kind != (command ? ValueKind::kList : ValueKind::kString)) {
      reporter_.Report(
          Code::kBadValue, value.span,
          fmt::format("`{}` takes one {}", value.text, command ? "list of strings" : "string"));
      return;
    }
    const syntax::Value& argument = value.items.front();
    for (const syntax::Value& text : command ? argument.items : value.items) {
      if (const auto plain = secret.source == plan::SecretSource::kFile
                                 ? Directory(text)
                                 : PlainText(text, reporter_)) {
        secret.arguments.push_back(*plain);
      } else {
        return;
      }
    }
    if (secret.arguments.empty() || secret.arguments.front().empty()) {
      reporter_.Report(Code::kBadValue, argument.span, fmt::format("`{}` of nothing", value.text));
    } else if (secret.source == plan::SecretSource::kEnv) {
      CheckVariable(VariableKind::kEnvironment, {argument.text, argument.span}, reporter_);
    } else if (secret.source == plan::SecretSource::kSealed && !IsName(argument.text)) {
      reporter_.Report(Code::kBadValue, argument.span,
                       fmt::format("`{}` is not a name in the sealed store", argument.text));
    }
  }

  std::optional<std::string> Directory(const syntax::Value& text) {
    if (!CheckDirectory(text, reporter_)) return std::nullopt;
    return RootText(*ParseRoot(text.text));
  }

  Context& context_;
  Reporter& reporter_;
};

}  // namespace

void LowerSecrets(Context& context) {
  SecretStep step(context);
  for (const auto& [name, entry] : context.names.secrets.entries()) step.Lower(*entry.declaration);
}

}  // namespace mcplexer::model
