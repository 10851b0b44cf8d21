// SPDX-License-Identifier: Apache-2.0
// MCPlexer's decisions beside Cedar's, on the same rules and the same calls; docs/benchmarks.md
// says what that compares and what not.
//
// For each number of rules one policy and its calls come from peer_subject. Before anything is
// timed every decider decides every call, and one that differs ends the run. Then the deciders take
// turns: a round times the next few calls with each of them at each size, so that whatever else the
// machine does hits all of them alike. A sample is the mean over these calls; the median of the
// samples is given.
//
// usage: node peers.mjs [--smoke] [--rounds N] [SIZE...]
//   --smoke   only compares the verdicts, of 100 rules
// The programs are those in $MCPLEXER_BIN (build/release/bin). Status 1 when deciders differ.

import {spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {availableParallelism, cpus, loadavg, tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

import * as cedar from './cedar.mjs';
import {readPolicy} from './policy.mjs';

const kCallsInATurn = 32;
const kShownDifferences = 3;  // of each size
// Copying a set takes the same whatever the call.
const kCopies = 4;

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const bin = resolve(process.env.MCPLEXER_BIN ?? join(repository, 'build/release/bin'));

for (const program of ['peer_subject', 'mcplexer', 'mcplexerc']) {
  if (!existsSync(join(bin, program))) throw new Error(`${program} is not built; set MCPLEXER_BIN`);
}

// A program between pipes, spoken to in lines.
class Child {
  #process;
  #buffer = '';
  #lines = [];
  #wake = () => {};

  constructor(program, ...args) {
    this.program = program;
    this.#process = spawn(join(bin, program), args, {stdio: ['pipe', 'pipe', 'inherit']});
    this.#process.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (this.#buffer + text).split('\n');
      this.#buffer = lines.pop();
      this.#lines.push(...lines);
      this.#wake();
    });
    this.ended = new Promise((done, failed) => {
      this.#process.on('error', failed);
      this.#process.on('close', (status) => {
        this.status = status;
        this.#wake();
        done(status);
      });
    });
  }

  // Writes the text and waits for so many lines.
  async ask(text, count) {
    this.#process.stdin.write(text);
    while (this.#lines.length < count) {
      if (this.status !== undefined) throw new Error(`${this.program} ended: ${this.status}`);
      await new Promise((wake) => { this.#wake = wake; });
    }
    return this.#lines.splice(0, count);
  }

  async end() {
    this.#process.stdin.end();
    await this.ended;
  }
}

// Nanoseconds a call of processor time: Cedar takes long enough for other processes to get their
// turn in between. Our side takes the time that passes, which is never less.
function time(calls, decide) {
  const start = process.cpuUsage();
  for (const call of calls) decide(call);
  const {user, system} = process.cpuUsage(start);
  return (user + system) * 1e3 / calls.length;
}

function median(samples) {
  return [...samples].sort((a, b) => a - b)[Math.ceil(samples.length / 2) - 1];
}

// One policy and everybody who decides about it.
class Size {
  samples = {};
  #next = 0;

  constructor(rules) {
    this.rules = rules;
    this.subject = new Child('peer_subject', String(rules));
  }

  // The plan goes into the directory.
  async start(directory) {
    const {policy, calls} = JSON.parse((await this.subject.ask('', 1))[0]);
    this.calls = calls;
    this.requests = cedar.prepare(String(this.rules), readPolicy(policy), calls);
    const source = join(directory, `${this.rules}.plex`);
    const plan = join(directory, `${this.rules}.plan`);
    writeFileSync(source, policy);
    const compiled =
        spawnSync(join(bin, 'mcplexerc'), ['compile', source, '-o', plan], {encoding: 'utf8'});
    if (compiled.status !== 0) throw new Error(compiled.stderr + compiled.stdout);
    this.program = new Child('mcplexer', 'decide', plan, '--home', directory);
  }

  // The program's answers in the order of the calls: a batch through its pipes, JSON both ways.
  async #askProgram(calls) {
    const questions = calls.map(
        ({dir, principal, name, arguments: args}) =>
            JSON.stringify({dir, principal, name, arguments: args}) + '\n');
    const answers = await this.program.ask(questions.join(''), calls.length);
    return answers.map((line) => JSON.parse(line).decision === 'allow');
  }

  // How many calls are not decided alike by all. peer_subject has compared its own two deciders.
  async countDifferences() {
    const byProgram = await this.#askProgram(this.calls);
    let differences = 0;
    for (const [i, call] of this.calls.entries()) {
      const verdicts = {
        engine: call.verdict === 'allow',
        program: byProgram[i],
        cedar: cedar.decide(this.requests.all[i]),
        'cedar by workspace': cedar.decide(this.requests.workspace[i]),
      };
      if (new Set(Object.values(verdicts)).size === 1) continue;
      if (++differences > kShownDifferences) continue;
      console.error(`${this.rules} rules:`, JSON.stringify(call), JSON.stringify(verdicts));
    }
    return differences;
  }

  #add(what, ...samples) {
    (this.samples[what] ??= []).push(...samples);
  }

  async round() {
    const first = this.#next;
    const count = Math.min(kCallsInATurn, this.calls.length - first);
    this.#next = (first + count) % this.calls.length;
    for (const what of ['live', 'cold', 'reference']) {
      const [line] = await this.subject.ask(`${what} ${first} ${count}\n`, 1);
      this.#add(what, ...line.split(' ').map(Number));
    }
    const start = performance.now();
    await this.#askProgram(this.calls.slice(first, first + count));
    this.#add('program', (performance.now() - start) * 1e6 / count);
    for (const [way, requests] of Object.entries(this.requests)) {
      this.#add(way, time(requests.slice(first, first + count), cedar.decide));
    }
    this.#add('copy', time(this.requests.all.slice(first, first + kCopies), cedar.copyOnly));
  }

  async end() {
    await this.subject.end();
    await this.program?.end();
  }
}

