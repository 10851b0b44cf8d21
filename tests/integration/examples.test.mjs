// SPDX-License-Identifier: Apache-2.0
// Every example is a policy that the compiler has nothing to say against, and gives the same
// bytes wherever it lies.

import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';

import {mcplexerc, repository} from './harness.mjs';

const examples = readdirSync(join(repository, 'examples'), {withFileTypes: true})
                     .filter((entry) => entry.isDirectory())
                     .map((entry) => entry.name);

test('there are examples', () => assert.ok(examples.length > 0));

for (const name of examples) {
  test(`examples/${name} is clean`, (t) => {
    const run = (cwd, ...args) => spawnSync(mcplexerc, args, {cwd, encoding: 'utf8'});
    const checked = run(repository, 'lint', `examples/${name}`);
    assert.equal(checked.status, 0, checked.stdout + checked.stderr);
    assert.match(checked.stdout, / 0 errors, 0 warnings(, \d+ suppressed)?$/m);

    const out = mkdtempSync(join(tmpdir(), 'mcplexer-it-'));
    t.after(() => rmSync(out, {recursive: true}));
    // The same folder under another root: nothing of where it lies may be in the plan.
    cpSync(join(repository, 'examples', name), join(out, 'examples', name), {recursive: true});
    for (const [cwd, plan] of [[repository, 'a.plan'], [out, 'b.plan']]) {
      const compiled = run(cwd, 'compile', `examples/${name}`, '-o', join(out, plan));
      assert.equal(compiled.status, 0, compiled.stderr);
    }
    assert.ok(readFileSync(join(out, 'a.plan')).equals(readFileSync(join(out, 'b.plan'))));
    const dump = run(out, 'dump', '--format', 'json', 'a.plan');
    assert.equal(dump.status, 0, dump.stderr);
    assert.ok(JSON.parse(dump.stdout).rules.length > 0);
  });
}
