// SPDX-License-Identifier: Apache-2.0
// Reads policies of tests/bench/generated_policy.h in common words: a rule a line, of a dozen
// forms. Whatever else a line says is refused. What is read wrongly shows in the verdicts.

const kRule = new RegExp([
  String.raw`^  (?<effect>allow|deny) (?<tools>[a-z0-9_*]+)`,
  String.raw`(?: in "(?<paths>[^"]*)")?(?: using token)?(?: when (?<when>.*?))?`,
  String.raw`(?: priority \d+)?(?: for (?<who>\w+))?$`,
].join(''));
const kComparison = new RegExp([
  String.raw`^(?<not>not )?\(?arg\.(?<argument>\w+)(?<optional>\?)? (?<operator>==|<=|in|like) `,
  String.raw`(?<literal>"[^"]*"|\d+|\[[^\]]*\])\)?$`,
].join(''));

// {connective: 'and' | 'or', comparisons: [{argument, operator, literal, negated, optional}]}
function readCondition(text) {
  const connective = text.includes(' or ') ? 'or' : 'and';
  const comparisons = text.split(` ${connective} `).map((part) => {
    const {not, argument, optional, operator, literal} = kComparison.exec(part)?.groups ?? {};
    if (argument === undefined) throw new Error(`not a comparison: ${part}`);
    return {argument, operator, literal: JSON.parse(literal), negated: !!not, optional: !!optional};
  });
  return {connective, comparisons};
}

function readRule(line) {
  const {effect, tools, paths, when, who} = kRule.exec(line)?.groups ?? {};
  if (effect === undefined) throw new Error(`not a rule: ${line}`);
  if (paths && !/^\w+\/\*\*$/.test(paths)) throw new Error(`not a directory: ${line}`);
  const condition = when === undefined ? undefined : readCondition(when);
  // Such a deny also denies what leaves the argument out, which no other language here does.
  if (effect === 'deny' && condition?.comparisons.some(({optional}) => !optional)) {
    throw new Error(`a deny on an argument that must be there: ${line}`);
  }
  return {effect, tools, directory: paths?.slice(0, -'/**'.length), condition, who};
}

// {groups: principal -> its groups, workspaces: [{name, root, rules}]}
export function readPolicy(text) {
  const groups = new Map();
  const workspaces = [];
  for (const line of text.split('\n')) {
    const principal = /^principal (\w+) \{ groups = \[(\w+)\] \}$/.exec(line);
    const workspace = /^workspace (\w+) \{$/.exec(line);
    const root = /^  root = "([^"]+)"$/.exec(line);
    if (principal) {
      groups.set(principal[1], [principal[2]]);
    } else if (workspace) {
      workspaces.push({name: workspace[1], root: undefined, rules: []});
    } else if (root) {
      workspaces.at(-1).root = root[1];
    } else if (line.startsWith('  ')) {
      workspaces.at(-1).rules.push(readRule(line));
    } else if (!/^(secret|scope|server) |^\}?$/.test(line)) {
      throw new Error(`not understood: ${line}`);
    }
  }
  return {groups, workspaces};
}

// The workspaces that a directory lies in, the nearest first.
export function workspacesOf(workspaces, directory) {
  return workspaces.filter(({root}) => `${directory}/`.startsWith(`${root}/`))
      .sort((a, b) => b.root.length - a.root.length);
}
