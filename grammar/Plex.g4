// SPDX-License-Identifier: Apache-2.0
// The policy language's grammar: lexer and parser. docs/language.md says what the words mean.
//
// Bytes. The compiler hands the lexer bytes, not code points, so that an index is a byte offset and
// nothing is converted; text is known to be valid UTF-8 by then. ANTLR caches its lexer's transitions
// for symbols below 128 only, and a byte from 128 on would take the slow path each time, so all of
// them are handed over as U+007F (and a real U+007F as U+0001, which is legal nowhere). NON_ASCII
// below covers both readings: the grammar is right over code points too.
//
// Words. Names, keywords and bare patterns overlap: `github`, `deny`, `github__{get,list}_*`,
// `${server}__*`. A lexer cannot know which is meant, so WORD is the longest run that any of them
// could be, and the parser decides by where it stands. What is a name is checked when the tree is
// built. A word
//   * begins with a letter, digit, `_`, `*`, `?` or `${param}`, or with a character outside ASCII,
//   * may hold brackets if they are balanced and hold no white space and no quote: `{a,b}`, `[!a-z]`,
//     so a comma within them belongs to it; a comma outside, `:`, `=`, `(`, `)` or a quote ends it,
//   * may hold `/` unless that would begin a comment, and any character after a backslash.
// Braces nest three deep here (a quoted pattern has no such bound). That is deliberate: with
// recursion the lexer's cost would not be linear, and the parser's nesting limit could not see it.
// `server github{` is read as `server`, `github`, `{` as long as the braces hold white space or a
// quote; write the space.
//
// Soft keywords. Every keyword is a name, an attribute's key, a map's key or a value where that is
// what the place asks for (rule `word`). As a pattern it needs quotes: `deny in` would read as a
// clause. `arg.owner`, `session.client` and the like are one token each, without white space.
//
// `in "p"` after a rule is a clause of it unless `{` follows the list; that takes lookahead over the
// whole list, which ALL(*) prediction does.
//
// How it is used. `file` is the whole language, and tests parse with it as an oracle. The compiler
// itself calls the rules marked "entry" one after the other and keeps the stack of open blocks, so
// memory is bounded by one statement rather than one file, an error ends with its statement, and
// the only recursion is in `value` and `condition`, where nesting is limited by counting tokens.
// Prediction is SLL only: the grammar has no decision that depends on more than that (the oracle runs
// full LL and must agree).
//
// Regenerate with scripts/generate-parser; grammar/generated is committed.

grammar Plex;

// --- Files -----------------------------------------------------------------------------------

file : declaration* EOF ;

declaration
  : blockHead (attribute COMMA?)* RBRACE
  | bodyHead item* RBRACE
  | invariantHead invariantClause* RBRACE
  | testHead testPart* RBRACE
  | secret
  | tools
  | import_
  ;

// entry
blockHead : (SERVER | SCOPE | PROVIDER | PRINCIPAL) name LBRACE ;

// entry
bodyHead
  : WORKSPACE name LBRACE
  | TEMPLATE name LPAREN (name (COMMA name)* COMMA?)? RPAREN LBRACE
  ;

// entry
invariantHead : INVARIANT name LBRACE ;

// entry
testHead : TEST STRING LBRACE ;

// entry
secret : SECRET name ASSIGN value ;

// entry
tools : TOOLS name ASSIGN LBRACKET (pattern (COMMA pattern)* COMMA?)? RBRACKET ;

// entry
import_ : IMPORT STRING ;

// --- Attributes and values -------------------------------------------------------------------

// entry
attribute : SET? key ASSIGN value ;

key : word | STRING ;

value
  : STRING
  | REGEX
  | NUMBER
  | DURATION
  | call
  | word
  | list
  | map
  ;

call : word LPAREN (value (COMMA value)* COMMA?)? RPAREN ;

list : LBRACKET (value (COMMA value)* COMMA?)? RBRACKET ;

map : LBRACE (entry COMMA?)* RBRACE ;

entry : key (COLON | ASSIGN) value ;

// --- Workspaces, templates, rules ------------------------------------------------------------

item
  : attribute COMMA?
  | rule_
  | use
  | inHead item* RBRACE
  ;

// entry
inHead : IN paths LBRACE ;

// entry
use : USE name LPAREN (value (COMMA value)* COMMA?)? RPAREN ;

// entry
rule_ : (ALLOW | APPROVE | DENY) target clause* ;

target : (TOOL | PROMPT)? patterns | RESOURCE name COLON patterns ;

