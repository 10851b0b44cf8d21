// SPDX-License-Identifier: Apache-2.0
// The gateway in the configurations of clients: written as each of them reads it, everything else in
// the file left as it was, and taken out again.

import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import {spawnSync} from 'node:child_process';
import {dirname, join} from 'node:path';
import {describe, test} from 'node:test';

import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {StdioClientTransport} from '@modelcontextprotocol/sdk/client/stdio.js';

import {echoServer, filesBelow, mcplexer, node, world} from './harness.mjs';

const kPolicy = `
  server e { command = ["${node}", "${echoServer}", "@JOURNAL@"] }
  workspace w { root = "~/w"  default = deny  allow e__echo as all }`;

// Where each client's own file is, below the home directory, and what is in it before.
const kFiles = {
  'claude-desktop': ['.config/Claude/claude_desktop_config.json', '{"mcpServers": {"x": {"command": "y"}}}'],
  'claude-code': ['.claude.json', '{\n  "numStartups": 1e2,\n  "projects": {"/a": {}}\n}\n'],
  'cursor': ['.cursor/mcp.json', '{\r\n\t"mcpServers": {\r\n\t\t"x": {"env": {"T": "s3cret"}}\r\n\t}\r\n}\r\n'],
  'vscode': ['.config/Code/User/mcp.json', '// mine\n{\n  "servers": {\n    "x": {}, // last\n  },\n}\n'],
  'windsurf': ['.codeium/windsurf/mcp_config.json', '{"mcpServers": {}}'],
  'codex': ['.codex/config.toml', 'model = "x" # mine\n\n[mcp_servers.x]\ncommand = "y"\n'],
  'gemini': ['.gemini/settings.json', '{\n    "theme": "dark",\n    "mcpServers": {\n    }\n}'],
};

function machine(t) {
  const w = world(t, kPolicy);
  const env = w.env({XDG_CONFIG_HOME: ''});
  w.run = (...args) => spawnSync(mcplexer, args, {cwd: w.work, encoding: 'utf8', env});
  w.file = (client) => join(w.home, kFiles[client][0]);
  w.put = (client, bytes = kFiles[client][1]) => {
    fs.mkdirSync(dirname(w.file(client)), {recursive: true});
    fs.writeFileSync(w.file(client), bytes, {mode: 0o640});
  };
  w.get = (client) => fs.readFileSync(w.file(client), 'utf8');
  return w;
}
// JSON as these clients read it, for the texts above.
const parse = (text) => JSON.parse(text.replaceAll(/^\s*\/\/.*$|\/\/ last/gm, '').replaceAll(/,(\s*[}\]])/g, '$1'));

