
// Generated from Plex.g4 by ANTLR 4.7.2

#pragma once


#include "antlr4-runtime.h"


namespace mcplexer::grammar {


class  PlexParser : public antlr4::Parser {
public:
  enum {
    ALL = 1, ALLOW = 2, ALWAYS = 3, AND = 4, ANY = 5, APPROVAL = 6, APPROVE = 7, 
    APPROVERS = 8, AS = 9, BECAUSE = 10, BY = 11, CALL = 12, DENY = 13, 
    EXCEPT = 14, EXPECT = 15, FALSE = 16, FOR = 17, HAS = 18, IMPORT = 19, 
    IN = 20, INVARIANT = 21, LIKE = 22, LOG = 23, MATCHES = 24, NEVER = 25, 
    NOT = 26, NULL_ = 27, OR = 28, PRINCIPAL = 29, PRIORITY = 30, PROMPT = 31, 
    PROVIDER = 32, QUORUM = 33, REQUIRE = 34, RESOURCE = 35, SCOPE = 36, 
    SECRET = 37, SERVER = 38, SET = 39, SIZE = 40, TEMPLATE = 41, TEST = 42, 
    TIMEOUT = 43, TOOL = 44, TOOLS = 45, TRUE = 46, UNDER = 47, USE = 48, 
    USING = 49, VIA = 50, WHEN = 51, WITHOUT = 52, WORKSPACE = 53, SESSION_CLIENT = 54, 
    SESSION_MODEL = 55, PRINCIPAL_NAME = 56, PRINCIPAL_GROUPS = 57, TAG = 58, 
    ARGUMENT = 59, NUMBER = 60, DURATION = 61, SET_NAME = 62, WORD = 63, 
    STRING = 64, REGEX = 65, LBRACE = 66, RBRACE = 67, LBRACKET = 68, RBRACKET = 69, 
    LPAREN = 70, RPAREN = 71, COMMA = 72, COLON = 73, ASSIGN = 74, EQUAL = 75, 
    NOT_EQUAL = 76, LESS = 77, LESS_EQUAL = 78, GREATER = 79, GREATER_EQUAL = 80, 
    WHITE_SPACE = 81, COMMENT = 82, BAD_STRING = 83, OPEN_COMMENT = 84, 
    STRAY = 85
  };

  enum {
    RuleFile = 0, RuleDeclaration = 1, RuleBlockHead = 2, RuleBodyHead = 3, 
    RuleInvariantHead = 4, RuleTestHead = 5, RuleSecret = 6, RuleTools = 7, 
    RuleImport_ = 8, RuleAttribute = 9, RuleKey = 10, RuleValue = 11, RuleCall = 12, 
    RuleList = 13, RuleMap = 14, RuleEntry = 15, RuleItem = 16, RuleInHead = 17, 
    RuleUse = 18, RuleRule_ = 19, RuleTarget = 20, RulePatterns = 21, RulePattern = 22, 
    RuleClause = 23, RulePrincipals = 24, RulePrincipal = 25, RulePaths = 26, 
    RuleLoneCondition = 27, RuleCondition = 28, RuleConjunction = 29, RuleNegation = 30, 
    RulePrimary = 31, RuleComparison = 32, RuleOperand = 33, RuleLiteral = 34, 
    RuleLiterals = 35, RuleInvariantClause = 36, RuleBound = 37, RuleTestPart = 38, 
    RuleTestIn = 39, RuleTestAs = 40, RuleTestCall = 41, RuleCalled = 42, 
    RuleOutcome = 43, RuleName = 44, RuleReference = 45, RuleWord = 46
  };

  PlexParser(antlr4::TokenStream *input);
  ~PlexParser();

  virtual std::string getGrammarFileName() const override;
  virtual const antlr4::atn::ATN& getATN() const override { return _atn; };
  virtual const std::vector<std::string>& getTokenNames() const override { return _tokenNames; }; // deprecated: use vocabulary instead.
  virtual const std::vector<std::string>& getRuleNames() const override;
  virtual antlr4::dfa::Vocabulary& getVocabulary() const override;


