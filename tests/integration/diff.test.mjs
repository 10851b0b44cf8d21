// SPDX-License-Identifier: Apache-2.0
// `mcplexerc diff` and `check --boundary` as people and CI run them: files, revisions of a git
// repository, plans; what they print for programs; hostile names of revisions and in policies.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {test} from 'node:test';

import {mcplexerc, repository} from './harness.mjs';

const require = createRequire(import.meta.url);
const Ajv = require('ajv/dist/2020').default;
const schema =
    JSON.parse(readFileSync(join(repository, 'schemas/policy-diff.schema.json'), 'utf8'));
const valid = new Ajv({allErrors: true, allowUnionTypes: true}).compile(schema);

function world(t, files = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'mcplexer-it-'));
  t.after(() => rmSync(directory, {recursive: true}));
  const self = {
    directory,
    write(more) {
      for (const [name, text] of Object.entries(more)) {
        mkdirSync(dirname(join(directory, name)), {recursive: true});
        writeFileSync(join(directory, name), text);
      }
    },
    run: (...args) => spawnSync(mcplexerc, args, {cwd: directory, encoding: 'utf8'}),
    git(...args) {
      const done = spawnSync(
          'git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args],
          {cwd: directory, encoding: 'utf8'});
      assert.equal(done.status, 0, done.stderr);
    },
    commit(more) {
      self.write(more);
      self.git('add', '-A');
      self.git('commit', '-q', '-m', 'x');
    },
    json(...args) {
      const done = self.run('diff', ...args, '--format', 'json');
      const parsed = JSON.parse(done.stdout);
      assert.ok(valid(parsed), JSON.stringify(valid.errors));
      return parsed;
    },
  };
  self.write(files);
  return self;
}

function repositoryWorld(t, files) {
  const self = world(t);
  self.git('init', '-q', '-b', 'main');
  self.commit(files);
  return self;
}

const servers = 'server github { command = ["github-mcp-server"] }\n';
const policy = (rules, more = '') =>
    `${servers}${more}workspace acme {\n  root = "~/acme"\n${rules}\n}\n`;

test('every category has a witness, a rule and a place on both sides', (t) => {
  const {run, json} = world(t, {
    'old.plex': policy('  approve github__create_issue as ask\n  deny github__delete_* as no'),
    'new.plex': policy('\n  allow github__create_issue as yes'),
  });
  const diff = json('old.plex', 'new.plex');
  assert.equal(diff.verdict, 'wider');
  const categories = (one) => one.differences.map(({category}) => category);
  assert.deepEqual(categories(diff), ['approval_removed']);
  assert.deepEqual(categories(json('old.plex', 'new.plex', '--deciders')),
                   ['approval_removed', 'rule_changed']);
  const [{before, after, call}] = diff.differences;
  assert.deepEqual([before.decision, before.rule, before.at], ['approve', 'acme.ask', 'old.plex:4']);
  assert.deepEqual([after.decision, after.rule, after.at], ['allow', 'acme.yes', 'new.plex:5']);
  assert.equal(call.name, 'github__create_issue');
  assert.equal(diff.tools, null);
  const text = run('diff', 'old.plex', 'new.plex');
  assert.equal(text.status, 0);
  assert.match(text.stdout, /^approval removed \(1 region\)\n {2}in `~\/acme` call /);
  assert.match(text.stdout, /\nwider\n$/);
});

test('gates trip on what they are set on', (t) => {
  const {run} = world(t, {
    'a.plex': policy('  allow github__get_*'),
    'b.plex': policy('  allow github__*'),
    'c.plex': policy('  allow github__set_*'),
    'd.plex': policy('  // the same\n  allow github__get_*'),
  });
  const code = (...args) => run('diff', ...args).status;
  const table = [
    // before, after, verdict, wider, narrower, any
    ['a.plex', 'b.plex', 'wider', 1, 0, 1],
    ['b.plex', 'a.plex', 'narrower', 0, 1, 1],
    ['a.plex', 'c.plex', 'incomparable', 1, 1, 1],
    ['a.plex', 'd.plex', 'equivalent', 0, 0, 0],
  ];
  for (const [before, after, verdict, ...codes] of table) {
    assert.match(run('diff', before, after).stdout, new RegExp(`^${verdict}$`, 'm'));
    assert.equal(code(before, after), 0);
    const found = ['wider', 'narrower', 'any'].map((on) => code(before, after, '--fail-on', on));
    assert.deepEqual(found, codes, `${before} ${after}`);
  }
  assert.equal(code('a.plex', 'none.plex'), 2);
  assert.equal(code('a.plex'), 2);
  assert.equal(code('a.plex', 'b.plex', '--fail-on', 'more'), 2);
});

