import { Command } from 'commander';

import { addEditOptions, type EditFlags, readEdits } from '../../client/cli/edit-options.ts';
import { checkEdits } from '../../domain/schemas/check-brief.ts';

/** Reads a command line as `beatreel revise` does. @returns the edits as they travel to a worker */
async function edit(...args: readonly string[]): Promise<unknown> {
  const command = addEditOptions(new Command().exitOverride());
  command.parse(['a-video', ...args], { from: 'user' });
  const checked = checkEdits(await readEdits(command.opts<EditFlags>()));
  return JSON.parse(JSON.stringify(checked.ok ? checked.edits : checked.problems));
}

const lines: readonly (readonly [string, object])[] = [
  ['--beat 1 --words x', { op: 'words', beat: 1, still: 'x' }],
  ['--beat b2 --motion x', { op: 'words', beat: 'b2', motion: 'x' }],
  ['--beat 1 --words x --motion y', { op: 'words', beat: 1, still: 'x', motion: 'y' }],
  ['--beat 2 --seconds 10', { op: 'length', beat: 2, seconds: 10 }],
  ['--beat 2 --picture https://host.example/a.png', picture(2, 'https://host.example/a.png')],
  ['--insert x', { op: 'insert', still: 'x' }],
  ['--insert x --before 1', { op: 'insert', still: 'x', before: 1 }],
  ['--insert x --after b3', { op: 'insert', still: 'x', after: 'b3' }],
  ['--insert x --motion y --seconds 15', { op: 'insert', still: 'x', motion: 'y', seconds: 15 }],
  ['--remove 3', { op: 'remove', beat: 3 }],
  ['--move b2', { op: 'move', beat: 'b2' }],
  ['--move b2 --before 1', { op: 'move', beat: 'b2', before: 1 }],
  ['--move 2 --after b3', { op: 'move', beat: 2, after: 'b3' }],
  ['--re-roll score', { op: 'reroll', unit: 'score' }],
  ['--pin still-b2:0', { op: 'pin', unit: 'still-b2', take: 0 }],
  ['--music x', { op: 'music', words: 'x' }],
  ['--no-music', { op: 'music', enabled: false }],
  ['--aspect-ratio 9:16', { op: 'aspectRatio', aspectRatio: '9:16' }],
  ['--resolution 720p', { op: 'resolution', resolution: '720p' }],
  ['--title x', { op: 'title', title: 'x' }],
  ['--roll-back 1', { op: 'rollBack', revision: 1 }],
  ['--budget 4.5', { op: 'budget', usd: 4.5 }],
];

test.each(lines)('%s is one edit that a worker takes', async (line, expected) => {
  expect(await edit(...line.split(' '))).toEqual([expected]);
});

test('every flag of an edit is tried', () => {
  const flags = addEditOptions(new Command()).options.map(({ long }) => long ?? '');
  const tried = new Set(lines.flatMap(([line]) => line.split(' ')));

  expect(flags.filter((flag) => !tried.has(flag))).toEqual(['--edit', '--keep', '--base', '--json']);
});

test('a list comes before the flags', async () => {
  const list = '[{"op":"unpin","unit":"score"},{"op":"picture","beat":1}]';

  expect(await edit('--edit', list, '--title', 'x')).toEqual([
    { op: 'unpin', unit: 'score' },
    { op: 'picture', beat: 1 },
    { op: 'title', title: 'x' },
  ]);
});

test.each([
  ['--words x', '--words, --motion, --seconds and --picture need --beat.'],
  ['--pin still-b2', '--pin is "still-b2": a unit and a take, such as still-b2:0.'],
  ['--keep still-b2', 'Say what to change: see --help.'],
  ['--edit {', '--edit is not JSON'],
])('%s is refused: %s', async (line, message) => {
  await expect(edit(...line.split(' '))).rejects.toThrow(message);
});

function picture(beat: number, image: string): object {
  return { op: 'picture', beat, image };
}