describe('install', () => {
  for (const client of Object.keys(kFiles)) {
    test(`for ${client}, and back`, (t) => {
      const w = machine(t);
      w.put(client);
      const dry = w.run('install', client, w.plan, '--dry-run');
      assert.equal(dry.status, 0, dry.stderr);
      assert.match(dry.stdout, /nothing is written\n$/);
      assert.equal(w.get(client), kFiles[client][1]);

      const done = w.run('install', client, w.plan, '--state', w.state);
      assert.equal(done.status, 0, done.stderr);
      assert.doesNotMatch(done.stdout, /s3cret/);
      const text = w.get(client);
      const args = ['run', w.plan, '--state', w.state];
      if (client === 'codex') {
        assert.equal(
            text,
            kFiles.codex[1] + `\n[mcp_servers.mcplexer]\ncommand = "${mcplexer}"\nargs = [${
                args.map((one) => `"${one}"`).join(', ')}]\n`);
      } else {
        const typed = ['vscode', 'claude-code'].includes(client) ? {type: 'stdio'} : {};
        const container = client === 'vscode' ? 'servers' : 'mcpServers';
        const {[container]: {mcplexer: entry, ...others}} = parse(text);
        assert.deepEqual(entry, {...typed, command: mcplexer, args});
        assert.deepEqual(others, parse(kFiles[client][1])[container] ?? {});
      }
      assert.equal(fs.statSync(w.file(client)).mode & 0o777, 0o640);
      assert.equal(fs.readFileSync(`${w.file(client)}.before-mcplexer`, 'utf8'), kFiles[client][1]);

      const again = w.run('install', client, w.plan, '--state', w.state);
      assert.equal(again.stdout, `${w.file(client)}: as it should be\n`);
      assert.equal(w.get(client), text);

      assert.equal(w.run('uninstall', client).status, 0);
      if (client === 'claude-code') {
        assert.equal(w.get(client), kFiles[client][1].replace('}\n}', '},\n  "mcpServers": {}\n}'));
      } else if (client === 'gemini') {
        assert.deepEqual(parse(w.get(client)), parse(kFiles[client][1]));
      } else {
        assert.equal(w.get(client), kFiles[client][1]);
      }
      assert.match(w.run('uninstall', client).stdout, /as it should be/);
    });
  }

  test('what it writes is what a client can start', async (t) => {
    const w = machine(t);
    w.put('cursor', '');
    const done = w.run('install', 'cursor', w.plan, '--state', w.state, '--dir', w.work, '--name', 'gate');
    assert.equal(done.status, 0, done.stderr);
    const {command, args} = JSON.parse(w.get('cursor')).mcpServers.gate;
    const client = new Client({name: 'installed', version: '1'});
    t.after(() => client.close());
    await client.connect(new StdioClientTransport({command, args, cwd: '/', env: w.env(), stderr: 'ignore'}));
    assert.deepEqual((await client.listTools()).tools.map(({name}) => name), ['e__echo']);
  });

  test('writes a project\'s configuration, for all who work on it', (t) => {
    const w = machine(t);
    for (const [client, file] of [['claude-code', '.mcp.json'], ['vscode', '.vscode/mcp.json']]) {
      const done = w.run('install', client, '--socket', 'run/gw.sock', '--project', '.');
      assert.equal(done.status, 0, done.stderr);
      const text = JSON.parse(fs.readFileSync(join(w.work, file), 'utf8'));
      assert.deepEqual(
          Object.values(text)[0].mcplexer.args, ['connect', '--socket', join(w.work, 'run/gw.sock')]);
      assert.equal(fs.statSync(join(w.work, file)).mode & 0o777, 0o644);
      assert.ok(!fs.existsSync(join(w.work, `${file}.before-mcplexer`)));
    }
    assert.match(w.run('install', 'windsurf', w.plan, '--project', '.').stderr, /no configuration for one project/);
  });

  test('leaves alone what it should not touch', (t) => {
    const w = machine(t);
    const refused = (pattern, ...args) => {
      const done = w.run(...args);
      assert.equal(done.status, 2, done.stdout);
      assert.match(done.stderr, pattern);
    };
    refused(/no client `emacs` is known; there are claude-desktop, /, 'install', 'emacs', w.plan);
    refused(/give a PLAN/, 'install', 'cursor');
    refused(/was the client ever started\?/, 'install', 'cursor', w.plan);
    for (const [broken, why] of [
             ['{"a": "s3cret', /not JSON/],
             ['{"mcpServers": 1}', /not an object/],
             ['{"mcpServers": {}, "mcpServers": {}}', /not JSON/],
             ['{"mcpServers": {"mcplexer": {"command": "other"}}}', /--name/],
    ]) {
      w.put('cursor', broken);
      refused(why, 'install', 'cursor', w.plan);
      assert.doesNotMatch(w.run('install', 'cursor', w.plan).stderr, /s3cret/);
      assert.equal(w.get('cursor'), broken);
    }
    w.put('cursor', '{}');
    fs.writeFileSync(join(w.root, 'broken.plan'), 'no plan');
    refused(/plan: /, 'install', 'cursor', join(w.root, 'broken.plan'));
    fs.chmodSync(dirname(w.file('cursor')), 0o777);
    refused(/others may write there/, 'install', 'cursor', w.plan);
    fs.chmodSync(dirname(w.file('cursor')), 0o700);
    assert.deepEqual(filesBelow(dirname(w.file('cursor'))), [w.file('cursor')]);

    // A link into a repository stays one.
    fs.rmSync(w.file('cursor'));
    fs.writeFileSync(join(w.root, 'dotfiles.json'), '{}');
    fs.symlinkSync(join(w.root, 'dotfiles.json'), w.file('cursor'));
    assert.equal(w.run('install', 'cursor', w.plan).status, 0);
    assert.ok(fs.lstatSync(w.file('cursor')).isSymbolicLink());
    assert.ok(JSON.parse(fs.readFileSync(join(w.root, 'dotfiles.json'), 'utf8')).mcpServers.mcplexer);
  });
});
