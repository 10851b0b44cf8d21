// SPDX-License-Identifier: Apache-2.0
// Auth scopes: what is injected into a server.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "compiler/model/attributes.h"
#include "compiler/model/context.h"
#include "compiler/model/oauth.h"
#include "compiler/model/references.h"
#include "compiler/model/values.h"
#include "compiler/model/variables.h"

namespace mcplexer::model {
namespace {

using ValueKind = syntax::Value::Kind;

// In the order of plan::ScopeType.
constexpr std::array<std::string_view, 3> kScopeTypes = {"env", "header", "oauth2"};
constexpr std::array kScopeKeys = {
    KeySpec{"type", ValueType::kWord, Presence::kRequired, 0, 0, kScopeTypes},
    KeySpec{"redact", ValueType::kTexts},
    KeySpec{"provider", ValueType::kName},
    KeySpec{"scopes", ValueType::kTexts},
    KeySpec{"client_id", ValueType::kNonEmpty},
    KeySpec{"client_secret", ValueType::kSecret},
    KeySpec{"audience", ValueType::kNonEmpty},
    KeySpec{"resource", ValueType::kNonEmpty},
};
constexpr AttributeTable kScopeTable = {"scope", kScopeKeys};
constexpr std::array<std::string_view, 6> kOauthKeys = {"provider",      "scopes",   "client_id",
                                                        "client_secret", "audience", "resource"};

class ScopeStep {
 public:
  explicit ScopeStep(Context& context) : context_(context), reporter_(context.reporter) {}

  void LowerScope(const syntax::Declaration& declaration) {
    std::vector<syntax::Attribute> plain;
    std::vector<const syntax::Attribute*> sets;
    for (const syntax::Attribute& attribute : declaration.attributes) {
      if (attribute.is_set) {
        sets.push_back(&attribute);
      } else {
        plain.push_back(attribute);
      }
    }
    const Attributes attributes = ReadAttributes(plain, kScopeTable, declaration.name, reporter_);
    Scope scope;
    scope.name = declaration.name.text;
    scope.span = declaration.name.span;
    scope.type = attributes.Word("type", kScopeTypes, scope.type);
    scope.redact = attributes.Texts("redact");
    std::sort(scope.redact.begin(), scope.redact.end());
    scope.redact.erase(std::unique(scope.redact.begin(), scope.redact.end()), scope.redact.end());
    if (attributes.Find("type") != nullptr) {
      LowerOauth(declaration, attributes, scope);
      LowerInjections(sets, scope);
    }
    context_.policy.scopes.push_back(std::move(scope));
  }

 private:
  SecretId ResolveSecret(const syntax::Value& call) {
    const auto name = SecretReference(call, reporter_);
    return name ? IdOf<SecretId>(context_.names.secrets.Resolve(*name, reporter_)) : SecretId();
  }

  void LowerOauth(const syntax::Declaration& declaration, const Attributes& attributes,
                  Scope& scope) {
    if (scope.type != plan::ScopeType::kOauth2) {
      for (const std::string_view key : kOauthKeys) {
        if (!attributes.Written(key)) continue;
        reporter_.Report(Code::kMeaninglessClause, attributes.KeySpan(key),
                         fmt::format("`{}` is for scopes with `type = oauth2`", key));
      }
      return;
    }
    if (const syntax::Value* provider = attributes.Find("provider")) {
      scope.provider = IdOf<ProviderId>(
          context_.names.providers.Resolve({provider->text, provider->span}, reporter_));
    } else if (!attributes.Written("provider")) {
      reporter_.Report(Code::kMissingAttribute, declaration.name.span,
                       fmt::format("scope `{}` has no `provider`", scope.name));
    }
    for (const std::string_view key : kOauthKeys) {
      if (key != "provider") AddOauthAttribute(context_, attributes, key, scope.attributes);
    }
    std::sort(scope.attributes.begin(), scope.attributes.end());
  }

