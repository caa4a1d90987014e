import { z } from 'zod';

/**
 * What we read of a prediction; everything else is ignored.
 * Source: Replicate's OpenAPI file, `schemas_prediction_response`, read 2026-11-22.
 */
export const predictionSchema = z.object({
  id: z.string().min(1),
  status: z.enum(['starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted']),
  output: z.unknown(),
  error: z.unknown(),
  data_removed: z.boolean().optional(),
  created_at: z.string().optional(),
  started_at: z.string().nullish(),
  input: z.record(z.string(), z.unknown()).optional(),
});

export type WirePrediction = z.output<typeof predictionSchema>;

export const pageSchema = z.object({
  results: z.array(predictionSchema),
  next: z.string().nullish(),
});

export const fileSchema = z.object({ urls: z.object({ get: z.string().min(1) }) });
