import { readFile, readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

import { packageRoot } from '../../workers/setup/package-root.ts';

const root = packageRoot();

/** Documents at the top, and everything below docs. */
async function listDocuments(): Promise<string[]> {
  const top = (await readdir(root)).filter((name) => name.endsWith('.md'));
  const below = await readdir(join(root, 'docs'), { recursive: true });
  return [...top, ...below.filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];
}

const documents = await listDocuments();

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutCode(text).matchAll(/^#{1,6} (.+)$/gm)) {
    const anchor = anchorOf(heading);
    let name = anchor;
    for (let again = 1; anchors.has(name); again += 1) name = `${anchor}-${again}`;
    anchors.add(name);
  }
  return anchors;
}

/** Removes code, where links do not count. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '');
}

async function problemOf(document: string, target: string): Promise<string | undefined> {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(root, document) : resolve(root, dirname(document), decodeURI(path));
  if (relative(root, file).startsWith('..')) return `${target} leads out of the repository`;
  const found = await stat(file).catch(() => undefined);
  if (!found) return `${target} is not there`;
  if (anchor === undefined) return undefined;
  const anchors = anchorsOf(await readFile(file, 'utf8'));
  return anchors.has(anchor) ? undefined : `${target} has no such heading`;
}

test.each(documents)('every relative link of %s leads somewhere', async (document) => {
  const text = withoutCode(await readFile(join(root, document), 'utf8')).replace(/`[^`\n]*`/g, 'code');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const own = targets.filter((target) => !/^[a-z]+:/.test(target));
  const problems = await Promise.all(own.map((target) => problemOf(document, target)));
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
});

test('the README has at most 100 lines', async () => {
  const text = await readFile(join(root, 'README.md'), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(100);
});
