// SPDX-License-Identifier: Apache-2.0
// That a comparison which finds nothing has looked.

import assert from 'node:assert/strict';
import {test} from 'node:test';

import {counts, lost, required} from './suite.mjs';

const check = (id, status, name = 'Name') => ({id, name, status});
const outcome = (...checks) => new Map([['scenario', {checks, stderr: ''}]]);

test('what is lost is found, check by check', () => {
  const direct = outcome(
      check('a', 'SUCCESS'), check('b', 'SUCCESS', 'One'), check('b', 'SUCCESS', 'Two'),
      check('b', 'SUCCESS', 'Two'), check('c', 'INFO'), check('d', 'FAILURE'));
  assert.deepEqual(lost(direct, direct), []);
  const found = (...checks) => lost(direct, outcome(...checks), {scenario: ['a']}).join('\n');
  const b = [check('b', 'SUCCESS', 'One'), check('b', 'SUCCESS', 'Two'), check('b', 'SUCCESS', 'Two')];
  assert.equal(found(...b), '', 'neither what is excused nor what tells nothing');
  assert.match(found(...b.slice(1)), /^scenario: b \(One\) passes 1 times directly, 0 through$/);
  assert.match(found(...b.slice(0, 2)), /b \(Two\) passes 2 times directly, 1 through/);
  assert.match(found(...b.slice(0, 2), check('b', 'FAILURE', 'Two')), /FAILURE b \(Two\)/);
  assert.match(found(...b, check('e', 'WARNING')), /WARNING e \(Name\)/);
  assert.equal(found(...b, check('d', 'FAILURE')), '', 'what fails directly, too');
  assert.match(lost(direct, new Map()).join('\n'), /scenario: a \(Name\)/);
});

test('a scenario counts that passes something and fails nothing', () => {
  assert.deepEqual(counts(outcome(check('a', 'SUCCESS'))), {good: 1, all: 1, checks: 1});
  assert.deepEqual(counts(outcome(check('a', 'SUCCESS'), check('b', 'WARNING'))), {good: 0, all: 1, checks: 1});
  assert.deepEqual(counts(outcome(check('a', 'INFO'))), {good: 0, all: 1, checks: 0});
  assert.deepEqual(counts(new Map(), ['missing']), {good: 0, all: 1, checks: 0});
});

test('the suite says itself what it requires', () => {
  assert.equal(required('2025-11-25', 'server').length, 30);
  assert.equal(required('2026-07-28', 'server').length, 37);
  assert.ok(required('2025-11-25', 'client').includes('sse-retry'));
});