const kRows = [
  ['mcplexer, live', 'live'],
  ['mcplexer, cold', 'cold'],
  ['mcplexer decide, a process', 'program'],
  ['reference interpreter', 'reference'],
  ['cedar, all rules', 'all'],
  ['  of that, copying them', 'copy'],
  ['cedar, a set a workspace', 'workspace'],
  ['cedar, a single rule', 'single'],
];

function print(sizes) {
  const number = (value) => String(Number(value.toPrecision(3)));
  console.log(`${'rules'.padStart(8)}   ${'p50'.padEnd(28)} ${'us'.padStart(10)} | ${
      ['live', 'cold', 'process'].map((column) => `: ${column}`.padStart(10)).join('')}`);
  for (const size of sizes) {
    const p50 = Object.fromEntries(
        Object.entries(size.samples).map(([what, samples]) => [what, median(samples)]));
    for (const [name, what] of kRows) {
      const ratios = ['live', 'cold', 'program'].map(
          (ours) => number(p50[what] / p50[ours]).padStart(10));
      console.log(`${String(size.rules).padStart(8)}   ${name.padEnd(28)} ${
          (p50[what] / 1e3).toFixed(3).padStart(10)} | ${ratios.join('')}`);
    }
  }
}

const load = () => loadavg().map((value) => value.toFixed(2)).join(' ');

function readArguments(args) {
  const options = {smoke: false, rounds: 24, sizes: []};
  const positive = (text) => {
    if (!/^[1-9]\d{0,6}$/.test(text ?? '')) {
      console.error('usage: peers.mjs [--smoke] [--rounds N] [SIZE...]');
      process.exit(2);
    }
    return Number(text);
  };
  while (args.length > 0) {
    const argument = args.shift();
    if (argument === '--smoke') {
      options.smoke = true;
    } else if (argument === '--rounds') {
      options.rounds = positive(args.shift());
    } else {
      options.sizes.push(positive(argument));
    }
  }
  if (options.sizes.length === 0) options.sizes = options.smoke ? [100] : [100, 1000, 10000];
  return options;
}

async function main() {
  const options = readArguments(process.argv.slice(2));
  console.log(`processor  ${cpus()[0].model.trim()}, ${availableParallelism()} online`);
  console.log(`load       ${load()}`);
  console.log(`revision   ${process.env.MCPLEXER_REVISION ?? 'not named'}`);
  console.log(`cedar      ${cedar.version}, in WebAssembly in Node.js ${process.version}\n`);
  const directory = mkdtempSync(join(tmpdir(), 'mcplexer-peers-'));
  const sizes = [];
  try {
    let differences = 0;
    for (const rules of options.sizes) {
      const size = new Size(rules);
      sizes.push(size);
      await size.start(directory);
      differences += await size.countDifferences();
      const allowed = size.calls.filter(({verdict}) => verdict === 'allow').length;
      console.log(`${rules} rules: ${size.calls.length} calls, ${allowed} allowed`);
    }
    if (differences > 0) {
      console.log(`${differences} of the calls are decided differently`);
      return 1;
    }
    console.log('All deciders agree on every call.');
    if (options.smoke) return 0;
    for (let round = 0; round < options.rounds; ++round) {
      for (const size of sizes) await size.round();
    }
    console.log('');
    print(sizes);
    console.log(`${options.rounds} rounds of up to ${kCallsInATurn} calls`);
    console.log(`load at the end ${load()}`);
    return 0;
  } finally {
    for (const size of sizes) await size.end();
    rmSync(directory, {recursive: true});
  }
}

process.exitCode = await main();