  void LowerInjections(const std::vector<const syntax::Attribute*>& sets, Scope& scope) {
    const bool header = scope.type == plan::ScopeType::kHeader;
    std::map<std::string, Span> seen;
    for (const syntax::Attribute* set : sets) {
      if (scope.type == plan::ScopeType::kOauth2) {
        reporter_.Report(Code::kMeaninglessClause, set->key.span,
                         "a scope with `type = oauth2` sets what the provider issues and no more");
        continue;
      }
      CheckVariable(header ? VariableKind::kHeader : VariableKind::kEnvironment, set->key,
                    reporter_);
      // Headers are the same whatever their case.
      std::string key = set->key.text;
      if (header) {
        std::transform(key.begin(), key.end(), key.begin(), [](char c) {
          return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
      }
      const auto [at, added] = seen.try_emplace(std::move(key), set->key.span);
      if (!added) {
        reporter_
            .Report(Code::kDuplicateKey, set->key.span,
                    fmt::format("`{}` is set more than once", set->key.text))
            .Also(at->second, "set here first");
        continue;
      }
      Injection injection{set->key.text, InjectedParts(set->key, set->value)};
      if (header) CheckHeaderText(set->value, injection);
      scope.injections.push_back(std::move(injection));
    }
    std::sort(scope.injections.begin(), scope.injections.end(),
              [](const Injection& a, const Injection& b) { return a.key < b.key; });
  }

  std::vector<TemplatePart> InjectedParts(const syntax::Name& key, const syntax::Value& value) {
    if (value.kind == ValueKind::kCall) return {{"", ResolveSecret(value)}};
    if (value.kind != ValueKind::kString) {
      reporter_.Report(Code::kBadValue, value.span,
                       fmt::format("`{}` is set to a string or `secret(NAME)`, found {}", key.text,
                                   Describe(value.kind)));
      return {};
    }
    const auto bad = [&](size_t offset, size_t length, const std::string& message) {
      reporter_
          .Report(Code::kBadValue, reporter_.Narrow(value.span, value.text, offset, length),
                  message)
          .Help("write `${secret(NAME)}` for a secret and `$${` for the text `${`");
    };
    const auto pieces = SplitReferences(value.text);
    if (!pieces) {
      bad(pieces.error().offset, pieces.error().length, pieces.error().message);
      return {};
    }
    std::vector<TemplatePart> parts;
    bool secret = false;
    for (const TextPiece& piece : *pieces) {
      if (!piece.reference) {
        parts.push_back({piece.text, SecretId()});
        continue;
      }
      secret = true;
      constexpr std::string_view kOpen = "secret(";
      if (!piece.text.starts_with(kOpen) || !piece.text.ends_with(')')) {
        bad(piece.offset, piece.length, fmt::format("`${{{}}}` is not a secret", piece.text));
        continue;
      }
      const std::string name =
          piece.text.substr(kOpen.size(), piece.text.size() - kOpen.size() - 1);
      const Span span =
          reporter_.Narrow(value.span, value.text, piece.offset + 2 + kOpen.size(), name.size());
      parts.push_back(
          {"", IdOf<SecretId>(context_.names.secrets.Resolve({name, span}, reporter_))});
    }
    if (!secret) CheckLiteral(key, value, reporter_);
    return parts;
  }

  void CheckHeaderText(const syntax::Value& value, const Injection& injection) {
    for (const TemplatePart& part : injection.parts) {
      const bool control = std::any_of(part.literal.begin(), part.literal.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
      });
      if (!control) continue;
      reporter_.Report(Code::kBadValue, value.span, "a control character in a header");
      return;
    }
  }

  Context& context_;
  Reporter& reporter_;
};

}  // namespace

void LowerScopes(Context& context) {
  ScopeStep step(context);
  for (const auto& [name, entry] : context.names.scopes.entries()) {
    step.LowerScope(*entry.declaration);
  }
}

}  // namespace mcplexer::model
