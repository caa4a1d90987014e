import { setTimeout as sleep } from 'node:timers/promises';

import type { Client } from '@temporalio/client';
import type { Logger } from '@temporalio/worker';

import { ledgerFolder } from '../../activities/ledger/ledger-entry.ts';
import { registeredHosts } from '../../activities/providers/registry.ts';
import type { RescueDependencies } from '../../activities/rescue-purchase.ts';
import { rescuePurchase } from '../../activities/rescue-purchase.ts';
import { Semaphore } from '../../domain/semaphore.ts';
import { generateVideoType } from '../../domain/workflow-types.ts';

export interface RescueOptions {
  readonly client: Client;
  /** The task queue of the workflows. */
  readonly taskQueue: string;
  readonly dependencies: RescueDependencies;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
}

/** The running rescue. */
export interface RunningRescue {
  close(): Promise<void>;
}

/** Files fetched at a time; few, because the rescue runs beside other work. */
const atOnce = 4;
/** Looks per retention of a host; those of its first half are enough to find every file. */
const looksPerRetention = 8;
/** The share of the usual pause after trouble, because a wrong answer costs part of the time that is left. */
const shareAfterTrouble = 1 / 6;
/** The least and the longest time between two looks, in milliseconds. */
const shortestPauseMs = 1_000;
const longestPauseMs = 15 * 60_000;

/**
 * Fetches paid outputs of open videos that no step has fetched for a quarter of the host's retention, because all
 * workers are gone or a step is paused. Open videos are found by visibility, their purchases in the bucket.
 */
export function startRescue(options: RescueOptions): RunningRescue {
  const stop = new AbortController();
  const { signal } = stop;
  const over = new Set<string>();
  const pauseMs = pauseFor(options.dependencies);
  const run = async () => {
    let share = 1;
    while (!signal.aborted) {
      await sleep(pauseMs * share * (0.75 + Math.random() / 2), undefined, { signal });
      const isWell = await lookAfterAll(options, { over, signal }).catch((error: unknown) => {
        if (!signal.aborted) options.logger.warn('Files that nobody fetched were not looked for', { error });
        return false;
      });
      share = isWell ? 1 : shareAfterTrouble;
    }
  };
  const done = run().catch(() => undefined);
  return {
    close: async () => {
      stop.abort();
      await done;
    },
  };
}

function pauseFor({ hosts }: RescueDependencies): number {
  const retentions = registeredHosts
    .filter(({ name }) => hosts.whyMissing(name) === undefined)
    .map(({ name }) => hosts.get(name).outputRetentionMs);
  return Math.min(longestPauseMs, Math.max(shortestPauseMs, Math.min(...retentions) / looksPerRetention));
}

interface Round {
  /** Purchases that need no further look. */
  readonly over: Set<string>;
  readonly signal: AbortSignal;
}

/** @returns whether every due purchase was handled */
async function lookAfterAll(options: RescueOptions, { over, signal }: Round): Promise<boolean> {
  let isWell = true;
  const { client, taskQueue, dependencies, logger } = options;
  const places = new Semaphore(atOnce);
  const query = `WorkflowType = '${generateVideoType}' AND ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}'`;
  const work: Promise<void>[] = [];
  const open = new Set<string>();
  for await (const { workflowId } of client.workflow.list({ query })) {
    for await (const objectKey of dependencies.ledger.keys(ledgerFolder(workflowId))) {
      signal.throwIfAborted();
      open.add(objectKey);
      if (over.has(objectKey)) continue;
      const leave = await places.enter();
      const one = rescuePurchase(dependencies, objectKey, signal).then(
        (rescued) => {
          if (rescued === 'doubtful') isWell = false;
          else if (rescued !== 'later') over.add(objectKey);
          if (rescued === 'stored') logger.info('A file that nobody had fetched is stored', { objectKey });
        },
        (error: unknown) => {
          isWell = false;
          if (!signal.aborted)
            logger.warn('A file that nobody fetched could not be stored', { objectKey, error });
        },
      );
      work.push(one.finally(leave));
    }
  }
  await Promise.all(work);
  // Forget purchases of ended videos.
  for (const objectKey of over) if (!open.has(objectKey)) over.delete(objectKey);
  return isWell;
}
