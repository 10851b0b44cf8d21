// SPDX-License-Identifier: Apache-2.0

#include "runtime/audit/log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <openssl/sha.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "runtime/audit/recover.h"
#include "runtime/audit/stream_directory.h"
#include "runtime/audit/verify.h"
#include "tests/unit/audit/log_fixture.h"

namespace mcplexer::audit {
namespace {

using nlohmann::ordered_json;
using testing::HasSubstr;

TEST_F(LogTest, WritesTheDocumentedRecords) {
  auto log = OpenLog();
  const uint64_t intent = *log->AppendIntent(MakeIntent(R"({ "number": 7,
 "pin_code": 1234})"));
  EXPECT_EQ(intent, 2u);
  ASSERT_TRUE(log->AppendOutcome({.intent = intent,
                                  .status = OutcomeStatus::kToolError,
                                  .error = "no such issue",
                                  .latency_us = 12000,
                                  .response_size = 512}));
  ASSERT_TRUE(log->AppendEvent({.name = "plan_loaded", .session = "s1", .detail = "at start"}));
  ASSERT_TRUE(log->Close());
  const auto records = ReadStream(log->stream());
  ASSERT_EQ(records.size(), 5u);
  EXPECT_EQ(records[0].payload,
            R"({"type":"opened","sequence":1,"time":"2026-11-22T12:17:00.001000000Z",)"
            R"("monotonic_ns":5002,"version":"1.2.3","pid":)" +
                std::to_string(getpid()) + "}");
  EXPECT_EQ(
      records[1].payload,
      R"({"type":"intent","sequence":2,"time":"2026-11-22T12:17:00.002000000Z",)"
      R"("monotonic_ns":5003,"session":"s1","client":{"name":"claude","version":"2.1"},)"
      R"("principal":null,"workspace":"acme","subpath":"src","method":"tools/call","kind":"tool",)"
      R"("name":"github__get_issue","arguments":{ "number": 7,  "pin_code": "[redacted]"},)"
      R"("arguments_form":"full","arguments_size":33,"arguments_sha256":)"
      R"("ba3fb1b420051e0a9dc8e94628176278b4684f7bdd8a6d1b4375dfebd7daf7c7","redacted":1,"plan":")" +
          plan_.id() +
          R"(","rule":"acme.reads","at":"acme.plex:31","decision":"allow","reason":"rule",)"
          R"("unevaluated":false,"server":"github","scope":"dev","tool":"get_issue"})");
  EXPECT_EQ(records[2].payload,
            R"({"type":"outcome","sequence":3,"time":"2026-11-22T12:17:00.003000000Z",)"
            R"("monotonic_ns":5004,"intent":2,"status":"tool_error","error":"no such issue",)"
            R"("latency_us":12000,"response_size":512})");
  EXPECT_EQ(records[3].payload,
            R"({"type":"event","sequence":4,"time":"2026-11-22T12:17:00.004000000Z",)"
            R"("monotonic_ns":5005,"event":"plan_loaded","session":"s1","intent":null,)"
            R"("detail":"at start"})");
  EXPECT_EQ(records[4].type, RecordType::kClosed);
}

TEST_F(LogTest, TheDigestIsOfTheExactArguments) {
  const std::string arguments = "{ \"password\" : \"x\" }";
  unsigned char digest[32];
  SHA256(reinterpret_cast<const unsigned char*>(arguments.data()), arguments.size(), digest);
  std::string hex;
  for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
  auto log = OpenLog();
  ASSERT_TRUE(log->AppendIntent(MakeIntent(arguments)));
  const auto record = ordered_json::parse(ReadStream(log->stream())[1].payload);
  EXPECT_EQ(record["arguments_sha256"], hex);
  EXPECT_EQ(record["arguments_size"], arguments.size());
}

