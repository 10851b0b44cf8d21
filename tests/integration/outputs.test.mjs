// SPDX-License-Identifier: Apache-2.0
// What other programs read of our findings: SARIF logs against the schema of the standard, workflow
// commands against a reader of them.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {
  chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync,
  symlinkSync, writeFileSync
} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {test} from 'node:test';

import {mcplexerc, repository} from './harness.mjs';

const require = createRequire(import.meta.url);
const Ajv = require('ajv-draft-04');
const formats = require('ajv-formats');

// The schema of the standard, as Microsoft's SARIF SDK carries it.
const folder = dirname(require.resolve('@microsoft/jest-sarif'));
const schema = JSON.parse(readFileSync(join(folder, 'schemas/sarif-2.1.0-rtm.5.json'), 'utf8'));
// The schema's own patterns are not all valid with the u flag.
const ajv = new Ajv({allErrors: true, strict: false, unicodeRegExp: false});
formats(ajv);
const valid = ajv.compile(schema);

function world(t, files) {
  const directory = mkdtempSync(join(tmpdir(), 'mcplexer-it-'));
  t.after(() => rmSync(directory, {recursive: true}));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), {recursive: true});
    writeFileSync(join(directory, name), text);
  }
  const run = (...args) => spawnSync(mcplexerc, args, {cwd: directory, encoding: 'utf8'});
  return Object.assign(run, {directory});
}

function log(run) {
  const parsed = JSON.parse(run.stdout);
  assert.ok(valid(parsed), JSON.stringify(valid.errors?.slice(0, 5), null, 1));
  assert.equal(parsed.version, '2.1.0');
  assert.equal(parsed.runs.length, 1);
  return parsed.runs[0];
}

const server = 'server github { command = ["github-mcp-server"] }\n';
const inWorkspace = (rules) => `${server}workspace acme {\n  root = "~/acme"\n${rules}\n}\n`;
const kToken = 'ghp_abcdEFGH1234abcdEFGH1234abcdEFGH1234';

const kFiles = {
  'a b%#.plex': inWorkspace(
      '  allow "github__g\u0435t" // allow(W0104): reason with {0} and [a](1)\n' +
      '  allow "github__\u{1f600}l\u0456st"  // allow(W0104, W0212): the last is of no use\n' +
      '  deny "github__\u{1f600}\u0430sk_{a,b}"'),
};

test('a log says what the text says, and the schema takes it', (t) => {
  const run = world(t, kFiles)('lint', '--format', 'sarif', 'a b%#.plex');
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stderr, /^1 file, 3 rules, 0 errors, 2 warnings, 2 suppressed$/m);
  const {results, tool, columnKind, invocations, originalUriBaseIds} = log(run);
  assert.equal(columnKind, 'utf16CodeUnits');
  assert.deepEqual(invocations, [{executionSuccessful: true}]);
  assert.equal(originalUriBaseIds['%SRCROOT%'].uri, undefined);
  assert.deepEqual(results.map((one) => one.ruleId), ['W0104', 'W0104', 'W0901', 'W0104']);
  for (const one of results) {
    assert.equal(tool.driver.rules[one.ruleIndex].id, one.ruleId);
    assert.equal(one.level, 'warning');
    const {artifactLocation} = one.locations[0].physicalLocation;
    assert.deepEqual(
        artifactLocation, {uri: 'a%20b%25%23.plex', uriBaseId: '%SRCROOT%'});
  }
  assert.deepEqual(results[0].suppressions, [{
                     kind: 'inSource',
                     status: 'accepted',
                     justification: 'reason with {{0}} and \\[a\\](1)',
                   }]);
  assert.equal(results[3].suppressions, undefined);
  // The emoji is one code point and two units.
  const lines = kFiles['a b%#.plex'].split('\n');
  const {region} = results[3].locations[0].physicalLocation;
  assert.equal(lines[region.startLine - 1].slice(region.startColumn - 1, region.endColumn - 1),
               '\u0430');
  // A fix, applied as a reader of SARIF would.
  const [fix] = results[2].fixes;
  const [{replacements: [{deletedRegion, insertedContent}]}] = fix.artifactChanges;
  const line = lines[deletedRegion.startLine - 1];
  assert.equal(
      line.slice(0, deletedRegion.startColumn - 1) + insertedContent.text +
          line.slice(deletedRegion.endColumn - 1),
      '  allow "github__\u{1f600}l\u0456st"  // allow(W0104): the last is of no use');
});

