// SPDX-License-Identifier: Apache-2.0
// A client that writes its lines by hand. SDKs print ids and numbers anew before anyone can look at
// them; here the bytes are compared: those that the server received (fixtures/echo.mjs keeps them)
// and those that came back.

import assert from 'node:assert/strict';
import {describe, test} from 'node:test';

import {call, echoServer, node, RawClient, text, world} from './harness.mjs';

const kPolicy = `
server e { command = ["${node}", "${echoServer}", "@JOURNAL@"] }
workspace w { root = "~/w"  default = deny  allow e__*  as all }
`;
const start = async (t, policy = kPolicy) => {
  const w = world(t, policy);
  return {w, gateway: await w.raw().open()};
};
const code = (line) => JSON.parse(line).error?.code;
const forwarded = (w) => w.received().filter((line) => line.includes('"tools/call"'));

describe('on the wire', () => {
  test('ids come back byte for byte', async (t) => {
    const {gateway} = await start(t);
    for (const id of ['0', '""', '"abc"', '-1', '9007199254740993', '"\\u00e4\\/"', '"1"', '1']) {
      const pong = await gateway.ask(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`);
      assert.ok(pong.includes(`"id":${id},`) || pong.includes(`"id":${id}}`), pong);
      const echoed = await gateway.ask(call(id, 'e__echo', '{"a":1}'));
      assert.ok(echoed.includes(`"id":${id},`), echoed);
      assert.equal(text(JSON.parse(echoed).result), '{"a":1}');
      const refused = await gateway.ask(`{"jsonrpc":"2.0","id":${id},"method":"nope"}`);
      assert.ok(refused.includes(`"id":${id},`) && code(refused) === -32601, refused);
    }
  });

  test('answers find their requests when a later one is answered first', async (t) => {
    const {gateway} = await start(t);
    gateway.send(call('"slow"', 'e__later', '{"ms":400}'));
    gateway.send(call('7', 'e__echo', '{"n":7}'));
    const [first, second] = [JSON.parse(await gateway.next()), JSON.parse(await gateway.next())];
    assert.deepEqual([first.id, text(first.result)], [7, '{"n":7}']);
    assert.deepEqual([second.id, text(second.result)], ['slow', 'after 400']);
  });

  test('an id that is used twice at one time is answered twice', async (t) => {
    const {w, gateway} = await start(t);
    gateway.send(call('1', 'e__later', '{"ms":300}'));
    gateway.send(call('1', 'e__echo', '{"n":7}'));
    const answers = [JSON.parse(await gateway.next()), JSON.parse(await gateway.next())];
    assert.deepEqual(answers.map(({id, result}) => [id, text(result)]), [[1, '{"n":7}'], [1, 'after 300']]);
    // A cancellation meets the first one that is open; the other is answered.
    gateway.send(call('2', 'e__hang'));
    gateway.send(call('2', 'e__later', '{"ms":300}'));
    gateway.send('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}');
    assert.equal(text(JSON.parse(await gateway.next()).result), 'after 300');
    assert.match(await gateway.ask('{"jsonrpc":"2.0","id":3,"method":"ping"}'), /"id":3/);
    assert.deepEqual(
        w.audit().filter(({status}) => status !== 'ok').map(({intent, status}) => [intent.tool, status]),
        [['hang', 'cancelled']]);
  });

  test('arguments reach the server byte for byte', async (t) => {
    const {w, gateway} = await start(t);
    for (
        const args of
            ['{"big":9223372036854775808,"neg":-9223372036854775809,"one":1.0,"e":1E+2,"tiny":1e-400,"z":-0}',
             '{"b":1,"a":2,"10":3,"9":4,"__proto__":{"x":1}}',
             '{"same":{"same":1},"list":[{"same":2},{"same":3}]}',
             '{ "spaced" :\t[ 1 , 2 ] , "empty" : { } }',
             '{"escapes":"\\u0041\\/\\ud83d\\ude00\\u0000","raw":"ä☃😀","line":"\\u2028\u2028"}',
             '{"method":"tools/call","id":5,"params":{"name":"e__hang"},"jsonrpc":"1"}',
             '{}',
    ]) {
      const answer = JSON.parse(
          await gateway.ask(call(1, 'e__echo', args, ',"_meta":{"x/y":1.50},"more":[1.0]')));
      assert.equal(text(answer.result), args);
      const line = forwarded(w).at(-1);
      assert.ok(
          line.includes(`"name":"echo","arguments":${args},"_meta":{"x/y":1.50},"more":[1.0]}`),
          line);
    }
  });

  test('tools are the bytes that the server wrote, but for their names', async (t) => {
    const {w, gateway} = await start(t);
    const direct = await new RawClient(t, node, [echoServer, w.journal], w.work, w.env()).open();
    const list = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';
    const tools = (line) => line.slice(line.indexOf('['), line.lastIndexOf(']') + 1);
    const own = tools(await direct.ask(list));
    assert.ok(own.includes('1e400'));
    assert.equal(tools(await gateway.ask(list)), own.replaceAll(/("name" ?: ?")/g, '$1e__'));
  });

  test('20 MB there and back', async (t) => {
    const {gateway} = await start(t);
    const args = `{"blob":"${'0123456789abcdef'.repeat(1_250_000)}"}`;
    const answer = JSON.parse(await gateway.ask(call(1, 'e__echo', args)));
    assert.ok(text(answer.result) === args, 'the blob came back changed');
    assert.match(await gateway.ask('{"jsonrpc":"2.0","id":2,"method":"ping"}'), /"id":2/);
  });

  test('CR LF, blank lines and lines that are nothing do not end the session', async (t) => {
    const {w, gateway} = await start(t);
    assert.match(
        await gateway.ask('{"jsonrpc":"2.0","id":1,"method":"ping"}\r'),
        /^\{"jsonrpc":"2.0","id":1,"result":\{\}\}$/);
    gateway.send('\r\n\n   ');
    for (const [line, expected] of [
             ['garbage', -32700],
             ['{"jsonrpc":"2.0","id":1,"method":"ping"', -32700],
             ['\u0000\u0001', -32700],
             ['{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600],
             ['{"jsonrpc":"2.0","id":1.5,"method":"ping"}', -32600],
             ['{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600],
             ['42', -32600],
             ['['.repeat(100_000), -32600],
    ]) {
      const answer = await gateway.ask(line);
      assert.ok(code(answer) === expected, `${line.slice(0, 60)} -> ${answer}`);
    }
    assert.equal(
        text(JSON.parse(await gateway.ask(call(3, 'e__echo', '{"a":1}'))).result), '{"a":1}');
    assert.equal(forwarded(w).length, 1);
    assert.deepEqual(gateway.lines, []);
  });

  test('a key given twice is refused and goes nowhere', async (t) => {
    const {w, gateway} = await start(t);
    for (const line
             of [call(1, 'e__echo', '{"path":"a","path":"b"}'),
                 call(2, 'e__echo', '{"path":"a","p\\u0061th":"b"}'),
                 call(3, 'e__echo', '{"deep":[{"x":{"k":1,"k":1}}]}'),
    ]) {
      assert.equal(code(await gateway.ask(line)), -32602, line);
    }
    assert.deepEqual(
        w.audit().map(({status, intent}) => [intent.name, intent.arguments_form, status]),
        Array(3).fill(['e__echo', 'invalid', 'denied']));
    // Where it is not even clear what is called with what, the message is none.
    for (
        const line of
            [call(4, 'e__echo', '{}', ',"arguments":{"other":1}'),
             call(5, 'e__echo', '{}', ',"name":"e__hang"'),
             '{"jsonrpc":"2.0","id":6,"id":7,"method":"tools/call","params":{"name":"e__echo"}}',
             '{"jsonrpc":"2.0","id":6,"method":"ping","method":"tools/call","params":{"name":"e__echo"}}',
    ]) {
      assert.equal(code(await gateway.ask(line)), -32600, line);
    }
    await gateway.ask(call(8, 'e__echo', '{"ok":1}'));
    assert.equal(forwarded(w).length, 1);
  });

  test('before initialize there is only ping, and initialize is once', async (t) => {
    const w = world(t, kPolicy);
    const gateway = w.raw();
    assert.match(await gateway.ask('{"jsonrpc":"2.0","id":1,"method":"ping"}'), /"result":\{\}/);
    assert.equal(code(await gateway.ask(call(2, 'e__echo'))), -32600);
    assert.equal(code(await gateway.ask('{"jsonrpc":"2.0","id":3,"method":"tools/list"}')), -32600);
    await gateway.open();
    assert.equal(
        code(await gateway.ask(
            '{"jsonrpc":"2.0","id":4,"method":"initialize","params":{"protocolVersion":"2025-11-25",' +
            '"capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}')),
        -32600);
    assert.deepEqual(forwarded(w), []);
    assert.equal(text(JSON.parse(await gateway.ask(call(5, 'e__echo', '{}'))).result), '{}');
  });

  test('a batch is answered by one in 2025-03-26 and refused in 2025-11-25', async (t) => {
    const w = world(t, kPolicy);
    const batch = `[${call(1, 'e__echo', '{"n":1}')},{"jsonrpc":"2.0","method":"notifications/x"},${
        call('"2"', 'e__echo', '{"n":2}')}]`;
    const strict = await w.raw().open('2025-11-25');
    assert.equal(code(await strict.ask(batch)), -32600);
    assert.deepEqual(forwarded(w), []);
    const old = await w.raw().open('2025-03-26');
    const answers = JSON.parse(await old.ask(batch));
    assert.deepEqual(
        answers.map(({id, result}) => [id, text(result)]).sort(),
        [[1, '{"n":1}'], ['2', '{"n":2}']]);
  });
});
