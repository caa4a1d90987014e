import { z } from 'zod';

import { referenceKinds } from '../references.ts';
import { words } from './brief-text.ts';

/** A picture of a person's own. */
export function picture() {
  return words(1, 2048).refine((text) => /^(https:|file:)/.test(text) || !/^[a-z][a-z0-9+.-]*:/i.test(text), {
    error: 'https://…, the key of an object in the bucket, or a path that the client uploads',
  });
}

export const pictureRule =
  'an `https://` address, the key of a picture in `uploads/<tenant>/` or the folder of the video, or a path that ' +
  'the client uploads where its caller allows local files (`./…`, `/…`)';

export const referenceNameRule =
  'a name of 1–40 letters, digits, spaces, dashes and underscores, the first a letter';

/** Starts with a letter: JavaScript would sort names that look like numbers first. */
export const referenceName = z
  .string()
  .regex(/^\p{L}[\p{L}\p{M}\p{N} _-]{0,39}$/u, { error: referenceNameRule });

export const mostReferences = 20;

export const reference = z.strictObject({
  image: picture().meta({
    description: 'Its picture, copied into the folder of the video.',
    rule: pictureRule,
    example: 'https://example.com/bottle.png',
  }),
  kind: z.enum(referenceKinds).meta({
    description: 'Its subject. A style is shown with every still.',
    example: 'product',
  }),
  note: words(1, 200).optional().meta({
    description: 'Its important traits, for the planner and the image model.',
    fallback: 'nothing',
    example: 'green glass, cork, no label',
  }),
});
