import { z } from 'zod';

import { readNumber } from '../../../domain/outside-numbers.ts';
import { predictionIdSchema } from '../prediction-id.ts';

/** An id, as a string even where JSON has a number. */
const id = z.union([z.string(), z.int()]).transform(String);
/** Empty in a refusal. */
const taskId = id.pipe(z.literal('').or(predictionIdSchema));
const count = z
  .union([z.number(), z.string()])
  .transform((value) => readNumber(value, { least: Number.MIN_SAFE_INTEGER }) ?? Number.NaN);

/**
 * The fields of every answer beside its HTTP status, which is 200 for refusals too.
 * All fields but these and the ordered outputs count as absent when malformed.
 * Source of all schemas here: MiniMax's OpenAPI files at platform.minimax.io, read 2026-11-22.
 */
const answer = {
  base_resp: z.object({ status_code: count, status_msg: z.string().nullish().catch(undefined) }).nullish(),
};

export type BaseResp = z.output<typeof answer.base_resp>;

/** An answer whose fields a refusal may lack; they are required once `base_resp` was read. */
const taskSchema = z.object({ ...answer, task_id: taskId.nullish() });

const querySchema = z.object({ ...answer, status: z.string().nullish(), file_id: id.nullish() });

const fileSchema = z.object({
  ...answer,
  file: z.object({ download_url: z.string().nullish() }).nullish(),
});

const imageSchema = z.object({
  ...answer,
  id: id.nullish().catch(undefined),
  data: z.object({ image_urls: z.unknown().optional() }).nullish(),
  metadata: z.object({ failed_count: count.nullish() }).nullish().catch(undefined),
});

const musicSchema = z.object({
  ...answer,
  trace_id: id.nullish().catch(undefined),
  data: z.object({ audio: z.unknown().optional(), audio_url: z.unknown().optional() }).nullish(),
});

/** Schemas of the answers, by call. */
export const wireSchemas = {
  task: taskSchema,
  query: querySchema,
  file: fileSchema,
  image: imageSchema,
  music: musicSchema,
};

export type WireQuery = z.output<typeof querySchema>;
export type WireImage = z.output<typeof imageSchema>;
export type WireMusic = z.output<typeof musicSchema>;