test('each rule explains itself, and those of security have a severity', (t) => {
  const {tool} = log(world(t, kFiles)('check', '--format', 'sarif'));
  assert.ok(tool.driver.rules.length > 30);
  for (const rule of tool.driver.rules) {
    assert.ok(rule.help.markdown.startsWith(`# ${rule.id}: ${rule.shortDescription.text}\n`));
    assert.doesNotMatch(rule.help.markdown, /\]\([^)]*\.md\)/);
    assert.equal(rule.id.startsWith('S'), rule.properties?.['security-severity'] !== undefined);
  }
});

test('fingerprints stay when lines move, and differ from each other', (t) => {
  const prints = (text) => {
    const {results} = log(world(t, {'a.plex': text})('lint', '--format', 'sarif'));
    return results.filter(({ruleId}) => ruleId === 'W0104')
        .map((one) => one.partialFingerprints['mcplexerFinding/v1']);
  };
  const rules = '  allow "github__g\u0435t"\n  deny "github__g\u0435t"\n  deny "github__g\u0435t"';
  const before = prints(inWorkspace(rules));
  assert.equal(new Set(before).size, 3);
  assert.deepEqual(prints(`// one more line\n\n${inWorkspace(rules)}`), before);
  assert.deepEqual(prints(inWorkspace(`  allow github__b${rules}`).replace('github__b', 'github__b\n')),
                   before);
});

test('a log of broken and missing files is one, too, and never holds a secret', (t) => {
  const run = world(t, {'a.plex': `server {\nsecret t = "${kToken}"\n// ${kToken}\n${kToken}\n`});
  const broken = run('check', '--format', 'sarif', 'a.plex', 'none.plex');
  assert.equal(broken.status, 2);
  const {results, invocations} = log(broken);
  assert.ok(results.some((one) => one.ruleId === 'E0101'));
  assert.ok(results.some((one) => one.ruleId === 'S0605'));
  assert.equal(invocations[0].executionSuccessful, false);
  assert.match(invocations[0].toolExecutionNotifications[0].message.text, /none\.plex/);
  for (const format of ['text', 'short', 'json', 'sarif', 'github']) {
    const {stdout, stderr} = run('check', '--format', format);
    assert.doesNotMatch(stdout + stderr, new RegExp(kToken.slice(0, 12)), format);
  }
});

test('with a plan on standard output the log is on the other', (t) => {
  const run = world(t, kFiles)('compile', '--format', 'sarif', '-o', '-');
  assert.equal(run.status, 0);
  assert.ok(!run.stdout.includes('"runs"'));
  assert.ok(valid(JSON.parse(run.stderr)));
});

// As the runner of GitHub Actions reads a line.
function command(line) {
  const match = /^\s*::(\w+) ?(.*?)::(.*)$/.exec(line);
  if (!match) return null;
  const decode = (text) => text.replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%0D/g, '\r')
                               .replace(/%0A/g, '\n').replace(/%25/g, '%');
  const properties = Object.fromEntries(match[2].split(',').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at), decode(pair.slice(at + 1))];
  }));
  return {name: match[1], properties, message: decode(match[3])};
}

test('workflow commands name the place, and no policy can forge one', (t) => {
  const evil = 'x,line=9::y%0A::add-mask::z';
  const run = world(t, {
    [`${evil}.plex`]: inWorkspace(
        `  allow "github__a" using "::error::forged"\n  allow github__b using a%0A`),
    'b.plex': 'import "##[add-mask]x.plex"\nimport "\\u{1b}[31m::stop-commands::q.plex"\n' +
        Array.from({length: 12}, (_, i) => `workspace w${i} { root = 1 }\n`).join(''),
  });
  const {stdout, stderr, status} = run('lint', '--format', 'github');
  assert.equal(status, 1);
  assert.equal(stderr, '');
  const lines = stdout.trimEnd().split('\n');
  assert.match(lines.pop(), /^2 files, \d+ rules, \d+ errors, 0 warnings$/);
  assert.match(lines.pop(), /^not shown, because GitHub keeps 10 of each kind: \d+ errors$/);
  assert.equal(lines.length, 10);
  for (const line of lines) {
    const {name, properties} = command(line);
    assert.equal(name, 'error');
    assert.ok([`${evil}.plex`, 'b.plex'].includes(properties.file), line);
    assert.match(properties.line, /^\d+$/);
    assert.match(properties.title, /^[EWSN]\d{4}: /);
    assert.equal(line.startsWith('::error file='), true);
    assert.doesNotMatch(line, /[\u0000-\u001f]/);
  }
  assert.ok(lines.some((line) => command(line).message.includes('##[add-mask]x.plex')));
  const missing = run('check', '--format', 'github', '::error::x.plex', '##[add-mask]y.plex');
  assert.equal(missing.status, 2);
  assert.equal(missing.stderr, '');
  assert.deepEqual(missing.stdout.trimEnd().split('\n').slice(0, 2).map((l) => command(l).name),
                   ['error', 'error']);
});

