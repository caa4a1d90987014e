import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { checkBrief } from '../../domain/schemas/check-brief.ts';
import { describeBrief, listBriefFields } from './describe-brief.ts';
import { wordsOf } from './words-of.ts';

const small = { prompt: 'A lamp', durationSeconds: 15 };

test('docs/brief.md says what the schema says; if not, run npm run docs:brief', async () => {
  const written = await readFile(join(packageRoot(), 'docs', 'brief.md'), 'utf8');

  // Only the words count, because prettier sets tables and lines.
  expect(wordsOf(written)).toEqual(wordsOf(describeBrief()));
});

test('every field has a meaning and a range, and either an example or fields of its own', () => {
  for (const { path, isRequired, schema } of listBriefFields()) {
    const { description, fallback, example, properties, items, additionalProperties } = schema;
    const isNamed = typeof additionalProperties === 'object';
    const isWhole = properties !== undefined || items?.properties !== undefined || isNamed;
    expect({ path, description: description ?? '' }).toEqual({
      path,
      description: expect.stringMatching(/\.$/) as string,
    });
    expect({
      path,
      hasFallback: fallback !== undefined || isRequired || path.startsWith('beats[].'),
    }).toEqual({ path, hasFallback: true });
    expect({ path, hasExample: example !== undefined }).toEqual({ path, hasExample: !isWhole });
  }
});

test.each(listBriefFields().filter(({ schema }) => schema.example !== undefined))(
  'the example of $path is allowed in a brief',
  ({ path, schema }) => {
    const brief = { ...small, ...place(path, schema.example) };

    expect(checkBrief(brief)).toEqual({
      ok: true,
      brief: expect.objectContaining(place(path, schema.example)) as unknown,
    });
  },
);

/** A brief's fields with one value at a path: `a.b`, or `a[].b` in a list of one beat. */
function place(path: string, value: unknown): Record<string, unknown> {
  const [, list, field] = /^(\w+)\[\]\.(\w+)$/.exec(path) ?? [];
  if (list !== undefined && field !== undefined) {
    return { [list]: [{ prompt: 'A', durationSeconds: 5, [field]: value }] };
  }
  const [, record, inside] = /^(\w+)\.<name>\.(\w+)$/.exec(path) ?? [];
  if (record !== undefined && inside !== undefined) {
    const least = { image: 'uploads/default/bottle.png', kind: 'product' };
    return { [record]: { bottle: { ...least, [inside]: value } } };
  }
  const [name = '', inner] = path.split('.');
  return { [name]: inner === undefined ? value : { [inner]: value } };
}
