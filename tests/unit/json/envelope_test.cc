// SPDX-License-Identifier: Apache-2.0
#include "runtime/json/envelope.h"

#include <gtest/gtest.h>

namespace mcplexer::json {
namespace {

class EnvelopeTest : public testing::Test {
 protected:
  // Parsed without a search for duplicates: the envelope must find those that matter by itself.
  Envelope Read(std::string_view text) {
    text_ = text;
    Limits limits;
    limits.unique_keys_depth = 0;
    const ParseStatus status = doc_.Parse(text_, limits);
    EXPECT_TRUE(status.has_value()) << text << ": " << (status ? "" : status.error().Message());
    return ReadEnvelope(doc_, doc_.Root(), scratch_);
  }

  std::string Raw(NodeId node) const { return node.valid() ? std::string(doc_.Raw(node)) : "-"; }

  void ExpectInvalid(std::string_view text, std::string_view fault, std::string_view id) {
    const Envelope envelope = Read(text);
    EXPECT_EQ(envelope.kind, MessageKind::kInvalid) << text;
    EXPECT_EQ(envelope.fault, fault) << text;
    EXPECT_EQ(Raw(envelope.id), id) << text;
  }

  std::string text_;
  Document doc_;
  std::string scratch_;
};

TEST_F(EnvelopeTest, ReadsARequest) {
  const Envelope e = Read(
      R"({"jsonrpc":"2.0","id":0,"method":"tools/call","params":{"name":"gh__x","arguments":{"a":1.50},)"
      R"("_meta":{"progressToken":"t1","other":2},"uri":"file:///a","cursor":"","requestId":12,"extra":[]}})");
  EXPECT_EQ(e.kind, MessageKind::kRequest);
  EXPECT_EQ(e.id_type, IdType::kInteger);
  EXPECT_EQ(Raw(e.id), "0");
  EXPECT_EQ(e.method, "tools/call");
  EXPECT_EQ(Raw(e.name), "\"gh__x\"");
  EXPECT_EQ(Raw(e.arguments), "{\"a\":1.50}");
  EXPECT_EQ(Raw(e.meta), R"({"progressToken":"t1","other":2})");
  EXPECT_EQ(Raw(e.progress_token), "\"t1\"");
  EXPECT_EQ(Raw(e.uri), "\"file:///a\"");
  EXPECT_EQ(Raw(e.cursor), "\"\"");
  EXPECT_EQ(Raw(e.request_id), "12");
  EXPECT_EQ(e.fault, "");
  EXPECT_EQ(e.params_fault, "");
}

TEST_F(EnvelopeTest, ReadsWhatIsWrittenWithEscapes) {
  const Envelope e = Read(
      R"({"json\u0072pc":"\u0032.0","\u0069d":"","meth\u006fd":"tools\/call","params":{"\u006eame":"a"}})");
  EXPECT_EQ(e.kind, MessageKind::kRequest);
  EXPECT_EQ(e.id_type, IdType::kString);
  EXPECT_EQ(Raw(e.id), "\"\"");
  EXPECT_EQ(e.method, "tools/call");
  EXPECT_EQ(Raw(e.name), "\"a\"");
}

TEST_F(EnvelopeTest, TellsTheKindsApart) {
  EXPECT_EQ(Read(R"({"jsonrpc":"2.0","method":"notifications/initialized"})").kind,
            MessageKind::kNotification);
  EXPECT_EQ(Read(R"({"jsonrpc":"2.0","id":"a","result":null})").kind, MessageKind::kResult);
  EXPECT_EQ(Read(R"({"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}})").kind,
            MessageKind::kErrorResponse);
  EXPECT_EQ(Read(R"([{"jsonrpc":"2.0","method":"x"}])").kind, MessageKind::kBatch);
}

TEST_F(EnvelopeTest, KeepsTheTypeAndDigitsOfAnId) {
  EXPECT_EQ(Read(R"({"jsonrpc":"2.0","id":"1","method":"x"})").id_type, IdType::kString);
  const Envelope e = Read(R"({"jsonrpc":"2.0","id":123456789012345678901234567890,"method":"x"})");
  EXPECT_EQ(e.id_type, IdType::kInteger);
  EXPECT_EQ(Raw(e.id), "123456789012345678901234567890");
}

TEST_F(EnvelopeTest, AnErrorMayAnswerWhatHadNoReadableId) {
  const Envelope null_id = Read(R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700}})");
  EXPECT_EQ(null_id.kind, MessageKind::kErrorResponse);
  EXPECT_EQ(null_id.id_type, IdType::kNull);
  EXPECT_FALSE(null_id.id.valid());
  const Envelope no_id = Read(R"({"jsonrpc":"2.0","error":{"code":-32700}})");
  EXPECT_EQ(no_id.kind, MessageKind::kErrorResponse);
  EXPECT_EQ(no_id.id_type, IdType::kMissing);
}

