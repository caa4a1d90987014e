import { z } from 'zod';

import {
  aspectRatios,
  failurePolicies,
  refusalPolicies,
  resolutions,
  shortClipPolicies,
  templates,
} from '../brief.ts';
import { gates } from '../gates.ts';
import { beatLengths } from '../storyboard.ts';
import { words } from './brief-text.ts';
import {
  mostReferences,
  picture,
  pictureRule,
  reference,
  referenceName,
  referenceNameRule,
} from './reference-schema.ts';

const modelName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, { error: 'a name of the catalogue: a-z, 0-9, dots and dashes' });

/** One name, or several in the order in which they are tried. */
export const modelNames = z.union([modelName, z.array(modelName).min(1).max(5)], {
  error: 'a name of the catalogue, or a list of 1–5 of them in the order in which they are tried',
});

const nameRule = 'a name of the catalogue, or a list of 1–5 of them';

/** Extra columns of docs/brief.md. */
declare module 'zod' {
  interface GlobalMeta {
    /** The value for a brief without the field; absent for required fields. */
    readonly fallback?: string;
    /** A value as a brief has it. */
    readonly example?: unknown;
    /** The rule in words, where JSON Schema cannot express it. */
    readonly rule?: string;
  }
}

const beat = z.strictObject({
  prompt: words(1, 2000).meta({ description: 'The picture and the action.', example: 'A lamp lights up' }),
  durationSeconds: z.literal(beatLengths).meta({ description: 'Its length in seconds.', example: 5 }),
  title: words(1, 100).optional().meta({
    description: 'Shown in the storyboard.',
    fallback: 'the first words of its prompt',
    example: 'Light',
  }),
  motionPrompt: words(1, 2000).optional().meta({
    description: 'The movement, where the prompt describes only the picture.',
    fallback: 'its prompt',
    example: 'The light comes up slowly',
  }),
  references: z.array(referenceName).max(mostReferences).optional().meta({
    description: 'Names of the references for its still, in the order for the model.',
    fallback: 'those that its words name, in the order of the brief; those that no beat names; every style',
    example: [],
  }),
});

/**
 * The one description of a brief. The client, the CLI and the first activity of the workflow all use it, and
 * docs/brief.md is generated from it (`npm run docs:brief`).
 */