  class FileContext;
  class DeclarationContext;
  class BlockHeadContext;
  class BodyHeadContext;
  class InvariantHeadContext;
  class TestHeadContext;
  class SecretContext;
  class ToolsContext;
  class Import_Context;
  class AttributeContext;
  class KeyContext;
  class ValueContext;
  class CallContext;
  class ListContext;
  class MapContext;
  class EntryContext;
  class ItemContext;
  class InHeadContext;
  class UseContext;
  class Rule_Context;
  class TargetContext;
  class PatternsContext;
  class PatternContext;
  class ClauseContext;
  class PrincipalsContext;
  class PrincipalContext;
  class PathsContext;
  class LoneConditionContext;
  class ConditionContext;
  class ConjunctionContext;
  class NegationContext;
  class PrimaryContext;
  class ComparisonContext;
  class OperandContext;
  class LiteralContext;
  class LiteralsContext;
  class InvariantClauseContext;
  class BoundContext;
  class TestPartContext;
  class TestInContext;
  class TestAsContext;
  class TestCallContext;
  class CalledContext;
  class OutcomeContext;
  class NameContext;
  class ReferenceContext;
  class WordContext; 

  class  FileContext : public antlr4::ParserRuleContext {
  public:
    FileContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *EOF();
    std::vector<DeclarationContext *> declaration();
    DeclarationContext* declaration(size_t i);

   
  };

  FileContext* file();

  class  DeclarationContext : public antlr4::ParserRuleContext {
  public:
    DeclarationContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    BlockHeadContext *blockHead();
    antlr4::tree::TerminalNode *RBRACE();
    std::vector<AttributeContext *> attribute();
    AttributeContext* attribute(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    BodyHeadContext *bodyHead();
    std::vector<ItemContext *> item();
    ItemContext* item(size_t i);
    InvariantHeadContext *invariantHead();
    std::vector<InvariantClauseContext *> invariantClause();
    InvariantClauseContext* invariantClause(size_t i);
    TestHeadContext *testHead();
    std::vector<TestPartContext *> testPart();
    TestPartContext* testPart(size_t i);
    SecretContext *secret();
    ToolsContext *tools();
    Import_Context *import_();

   
  };

  DeclarationContext* declaration();

  class  BlockHeadContext : public antlr4::ParserRuleContext {
  public:
    BlockHeadContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    NameContext *name();
    antlr4::tree::TerminalNode *LBRACE();
    antlr4::tree::TerminalNode *SERVER();
    antlr4::tree::TerminalNode *SCOPE();
    antlr4::tree::TerminalNode *PROVIDER();
    antlr4::tree::TerminalNode *PRINCIPAL();

   
  };

  BlockHeadContext* blockHead();

  class  BodyHeadContext : public antlr4::ParserRuleContext {
  public:
    BodyHeadContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *WORKSPACE();
    std::vector<NameContext *> name();
    NameContext* name(size_t i);
    antlr4::tree::TerminalNode *LBRACE();
    antlr4::tree::TerminalNode *TEMPLATE();
    antlr4::tree::TerminalNode *LPAREN();
    antlr4::tree::TerminalNode *RPAREN();
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  BodyHeadContext* bodyHead();

  class  InvariantHeadContext : public antlr4::ParserRuleContext {
  public:
    InvariantHeadContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *INVARIANT();
    NameContext *name();
    antlr4::tree::TerminalNode *LBRACE();

   
  };

  InvariantHeadContext* invariantHead();

  class  TestHeadContext : public antlr4::ParserRuleContext {
  public:
    TestHeadContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *TEST();
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *LBRACE();

   
  };

  TestHeadContext* testHead();

  class  SecretContext : public antlr4::ParserRuleContext {
  public:
    SecretContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *SECRET();
    NameContext *name();
    antlr4::tree::TerminalNode *ASSIGN();
    ValueContext *value();

   
  };

  SecretContext* secret();

