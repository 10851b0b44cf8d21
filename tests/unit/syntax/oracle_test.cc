// SPDX-License-Identifier: Apache-2.0
// The compiler parses statement by statement, with SLL prediction and its own choice of what comes
// next. Here the grammar's start rule `file` parses the same text as ANTLR means it, over the whole
// file with full LL prediction, and must agree: on whether the text is a policy, and on how many of
// each thing are in it. The texts are the cases of tests/text/syntax and thousands of mutants.

#include <PlexLexer.h>
#include <PlexParser.h>
#include <antlr4-runtime.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/syntax/token_window.h"
#include "tests/unit/syntax/parsed.h"

namespace mcplexer::syntax {
namespace {

using grammar::PlexParser;

using Counts = std::map<std::string, size_t>;

// What ANTLR makes of the whole text, or nothing if it finds an error.
std::optional<Counts> Oracle(const std::string& text) {
  ByteStream bytes(text);
  grammar::PlexLexer lexer(&bytes);
  lexer.removeErrorListeners();
  antlr4::CommonTokenStream tokens(&lexer);
  PlexParser parser(&tokens);
  parser.removeErrorListeners();
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
      antlr4::atn::PredictionMode::LL);
  antlr4::tree::ParseTree* root = parser.file();
  if (parser.getNumberOfSyntaxErrors() > 0) return std::nullopt;
  Counts counts;
  std::vector<antlr4::tree::ParseTree*> todo = {root};
  while (!todo.empty()) {
    antlr4::tree::ParseTree* tree = todo.back();
    todo.pop_back();
    todo.insert(todo.end(), tree->children.begin(), tree->children.end());
    if (auto* rule = dynamic_cast<antlr4::ParserRuleContext*>(tree)) {
      ++counts[parser.getRuleNames()[rule->getRuleIndex()]];
    }
  }
  Counts result;
  for (const char* name : {"declaration", "attribute", "rule_", "inHead", "use", "invariantClause",
                           "testCall", "pattern", "comparison"}) {
    result[name] = counts[name];
  }
  return result;
}

void Count(const std::optional<Expr>& expr, Counts& counts) {
  if (!expr) return;
  for (const ExprNode& node : expr->nodes) {
    counts["comparison"] += node.kind == ExprNode::Kind::kCompare ? 1 : 0;
  }
}

void Count(const std::vector<BodyItem>& body, Counts& counts) {
  for (const BodyItem& item : body) {
    counts["attribute"] += item.attribute.size();
    counts["use"] += item.use.size();
    counts["inHead"] += item.kind == BodyItem::Kind::kIn ? 1 : 0;
    for (const Rule& rule : item.rule) {
      ++counts["rule_"];
      counts["pattern"] += rule.patterns.size() + rule.except.size();
      Count(rule.when, counts);
      Count(rule.require, counts);
    }
    Count(item.items, counts);
  }
}

Counts CountsOf(const File& file) {
  Counts counts;
  for (const char* name : {"declaration", "attribute", "rule_", "inHead", "use", "invariantClause",
                           "testCall", "pattern", "comparison"}) {
    counts[name] = 0;
  }
  for (const Declaration& declaration : file.declarations) {
    ++counts["declaration"];
    counts["attribute"] += declaration.attributes.size();
    counts["pattern"] += declaration.patterns.size();
    Count(declaration.body, counts);
    counts["testCall"] += declaration.calls.size();
    for (const InvariantClause& clause : declaration.clauses) {
      ++counts["invariantClause"];
      counts["pattern"] += clause.patterns.size() + clause.except.size();
      Count(clause.when, counts);
    }
  }
  return counts;
}

// Errors of the parser proper, as opposed to those about a word's or a string's content.
bool ParserComplains(const Parsed& parsed) {
  for (const source::Diagnostic& diagnostic : parsed.diagnostics.all()) {
    if (diagnostic.message.starts_with("found ") || diagnostic.message.starts_with("this ")) {
      return true;
    }
  }
  return false;
}

// Whether the text was accepted.
bool Compare(const std::string& text) {
  const std::optional<Counts> expected = Oracle(text);
  const Parsed parsed(text);
  EXPECT_EQ(ParserComplains(parsed), !expected) << text << "\n" << parsed.errors();
  // A clause given twice is counted by the grammar and refused by the compiler.
  if (expected && parsed.errors().empty()) {
    EXPECT_EQ(CountsOf(parsed.file), *expected) << text;
  }
  return expected.has_value();
}

std::vector<std::string> Corpus() {
  std::vector<std::string> corpus;
  const char* root = std::getenv("MCPLEXER_SOURCE_DIR");
  if (root == nullptr) return corpus;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(root) / "tests/text/syntax")) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    corpus.push_back(text.str());
    corpus.back().resize(std::min(corpus.back().find("//! expect:"), corpus.back().size()));
  }
  std::sort(corpus.begin(), corpus.end());
  return corpus;
}

// Words and marks; the texts hold no white space inside of either but in strings, whose halves make
// fine mutants too.
std::vector<std::string> Pieces(const std::string& text) {
  std::vector<std::string> pieces;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("//")) continue;
    std::istringstream words(line);
    for (std::string word; words >> word;) pieces.push_back(word);
    pieces.push_back("\n");
  }
  return pieces;
}

std::string Join(const std::vector<std::string>& pieces) {
  std::string text;
  for (const std::string& piece : pieces) text += piece + " ";
  return text;
}

TEST(OracleTest, AgreesOnTheCases) {
  const std::vector<std::string> corpus = Corpus();
  ASSERT_FALSE(corpus.empty());
  for (const std::string& text : corpus) Compare(text);
}

TEST(OracleTest, AgreesOnMutantsOfTheCases) {
  constexpr int kMutants = 400;
  int accepted = 0;
  int refused = 0;
  std::mt19937 random(20260728);
  for (const std::string& text : Corpus()) {
    const std::vector<std::string> pieces = Pieces(text);
    const auto pick = [&] { return random() % pieces.size(); };
    for (int i = 0; i < kMutants; ++i) {
      std::vector<std::string> mutant = pieces;
      if (i % 2 == 0) {
        // A stretch of the text, so that one old mistake does not hide the new one.
        mutant.erase(mutant.begin(), mutant.begin() + static_cast<ptrdiff_t>(pick()));
        mutant.resize(std::min<size_t>(mutant.size(), 3 + random() % 60));
        if (random() % 2 == 0) mutant.insert(mutant.begin(), {"workspace", "w", "{"});
        if (random() % 2 == 0) mutant.push_back("}");
      }
      const size_t at = random() % mutant.size();
      switch (random() % 4) {
        case 0:
          mutant.erase(mutant.begin() + static_cast<ptrdiff_t>(at));
          break;
        case 1:
          mutant[at] = pieces[pick()];
          break;
        case 2:
          mutant.insert(mutant.begin() + static_cast<ptrdiff_t>(at), pieces[pick()]);
          break;
        default:
          break;
      }
      (Compare(Join(mutant)) ? accepted : refused) += 1;
      if (HasFailure()) return;
    }
  }
  EXPECT_GT(accepted, 100);
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace mcplexer::syntax
