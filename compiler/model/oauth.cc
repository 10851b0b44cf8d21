// SPDX-License-Identifier: Apache-2.0
#include "compiler/model/oauth.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "compiler/model/urls.h"
#include "compiler/model/values.h"

namespace mcplexer::model {
namespace {

using ValueKind = syntax::Value::Kind;

constexpr std::array kProviderKeys = {
    KeySpec{"authorize_url", ValueType::kNonEmpty},
    KeySpec{"token_url", ValueType::kNonEmpty},
    KeySpec{"issuer", ValueType::kNonEmpty},
    KeySpec{"registration_url", ValueType::kNonEmpty},
    KeySpec{"revoke_url", ValueType::kNonEmpty},
    KeySpec{"device_url", ValueType::kNonEmpty},
    KeySpec{"scopes", ValueType::kTexts},
    KeySpec{"client_id", ValueType::kNonEmpty},
    KeySpec{"client_secret", ValueType::kSecret},
    KeySpec{"audience", ValueType::kNonEmpty},
    KeySpec{"resource", ValueType::kNonEmpty},
    KeySpec{"pkce", ValueType::kBool},
};
constexpr AttributeTable kProviderTable = {"provider", kProviderKeys};
constexpr std::array<std::string_view, 6> kUrlKeys = {
    "authorize_url", "token_url", "issuer", "registration_url", "revoke_url", "device_url"};

// An attribute as the plan keeps it: one text. Lists are joined by a space, a secret is its name.
std::string AttributeText(const syntax::Value& value) {
  switch (value.kind) {
    case ValueKind::kList: {
      std::string joined;
      for (const syntax::Value& item : value.items) {
        joined += fmt::format("{}{}", joined.empty() ? "" : " ", Unescaped(item.text));
      }
      return joined;
    }
    case ValueKind::kBool:
      return value.boolean ? "true" : "false";
    case ValueKind::kCall:
      return value.items.front().text;
    default:
      return Unescaped(value.text);
  }
}

void LowerProvider(Context& context, const syntax::Declaration& declaration) {
  Reporter& reporter = context.reporter;
  const Attributes attributes =
      ReadAttributes(declaration.attributes, kProviderTable, declaration.name, reporter);
  if (!attributes.Written("issuer") &&
      (!attributes.Written("authorize_url") || !attributes.Written("token_url"))) {
    reporter.Report(Code::kMissingAttribute, declaration.name.span,
                    fmt::format("provider `{}` has neither `issuer` nor both of "
                                "`authorize_url` and `token_url`",
                                declaration.name.text));
  }
  for (const std::string_view key : kUrlKeys) {
    if (const syntax::Value* url = attributes.Find(key)) {
      CheckUrl(*url, UrlScheme::kHttps, reporter);
    }
  }
  Provider provider;
  provider.name = declaration.name.text;
  provider.span = declaration.name.span;
  for (const KeySpec& spec : kProviderKeys)
    AddOauthAttribute(context, attributes, spec.key, provider.attributes);
  std::sort(provider.attributes.begin(), provider.attributes.end());
  context.policy.providers.push_back(std::move(provider));
}

}  // namespace

void AddOauthAttribute(Context& context, const Attributes& attributes, std::string_view key,
                       KeyValues& out) {
  const syntax::Value* value = attributes.Find(key);
  if (value == nullptr) return;
  if (value->kind == ValueKind::kCall) {
    if (const auto name = SecretReference(*value, context.reporter)) {
      context.names.secrets.Resolve(*name, context.reporter);
    }
  }
  for (const syntax::Value& item : value->items) {
    if (value->kind != ValueKind::kList) break;
    if (!item.text.empty() && item.text.find(' ') == std::string::npos) continue;
    context.reporter.Report(Code::kBadValue, item.span,
                            fmt::format("an item of `{}` is one word", key));
  }
  out.emplace_back(key, AttributeText(*value));
}

void LowerProviders(Context& context) {
  for (const auto& [name, entry] : context.names.providers.entries()) {
    LowerProvider(context, *entry.declaration);
  }
}

}  // namespace mcplexer::model