export const briefSchema = z.strictObject({
  prompt: words(1, 4000).meta({
    description: 'Content of the video, in any language.',
    example: 'A lighthouse keeper and his cat wait for a ship. At dawn it comes.',
  }),
  durationSeconds: z
    .number()
    .min(5)
    .max(300)
    .refine((seconds) => Math.abs(seconds * 10 - Math.round(seconds * 10)) < 1e-6, {
      error: 'a multiple of 0.1',
    })
    .meta({
      description: 'Length of the finished video in seconds.',
      rule: 'tenths are allowed',
      example: 27.5,
    }),
  title: words(1, 100).optional().meta({
    description: 'Shown in the Web UI and in listings.',
    fallback: 'the first words of the prompt',
    example: 'The keeper',
  }),
  template: z.enum(templates).optional().meta({
    description: 'Kind of story.',
    fallback: 'the one that fits the prompt, else `plain`',
    example: 'story',
  }),
  aspectRatio: z
    .enum(aspectRatios)
    .optional()
    .meta({ description: 'Shape of the picture.', fallback: '`16:9`', example: '9:16' }),
  resolution: z.enum(resolutions).optional().meta({
    description:
      'Lines of the shorter side of the picture: those of the clip model (`auto`), at most 1080, or a fixed number.',
    fallback: '`auto`',
    example: '1080p',
  }),
  productImage: picture().optional().meta({
    description: 'Short for one reference, `product`, for every still.',
    rule: pictureRule,
    fallback: 'none',
    example: 'https://example.com/lamp.png',
  }),
  references: z
    .record(referenceName, reference)
    .refine((named) => Object.keys(named).length <= mostReferences, { error: `at most ${mostReferences}` })
    .optional()
    .meta({
      description:
        'Pictures of things that must look the same in every beat with them, by name. The image model gets the ' +
        'pictures of a beat in order; prompts use these names.',
      rule: `at most ${mostReferences}, each under ${referenceNameRule}; no more in one beat than the image model takes`,
      fallback: 'none',
    }),
  models: z
    .strictObject({
      still: modelNames.optional().meta({
        description: 'Makes the pictures.',
        rule: nameRule,
        fallback:
          'that of the catalogue; with `productImage` or `references` the first one that takes as many',
        example: ['flux-schnell', 'flux-dev'],
      }),
      clip: modelNames.optional().meta({
        description: 'Makes the footage.',
        rule: nameRule,
        fallback: 'that of the catalogue',
        example: 'veo-3.1-fast',
      }),
      score: modelNames.optional().meta({
        description: 'Makes the music.',
        rule: nameRule,
        fallback: 'that of the catalogue',
        example: 'musicgen',
      }),
      planner: modelName.optional().meta({
        description: 'Writes the storyboard.',
        rule: '`built-in`, or a language model of the catalogue',
        fallback:
          'that of the catalogue, where the workers can ask it and the budget has its money, else `built-in`',
        example: 'built-in',
      }),
    })
    .optional()
    .meta({
      description:
        'Names of the catalogue (`beatreel models`). In a list, each is the fallback of the one before.',
      fallback: 'those of the catalogue',
    }),
  beats: z.array(beat).min(1).max(60).optional().meta({
    description:
      'Your own beats, which replace planning. Beats beyond the duration are left out from the end.',
    fallback: 'the planner writes them',
  }),
  music: z
    .strictObject({
      enabled: z
        .boolean()
        .optional()
        .meta({ description: 'Whether the video has music.', fallback: '`true`', example: false }),
      style: words(1, 300).optional().meta({
        description: 'Its style.',
        fallback: 'the mood and pace of the prompt',
        example: 'slow accordion, 70 BPM',
      }),
    })
    .optional()
    .meta({ description: 'The score.', fallback: 'music that fits the prompt' }),
  limits: z
    .strictObject({
      concurrentStills: z.int().min(1).optional().meta({
        description: "Stills of this video made at the same time; at most the operator's limit.",
        fallback: "the operator's limit",
        example: 3,
      }),
      concurrentChunks: z.int().min(1).optional().meta({
        description: "Pieces of footage of this video made at the same time; at most the operator's limit.",
        fallback: "the operator's limit",
        example: 2,
      }),
      budgetUsd: z.number().positive().max(1_000_000).optional().meta({
        description: 'The most the whole video may cost, in US dollars: a hard cap.',
        rule: 'more than 0',
        fallback: 'no cap',
        example: 4.5,
      }),
    })
    .optional()
    .meta({ description: 'Limits of the video.', fallback: "the operator's limits, and no cap" }),
  approve: z
    .array(z.enum(gates))
    .max(gates.length)
    .refine((list) => new Set(list).size === list.length, { error: 'each gate once' })
    .optional()
    .meta({
      description:
        'Gates at which the video waits for a person: before the stills are bought (`storyboard`), before the footage ' +
        '(`stills`), or before the footage with a preview of the stills and the music (`preview`).',
      rule: 'each gate once',
      fallback: 'nowhere',
      example: ['stills'],
    }),
  onFailure: z.enum(failurePolicies).optional().meta({
    description:
      'After a unit failed: wait for a person, or end as failed. After no language model could plan: use the built-in planner, or end as failed.',
    fallback: '`park`',
    example: 'fail',
  }),
  onRefusal: z.enum(refusalPolicies).optional().meta({
    description: 'After a host refused the content: wait for a person, or first ask once in softer words.',
    fallback: '`park`',
    example: 'soften',
  }),
  shortClips: z
    .enum(shortClipPolicies)
    .optional()
    .meta({
      description:
        'Use of footage that is more than 0.25 s too short: its last second in slow motion (up to 1 s more), ' +
        'all of it slower (up to a quarter more), or none.',
      fallback: 'that of the clip model in the catalogue, else `hold`',
      example: 'slow',
    }),
  tenant: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
      error: '1–64 letters, digits, dots, dashes and underscores, the first a letter or digit',
    })
    .optional()
    .meta({
      description: 'Owner of the video, for fair turns and listings.',
      rule: '1–64 letters, digits, dots, dashes and underscores, the first a letter or digit',
      fallback: '`default`',
      example: 'acme',
    }),
  seed: z.int().min(0).max(2_147_483_647).optional().meta({
    description: 'The same brief with the same seed asks for the same pictures.',
    fallback: "follows from the video's id",
    example: 7,
  }),
  requestId: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, { error: '1–128 visible ASCII characters without spaces' })
    .optional()
    .meta({
      description: 'The same id of a tenant gives the same video: no second start. Read by the client.',
      rule: '1–128 visible ASCII characters without spaces',
      fallback: 'none: every start is a new video',
      example: 'order-1907',
    }),
});

/** A brief as a caller writes it. */
export type BriefInput = z.input<typeof briefSchema>;
