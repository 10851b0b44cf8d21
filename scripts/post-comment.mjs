// SPDX-License-Identifier: Apache-2.0
// Posts a file as a comment of a pull request, or rewrites the comment that it posted before, so that
// a pull request has one however often it is pushed to. Settings come from the environment: nothing
// of a pull request is part of a command line, and the token is in no argument.
//
//   GATE_REPORT_FILE   the Markdown to post
//   GATE_COMMENT_NAME  tells comments of several policies apart; default "policy"
//   GATE_PULL_REQUEST  its number
//   GATE_TOKEN         may write to pull requests
//   GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_SERVER_URL, GITHUB_RUN_ID   as GitHub sets them
//
// A token that may not write is no error: that is what pull requests from forks get, and the report
// is in the summary of the run as well.

import {readFileSync} from 'node:fs';

// GitHub refuses bodies of more than 65,536 characters.
const kMostCharacters = 60_000;
const kMostPages = 30;

const {env} = process;
const number = env.GATE_PULL_REQUEST ?? '';
const repository = env.GITHUB_REPOSITORY ?? '';
if (!/^[1-9][0-9]*$/.test(number) || !/^[\w.-]+\/[\w.-]+$/.test(repository)) {
  console.error('GATE_PULL_REQUEST and GITHUB_REPOSITORY have to name a pull request');
  process.exit(2);
}
const api = `${env.GITHUB_API_URL ?? 'https://api.github.com'}/repos/${repository}/issues`;
const name = (env.GATE_COMMENT_NAME ?? 'policy').replace(/[^\w ./-]/g, '_').replace(/--+/g, '-');
const marker = `<!-- mcplexer: ${name} -->`;

async function request(method, url, body) {
  return fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${env.GATE_TOKEN ?? ''}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      'user-agent': 'mcplexer-policy-gate',
      ...(body === undefined ? {} : {'content-type': 'application/json'}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
}

// The comment that an earlier run posted. Only a bot's: anybody can write our marker.
async function earlier() {
  for (let page = 1; page <= kMostPages; ++page) {
    const response = await request('GET', `${api}/${number}/comments?per_page=100&page=${page}`);
    if (!response.ok) return undefined;
    const comments = await response.json();
    const ours = comments.find(
        (each) => each.user?.type === 'Bot' && String(each.body).startsWith(marker));
    if (ours || comments.length < 100) return ours;
  }
  return undefined;
}

let report = readFileSync(env.GATE_REPORT_FILE, 'utf8');
if (report.length > kMostCharacters) {
  const run = `${env.GITHUB_SERVER_URL}/${repository}/actions/runs/${env.GITHUB_RUN_ID}`;
  // At the end of a line, and outside of a code block.
  report = report.slice(0, report.lastIndexOf('\n', kMostCharacters));
  if ((report.match(/^```/gm) ?? []).length % 2 === 1) report += '\n```';
  report += `\n\nThis is not all of it: [the summary of the run](${run}) is complete.\n`;
}
const body = `${marker}\n${report}`;

const old = await earlier();
const response = old === undefined ?
    await request('POST', `${api}/${number}/comments`, {body}) :
    await request('PATCH', `${api}/comments/${Number(old.id)}`, {body});
if (response.status === 403 || response.status === 404) {
  console.log('::notice::the token may not comment on this pull request; see the summary of the run');
} else if (!response.ok) {
  console.error(`the comment was not posted: HTTP status ${response.status}`);
  process.exit(2);
} else {
  console.log(old === undefined ? 'the report is posted' : 'the report is rewritten');
}