TEST_F(LogTest, WhatDoesNotApplyIsNull) {
  auto log = OpenLog();
  Intent intent;
  intent.plan = &plan_;
  intent.kind = plan::CallKind::kResource;
  intent.name = "file:///x";
  intent.decision = "deny";
  intent.reason = "no_workspace";
  ASSERT_TRUE(log->AppendIntent(intent));
  const auto record = ordered_json::parse(ReadStream(log->stream())[1].payload);
  for (const char* key : {"principal", "workspace", "subpath", "arguments", "arguments_size",
                          "arguments_sha256", "rule", "at", "server", "scope", "tool"}) {
    ASSERT_TRUE(record.contains(key)) << key;
    EXPECT_TRUE(record[key].is_null()) << key;
  }
  EXPECT_EQ(record["kind"], "resource");
  EXPECT_EQ(record["arguments_form"], "none");
}

TEST_F(LogTest, HostileTextsStayOneLineOfJson) {
  auto log = OpenLog();
  Intent intent = MakeIntent("\t{\"a\"\r\n:\n[1,\n2]}");
  const std::string name = std::string("a\"b\\c\n\x01\xff\xfe", 9) + std::string(10000, 'n');
  intent.name = name;
  intent.client_name = "\xe2\x80\xae evil";
  ASSERT_TRUE(log->AppendIntent(intent));
  const std::string payload = ReadStream(log->stream())[1].payload;
  EXPECT_EQ(payload.find('\n'), payload.npos);
  const auto record = ordered_json::parse(payload);
  EXPECT_THAT(record["name"].get<std::string>(), testing::EndsWith("nnn...[cut]"));
  EXPECT_LT(record["name"].get<std::string>().size(), 4200u);
  EXPECT_EQ(record["arguments"]["a"], ordered_json::parse("[1,2]"));
}

TEST_F(LogTest, FilesAreForTheirOwnerOnly) {
  auto log = OpenLog();
  const auto mode_of = [](const std::string& path) {
    struct stat status = {};
    EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 0777u;
  };
  EXPECT_EQ(mode_of(directory()), 0700u);
  EXPECT_EQ(mode_of(log->stream_directory()), 0700u);
  EXPECT_EQ(mode_of(log->stream_directory() + "/" + SegmentName(1)), 0600u);
  EXPECT_EQ(mode_of(log->stream_directory() + "/lock"), 0600u);
}

TEST_F(LogTest, RefusesADirectoryThatOthersMayWrite) {
  std::filesystem::create_directories(directory());
  ASSERT_EQ(chmod(directory().c_str(), 0777), 0);
  const auto log = Log::Open({.directory = directory()});
  ASSERT_FALSE(log.has_value());
  EXPECT_THAT(log.error().message, HasSubstr("others"));
}

TEST_F(LogTest, IsLiveUntilItIsClosed) {
  auto log = OpenLog();
  const std::string path = log->stream_directory();
  EXPECT_EQ(*StateOf(path), StreamState::kLive);
  EXPECT_FALSE(LockAbandoned(path)->valid());
  ASSERT_TRUE(log->Close());
  EXPECT_EQ(*StateOf(path), StreamState::kSealed);
  EXPECT_FALSE(log->AppendIntent(MakeIntent()).has_value());
  EXPECT_TRUE(log->Close()) << "closing twice is harmless";
}

TEST_F(LogTest, RotatesSegmentsAndKeepsTheChain) {
  auto log = OpenLog(4096);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(log->AppendIntent(MakeIntent()));
  ASSERT_TRUE(log->Sync());
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(log->AppendIntent(MakeIntent()));
  ASSERT_TRUE(log->Close());
  const auto segments = *ListSegments(log->stream_directory());
  EXPECT_GT(segments.size(), 10u);
  for (const uint64_t segment : segments) {
    const std::string path = log->stream_directory() + "/" + SegmentName(segment);
    EXPECT_LE(std::filesystem::file_size(path), 4096u);
  }
  const auto records = ReadStream(log->stream());
  ASSERT_EQ(records.size(), 122u);
  for (size_t i = 0; i < records.size(); ++i) EXPECT_EQ(records[i].sequence, i + 1);
  EXPECT_FALSE(VerifyStream(directory(), log->stream())->problem.has_value());
}

