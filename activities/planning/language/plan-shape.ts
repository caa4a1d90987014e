import { z } from 'zod';

import { beatLengths } from '../../../workflows/domain/storyboard.ts';
import type { AnswerShape } from '../../providers/language-model.ts';

const text = (description: string) => ({ type: 'string', description });

/** What a model is asked for. Hosts enforce it where they can; what comes is read by `planSchema` in any case. */
export const planShape: AnswerShape = {
  name: 'storyboard',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['beats', 'musicPrompt'],
    properties: {
      beats: {
        type: 'array',
        description: 'In story order.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['title', 'prompt', 'motionPrompt', 'durationSeconds'],
          properties: {
            title: text('A few words.'),
            prompt: text('What the opening picture of the beat shows.'),
            motionPrompt: text('What moves from there on, and how the camera moves.'),
            durationSeconds: { type: 'integer', enum: [...beatLengths] },
          },
        },
      },
      musicPrompt: text('What the music is like.'),
    },
  },
};

/** Words as they can be sent on: one line, nothing that no terminal prints. */
const line = z.string().transform((words) =>
  words
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim(),
);

const written = line.refine((words) => words !== '', { error: 'must not be empty' });

/** Seconds in whatever way they are written; what is no number becomes NaN, and is fitted like everything else. */
const seconds = z
  .unknown()
  .optional()
  .transform((value) => {
    if (typeof value === 'number') return value;
    return typeof value === 'string' ? Number.parseFloat(value) : Number.NaN;
  });

/** A storyboard as a model may write it: what we can do without, or fit ourselves, is no reason to refuse it. */
export const planSchema = z.object({
  beats: z
    .array(
      z.object({
        title: line.catch(''),
        prompt: written,
        motionPrompt: written,
        durationSeconds: seconds,
      }),
      { error: 'must be a list of beats' },
    )
    .min(1, { error: 'must hold at least one beat' }),
  musicPrompt: line.catch(''),
});

/** A storyboard as a model wrote it. Lengths may be any number, NaN included. */
export type WrittenPlan = z.output<typeof planSchema>;
