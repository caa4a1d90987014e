import { z } from 'zod';

import { aspectRatios, resolutions } from '../brief.ts';
import type { Edit } from '../edits/edit.ts';
import { type ModelKind, modelKinds } from '../media.ts';
import { beatLengths } from '../storyboard.ts';
import { boughtUnitName } from '../unit.ts';
import { modelNames } from './brief-schema.ts';
import { words } from './brief-text.ts';

const beat = z.union([z.int().min(1), z.string().regex(/^b\d{1,4}$/)], {
  error: 'a place in the story, from 1, or the id of a beat, such as b3',
});
const placing = { before: beat.optional(), after: beat.optional() };
const seconds = z.literal(beatLengths, { error: `one of ${beatLengths.join(', ')}` });
const unit = z.string().regex(boughtUnitName, {
  error: 'the name of a still, a chunk or the score, such as still-b3 or chunk-b3-2',
});
const names = modelNames.transform((given) => [given].flat()).optional();

/** The edits of a video, as the client, the CLI and the Temporal CLI take them. */
const editSchema = z.discriminatedUnion('op', [
  z
    .strictObject({
      op: z.literal('words'),
      beat,
      still: words(1, 2000).optional(),
      motion: words(1, 2000).optional(),
      title: words(1, 100).optional(),
    })
    .refine(({ still, motion, title }) => [still, motion, title].some((text) => text !== undefined), {
      error: 'say still, motion or title',
    }),
  z.strictObject({ op: z.literal('length'), beat, seconds }),
  z.strictObject({
    op: z.literal('insert'),
    still: words(1, 2000),
    motion: words(1, 2000).optional(),
    title: words(1, 100).optional(),
    seconds: seconds.optional(),
    ...placing,
  }),
  z.strictObject({ op: z.literal('remove'), beat }),
  z.strictObject({ op: z.literal('move'), beat, ...placing }),
  z.strictObject({
    op: z.literal('models'),
    beat: beat.optional(),
    ...(Object.fromEntries(modelKinds.map((kind) => [kind, names])) as Record<ModelKind, typeof names>),
  }),
  z.strictObject({ op: z.literal('reroll'), unit }),
  z.strictObject({ op: z.literal('pin'), unit, take: z.int().min(0) }),
  z.strictObject({ op: z.literal('unpin'), unit }),
  z.strictObject({ op: z.literal('picture'), beat, image: words(1, 2048).optional() }),
  z
    .strictObject({
      op: z.literal('music'),
      enabled: z.boolean().optional(),
      words: words(1, 2000).optional(),
    })
    .refine(({ enabled, words: text }) => enabled !== undefined || text !== undefined, {
      error: 'say enabled or words',
    }),
  z.strictObject({ op: z.literal('aspectRatio'), aspectRatio: z.enum(aspectRatios) }),
  z.strictObject({ op: z.literal('resolution'), resolution: z.enum(resolutions) }),
  z.strictObject({ op: z.literal('title'), title: words(1, 100) }),
  z.strictObject({ op: z.literal('rollBack'), revision: z.int().min(1) }),
  z.strictObject({ op: z.literal('budget'), usd: z.number().positive().max(1_000_000) }),
]);

/** A list of edits, applied as a whole. */
export const editsSchema: z.ZodType<readonly Edit[]> = z.array(editSchema).min(1).max(100);