patterns : pattern (COMMA pattern)* ;

pattern : STRING | REGEX | SET_NAME | WORD ;

// entry, for its messages only
clause
  : EXCEPT patterns
  | FOR principals
  | IN paths
  | USING name
  | VIA name
  | WHEN condition
  | REQUIRE condition
  | PRIORITY NUMBER
  | TIMEOUT DURATION
  | QUORUM NUMBER
  | APPROVERS principals
  | LOG name
  | BECAUSE STRING
  | AS name
  ;

principals : principal (COMMA principal)* ;

principal : word | STRING ;

paths : STRING (COMMA STRING)* ;

// --- Conditions ------------------------------------------------------------------------------

// entry: a condition that stands alone, in YAML
loneCondition : condition EOF ;

condition : conjunction (OR conjunction)* ;

conjunction : negation (AND negation)* ;

negation : NOT* primary ;

primary
  : LPAREN condition RPAREN
  | HAS ARGUMENT
  | (ALL | ANY) ARGUMENT comparison
  | operand comparison
  ;

comparison
  : (EQUAL | NOT_EQUAL | LESS | LESS_EQUAL | GREATER | GREATER_EQUAL) operand
  | IN (operand | literals)
  | LIKE STRING
  | MATCHES (REGEX | STRING)
  | UNDER STRING
  ;

operand
  : ARGUMENT
  | SIZE LPAREN ARGUMENT RPAREN
  | SESSION_CLIENT
  | SESSION_MODEL
  | PRINCIPAL_NAME
  | PRINCIPAL_GROUPS
  | TAG
  | literal
  ;

literal : STRING | NUMBER | TRUE | FALSE | NULL_ ;

literals : LBRACKET (literal (COMMA literal)* COMMA?)? RBRACKET ;

// --- Invariants and tests --------------------------------------------------------------------

// entry
invariantClause : (NEVER ALLOW | ALWAYS DENY) target bound* ;

bound
  : WITHOUT APPROVAL
  | EXCEPT patterns
  | FOR principals
  | IN paths
  | WHEN condition
  ;

testPart : testIn | testAs | testCall ;

// entry
testIn : IN STRING ;

// entry
testAs : AS name ;

// entry
testCall : CALL called map? EXPECT (ALLOW | APPROVE | DENY) outcome* ;

called : (TOOL | RESOURCE | PROMPT)? (word | STRING) ;

outcome
  : VIA name
  | USING name
  | BY (name | reference)
  | BECAUSE STRING
  ;

// --- Words -----------------------------------------------------------------------------------

name : word ;

// In `by workspace.rule` a workspace may be called `arg` or `session`.
reference : ARGUMENT | SESSION_CLIENT | SESSION_MODEL | PRINCIPAL_NAME | PRINCIPAL_GROUPS | TAG ;

word
  : WORD
  | ALL | ALLOW | ALWAYS | AND | ANY | APPROVAL | APPROVE | APPROVERS | AS | BECAUSE | BY | CALL | DENY
  | EXCEPT | EXPECT | FALSE | FOR | HAS | IMPORT | IN | INVARIANT | LIKE | LOG | MATCHES | NEVER | NOT
  | NULL_ | OR | PRINCIPAL | PRIORITY | PROMPT | PROVIDER | QUORUM | REQUIRE | RESOURCE | SCOPE | SECRET
  | SERVER | SET | SIZE | TEMPLATE | TEST | TIMEOUT | TOOL | TOOLS | TRUE | UNDER | USE | USING | VIA
  | WHEN | WITHOUT | WORKSPACE
  ;

// --- Tokens ----------------------------------------------------------------------------------

ALL : 'all' ;
ALLOW : 'allow' ;
ALWAYS : 'always' ;
AND : 'and' ;
ANY : 'any' ;
APPROVAL : 'approval' ;
APPROVE : 'approve' ;
APPROVERS : 'approvers' ;
AS : 'as' ;
BECAUSE : 'because' ;
BY : 'by' ;
CALL : 'call' ;
DENY : 'deny' ;
EXCEPT : 'except' ;
EXPECT : 'expect' ;
FALSE : 'false' ;
FOR : 'for' ;
HAS : 'has' ;
IMPORT : 'import' ;
IN : 'in' ;
INVARIANT : 'invariant' ;
LIKE : 'like' ;
LOG : 'log' ;
MATCHES : 'matches' ;
NEVER : 'never' ;
NOT : 'not' ;
NULL_ : 'null' ;
OR : 'or' ;
PRINCIPAL : 'principal' ;
PRIORITY : 'priority' ;
PROMPT : 'prompt' ;
PROVIDER : 'provider' ;
QUORUM : 'quorum' ;
REQUIRE : 'require' ;
RESOURCE : 'resource' ;
SCOPE : 'scope' ;
SECRET : 'secret' ;
SERVER : 'server' ;
SET : 'set' ;
SIZE : 'size' ;
TEMPLATE : 'template' ;
TEST : 'test' ;
TIMEOUT : 'timeout' ;
TOOL : 'tool' ;
TOOLS : 'tools' ;
TRUE : 'true' ;
UNDER : 'under' ;
USE : 'use' ;
USING : 'using' ;
VIA : 'via' ;
WHEN : 'when' ;
WITHOUT : 'without' ;
WORKSPACE : 'workspace' ;

