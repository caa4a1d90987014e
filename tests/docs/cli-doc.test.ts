import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createProgram } from '../../client/cli/create-program.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';
import { describeCli } from './describe-cli.ts';
import { wordsOf } from './words-of.ts';

test('docs/cli.md says what the program says; if not, run npm run docs:cli', async () => {
  const written = await readFile(join(packageRoot(), 'docs', 'cli.md'), 'utf8');
  expect(wordsOf(written)).toEqual(wordsOf(describeCli()));
});

test('every command and every option says in words what it does', () => {
  for (const command of createProgram(false).commands) {
    expect(command.description()).toMatch(/^[A-Z].*\.$/);
    for (const { flags, description } of command.options)
      expect([flags, description]).toEqual([flags, expect.stringMatching(/\w/)]);
  }
});
