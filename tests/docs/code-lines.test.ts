import { countByFolder, countCodeLines, folderOf } from './code-lines.ts';

test('blank lines and lines of comment alone are not counted', () => {
  const text = [
    '/** What it is for. */',
    '',
    'export const a = 1; // beside code',
    '/* a',
    '   block */ export const b = 2;',
    'interface C {',
    '  /** A field. */',
    '  readonly d: string;',
    '}',
    '// the end',
    '',
  ];

  expect(countCodeLines(text.join('\n'))).toBe(5);
});

test('text that looks like a comment inside a string or an expression is code', () => {
  const text = [
    'const url = "http://a";',
    'const page = `',
    '',
    '  // shown',
    '`;',
    'const slashes = /\\/\\//;',
  ];

  expect(countCodeLines(text.join('\n'))).toBe(5);
});

test('files that have moved count where they would be today, and others not at all', () => {
  expect(folderOf('workflows/contract/brief.ts')).toBe('domain');
  expect(folderOf('activities/storage/sniff.ts')).toBe('storage');
  expect(folderOf('workers/setup/setup.mjs')).toBe('workers');
  expect(folderOf('tests/docs/code-lines.ts')).toBeUndefined();
  expect(folderOf('client/README.md')).toBeUndefined();
});

test('lines are summed by folder and over all folders', () => {
  const files = [
    { path: 'domain/a.ts', text: 'export {};\n' },
    { path: 'client/b.ts', text: '// one\nexport {};\nexport {};\n' },
  ];

  expect(countByFolder(files)).toMatchObject({ domain: 1, client: 2, workers: 0, all: 3 });
});
