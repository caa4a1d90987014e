import { z } from 'zod';

import { gates } from '../gates.ts';
import { videoStatuses } from '../video-status.ts';

const artifact = z.object({
  key: z.string(),
  sizeBytes: z.number(),
  /** Checksum of the whole object, lower-case hex. Older manifests have `sha256` alone. */
  checksum: z
    .object({ algorithm: z.enum(['sha256', 'crc32']), value: z.string().regex(/^[0-9a-f]{8,64}$/) })
    .optional(),
  /** Absent for large files whose checksum the store computed. */
  sha256: z.string().length(64).optional(),
  contentType: z.string(),
  durationSeconds: z.number().optional(),
});

const entry = artifact.extend({
  /** Name of the unit, e.g. `chunk-b3-2`. */
  unit: z.string(),
  beat: z.string().optional(),
  chunk: z.int().optional(),
  /** Number of takes. */
  attempts: z.int(),
  costUsd: z.number(),
  /** Only for bought files. */
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

/** The proof of a video: every file with key, size, checksum and origin. Lists are in screen order. */
export const manifestSchema = z.object({
  version: z.literal(1),
  videoId: z.string(),
  revision: z.int(),
  /** The end of the video; only `succeeded` promises to be complete. */
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
  /** Including the plan. */
  costUsd: z.number(),
  /** Language-model usage for the storyboard; absent for the built-in planner. */
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
  /** Result of ending everything at the hosts, in US dollars; only for a cancelled video. */
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
  /** The final budget of the whole video; absent without one. */
  budgetUsd: z.number().optional(),
  /** Approvals, for a video that waited for some. */
  approvals: z.array(approval).optional(),
  /** The rejection that ended the video at a gate. */
  rejection: approval.extend({ reason: z.string().optional() }).optional(),
  stills: z.array(entry),
  /** The stills in slow movement, as approved; only for a video with that gate. */
  preview: entry.nullable().optional(),
  chunks: z.array(entry),
  clips: z.array(entry),
  cut: entry.nullable(),
  score: entry.nullable(),
  video: entry.nullable(),
});

/** The proof of a video: every file with key, size, checksum and origin. */
export type Manifest = z.output<typeof manifestSchema>;
/** One file of a manifest. */
export type ManifestEntry = z.output<typeof entry>;