test('what does not compile is not compared', (t) => {
  const {run} = world(t, {'a.plex': policy('  allow github__get_*'), 'b.plex': 'workspace {'});
  for (const order of [['a.plex', 'b.plex'], ['b.plex', 'a.plex']]) {
    const done = run('diff', ...order);
    assert.equal(done.status, 1);
    assert.equal(done.stdout, '');
    assert.match(done.stderr, /`b\.plex` does not compile/);
    assert.match(done.stderr, /E0101/);
  }
});

test('a revision is compiled with the imports that it had', (t) => {
  const {run, json, commit, write, git, directory} = repositoryWorld(t, {
    'policies/main.plex': 'import "../shared/rules.plex"\n',
    'shared/rules.plex': policy('  allow github__get_*'),
  });
  git('tag', 'v1');
  commit({'shared/rules.plex': policy('  allow github__*')});
  assert.equal(run('diff', 'git:v1:policies', 'git:main:policies').stdout.split('\n').at(-2), 'wider');
  // The work tree counts for a path, and only for that.
  write({'shared/rules.plex': policy('  deny github__*')});
  assert.equal(json('git:v1:policies', 'git:HEAD~1:policies').verdict, 'equivalent');
  const diff = json('git:main:policies/main.plex', 'policies');
  assert.equal(diff.verdict, 'narrower');
  assert.equal(diff.differences[0].before.at, 'git:main:shared/rules.plex:4');
  assert.equal(diff.differences[0].after.at, 'shared/rules.plex:4');
  // Without a path: where we are.
  const inside = spawnSync(mcplexerc, ['diff', 'git:v1', 'git:main', '--fail-on', 'wider'],
                           {cwd: join(directory, 'policies'), encoding: 'utf8'});
  assert.equal(inside.status, 1, inside.stderr);
});

test('links are followed inside of a revision, and never out of it', (t) => {
  const self = repositoryWorld(t, {'real/a.plex': policy('  allow github__get_*')});
  symlinkSync('real', join(self.directory, 'linked'));
  symlinkSync('/etc', join(self.directory, 'out'));
  symlinkSync('loop', join(self.directory, 'loop'));
  self.commit({});
  assert.equal(self.json('git:main:linked', 'real').verdict, 'equivalent');
  for (const path of ['out', 'loop', '../x', '/etc', 'none']) {
    const done = self.run('diff', `git:main:${path}`, 'real');
    assert.equal(done.status, 2, path);
    assert.equal(done.stdout, '');
  }
});

test('a revision is a name and nothing else', (t) => {
  const self = repositoryWorld(t, {'a.plex': policy('  allow github__get_*')});
  const hostile = [
    '', '-h', '--output=pwned', '--exec=touch pwned', '$(touch pwned)', '`touch pwned`', ';touch pwned',
    '|touch pwned', 'main\ntouch pwned', 'none', '..', 'main..main', 'main^', '--all', '@{-99}',
  ];
  for (const revision of hostile) {
    const done = self.run('diff', `git:${revision}`, 'a.plex');
    assert.equal(done.status, 2, revision);
    assert.equal(done.stdout, '', revision);
    assert.match(done.stderr, /^mcplexerc: [^\n]*\n$/);
  }
  const files = spawnSync('ls', ['-A'], {cwd: self.directory, encoding: 'utf8'}).stdout;
  assert.equal(files, '.git\na.plex\n');
  const outside = world(t, {'a.plex': policy('  allow github__get_*')});
  assert.equal(outside.run('diff', 'git:main', 'a.plex').status, 2);
});

