import { z } from 'zod';

import { type OrderQueue, orderQueues } from '../../domain/media.ts';

const count = (max: number): z.ZodNumber => z.int().min(1).max(max);
const rate = z.number().positive().max(1000);

/** One submitting queue: how many activities a worker runs at once, and how many all workers start a second. */
const submitting = z.strictObject({ slots: count(1000), ratePerSecond: rate });

/**
 * The limits of each task queue. Local workers and production workers read the same settings.
 * Rates hold for the queue over all workers; slots hold for each worker.
 */
export const queueLimitsSchema = z.strictObject({
  /** Start of every queue's name: `<prefix>-stills` and so on. */
  prefix: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be 1 to 41 of a-z, 0-9 and "-", starting with a letter'),
  orchestrator: z.strictObject({
    maxConcurrentWorkflowTasks: z.int().min(2).max(1000),
    maxCachedWorkflows: z.int().min(0).max(100_000),
  }),
  ...(Object.fromEntries(orderQueues.map((queue) => [queue, submitting])) as Record<
    OrderQueue,
    typeof submitting
  >),
  waiting: submitting,
  cleanup: z.strictObject({ slots: count(1000) }),
  transfer: z
    .strictObject({
      slots: count(64),
      /** The most memory for the bytes of all transfers of one worker, however many run. */
      memoryMiB: z.int().min(5).max(65_536),
      /** Size of one part of a multipart upload; S3 accepts none under 5 MiB but the last. */
      partMiB: z.int().min(5).max(512),
      /** Parts of one transfer that move at once, as far as the memory reaches. */
      partsInFlight: count(16),
    })
    .refine(({ memoryMiB, partMiB }) => partMiB <= memoryMiB, {
      path: ['memoryMiB'],
      message: 'must hold at least one part (partMiB)',
    }),
  render: z.strictObject({
    /** One render slot for this many cores, and always at least one slot. */
    coresPerSlot: count(64),
  }),
  planning: z.strictObject({ slots: count(1000) }),
});

/** The limits of every task queue, as `queues` in `temporal-dev.yaml` gives them. */
export type QueueLimits = z.infer<typeof queueLimitsSchema>;