TEST_F(EnvelopeTest, RefusesWhatIsNotAMessage) {
  ExpectInvalid("1", "not an object", "-");
  ExpectInvalid("[]", "an empty batch", "-");
  ExpectInvalid("{}", "jsonrpc is not \"2.0\"", "-");
  ExpectInvalid(R"({"id":5,"method":"x"})", "jsonrpc is not \"2.0\"", "5");
  ExpectInvalid(R"({"jsonrpc":2.0,"id":5,"method":"x"})", "jsonrpc is not \"2.0\"", "5");
  ExpectInvalid(R"({"jsonrpc":"1.0","id":"i","method":"x"})", "jsonrpc is not \"2.0\"", "\"i\"");
  ExpectInvalid(R"({"jsonrpc":"2.0","id":5})", "no method, result or error", "5");
  ExpectInvalid(R"({"jsonrpc":"2.0","id":5,"method":7})", "method is not a string", "5");
  ExpectInvalid(R"({"jsonrpc":"2.0","id":5,"method":null})", "method is not a string", "5");
  ExpectInvalid(R"({"jsonrpc":"2.0","id":null,"method":"x"})", "the id of a request is null", "-");
  ExpectInvalid(R"({"jsonrpc":"2.0","id":1,"method":"x","result":1})",
                "method beside result or error", "1");
  ExpectInvalid(R"({"jsonrpc":"2.0","id":1,"error":{},"result":1})", "result beside error", "1");
  ExpectInvalid(R"({"jsonrpc":"2.0","id":1,"error":"no"})", "error is not an object", "1");
  ExpectInvalid(R"({"jsonrpc":"2.0","result":{}})", "result without an id", "-");
  ExpectInvalid(R"({"jsonrpc":"2.0","id":null,"result":{}})", "result without an id", "-");
  ExpectInvalid(R"({"jsonrpc":"2.0","id":1,"method":"x","params":[1]})", "params is not an object",
                "1");
  ExpectInvalid(R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"_meta":[]}})",
                "params._meta is not an object", "1");
}

TEST_F(EnvelopeTest, RefusesIdsThatPeersWouldChange) {
  for (const char* id : {"1.0", "1e2", "-0.5", "1E0"}) {
    ExpectInvalid(std::string(R"({"jsonrpc":"2.0","method":"x","id":)") + id + "}",
                  "id is a number that is not an integer", "-");
  }
  for (const char* id : {"true", "[1]", "{}"}) {
    ExpectInvalid(std::string(R"({"jsonrpc":"2.0","method":"x","id":)") + id + "}",
                  "id is neither a string nor an integer", "-");
  }
}

TEST_F(EnvelopeTest, RefusesMembersThatOccurTwice) {
  for (const char* twice :
       {R"({"jsonrpc":"2.0","id":1,"method":"a","method":"b"})",
        R"({"jsonrpc":"2.0","id":1,"i\u0064":2,"method":"a"})",
        R"({"jsonrpc":"2.0","jsonrpc":"2.0","id":1,"method":"a"})",
        R"({"jsonrpc":"2.0","id":1,"result":1,"result":2})",
        R"({"jsonrpc":"2.0","id":1,"method":"a","params":null,"params":{"name":"x"}})"}) {
    EXPECT_EQ(Read(twice).fault, "a member of the message occurs twice");
  }
  for (const char* twice : {R"("name":"a","name":"b")", R"("name":null,"n\u0061me":"b")",
                            R"("arguments":{},"arguments":{})", R"("_meta":{},"_meta":{})"}) {
    EXPECT_EQ(Read(std::string(R"({"jsonrpc":"2.0","id":1,"method":"a","params":{)") + twice + "}}")
                  .fault,
              "a member of params occurs twice");
  }
  EXPECT_EQ(
      Read(
          R"({"jsonrpc":"2.0","id":1,"method":"a","params":{"_meta":{"progressToken":1,"progressToken":2}}})")
          .fault,
      "a member of params._meta occurs twice");
}

TEST_F(EnvelopeTest, TakesNullForMissing) {
  const Envelope e = Read(R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":null})");
  EXPECT_EQ(e.kind, MessageKind::kRequest);
  EXPECT_FALSE(e.params.valid());
  const Envelope f = Read(
      R"({"jsonrpc":"2.0","id":1,"method":"x","params":{"cursor":null,"name":null,"arguments":null,"_meta":null}})");
  EXPECT_EQ(f.kind, MessageKind::kRequest);
  EXPECT_EQ(f.params_fault, "");
  EXPECT_FALSE(f.cursor.valid());
  EXPECT_FALSE(f.name.valid());
  EXPECT_EQ(Raw(f.arguments), "null");
  EXPECT_EQ(Raw(f.meta), "null");
}

TEST_F(EnvelopeTest, ReportsMembersOfTheWrongType) {
  struct Case {
    const char* params;
    const char* fault;
  };
  for (const Case& c :
       {Case{R"("name":5)", "params.name is not a string"},
        Case{R"("uri":{})", "params.uri is not a string"},
        Case{R"("cursor":false)", "params.cursor is not a string"},
        Case{R"("requestId":1.5)", "params.requestId is neither a string nor an integer"},
        Case{R"("_meta":{"progressToken":[]})",
             "params._meta.progressToken is neither a string nor an integer"}}) {
    const Envelope e =
        Read(std::string(R"({"jsonrpc":"2.0","id":1,"method":"x","params":{)") + c.params + "}}");
    EXPECT_EQ(e.kind, MessageKind::kRequest);
    EXPECT_EQ(e.params_fault, c.fault);
    EXPECT_FALSE(e.name.valid() || e.uri.valid() || e.cursor.valid() || e.request_id.valid() ||
                 e.progress_token.valid());
  }
}

TEST_F(EnvelopeTest, ReadsTheMessagesOfABatchOneByOne) {
  ASSERT_EQ(
      Read(R"([{"jsonrpc":"2.0","id":1,"method":"a"},[],{"jsonrpc":"2.0","method":"b"}])").kind,
      MessageKind::kBatch);
  std::vector<MessageKind> kinds;
  for (const NodeId message : doc_.Elements(doc_.Root())) {
    kinds.push_back(ReadEnvelope(doc_, message, scratch_).kind);
  }
  EXPECT_EQ(kinds, (std::vector{MessageKind::kRequest, MessageKind::kInvalid,
                                MessageKind::kNotification}));
}

}  // namespace
}  // namespace mcplexer::json
