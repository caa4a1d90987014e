import { z } from 'zod';

import { predictionIdSchema } from '../prediction-id.ts';

/** Good to know, and no reason to call an answer unreadable that says what counts. */
const time = z.string().nullish().catch(undefined);

/** As a gateway or another server of the host may write it. */
const status = z
  .string()
  .transform((text) => text.trim().toLowerCase().replace('cancelled', 'canceled'))
  .pipe(z.enum(['starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted']));

/**
 * What we read of a prediction; everything else is ignored. Beside id, status, output and error nothing is required:
 * what has another form than documented counts as absent.
 * Source: Replicate's OpenAPI file, `schemas_prediction_response`, read 2026-11-22.
 */
export const predictionSchema = z.object({
  id: predictionIdSchema,
  status,
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  data_removed: z.boolean().optional().catch(undefined),
  created_at: time,
  started_at: time,
  completed_at: time,
  metrics: z.object({ predict_time: z.unknown() }).nullish().catch(undefined),
});

export type WirePrediction = z.output<typeof predictionSchema>;

/** Of an accepted order the id is all that counts: a status that is new to us must not make a lost answer of it. */
export const createdSchema = predictionSchema.pick({ id: true });

/** A page of recent predictions. */
export const pageSchema = z.object({
  results: z.array(
    createdSchema.extend({
      created_at: time,
      data_removed: z.boolean().optional().catch(undefined),
      input: z.record(z.string(), z.unknown()).nullish().catch(undefined),
    }),
  ),
  next: z.string().nullish(),
});

export const webhookSecretSchema = z.object({ key: z.string().startsWith('whsec_') });

export const accountSchema = z.object({ username: z.string().min(1) });

export const fileSchema = z.object({ urls: z.object({ get: z.string().min(1) }) });

export type WireListedPrediction = z.output<typeof pageSchema>['results'][number];
