// SPDX-License-Identifier: Apache-2.0
// A small MCP server on stdio that does what it is told, for tests of what runs servers. It finds
// the few members it needs by searching the line's bytes, so what it echoes are the bytes it got:
//
//   echo_server [--ignore-eof] [--ignore-term] [--banner] [--no-initialize] [--pages N]
//               [--version V] [--exit-after-initialize]
//
// Tools: echo (its arguments, byte for byte, as text and structuredContent), sleep {"ms":N},
// exit {"status":N}, garbage, flood (stderr), progress {"count":N}, environment, descriptors,
// hang (never answers), list_changed, ping_client, grandchild (starts `sleep 1000`, gives its pid).
// Anything else: -32602. `notifications/cancelled` is reported on stderr as `cancelled ID`.

#include <dirent.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
#include <string_view>

extern char** environ;

namespace {

struct Options {
  bool ignore_eof = false;
  bool banner = false;
  bool no_initialize = false;
  bool exit_after_initialize = false;
  int pages = 1;
  std::string version = "2025-11-25";
};

// The value that follows `"key":` at any depth, first occurrence; empty when there is none. Values
// are strings without escapes, numbers, or objects.
std::string Value(std::string_view line, std::string_view key) {
  const std::string quoted = "\"" + std::string(key) + "\":";
  size_t begin = line.find(quoted);
  if (begin == std::string_view::npos) return {};
  begin += quoted.size();
  while (begin < line.size() && line[begin] == ' ') ++begin;
  size_t end = begin;
  int depth = 0;
  bool in_string = false;
  for (; end < line.size(); ++end) {
    const char c = line[end];
    if (in_string) {
      if (c == '\\') ++end;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' || c == '[') ++depth;
    if (depth == 0 && (c == ',' || c == '}' || c == ']')) break;
    if (c == '}' || c == ']') --depth;
  }
  return std::string(line.substr(begin, end - begin));
}

std::string Unquoted(std::string value) {
  if (value.size() >= 2 && value.front() == '"') return value.substr(1, value.size() - 2);
  return value;
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

void Say(const std::string& line) {
  std::cout << line << "\n";
  std::cout.flush();
}

void Answer(const std::string& id, const std::string& result) {
  Say(R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":)" + result + "}");
}

void AnswerText(const std::string& id, const std::string& text, const std::string& more = "") {
  Answer(id, R"({"content":[{"type":"text","text":)" + Quoted(text) + "}]" + more + "}");
}

void AnswerError(const std::string& id, int code, const std::string& message) {
  Say(R"({"jsonrpc":"2.0","id":)" + id + R"(,"error":{"code":)" + std::to_string(code) +
      R"(,"message":)" + Quoted(message) + "}}");
}

std::string OpenDescriptors() {
  std::string all;
  DIR* directory = ::opendir("/proc/self/fd");
  while (const dirent* entry = ::readdir(directory)) {
    if (entry->d_name[0] == '.' || std::atoi(entry->d_name) == ::dirfd(directory)) continue;
    all += (all.empty() ? "" : ",") + std::string(entry->d_name);
  }
  ::closedir(directory);
  return all;
}

std::string Environment() {
  std::string all;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    all += std::string(*variable) + "\n";
  }
  return all;
}

void Call(const std::string& line, const std::string& id) {
  const std::string params = Value(line, "params");
  const std::string tool = Unquoted(Value(params, "name"));
  const std::string arguments = Value(params, "arguments");
  if (tool == "echo") {
    AnswerText(id, arguments, R"(,"structuredContent":)" + (arguments.empty() ? "{}" : arguments));
  } else if (tool == "sleep") {
    ::usleep(static_cast<useconds_t>(std::atoi(Value(arguments, "ms").c_str()) * 1000));
    AnswerText(id, "slept");
  } else if (tool == "exit") {
    std::_Exit(std::atoi(Value(arguments, "status").c_str()));
  } else if (tool == "garbage") {
    Say("this is not JSON");
    Say("{\"jsonrpc\":\"2.0\",\"id\":");
    Say("\xff\xfe");
    Say(R"({"jsonrpc":"2.0","id":999999,"result":{}})");
    AnswerText(id, "done");
  } else if (tool == "flood") {
    const std::string noise(100, 'x');
    for (int i = 0; i < 20'000; ++i) std::fprintf(stderr, "%d %s\n", i, noise.c_str());
    AnswerText(id, "done");
  } else if (tool == "progress") {
    const std::string token = Value(params, "progressToken");
    const int count = std::atoi(Value(arguments, "count").c_str());
    for (int i = 1; i <= count; ++i) {
      Say(R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" +
          token + R"(,"progress":)" + std::to_string(i) + "}}");
    }
    AnswerText(id, token);
    Say(R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" + token +
        R"(,"progress":99999}})");
  } else if (tool == "environment") {
    AnswerText(id, Environment());
  } else if (tool == "descriptors") {
    AnswerText(id, OpenDescriptors());
  } else if (tool == "grandchild") {
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::execlp("sleep", "sleep", "1000", nullptr);
      std::_Exit(127);
    }
    AnswerText(id, std::to_string(pid));
  } else if (tool == "list_changed") {
    Say(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})");
    Say(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})");
    AnswerText(id, "done");
  } else if (tool == "ping_client") {
    Say(R"({"jsonrpc":"2.0","id":"p","method":"ping"})");
    Say(R"({"jsonrpc":"2.0","id":"r","method":"roots/list"})");
    AnswerText(id, "done");
  } else if (tool != "hang") {
    AnswerError(id, -32602, "Unknown tool: " + tool);
  }
}

void List(const std::string& line, const std::string& id, const Options& options) {
  const std::string cursor = Unquoted(Value(Value(line, "params"), "cursor"));
  const int page = cursor.empty() ? 0 : std::atoi(cursor.c_str());
  std::string tools;
  if (page == 0) {
    for (const char* name : {"echo", "sleep", "exit", "garbage", "flood", "progress", "environment",
                             "descriptors", "hang", "list_changed", "ping_client", "grandchild"}) {
      tools += (tools.empty() ? "" : ",") + std::string(R"({"name":")") + name +
               R"(","inputSchema":{"type":"object"}})";
    }
  } else {
    tools = R"({"title":"page", "name" : "page)" + std::to_string(page) + R"(","x":1.50})";
  }
  const std::string next =
      page + 1 < options.pages ? R"(,"nextCursor":")" + std::to_string(page + 1) + "\"" : "";
  Answer(id, R"({"tools":[)" + tools + "]" + next + "}");
}