TEST_F(LogTest, ARecordLargerThanASegmentIsWrittenAllTheSame) {
  auto log = OpenLog(200);
  const std::string arguments = "{\"a\":\"" + std::string(15000, 'x') + "\"}";
  ASSERT_TRUE(log->AppendIntent(MakeIntent(arguments)));
  ASSERT_TRUE(log->AppendIntent(MakeIntent(arguments)));
  EXPECT_EQ(ReadStream(log->stream()).size(), 3u);
}

// In a child, with a limit on file sizes in place of a full disk: a write is short first, then
// fails. Whatever was acknowledged is there, whatever was not is not, and it goes on when there is
// room again.
TEST_F(LogTest, AFullDiskFailsAppendsAndLeavesAValidLog) {
  const std::string result = temporary_.File("result");
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    auto log = OpenLog();
    struct rlimit limit = {};
    if (getrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(10);
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = 10000;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(11);
    size_t written = 0;
    size_t failed = 0;
    for (int i = 0; i < 50; ++i) log->AppendIntent(MakeIntent()) ? ++written : ++failed;
    limit.rlim_cur = before;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0) _exit(12);
    for (int i = 0; i < 5; ++i) log->AppendIntent(MakeIntent()) ? ++written : ++failed;
    if (!log->Close()) _exit(13);
    std::ofstream(result) << log->stream() << ' ' << written << ' ' << failed;
    _exit(0);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  ASSERT_EQ(WEXITSTATUS(status), 0);
  std::string stream;
  size_t written = 0;
  size_t failed = 0;
  std::ifstream(result) >> stream >> written >> failed;
  EXPECT_GT(failed, 20u);
  EXPECT_GT(written, 10u);
  EXPECT_EQ(written + failed, 55u);
  EXPECT_EQ(ReadStream(stream).size(), written + 2);
  EXPECT_FALSE(VerifyStream(directory(), stream)->problem.has_value());
}

TEST_F(LogTest, AFullDiskAtTheBeginningOfASegmentFailsTheAppend) {
  auto log = OpenLog(2000);
  while (ListSegments(log->stream_directory())->size() < 2) {
    ASSERT_TRUE(log->AppendIntent(MakeIntent()));
  }
  // Nothing new can be made in the directory where the hidden name is taken by a directory.
  const std::string hidden = log->stream_directory() + "/" + kNextSegmentName;
  ASSERT_TRUE(std::filesystem::create_directory(hidden));
  size_t failed = 0;
  for (int i = 0; i < 10; ++i) failed += log->AppendIntent(MakeIntent()) ? 0 : 1;
  EXPECT_GT(failed, 5u);
  ASSERT_TRUE(std::filesystem::remove(hidden));
  EXPECT_TRUE(log->AppendIntent(MakeIntent()));
  ASSERT_TRUE(log->Close());
  EXPECT_FALSE(VerifyStream(directory(), log->stream())->problem.has_value());
}

TEST_F(LogTest, SecretsAreNotInTheFiles) {
  auto log = OpenLog();
  log->redactor().AddSecret(auth::SecretString("hunter2-of-the-server"));
  Intent intent = MakeIntent(R"({"a":{"b":["x hunter2-of-the-server y"]},"Token":"plain-token"})");
  intent.client_name = "hunter2-of-the-server";
  intent.name = "github__hunter2-of-the-server";
  intent.tool = "hunter2-of-the-server";
  intent.subpath = "a/hunter2-of-the-server";
  intent.session = "hunter2-of-the-server";
  const uint64_t sequence = *log->AppendIntent(intent);
  ASSERT_TRUE(log->AppendOutcome({.intent = sequence,
                                  .status = OutcomeStatus::kError,
                                  .error = "401 for hunter2-of-the-server"}));
  ASSERT_TRUE(log->AppendEvent({.name = "x", .detail = "with hunter2-of-the-server in it"}));
  const std::string bytes = test::ReadFile(log->stream_directory() + "/" + SegmentName(1));
  EXPECT_EQ(bytes.find("hunter2"), bytes.npos);
  EXPECT_EQ(bytes.find("plain-token"), bytes.npos);
  EXPECT_NE(bytes.find("401 for [masked]"), bytes.npos);
}

}  // namespace
}  // namespace mcplexer::audit