test('the worst comes first, suppressed findings not at all', (t) => {
  const yaml = 'downstream_servers: [{id: e, command: x}]\nworkspaces: [{id: w, root_path: /w}]\n' +
      'display_theme: {}\n';
  const {stdout} = world(t, {...kFiles, 'z.yaml': yaml})('lint', '--format', 'github', '.');
  const names = stdout.trimEnd().split('\n').slice(0, -1).map((line) => command(line).name);
  assert.deepEqual(names, [...names].sort());
  assert.equal(names.length, 2);
});

const kUnused = inWorkspace(
    '  allow github__a\n' +
    '  // allow(W0104): gone\n' +
    '  allow github__b  // allow(W0104): gone, too\r\n' +
    '  allow github__c  // allow(W0104, W0212, W0211): three at once\n' +
    '  allow "github__g\u0435t"  // allow(W0212, W0104): one of two\n');
const kFixed = inWorkspace(
    '  allow github__a\n' +
    '  allow github__b\r\n' +
    '  allow github__c\n' +
    '  allow "github__g\u0435t"  // allow(W0104): one of two\n');

test('a dry run prints a patch that makes the files what --fix makes them', (t) => {
  const files = {'a.plex': `\ufeff${kUnused}`, 'sub/b.plex': 'principal ada { uid = 1000 }'};
  const run = world(t, files);
  const dry = run('lint', '--fix', '--dry-run', '.');
  assert.equal(dry.status, 0, dry.stderr);
  assert.match(dry.stderr, /^mcplexerc: 6 findings to fix in 1 file$/m);
  const here = run.directory;
  assert.equal(readFileSync(join(here, 'a.plex'), 'utf8'), files['a.plex']);

  writeFileSync(join(here, 'patched'), kUnused);
  const patch = spawnSync('patch', ['--binary', 'patched'],
                          {cwd: here, input: dry.stdout, encoding: 'utf8'});
  assert.equal(patch.status, 0, patch.stdout + patch.stderr);
  assert.equal(readFileSync(join(here, 'patched'), 'utf8'), kFixed);

  chmodSync(join(here, 'a.plex'), 0o640);
  symlinkSync('a.plex', join(here, 'link.plex'));
  const fixed = run('lint', '--fix', 'link.plex', 'sub');
  assert.equal(fixed.status, 0, fixed.stderr);
  assert.match(fixed.stdout, /^2 files, 4 rules, 0 errors, 0 warnings, 1 suppressed$/m);
  assert.equal(readFileSync(join(here, 'a.plex'), 'utf8'), `\ufeff${kFixed}`);
  assert.equal(statSync(join(here, 'a.plex')).mode & 0o777, 0o640);
  assert.ok(lstatSync(join(here, 'link.plex')).isSymbolicLink());
  assert.deepEqual(readdirSync(here).filter((name) => name.endsWith('.tmp')), []);
  const again = run('lint', '--fix', '--dry-run', 'link.plex', 'sub');
  assert.equal(again.stdout, '');
});

test('nothing is fixed in a policy that does not compile', (t) => {
  const text = kUnused.replace('server', 'servr');
  const run = world(t, {'a.plex': text});
  const fixed = run('lint', '--fix');
  assert.equal(fixed.status, 1);
  assert.match(fixed.stderr, /0 findings fixed in 0 files/);
  assert.equal(readFileSync(join(run.directory, 'a.plex'), 'utf8'), text);
  assert.equal(run('lint', '--dry-run').status, 2);
});

test('json carries the fixes', (t) => {
  const {stderr} = world(t, {'a.plex': kUnused})('lint', '--format', 'json');
  const Ajv2020 = require('ajv/dist/2020.js');
  const check = new Ajv2020({strict: false})
                    .compile(JSON.parse(readFileSync(
                        join(repository, 'schemas/diagnostic.schema.json'), 'utf8')));
  const found = stderr.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.equal(found.length, 6);
  for (const one of found) {
    assert.ok(check(one), JSON.stringify(check.errors));
    assert.equal(one.fixes[0].applicability, 'safe');
  }
});