  class  ToolsContext : public antlr4::ParserRuleContext {
  public:
    ToolsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *TOOLS();
    NameContext *name();
    antlr4::tree::TerminalNode *ASSIGN();
    antlr4::tree::TerminalNode *LBRACKET();
    antlr4::tree::TerminalNode *RBRACKET();
    std::vector<PatternContext *> pattern();
    PatternContext* pattern(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  ToolsContext* tools();

  class  Import_Context : public antlr4::ParserRuleContext {
  public:
    Import_Context(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *IMPORT();
    antlr4::tree::TerminalNode *STRING();

   
  };

  Import_Context* import_();

  class  AttributeContext : public antlr4::ParserRuleContext {
  public:
    AttributeContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    KeyContext *key();
    antlr4::tree::TerminalNode *ASSIGN();
    ValueContext *value();
    antlr4::tree::TerminalNode *SET();

   
  };

  AttributeContext* attribute();

  class  KeyContext : public antlr4::ParserRuleContext {
  public:
    KeyContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    WordContext *word();
    antlr4::tree::TerminalNode *STRING();

   
  };

  KeyContext* key();

  class  ValueContext : public antlr4::ParserRuleContext {
  public:
    ValueContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *REGEX();
    antlr4::tree::TerminalNode *NUMBER();
    antlr4::tree::TerminalNode *DURATION();
    CallContext *call();
    WordContext *word();
    ListContext *list();
    MapContext *map();

   
  };

  ValueContext* value();

  class  CallContext : public antlr4::ParserRuleContext {
  public:
    CallContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    WordContext *word();
    antlr4::tree::TerminalNode *LPAREN();
    antlr4::tree::TerminalNode *RPAREN();
    std::vector<ValueContext *> value();
    ValueContext* value(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  CallContext* call();

  class  ListContext : public antlr4::ParserRuleContext {
  public:
    ListContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LBRACKET();
    antlr4::tree::TerminalNode *RBRACKET();
    std::vector<ValueContext *> value();
    ValueContext* value(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  ListContext* list();

  class  MapContext : public antlr4::ParserRuleContext {
  public:
    MapContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LBRACE();
    antlr4::tree::TerminalNode *RBRACE();
    std::vector<EntryContext *> entry();
    EntryContext* entry(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  MapContext* map();

  class  EntryContext : public antlr4::ParserRuleContext {
  public:
    EntryContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    KeyContext *key();
    ValueContext *value();
    antlr4::tree::TerminalNode *COLON();
    antlr4::tree::TerminalNode *ASSIGN();

   
  };

  EntryContext* entry();

  class  ItemContext : public antlr4::ParserRuleContext {
  public:
    ItemContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    AttributeContext *attribute();
    antlr4::tree::TerminalNode *COMMA();
    Rule_Context *rule_();
    UseContext *use();
    InHeadContext *inHead();
    antlr4::tree::TerminalNode *RBRACE();
    std::vector<ItemContext *> item();
    ItemContext* item(size_t i);

   
  };

  ItemContext* item();

  class  InHeadContext : public antlr4::ParserRuleContext {
  public:
    InHeadContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *IN();
    PathsContext *paths();
    antlr4::tree::TerminalNode *LBRACE();

   
  };

  InHeadContext* inHead();

  class  UseContext : public antlr4::ParserRuleContext {
  public:
    UseContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *USE();
    NameContext *name();
    antlr4::tree::TerminalNode *LPAREN();
    antlr4::tree::TerminalNode *RPAREN();
    std::vector<ValueContext *> value();
    ValueContext* value(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  UseContext* use();

  class  Rule_Context : public antlr4::ParserRuleContext {
  public:
    Rule_Context(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    TargetContext *target();
    antlr4::tree::TerminalNode *ALLOW();
    antlr4::tree::TerminalNode *APPROVE();
    antlr4::tree::TerminalNode *DENY();
    std::vector<ClauseContext *> clause();
    ClauseContext* clause(size_t i);

   
  };

  Rule_Context* rule_();

  class  TargetContext : public antlr4::ParserRuleContext {
  public:
    TargetContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    PatternsContext *patterns();
    antlr4::tree::TerminalNode *TOOL();
    antlr4::tree::TerminalNode *PROMPT();
    antlr4::tree::TerminalNode *RESOURCE();
    NameContext *name();
    antlr4::tree::TerminalNode *COLON();

   
  };

  TargetContext* target();

  class  PatternsContext : public antlr4::ParserRuleContext {
  public:
    PatternsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<PatternContext *> pattern();
    PatternContext* pattern(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  PatternsContext* patterns();

  class  PatternContext : public antlr4::ParserRuleContext {
  public:
    PatternContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *REGEX();
    antlr4::tree::TerminalNode *SET_NAME();
    antlr4::tree::TerminalNode *WORD();

   
  };

  PatternContext* pattern();

  class  ClauseContext : public antlr4::ParserRuleContext {
  public:
    ClauseContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *EXCEPT();
    PatternsContext *patterns();
    antlr4::tree::TerminalNode *FOR();
    PrincipalsContext *principals();
    antlr4::tree::TerminalNode *IN();
    PathsContext *paths();
    antlr4::tree::TerminalNode *USING();
    NameContext *name();
    antlr4::tree::TerminalNode *VIA();
    antlr4::tree::TerminalNode *WHEN();
    ConditionContext *condition();
    antlr4::tree::TerminalNode *REQUIRE();
    antlr4::tree::TerminalNode *PRIORITY();
    antlr4::tree::TerminalNode *NUMBER();
    antlr4::tree::TerminalNode *TIMEOUT();
    antlr4::tree::TerminalNode *DURATION();
    antlr4::tree::TerminalNode *QUORUM();
    antlr4::tree::TerminalNode *APPROVERS();
    antlr4::tree::TerminalNode *LOG();
    antlr4::tree::TerminalNode *BECAUSE();
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *AS();

   
  };

  ClauseContext* clause();

  class  PrincipalsContext : public antlr4::ParserRuleContext {
  public:
    PrincipalsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<PrincipalContext *> principal();
    PrincipalContext* principal(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  PrincipalsContext* principals();

  class  PrincipalContext : public antlr4::ParserRuleContext {
  public:
    PrincipalContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    WordContext *word();
    antlr4::tree::TerminalNode *STRING();

   
  };

  PrincipalContext* principal();

  class  PathsContext : public antlr4::ParserRuleContext {
  public:
    PathsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<antlr4::tree::TerminalNode *> STRING();
    antlr4::tree::TerminalNode* STRING(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  PathsContext* paths();

  class  LoneConditionContext : public antlr4::ParserRuleContext {
  public:
    LoneConditionContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    ConditionContext *condition();
    antlr4::tree::TerminalNode *EOF();

   
  };

  LoneConditionContext* loneCondition();

  class  ConditionContext : public antlr4::ParserRuleContext {
  public:
    ConditionContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<ConjunctionContext *> conjunction();
    ConjunctionContext* conjunction(size_t i);
    std::vector<antlr4::tree::TerminalNode *> OR();
    antlr4::tree::TerminalNode* OR(size_t i);

   
  };

  ConditionContext* condition();

  class  ConjunctionContext : public antlr4::ParserRuleContext {
  public:
    ConjunctionContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<NegationContext *> negation();
    NegationContext* negation(size_t i);
    std::vector<antlr4::tree::TerminalNode *> AND();
    antlr4::tree::TerminalNode* AND(size_t i);

   
  };

  ConjunctionContext* conjunction();

  class  NegationContext : public antlr4::ParserRuleContext {
  public:
    NegationContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    PrimaryContext *primary();
    std::vector<antlr4::tree::TerminalNode *> NOT();
    antlr4::tree::TerminalNode* NOT(size_t i);

   
  };

  NegationContext* negation();

  class  PrimaryContext : public antlr4::ParserRuleContext {
  public:
    PrimaryContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LPAREN();
    ConditionContext *condition();
    antlr4::tree::TerminalNode *RPAREN();
    antlr4::tree::TerminalNode *HAS();
    antlr4::tree::TerminalNode *ARGUMENT();
    ComparisonContext *comparison();
    antlr4::tree::TerminalNode *ALL();
    antlr4::tree::TerminalNode *ANY();
    OperandContext *operand();

   
  };

  PrimaryContext* primary();

  class  ComparisonContext : public antlr4::ParserRuleContext {
  public:
    ComparisonContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    OperandContext *operand();
    antlr4::tree::TerminalNode *EQUAL();
    antlr4::tree::TerminalNode *NOT_EQUAL();
    antlr4::tree::TerminalNode *LESS();
    antlr4::tree::TerminalNode *LESS_EQUAL();
    antlr4::tree::TerminalNode *GREATER();
    antlr4::tree::TerminalNode *GREATER_EQUAL();
    antlr4::tree::TerminalNode *IN();
    LiteralsContext *literals();
    antlr4::tree::TerminalNode *LIKE();
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *MATCHES();
    antlr4::tree::TerminalNode *REGEX();
    antlr4::tree::TerminalNode *UNDER();

   
  };

  ComparisonContext* comparison();

  class  OperandContext : public antlr4::ParserRuleContext {
  public:
    OperandContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *ARGUMENT();
    antlr4::tree::TerminalNode *SIZE();
    antlr4::tree::TerminalNode *LPAREN();
    antlr4::tree::TerminalNode *RPAREN();
    antlr4::tree::TerminalNode *SESSION_CLIENT();
    antlr4::tree::TerminalNode *SESSION_MODEL();
    antlr4::tree::TerminalNode *PRINCIPAL_NAME();
    antlr4::tree::TerminalNode *PRINCIPAL_GROUPS();
    antlr4::tree::TerminalNode *TAG();
    LiteralContext *literal();

   
  };

  OperandContext* operand();

  class  LiteralContext : public antlr4::ParserRuleContext {
  public:
    LiteralContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *NUMBER();
    antlr4::tree::TerminalNode *TRUE();
    antlr4::tree::TerminalNode *FALSE();
    antlr4::tree::TerminalNode *NULL_();

   
  };

  LiteralContext* literal();

  class  LiteralsContext : public antlr4::ParserRuleContext {
  public:
    LiteralsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LBRACKET();
    antlr4::tree::TerminalNode *RBRACKET();
    std::vector<LiteralContext *> literal();
    LiteralContext* literal(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  LiteralsContext* literals();

  class  InvariantClauseContext : public antlr4::ParserRuleContext {
  public:
    InvariantClauseContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    TargetContext *target();
    antlr4::tree::TerminalNode *NEVER();
    antlr4::tree::TerminalNode *ALLOW();
    antlr4::tree::TerminalNode *ALWAYS();
    antlr4::tree::TerminalNode *DENY();
    std::vector<BoundContext *> bound();
    BoundContext* bound(size_t i);

   
  };

  InvariantClauseContext* invariantClause();

  class  BoundContext : public antlr4::ParserRuleContext {
  public:
    BoundContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *WITHOUT();
    antlr4::tree::TerminalNode *APPROVAL();
    antlr4::tree::TerminalNode *EXCEPT();
    PatternsContext *patterns();
    antlr4::tree::TerminalNode *FOR();
    PrincipalsContext *principals();
    antlr4::tree::TerminalNode *IN();
    PathsContext *paths();
    antlr4::tree::TerminalNode *WHEN();
    ConditionContext *condition();

   
  };

  BoundContext* bound();

  class  TestPartContext : public antlr4::ParserRuleContext {
  public:
    TestPartContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    TestInContext *testIn();
    TestAsContext *testAs();
    TestCallContext *testCall();

   
  };

  TestPartContext* testPart();

  class  TestInContext : public antlr4::ParserRuleContext {
  public:
    TestInContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *IN();
    antlr4::tree::TerminalNode *STRING();

   
  };

  TestInContext* testIn();

  class  TestAsContext : public antlr4::ParserRuleContext {
  public:
    TestAsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *AS();
    NameContext *name();

   
  };

  TestAsContext* testAs();

  class  TestCallContext : public antlr4::ParserRuleContext {
  public:
    TestCallContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *CALL();
    CalledContext *called();
    antlr4::tree::TerminalNode *EXPECT();
    antlr4::tree::TerminalNode *ALLOW();
    antlr4::tree::TerminalNode *APPROVE();
    antlr4::tree::TerminalNode *DENY();
    MapContext *map();
    std::vector<OutcomeContext *> outcome();
    OutcomeContext* outcome(size_t i);

   
  };

  TestCallContext* testCall();

  class  CalledContext : public antlr4::ParserRuleContext {
  public:
    CalledContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    WordContext *word();
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *TOOL();
    antlr4::tree::TerminalNode *RESOURCE();
    antlr4::tree::TerminalNode *PROMPT();

   
  };

  CalledContext* called();

  class  OutcomeContext : public antlr4::ParserRuleContext {
  public:
    OutcomeContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *VIA();
    NameContext *name();
    antlr4::tree::TerminalNode *USING();
    antlr4::tree::TerminalNode *BY();
    ReferenceContext *reference();
    antlr4::tree::TerminalNode *BECAUSE();
    antlr4::tree::TerminalNode *STRING();

   
  };

  OutcomeContext* outcome();

  class  NameContext : public antlr4::ParserRuleContext {
  public:
    NameContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    WordContext *word();

   
  };

  NameContext* name();

  class  ReferenceContext : public antlr4::ParserRuleContext {
  public:
    ReferenceContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *ARGUMENT();
    antlr4::tree::TerminalNode *SESSION_CLIENT();
    antlr4::tree::TerminalNode *SESSION_MODEL();
    antlr4::tree::TerminalNode *PRINCIPAL_NAME();
    antlr4::tree::TerminalNode *PRINCIPAL_GROUPS();
    antlr4::tree::TerminalNode *TAG();

   
  };

  ReferenceContext* reference();

  class  WordContext : public antlr4::ParserRuleContext {
  public:
    WordContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *WORD();
    antlr4::tree::TerminalNode *ALL();
    antlr4::tree::TerminalNode *ALLOW();
    antlr4::tree::TerminalNode *ALWAYS();
    antlr4::tree::TerminalNode *AND();
    antlr4::tree::TerminalNode *ANY();
    antlr4::tree::TerminalNode *APPROVAL();
    antlr4::tree::TerminalNode *APPROVE();
    antlr4::tree::TerminalNode *APPROVERS();
    antlr4::tree::TerminalNode *AS();
    antlr4::tree::TerminalNode *BECAUSE();
    antlr4::tree::TerminalNode *BY();
    antlr4::tree::TerminalNode *CALL();
    antlr4::tree::TerminalNode *DENY();
    antlr4::tree::TerminalNode *EXCEPT();
    antlr4::tree::TerminalNode *EXPECT();
    antlr4::tree::TerminalNode *FALSE();
    antlr4::tree::TerminalNode *FOR();
    antlr4::tree::TerminalNode *HAS();
    antlr4::tree::TerminalNode *IMPORT();
    antlr4::tree::TerminalNode *IN();
    antlr4::tree::TerminalNode *INVARIANT();
    antlr4::tree::TerminalNode *LIKE();
    antlr4::tree::TerminalNode *LOG();
    antlr4::tree::TerminalNode *MATCHES();
    antlr4::tree::TerminalNode *NEVER();
    antlr4::tree::TerminalNode *NOT();
    antlr4::tree::TerminalNode *NULL_();
    antlr4::tree::TerminalNode *OR();
    antlr4::tree::TerminalNode *PRINCIPAL();
    antlr4::tree::TerminalNode *PRIORITY();
    antlr4::tree::TerminalNode *PROMPT();
    antlr4::tree::TerminalNode *PROVIDER();
    antlr4::tree::TerminalNode *QUORUM();
    antlr4::tree::TerminalNode *REQUIRE();
    antlr4::tree::TerminalNode *RESOURCE();
    antlr4::tree::TerminalNode *SCOPE();
    antlr4::tree::TerminalNode *SECRET();
    antlr4::tree::TerminalNode *SERVER();
    antlr4::tree::TerminalNode *SET();
    antlr4::tree::TerminalNode *SIZE();
    antlr4::tree::TerminalNode *TEMPLATE();
    antlr4::tree::TerminalNode *TEST();
    antlr4::tree::TerminalNode *TIMEOUT();
    antlr4::tree::TerminalNode *TOOL();
    antlr4::tree::TerminalNode *TOOLS();
    antlr4::tree::TerminalNode *TRUE();
    antlr4::tree::TerminalNode *UNDER();
    antlr4::tree::TerminalNode *USE();
    antlr4::tree::TerminalNode *USING();
    antlr4::tree::TerminalNode *VIA();
    antlr4::tree::TerminalNode *WHEN();
    antlr4::tree::TerminalNode *WITHOUT();
    antlr4::tree::TerminalNode *WORKSPACE();

   
  };

  WordContext* word();


private:
  static std::vector<antlr4::dfa::DFA> _decisionToDFA;
  static antlr4::atn::PredictionContextCache _sharedContextCache;
  static std::vector<std::string> _ruleNames;
  static std::vector<std::string> _tokenNames;

  static std::vector<std::string> _literalNames;
  static std::vector<std::string> _symbolicNames;
  static antlr4::dfa::Vocabulary _vocabulary;
  static antlr4::atn::ATN _atn;
  static std::vector<uint16_t> _serializedATN;


  struct Initializer {
    Initializer();
  };
  static Initializer _init;
};

}  // namespace mcplexer::grammar