test('of plans it is said that they are the same, or that it is unknown', (t) => {
  const {run, json} = world(t, {
    'a.plex': policy('  allow github__get_*'),
    'b.plex': policy('  allow github__*'),
  });
  for (const name of ['a', 'b']) {
    assert.equal(run('compile', `${name}.plex`, '-o', `${name}.plan`).status, 0);
  }
  assert.equal(json('a.plan', 'a.plan').verdict, 'equivalent');
  assert.equal(json('a.plan', 'a.plex').verdict, 'equivalent');
  assert.equal(json('a.plan', 'b.plan').verdict, 'unknown');
  const done = run('diff', 'a.plan', 'b.plex', '--fail-on', 'wider');
  assert.equal(done.status, 3);
  assert.match(done.stdout, /compare the sources/);
});

test('tools of the inventory are counted', (t) => {
  const self = world(t, {
    'old/a.plex': policy('  allow github__get_*'),
    'new/a.plex': policy('  allow github__*'),
  });
  const tools = ['get_issue', 'set_issue', 'create_issue'].map(
      (name) => ({name, inputSchema: {type: 'object'}}));
  self.write({'serve.mjs': `
    import {createInterface} from 'node:readline';
    const tools = ${JSON.stringify(tools)};
    for await (const line of createInterface({input: process.stdin})) {
      const {id, method} = JSON.parse(line);
      if (id === undefined) continue;
      const result = method === 'initialize' ?
          {protocolVersion: '2025-06-18', capabilities: {tools: {}}, serverInfo: {name: 's', version: '1'}} :
          method === 'tools/list' ? {tools} : {};
      process.stdout.write(JSON.stringify({jsonrpc: '2.0', id, result}) + '\\n');
    }`});
  const command = JSON.stringify([process.execPath, join(self.directory, 'serve.mjs')]);
  self.write({'lock/a.plex': `server github { command = ${command} }\n` +
                  'workspace w {\n  root = "/w"\n  allow github__*\n}\n'});
  const locked = self.run('lock', 'lock', '-o', 'tools.lock');
  assert.equal(locked.status, 0, locked.stderr);
  const diff = self.json('old', 'new', '--inventory', 'tools.lock');
  assert.deepEqual(diff.tools, {known: 3, affected: {newly_allowed: 2}});
  assert.deepEqual(diff.differences[0].tools, ['github__create_issue', 'github__set_issue']);
  assert.match(self.run('diff', 'old', 'new', '--inventory', 'tools.lock').stdout,
               /^newly allowed \(1 region, 2 tools\)$/m);
});

