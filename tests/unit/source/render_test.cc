// SPDX-License-Identifier: Apache-2.0
#include "compiler/source/render.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace mcplexer::source {
namespace {

Span Find(const SourceMap& sources, FileId file, std::string_view text, size_t from = 0) {
  const size_t at = sources.text(file).find(text, from);
  EXPECT_NE(at, std::string_view::npos);
  return {file, static_cast<uint32_t>(at), static_cast<uint32_t>(at + text.size())};
}

// The marked line and its carets, of a diagnostic at `mark` in a file of `text`.
std::string Excerpt(const std::string& text, std::string_view mark) {
  SourceMap sources;
  const FileId file = sources.Add("a", text);
  const std::string all =
      RenderText(sources, Diagnostic(Code::kSyntaxError, Find(sources, file, mark), "m"));
  return all.substr(all.find("|\n") + 2);
}

TEST(RenderTextTest, LooksAsDocumented) {
  SourceMap sources;
  const FileId file = sources.Add("acme.plex", std::string(29, '\n') + "workspace acme {\n" +
                                                   "  allow github__* using github_dev as reads\n" +
                                                   std::string(12, '\n') +
                                                   "  allow *__get_* using github_ro as writes\n}");
  Diagnostic diagnostic(Code::kAmbiguousRoute, Find(sources, file, "allow github__*"),
                        "`acme.reads` and `acme.writes` both match and send the call elsewhere");
  diagnostic.Mark("sends it to `github` with `github_dev`")
      .Also(Find(sources, file, "allow *__get_*"), "with `github_ro`")
      .Example("in `~/work/acme` call `github__get_` -> ambiguous")
      .Help("give one a lower `priority`, or make one narrower");
  EXPECT_EQ(RenderText(sources, diagnostic),
            "error[E0401]: `acme.reads` and `acme.writes` both match and send the call elsewhere\n"
            "  --> acme.plex:31:3\n"
            "   |\n"
            "31 |   allow github__* using github_dev as reads\n"
            "   |   ^^^^^^^^^^^^^^^ sends it to `github` with `github_dev`\n"
            "  ::: acme.plex:44:3\n"
            "44 |   allow *__get_* using github_ro as writes\n"
            "   |   -------------- with `github_ro`\n"
            "   = example: in `~/work/acme` call `github__get_` -> ambiguous\n"
            "   = help: give one a lower `priority`, or make one narrower\n");
  EXPECT_EQ(
      RenderShort(sources, diagnostic),
      "acme.plex:31:3: error[E0401]: `acme.reads` and `acme.writes` both match and send the call "
      "elsewhere\n");
}

TEST(RenderTextTest, PlacesOnTheSameLineShareIt) {
  SourceMap sources;
  const FileId file = sources.Add("a", "using x using y");
  Diagnostic diagnostic(Code::kDuplicateKey, Find(sources, file, "using y"), "twice");
  diagnostic.Also(Find(sources, file, "using x"), "first");
  EXPECT_EQ(RenderText(sources, diagnostic),
            "error[E0109]: twice\n --> a:1:9\n  |\n1 | using x using y\n  |         ^^^^^^^\n"
            "  | ------- first\n");
}

TEST(RenderTextTest, WithoutAPlaceNoSourceIsShown) {
  Diagnostic diagnostic(Code::kIgnoredKey, Span(), "ignored");
  diagnostic.Help("remove it");
  EXPECT_EQ(RenderText(SourceMap(), diagnostic), "warning[W0211]: ignored\n   = help: remove it\n");
  EXPECT_EQ(RenderShort(SourceMap(), diagnostic), "warning[W0211]: ignored\n");
}

TEST(RenderTextTest, CaretsStandBelowTheirCharacters) {
  EXPECT_EQ(Excerpt("\tab xy", "xy"), "1 |     ab xy\n  |        ^^\n");
  EXPECT_EQ(Excerpt("\xE6\x96\x87 xy", "xy"), "1 | \xE6\x96\x87 xy\n  |    ^^\n");
  EXPECT_EQ(Excerpt("e\xCC\x81 xy", "xy"), "1 | e\xCC\x81 xy\n  |   ^^\n");
  EXPECT_EQ(Excerpt("a \xE6\x96\x87 b", "\xE6\x96\x87"), "1 | a \xE6\x96\x87 b\n  |   ^^\n");
  EXPECT_EQ(Excerpt("ab\ncd", "b\nc"), "1 | ab\n  |  ^\n");
}

TEST(RenderTextTest, AnEmptyPlaceGetsOneCaret) {
  SourceMap sources;
  const FileId file = sources.Add("a", "ab\n");
  const auto render = [&](uint32_t at) {
    const std::string all =
        RenderText(sources, Diagnostic(Code::kSyntaxError, {file, at, at}, "m"));
    return all.substr(all.find("|\n") + 2);
  };
  EXPECT_EQ(render(1), "1 | ab\n  |  ^\n");
  EXPECT_EQ(render(2), "1 | ab\n  |   ^\n");
  EXPECT_EQ(render(3), "2 |\n  | ^\n");
}

TEST(RenderTextTest, UserTextCannotDriveATerminal) {
  SourceMap sources;
  const FileId file = sources.Add("a\x1b[2Jb", "x \x1b]0;t\x07 \xFF\xE2\x80\xAE y");
  Diagnostic diagnostic(Code::kSyntaxError, Find(sources, file, "y"), "m\x1b[1m\nn");
  diagnostic.Mark("l\x1b").Help("h\r");
  for (const std::string& text : {RenderText(sources, diagnostic), RenderShort(sources, diagnostic),
                                  RenderJson(sources, diagnostic)}) {
    for (const char c : text) {
      EXPECT_TRUE(c == '\n' ||
                  (static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7f))
          << text;
    }
  }
  EXPECT_NE(RenderText(sources, diagnostic).find("x \\u{1b}]0;t\\u{7} \\xff\\u{202e} y"),
            std::string::npos);
}

TEST(RenderTextTest, LongLinesAreCutAroundThePlace) {
  const std::string long_text(1'000'000, 'a');
  for (const std::string& text : {long_text + "!" + long_text, "!" + long_text, long_text + "!"}) {
    const std::string excerpt = Excerpt(text, "!");
    const size_t second = excerpt.find('\n') + 1;
    EXPECT_LT(excerpt.size(), 300u);
    // The caret stands below the mark.
    EXPECT_EQ(excerpt.find('!'), excerpt.find('^') - second);
  }
  const std::string whole = Excerpt("x" + long_text + "!", "x" + long_text + "!");
  EXPECT_LT(whole.size(), 400u);
}

TEST(RenderTextTest, ColourOnlyWhereAsked) {
  SourceMap sources;
  const FileId file = sources.Add("a", "x");
  const Diagnostic diagnostic(Code::kSyntaxError, {file, 0, 1}, "m");
  EXPECT_EQ(RenderText(sources, diagnostic).find('\x1b'), std::string::npos);
  EXPECT_NE(RenderText(sources, diagnostic, Color::kAlways).find("\x1b[1;31m"), std::string::npos);
}

TEST(RenderJsonTest, IsOneObjectALine) {
  SourceMap sources;
  const FileId file = sources.Add("a.plex", "ab\n\xC3\xA9 cd");
  Diagnostic diagnostic(Code::kBadValue, Find(sources, file, "cd"), "m `\xC3\xA9`");
  diagnostic.Mark("l").Also({file, 0, 2}, "s").Also(Span(), "nowhere").Help("h").Example("e");
  const std::string line = RenderJson(sources, diagnostic);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_EQ(nlohmann::json::parse(line), nlohmann::json::parse(R"({
    "code": "E0108", "severity": "error", "title": "value of the wrong type or out of range",
    "message": "m `é`", "path": "a.plex", "line": 2, "column": 3, "end_line": 2, "end_column": 5,
    "offset": 6, "end_offset": 8, "label": "l",
    "secondary": [{"path": "a.plex", "line": 1, "column": 1, "end_line": 1, "end_column": 3, "offset": 0,
                   "end_offset": 2, "label": "s"}, {"label": "nowhere"}],
    "notes": [{"kind": "help", "text": "h"}, {"kind": "example", "text": "e"}]})"));
}

TEST(RenderJsonTest, HoldsOnlyWhatTheSchemaDeclares) {
  const char* root = std::getenv("MCPLEXER_SOURCE_DIR");
  ASSERT_NE(root, nullptr);
  std::ifstream in(std::string(root) + "/schemas/diagnostic.schema.json");
  const auto schema = nlohmann::json::parse(in);
  SourceMap sources;
  const FileId file = sources.Add("a", "x");
  Diagnostic diagnostic(Code::kBadValue, {file, 0, 1}, "m");
  diagnostic.Mark("l").Also({file, 0, 1}, "s").Help("h");
  const auto object = nlohmann::json::parse(RenderJson(sources, diagnostic));
  for (const auto& [key, value] : object.items())
    EXPECT_TRUE(schema["properties"].contains(key)) << key;
  for (const auto& key : schema["required"])
    EXPECT_TRUE(object.contains(key.get<std::string>())) << key;
  const auto& place = schema["properties"]["secondary"]["items"]["properties"];
  for (const auto& [key, value] : object["secondary"][0].items())
    EXPECT_TRUE(place.contains(key)) << key;
}

}  // namespace
}  // namespace mcplexer::source
