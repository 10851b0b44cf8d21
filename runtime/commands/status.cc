// SPDX-License-Identifier: Apache-2.0
#include "runtime/commands/status.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/commands/running_gateways.h"
#include "runtime/json/document.h"

namespace mcplexer::commands {
namespace {

constexpr size_t kShownDigest = 12;

struct StatusOptions {
  RunningGateways gateways;
  bool json = false;
};

// Members of what a gateway says, as texts; empty where there is nothing.
class Reader {
 public:
  Reader(const json::Document& doc, json::NodeId object) : doc_(doc), object_(object) {}

  // Printable: clients choose their names.
  std::string Text(std::string_view key) const {
    const json::NodeId node = Node(key);
    if (!node.valid() || doc_.TypeOf(node) == json::Type::kNull) return {};
    if (doc_.TypeOf(node) != json::Type::kString) return std::string(doc_.Raw(node));
    std::string scratch;
    std::string text(doc_.Unescape(node, scratch));
    for (char& c : text) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
    }
    return text;
  }
  template <typename Visit>
  void ForEach(std::string_view key, Visit visit) const {
    const json::NodeId node = Node(key);
    if (!node.valid() || doc_.TypeOf(node) != json::Type::kArray) return;
    for (const json::NodeId one : doc_.Elements(node)) visit(Reader(doc_, one));
  }
  Reader In(std::string_view key) const { return {doc_, Node(key)}; }

 private:
  json::NodeId Node(std::string_view key) const {
    if (!object_.valid() || doc_.TypeOf(object_) != json::Type::kObject) return {};
    return doc_.Find(object_, key);
  }

  const json::Document& doc_;
  const json::NodeId object_;
};

// "2026-11-22T12:17:00.123456789Z" to the second.
std::string Second(const std::string& time) {
  return time.size() < 20 ? time : time.substr(0, 19) + "Z";
}

std::string Counted(const std::string& number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == "1" ? "" : "s");
}

void PrintServer(const Reader& server) {
  const std::string scope = server.Text("scope");
  const std::string process = server.Text("pid");
  const std::string error = server.Text("error");
  fmt::print("    {}{}: {}{}, {} open, {}{}\n", server.Text("server"),
             scope.empty() ? "" : " (" + scope + ")", server.Text("state"),
             process.empty() ? "" : ", process " + process, Counted(server.Text("open"), "request"),
             Counted(server.Text("restarts"), "restart"), error.empty() ? "" : "; " + error);
}

void PrintClient(const Reader& client) {
  const std::string name = client.Text("name");
  const std::string version = client.Text("version");
  const std::string principal = client.Text("principal");
  const std::string process = client.Text("pid");
  fmt::print("  client {}{} ({}{}) in {}, {}, {} open\n", name.empty() ? "without a name" : name,
             version.empty() ? "" : " " + version, client.Text("via"),
             process.empty() ? "" : ", process " + process, client.Text("directory"),
             principal.empty() ? "anonymous" : "as " + principal,
             Counted(client.Text("calls"), "call"));
  client.ForEach("servers", PrintServer);
}

void PrintGateway(const Reader& gateway) {
  fmt::print("gateway {}, version {}, since {}\n", gateway.Text("pid"), gateway.Text("version"),
             Second(gateway.Text("since")));
  const std::string signer = gateway.Text("signer");
  fmt::print("  plan {} ({}), {}, since {}\n", gateway.Text("plan").substr(0, kShownDigest),
             gateway.Text("path"), signer.empty() ? "not signed" : "signed by key " + signer,
             Second(gateway.Text("loaded")));
  const Reader refused = gateway.In("refused");
  if (const std::string error = refused.Text("error"); !error.empty()) {
    fmt::print("  refused another plan at {}: {}\n", Second(refused.Text("time")), error);
  }
  gateway.ForEach("clients", PrintClient);
}

int Run(StatusOptions& options) {
  const auto gateways = options.gateways.Find();
  if (!gateways) {
    fmt::print(stderr, "mcplexer: {}\n", gateways.error().message);
    return kToldNobody;
  }
  int worst = kToldAll;
  for (const std::string& gateway : *gateways) {
    const control::Answer answer = options.gateways.Ask(gateway, R"({"command":"status"})");
    json::Document doc;
    const bool read = answer.kind == control::Answer::Kind::kAnswered && doc.Parse(answer.text) &&
                      doc.TypeOf(doc.Root()) == json::Type::kObject;
    const json::NodeId status = read ? doc.Find(doc.Root(), "status") : json::NodeId();
    if (!status.valid()) {
      fmt::print(stderr, "mcplexer: gateway {}: {}\n", ProcessOf(gateway), answer.text);
      worst = kToldUnanswered;
    } else if (options.json) {
      fmt::print("{}\n", doc.Raw(status));
    } else {
      PrintGateway(Reader(doc, status));
    }
  }
  return worst;
}

}  // namespace

void AddStatus(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<StatusOptions>();
  CLI::App* command =
      app.add_subcommand("status", "Show the gateways that run, their clients and servers");
  command->footer(
      "Examples: mcplexer status\n"
      "          mcplexer status --json | jq .clients");
  options->gateways.AddTo(*command);
  command->add_flag("--json", options->json, "One JSON object a line");
  command->callback([options, &exit_code] { exit_code = Run(*options); });
}

}  // namespace mcplexer::commands