void Handle(const std::string& line, const Options& options) {
  const std::string method = Unquoted(Value(line, "method"));
  const std::string id = Value(line, "id");
  if (method == "initialize") {
    if (options.no_initialize) return;
    Answer(id, R"({"protocolVersion":")" + options.version +
                   R"(","capabilities":{"tools":{"listChanged":true}},"serverInfo":{"name":"echo",)"
                   R"("version":"1"}})");
    if (options.exit_after_initialize) std::_Exit(0);
  } else if (method == "tools/list") {
    List(line, id, options);
  } else if (method == "tools/call") {
    Call(line, id);
  } else if (method == "notifications/cancelled") {
    std::fprintf(stderr, "cancelled %s\n", Value(line, "requestId").c_str());
  } else if (method.empty()) {
    std::fprintf(stderr, "answered %s\n", line.c_str());
  } else if (!id.empty()) {
    AnswerError(id, -32601, "method not found");
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--ignore-eof") options.ignore_eof = true;
    if (argument == "--ignore-term") ::signal(SIGTERM, SIG_IGN);
    if (argument == "--banner") options.banner = true;
    if (argument == "--no-initialize") options.no_initialize = true;
    if (argument == "--exit-after-initialize") options.exit_after_initialize = true;
    if (argument == "--pages") options.pages = std::atoi(argv[++i]);
    if (argument == "--version") options.version = argv[++i];
  }
  if (options.banner) Say("echo server, listening on stdio");
  std::string line;
  while (std::getline(std::cin, line)) Handle(line, options);
  while (options.ignore_eof) ::pause();
  return 0;
}
