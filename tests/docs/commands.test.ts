import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createProgram } from '../../client/cli/create-program.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';

const root = packageRoot();
const program = createProgram(false);

/** The documents with commands for people; docs/cli.md is excluded, because it is made from the program. */
async function listDocuments(): Promise<readonly string[]> {
  const names = await readdir(join(root, 'docs'));
  const docs = names.filter((name) => name.endsWith('.md') && name !== 'cli.md');
  return ['README.md', 'CONTRIBUTING.md', ...docs.map((name) => join('docs', name))];
}

/** The code of a document: spans, and lines of blocks, with continued lines joined. */
async function codeOf(document: string): Promise<readonly string[]> {
  const text = await readFile(join(root, document), 'utf8');
  const blocks = [...text.matchAll(/```(?:sh|text)?\n([^]*?)```/g)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'));
  const spans = [...text.replaceAll(/```[^]*?```/g, '').matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
  return [...lines.map((line) => line.replace(/ #.*$/, '')), ...spans].map((code) =>
    code.replace(/\s+/g, ' '),
  );
}

test('every command of beatreel in the documents exists, with every option that is shown', async () => {
  const wrong: string[] = [];
  let checked = 0;
  for (const document of await listDocuments()) {
    for (const code of await codeOf(document)) {
      for (const [, name = '', rest = ''] of code.matchAll(/\bbeatreel ([a-z][a-z-]*)((?: [^|;&]*)?)/g)) {
        checked += 1;
        const command = program.commands.find((known) => known.name() === name);
        const isSubcommand = command?.commands.some((known) => rest.trim().startsWith(known.name()));
        const options = [
          ...(command?.options ?? []),
          ...(command?.commands ?? []).flatMap((one) => one.options),
        ];
        const unknown = (rest.match(/--[a-z][a-z-]*/g) ?? []).filter(
          (flag) => !['--help', ...options.map(({ long }) => long)].includes(flag),
        );
        if (!command || unknown.length > 0) wrong.push(`${document}: ${code}`);
        if (command && command.commands.length > 0 && rest.trim() !== '' && isSubcommand !== true)
          wrong.push(`${document}: ${code}`);
      }
    }
  }

  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(50);
});

test('every script of npm in the documents exists', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const wrong: string[] = [];
  for (const document of await listDocuments())
    for (const code of await codeOf(document))
      for (const [, name = ''] of code.matchAll(/\bnpm run ([a-z][a-z0-9:-]*)/g))
        if (!(name in scripts)) wrong.push(`${document}: ${code}`);

  expect(wrong).toEqual([]);
});
