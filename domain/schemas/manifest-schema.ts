import { z } from 'zod';

import { gates } from '../gates.ts';
import { videoStatuses } from '../video-status.ts';

const artifact = z.object({
  key: z.string(),
  sizeBytes: z.number(),
  /** Of the whole object, lower-case hex. Manifests from before it was written have `sha256` alone. */
  checksum: z
    .object({ algorithm: z.enum(['sha256', 'crc32']), value: z.string().regex(/^[0-9a-f]{8,64}$/) })
    .optional(),
  /** Absent for files so large that the store, and not we, summed them on their way. */
  sha256: z.string().length(64).optional(),
  contentType: z.string(),
  durationSeconds: z.number().optional(),
});

const entry = artifact.extend({
  /** Name of the unit, e.g. `chunk-b3-2`. */
  unit: z.string(),
  beat: z.string().optional(),
  chunk: z.int().optional(),
  /** Takes it took. */
  attempts: z.int(),
  costUsd: z.number(),
  /** Of what was bought only. */
  host: z.string().optional(),
  model: z.string().optional(),
  predictionId: z.string().optional(),
  prompt: z.string().optional(),
});

const approval = z.object({
  gate: z.enum(gates),
  digest: z.string(),
  revision: z.int(),
  by: z.string().optional(),
  at: z.string(),
});

/** Proves a video: every file with key, size, checksum and where it came from. Lists are in screen order. */
export const manifestSchema = z.object({
  version: z.literal(1),
  videoId: z.string(),
  revision: z.int(),
  /** How the video ended; only `succeeded` promises to be complete. */
  status: z.enum(videoStatuses),
  title: z.string(),
  durationSeconds: z.number(),
  beats: z.array(
    z.object({
      id: z.string(),
      index: z.int(),
      title: z.string(),
      startSeconds: z.number(),
      keptSeconds: z.number(),
    }),
  ),
  plannedChunks: z.int(),
  /** The plan included. */
  costUsd: z.number(),
  /** What asking a language model for the storyboard came to; of a video that did. */
  planning: z
    .object({
      model: z.string(),
      calls: z.int(),
      inputTokens: z.int(),
      outputTokens: z.int(),
      costUsd: z.number(),
      fallback: z.string().optional(),
    })
    .optional(),
  /** What ending everything at the hosts came to, in US dollars; of a video that was cancelled. */
  cancellation: z
    .object({
      canceled: z.int(),
      spentUsd: z.number(),
      savedUsd: z.number(),
      pastSavingUsd: z.number(),
      stillRunning: z.int().optional(),
      unsettled: z.int().optional(),
      costUsd: z.number().optional(),
    })
    .optional(),
  /** What it may cost in all, as it stood in the end; of a video with a budget. */
  budgetUsd: z.number().optional(),
  /** Who approved what, and when; of a video that waited for that. */
  approvals: z.array(approval).optional(),
  /** Who ended it at a gate, and why. */
  rejection: approval.extend({ reason: z.string().optional() }).optional(),
  stills: z.array(entry),
  /** The stills in slow movement, as they were approved; of a video that asked for that. */
  preview: entry.nullable().optional(),
  chunks: z.array(entry),
  clips: z.array(entry),
  cut: entry.nullable(),
  score: entry.nullable(),
  video: entry.nullable(),
});

/** What proves a video: every file of it, with size, checksum and where it came from. */
export type Manifest = z.output<typeof manifestSchema>;
/** One file of a manifest. */
export type ManifestEntry = z.output<typeof entry>;