test('markdown holds nothing that a hostile name could be', (t) => {
  const {run} = world(t, {
    'old.plex': policy('  deny github__*'),
    'new.plex': policy(
        '  allow "github__</code><img src=x>|`@everyone` [a](javascript:x) <!-- ![b](//c)"'),
  });
  const done = run('diff', 'old.plex', 'new.plex', '--format', 'markdown');
  assert.equal(done.status, 0, done.stderr);
  assert.match(done.stdout, /^### Access policy: wider\n/);
  assert.match(done.stdout, /<details><summary>newly allowed<\/summary>/);
  const code = /<code>((?:[A-Za-z0-9 ]|[^\x00-\x7f]|&#\d+;)*(?:\.\.)?)<\/code>/g;
  const rest = done.stdout.replace(code, '');
  for (const word of ['img', 'everyone', 'javascript', '<!--', '@', '](', 'code']) {
    assert.ok(!rest.includes(word), word);
  }
  for (const line of rest.split('\n')) {
    if (line.startsWith('|')) assert.ok([4, 5].includes(line.split('|').length - 1), line);
  }
});

test('markdown fits into a comment', (t) => {
  const rules = (effect) =>
      Array.from({length: 600}, (_, i) => `  ${effect} github__tool_${i}_${'x'.repeat(60)}`);
  const {run} = world(t, {
    'old.plex': policy(rules('deny').join('\n')),
    'new.plex': policy(rules('allow').join('\n')),
  });
  const done = run('diff', 'old.plex', 'new.plex', '--format', 'markdown');
  assert.ok(done.stdout.length < 65_536, `${done.stdout.length}`);
  assert.match(done.stdout, /\| newly allowed \| 600 \|/);
  assert.match(done.stdout, /^\d+ more regions not shown\.$/m);
});

test('what is taken on trust is a difference in every form', (t) => {
  const people = (ada, zoe, http = '') => 'server a { command = ["a"] }\n' +
      `principal ada { uid = ${ada}  groups = [lead] }\nprincipal zoe { uid = 3${zoe} }\n` +
      `workspace w {\n  root = "~/w"${http}\n  approve a__put_* for ada approvers lead\n}\n`;
  const {run, json} = world(t, {
    'org.plex': people(10, ''),
    'other.plex': people(4242, ''),
    'more.plex': people(10, '', '\n  http = true'),
    'both.plex': people(10, '  groups = [lead]', '\n  http = true'),
  });
  const code = (...args) => run(...args).status;
  const table = [
    // before, after, verdict, trust, wider, narrower, status with `before` as the boundary
    ['org.plex', 'org.plex', 'equivalent', [], 0, 0, 0],
    ['org.plex', 'other.plex', 'incomparable', [['identity_changed', 'ada', ['uid']]], 1, 1, 1],
    ['org.plex', 'more.plex', 'wider', [['http_added', 'w', []]], 1, 0, 1],
    ['more.plex', 'org.plex', 'narrower', [['http_removed', 'w', []]], 0, 1, 0],
    ['more.plex', 'both.plex', 'wider', [['approver_added', 'zoe', ['lead']]], 1, 0, 1],
    ['both.plex', 'more.plex', 'narrower', [['approver_removed', 'zoe', ['lead']]], 0, 1, 0],
  ];
  const lines = {
    identity_changed: 'principal ada is another one: uid',
    http_added: 'workspace w can be reached over HTTP now',
    http_removed: 'workspace w cannot be reached over HTTP any more',
    approver_added: 'principal zoe may approve now, being in lead',
    approver_removed: 'principal zoe may not approve any more, not being in lead',
  };
  for (const [before, after, verdict, trust, wider, narrower, crosses] of table) {
    const diff = json(before, after);
    assert.equal(diff.verdict, verdict);
    assert.deepEqual(diff.trust.map((one) => [one.category, one.name, one.what]), trust);
    const text = run('diff', before, after).stdout;
    const markdown = run('diff', before, after, '--format', 'markdown').stdout;
    const plain = markdown.replaceAll(/<\/?code>/g, '');
    for (const [category] of trust) {
      assert.ok(text.includes(`${lines[category]}\n`), text);
      assert.ok(plain.includes(`\n- ${lines[category]}\n`), markdown);
    }
    assert.ok(text.endsWith(`${verdict}\n`) && markdown.includes(`Access policy: ${verdict}`));
    assert.equal(code('diff', before, after, '--fail-on', 'wider'), wider);
    assert.equal(code('diff', before, after, '--fail-on', 'narrower'), narrower);
    assert.equal(code('check', after, '--boundary', before, '--format', 'short'), crosses);
  }
  const short = run('check', 'other.plex', '--boundary', 'org.plex', '--format', 'short').stderr;
  assert.match(short, /other\.plex:2:11: warning\[W0407\]: .*principal `ada` is another one: uid/);
});

test('a policy may narrow what the boundary allows, and nothing else', (t) => {
  const scope = 'secret k = env("K")\nscope a { type = env  set A = secret(k) }\n';
  const self = world(t, {
    'org.plex': policy('  allow github__get_*\n  approve github__set_*', scope),
    'less.plex': policy('  approve github__get_issue', scope),
    'more.plex': policy('  allow github__get_*\n  // allow(W0407): we know better\n  allow github__set_*', scope),
    'other.plex': policy('  allow github__get_* using a', scope),
  });
  assert.equal(self.run('check', 'less.plex', '--boundary', 'org.plex').status, 0);
  const more = self.run('check', 'more.plex', '--boundary', 'org.plex');
  assert.equal(more.status, 1);
  assert.match(more.stderr, /W0407.*`acme#2` allows calls that need approval/);
  assert.match(more.stderr, /org\.plex:7/);
  assert.equal(self.run('check', 'other.plex', '--boundary', 'org.plex').status, 1);
  const file = self.run('check', 'less.plex', '--boundary', 'none.plex');
  assert.equal(file.status, 2);
});
