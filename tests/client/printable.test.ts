import { createProgressView } from '../../client/terminal/progress-view.ts';
import { printable, printableJson, printableLines } from '../../client/terminal/printable.ts';
import { toColumns } from '../../client/cli/to-columns.ts';

const escape = '\u001b[2J\u001b]0;title\u0007';

test.each([
  ['an escape sequence', escape],
  ['its form of one character', '\u009b2J'],
  ['the other one-character forms', '\u0080\u0090\u009d\u009f'],
  ['a carriage return', '\r'],
  ['a backspace and a delete', '\b\u007f'],
  ['ends of lines that are no line feed', '\u0085\u2028\u2029\v\f'],
  ['marks that turn text around', '\u202e\u2066\u2069\u200f\u061c'],
])('%s does not reach a terminal, in words or in JSON', (_name, bad) => {
  for (const shown of [printable(bad), printableLines(bad), printableJson({ [bad]: bad })])
    expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u061c\u200f\u2028-\u202e\u2066-\u2069]/);
  expect(JSON.parse(printableJson({ [bad]: bad }))).toEqual({ [bad]: bad });
});

test('words in every script stay as they are, and lines stay lines', () => {
  const words = 'Čeština, 日本語, العربية, 👩‍🚀, ½ – “quoted”';
  expect(printable(words)).toBe(words);
  expect(printableLines(`${words}\n  second\u001b line`)).toBe(`${words}\n  second  line`);
});

test('a cell of a table has one line, whatever is in it', () => {
  expect(
    toColumns([
      ['VIDEO', 'TITLE'],
      [`a\nforged row`, escape],
    ]),
  ).toEqual(['VIDEO         TITLE', 'a forged row   [2J ]0;title']);
});

test.each([true, false])(
  'nothing of a video moves the cursor of whoever watches it (terminal: %s)',
  (isTTY) => {
    let text = '';
    const view = createProgressView({ isTTY, columns: 200, write: (more) => (text += more) });
    const bad = `${escape}\u009b\u202e\n`;
    const failure = { type: bad as 'InvalidRequest', reason: bad };
    const units = [
      { name: bad, medium: 'still' as const, status: 'failed' as const, attempts: 1, costUsd: 0, failure },
    ];
    view.show({
      videoId: bad,
      title: bad,
      status: 'parked',
      phase: bad as 'plan',
      phases: [{ phase: bad as 'plan', status: bad as 'running', costUsd: 0, units }],
      costUsd: 0,
      changes: 1,
      warnings: [bad],
      budget: { waiting: [bad], reservedUsd: 0 } as never,
    });
    view.note(bad);
    view.end();
    const ours = text.replace(/\u001b\[\d+A\u001b\[0J/g, '');
    expect(ours).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  },
);
