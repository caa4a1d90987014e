import { type BadBrief, good, anObject, noSuchField, cut, wrong, wrongBeat } from './wrong-brief.ts';

const bottle = { image: 'uploads/default/bottle.png', kind: 'product' };
const referenceName = 'a name of 1–40 letters, digits, spaces, dashes and underscores, the first a letter';

function wrongReference(field: string, found: object, [value, rule]: readonly [string, string]): BadBrief {
  const problems = [{ field: `references.bottle.${field}`, value, rule }];
  return { why: `references ${field} ${value}`, brief: { ...good, references: { bottle: found } }, problems };
}

/** Briefs whose references must be refused. */
export const badReferences: readonly BadBrief[] = [
  wrong('references', 'bottle.png', ['"bottle.png"', anObject]),
  wrong('references.bottle', 'bottle.png', ['"bottle.png"', anObject]),
  wrongReference('image', { image: 'ftp://me:secret@example.com/a.png', kind: 'product' }, [
    '"ftp:…"',
    'https://…, the key of an object in the bucket, or a path that the client uploads',
  ]),
  wrongReference('kind', { ...bottle, kind: 'logo' }, ['"logo"', 'one of product, person, place, style']),
  wrongReference('image', { kind: 'place' }, ['(missing)', 'required, a string']),
  wrongReference('note', { ...bottle, note: 'x'.repeat(201) }, [cut('x'), 'at most 200 characters']),
  wrongReference('size', { ...bottle, size: 3 }, ['3', noSuchField]),
  {
    why: 'a name that begins with a digit',
    brief: { ...good, references: { '1st': bottle } },
    problems: [{ field: 'references', value: '"1st"', rule: referenceName }],
  },
  {
    why: 'one reference too many',
    brief: {
      ...good,
      references: Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`thing ${at}`, bottle])),
    },
    problems: [{ field: 'references', value: expect.any(String) as string, rule: 'at most 20' }],
  },
  {
    why: 'a reference with the name of the product picture',
    brief: { ...good, productImage: bottle.image, references: { product: bottle } },
    problems: [
      {
        field: 'references.product',
        value: '"product"',
        rule: 'the name of productImage; leave out one of them, or choose another name',
      },
    ],
  },
  wrongBeat({ prompt: 'A mug', durationSeconds: 5, references: ['mug'] }, [
    { field: 'beats[0].references[0]', value: '"mug"', rule: 'the brief has no references' },
  ]),
  {
    why: 'a reference twice in a beat',
    brief: {
      ...good,
      references: { bottle },
      beats: [{ prompt: 'A mug', durationSeconds: 5, references: ['bottle', 'bottle'] }],
    },
    problems: [{ field: 'beats[0].references[1]', value: '"bottle"', rule: 'stands twice in the list' }],
  },
];
