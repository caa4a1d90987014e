import { z } from 'zod';

import { predictionIdSchema } from '../prediction-id.ts';

/** An optional time; a malformed one does not make the answer unreadable. */
const time = z.string().nullish().catch(undefined);

/** A status in any case and spelling that gateways or other servers of the host use. */
const status = z
  .string()
  .transform((text) => text.trim().toLowerCase().replace('cancelled', 'canceled'))
  .pipe(z.enum(['starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted']));

/**
 * The fields of a prediction that we read; the rest is ignored. All fields but id, status, output and error are
 * optional and count as absent when malformed.
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

/** An accepted order needs only its id: a status unknown to us must not turn it into a lost answer. */
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