SESSION_CLIENT : 'session.client' ;
SESSION_MODEL : 'session.model' ;
PRINCIPAL_NAME : 'principal.name' ;
PRINCIPAL_GROUPS : 'principal.groups' ;
TAG : 'workspace.tags' (DOT_KEY | QUOTED_KEY) ;
ARGUMENT : 'arg' (DOT_KEY | QUOTED_KEY | '[' ([0-9]+ | '*') ']')+ '?'? ;
fragment DOT_KEY : '.' ([A-Za-z_] | NON_ASCII) ([A-Za-z0-9_-] | NON_ASCII)* ;
fragment QUOTED_KEY : '["' STRING_CHAR* '"]' ;

NUMBER : '-'? ('0' | [1-9] [0-9]*) ('.' [0-9]+)? ([eE] [+-]? [0-9]+)? ;
DURATION : [0-9]+ ('ms' | 's' | 'm' | 'h' | 'd') ;

SET_NAME : '@' (WORD_CHAR | PARAMETER)+ ;
WORD : WORD_START WORD_PART* ;
fragment WORD_START : [A-Za-z0-9_*?] | PARAMETER | NON_ASCII ;
fragment WORD_PART : WORD_CHAR | [*?] | PARAMETER | ESCAPED | CLASS | BRACES1 ;
fragment WORD_CHAR : [A-Za-z0-9_.#%+~-] | NON_ASCII | '/' [A-Za-z0-9_.] ;
fragment PARAMETER : '${' [A-Za-z_] [A-Za-z0-9_-]* '}' ;
fragment ESCAPED : '\\' ~[\u0000-\u0020] ;
fragment CLASS : '[' (~["[\]\\\u0000-\u0020] | ESCAPED)+ ']' ;
fragment BRACES1 : '{' (IN_BRACES | BRACES2)* '}' ;
fragment BRACES2 : '{' (IN_BRACES | BRACES3)* '}' ;
fragment BRACES3 : '{' IN_BRACES* '}' ;
fragment IN_BRACES : WORD_CHAR | [*?,] | PARAMETER | ESCAPED | CLASS ;
fragment NON_ASCII : [\u007F-\u{10FFFF}] ;

STRING : '"' STRING_CHAR* '"' ;
// Which escapes there are is checked when the string is read, with the place of the bad one.
fragment STRING_CHAR : ~["\\\u0000-\u0008\u000A-\u001F] | '\\' ~[\u0000-\u001F] ;
// The regular expression's backslashes are its own; `\"` is a quote.
REGEX : 're"' STRING_CHAR* '"' ;

LBRACE : '{' ;
RBRACE : '}' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
LPAREN : '(' ;
RPAREN : ')' ;
COMMA : ',' ;
COLON : ':' ;
ASSIGN : '=' ;
EQUAL : '==' ;
NOT_EQUAL : '!=' ;
LESS : '<' ;
LESS_EQUAL : '<=' ;
GREATER : '>' ;
GREATER_EQUAL : '>=' ;

WHITE_SPACE : [ \t\r\n]+ -> skip ;
// Kept aside: suppressions and the formatter read them.
COMMENT : ('//' ~[\r\n]* | '/*' (~'*' | '*'+ ~[*/])* '*'+ '/') -> channel(HIDDEN) ;

// Tokens no rule uses, so that the mistake is named where it is made. A string that is not closed on
// its line, or that holds a control character:
BAD_STRING : 're'? '"' (~["\\\r\n] | '\\' ~[\r\n])* ('"' | '\\')? ;
OPEN_COMMENT : '/*' (~'*' | '*'+ ~[*/])* '*'* ;
STRAY : . ;
