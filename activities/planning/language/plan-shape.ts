import { z } from 'zod';

import { beatLengths } from '../../../domain/storyboard.ts';
import type { AnswerShape } from '../../providers/language-model.ts';

const text = (description: string) => ({ type: 'string', description });

/** An object of a strict schema: every field is required, and there are no others. */
function strict(properties: Readonly<Record<string, object>>) {
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

function listOf(items: object, description: string) {
  return { type: 'array', description, items };
}

/** The shape of an answer. Hosts enforce it where they can; `planSchema` reads every answer all the same. */
export const planShape: AnswerShape = {
  name: 'storyboard',
  schema: strict({
    logline: text('The whole story in one sentence: who, where, what happens and why, and how it ends.'),
    cast: listOf(
      strict({
        name: text('A short name.'),
        description: text('What it looks like, the same in the whole video.'),
      }),
      'Who and what is seen in more than one beat.',
    ),
    beats: listOf(
      strict({
        purpose: text('What the beat does for the story, a word or two.'),
        title: text('A few words.'),
        cast: listOf({ type: 'string' }, 'Names of the cast whom the beat shows.'),
        still: text('What the opening picture of the beat shows.'),
        motion: text('The one thing that happens from there on, and how the camera moves.'),
        line: text('Words to be spoken over the beat, or nothing.'),
        durationSeconds: { type: 'integer', enum: [...beatLengths] },
      }),
      'In story order.',
    ),
    musicPrompt: text('What the music is like.'),
  }),
};

/** Cleans words for sending on: one line, no half characters, only printable ones. */
const line = z.string().transform((words) =>
  words
    .toWellFormed()
    .replace(/\uFFFD/g, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim(),
);

const written = line.refine((words) => words !== '', { error: 'must not be empty' });

/** Seconds in any notation; other text becomes NaN, which is fitted like any odd length. */
const seconds = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'number') return value;
    return typeof value === 'string' ? Number.parseFloat(value) : Number.NaN;
  });

const member = z.object({ name: written, description: written });

/** A storyboard as a model may write it; missing or odd fields that we can fill or fit are accepted. */
export const planSchema = z.object({
  logline: line.catch(''),
  cast: z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.flatMap((entry) => {
        const parsed = member.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    ),
  beats: z
    .array(
      z.object({
        purpose: line.catch(''),
        title: line.catch(''),
        cast: z.array(line).catch([]),
        still: written,
        motion: written,
        line: line.catch(''),
        durationSeconds: seconds,
      }),
      { error: 'must be a list of beats' },
    )
    .min(1, { error: 'must hold at least one beat' }),
  musicPrompt: line.catch(''),
});

/** A storyboard as a model wrote it. Lengths may be any number, NaN included. */
export type WrittenPlan = z.output<typeof planSchema>;
export type WrittenBeat = WrittenPlan['beats'][number];
