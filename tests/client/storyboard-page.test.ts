import { createHash } from 'node:crypto';

import { writeStoryboardPage } from '../../client/cli/storyboard-page.ts';
import { beatOf, estimateOf } from './support/estimate-of.ts';
import { readPage } from './support/read-page.ts';

const hostile = `</style></dd><script>alert("1")</script><img src=x onerror='alert(2)'> & <b>`;

test('a page shows every beat with its times, prompts and references, and every price', () => {
  const beats = [beatOf(0, { line: 'Remember.', references: ['./lamp.png'] }), beatOf(1)];
  const page = readPage(writeStoryboardPage(estimateOf({ logline: 'A lamp wakes.', beats })));
  const textsOf = (name: string) =>
    page.filter((element) => element.name === name).map(({ text }) => text.trim());

  expect(textsOf('h1')).toEqual(['A lamp']);
  expect(textsOf('p')).toEqual([
    '8 s in 2 beats, planned by built-in, template plain, at most $0.006',
    'A lamp wakes.',
    '0–5 s · moment · 1 chunk',
    '5–8 s · moment · 1 chunk',
  ]);
  expect(textsOf('dd')).toEqual([
    'plain. The prompt calls for no other template.',
    'Lamp: a brass lamp with a green shade',
    'calm, slow, 70 BPM',
    ...['Picture 0', 'Movement 0', 'Lamp', 'Remember.', './lamp.png'],
    ...['Picture 1', 'Movement 1', 'Lamp'],
  ]);
  expect(textsOf('td')).toEqual(['storyboard', 'flux', '2', '$0.003', '$0.006', 'Total', '$0.006']);
  expect(page.filter(({ name }) => name === 'rect').map(({ attributes }) => attributes['width'])).toEqual([
    '625.0',
    '375.0',
  ]);
});

test('nothing that a brief or a model says becomes part of the page, nor moves a terminal', () => {
  const words = `${hostile}\u001b[2J\u0000`;
  const shown = `${hostile} [2J`;
  const page = readPage(
    writeStoryboardPage(
      estimateOf({
        title: words,
        logline: words,
        plannedBy: words,
        cast: [{ name: words, description: words }],
        beats: [
          beatOf(0, {
            purpose: words,
            title: words,
            cast: [words],
            stillPrompt: words,
            motionPrompt: words,
            line: words,
            references: [words],
          }),
        ],
        musicPrompt: words,
        warnings: [words],
        phases: [{ phase: 'plan', model: words, units: 1, unitUsd: 1, costUsd: 1 }],
      }),
    ),
  );

  const names = new Set(page.map(({ name }) => name));
  expect([...names].filter((name) => ['script', 'img', 'b', 'link', 'iframe', 'a'].includes(name))).toEqual(
    [],
  );
  const attributes = new Set(page.flatMap((element) => Object.keys(element.attributes)));
  expect([...attributes].filter((name) => /^on|src|href|style/.test(name))).toEqual([]);
  expect(page.filter(({ name }) => name === 'dd').map(({ text }) => text.trim())).toContain(shown);
});

test('the policy of a page allows its one style by digest, and nothing else', () => {
  const page = readPage(writeStoryboardPage(estimateOf()));
  const styles = page.filter(({ name }) => name === 'style').map(({ text }) => text);
  const policy = page.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy');

  expect(styles).toHaveLength(1);
  const digest = createHash('sha256')
    .update(styles[0] ?? '')
    .digest('base64');
  expect(policy?.attributes['content']).toBe(
    `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`,
  );
});

test('a beat is not torn over two sheets of paper', () => {
  const [style] = readPage(writeStoryboardPage(estimateOf())).filter(({ name }) => name === 'style');

  expect(style?.text).toMatch(/section \{[^}]*break-inside: avoid/);
  expect(style?.text).toMatch(/@media print/);
});
