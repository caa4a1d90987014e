import {
  ApplicationFailure,
  type Client,
  WorkflowFailedError,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';

import type { UnitReport, VideoProgress, VideoResult } from '../../domain/progress.ts';
import type { VideoStatus } from '../../domain/video-status.ts';
import type { Phase } from '../../domain/media.ts';
import type { BudgetReport } from '../../domain/treasury.ts';
import {
  progressQuery,
  raiseBudgetUpdate,
  type Reconciled,
  type ReconcileRequest,
  reconcileUnitUpdate,
  type RetryAccepted,
  type RetryRequest,
  retryUnitsUpdate,
} from '../../workflows/messages.ts';
import { until } from './until.ts';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** One video of a test. */
export interface Video {
  readonly id: string;
  readonly handle: WorkflowHandle;
  progress(): Promise<VideoProgress>;
  /** Resolves with the progress as soon as the video has this status. */
  whenStatus(status: VideoStatus): Promise<VideoProgress>;
  /** Resolves with the progress as soon as the condition holds. @param what names the condition */
  when(what: string, isReached: (progress: VideoProgress) => boolean): Promise<VideoProgress>;
  retry(request: RetryRequest): Promise<RetryAccepted>;
  reconcile(request: ReconcileRequest): Promise<Reconciled>;
  raiseBudget(budgetUsd: number): Promise<BudgetReport>;
  result(): Promise<VideoResult>;
  /** The failure of the video. @throws Error when it did not fail */
  failure(): Promise<ApplicationFailure>;
  /** The attempts of each ended call of an activity, in the order of their ends. */
  attemptsOf(activityType: string): Promise<number[]>;
  /** Cancels it if it still runs, and waits for its end. */
  end(): Promise<void>;
  terminate(): Promise<void>;
}

/** Wraps a workflow of a test. */
export function createVideo(client: Client, handle: WorkflowHandle): Video {
  const { workflowId } = handle;
  // Without a run id the handle follows a reset.
  const current = client.workflow.getHandle(workflowId);
  const progress = () => current.query(progressQuery);
  const when: Video['when'] = (what, isReached) =>
    until(
      async () => {
        const found = await progress();
        return isReached(found) ? found : undefined;
      },
      { what: `${workflowId}: ${what}` },
    );
  const result = () => current.result() as Promise<VideoResult>;
  return {
    id: workflowId,
    handle: current,
    progress,
    when,
    whenStatus: (status) => when(`status ${status}`, (found) => found.status === status),
    retry: (request) => current.executeUpdate(retryUnitsUpdate, { args: [request] }),
    reconcile: (request) => current.executeUpdate(reconcileUnitUpdate, { args: [request] }),
    raiseBudget: (budgetUsd) => current.executeUpdate(raiseBudgetUpdate, { args: [{ budgetUsd }] }),
    result,
    failure: () =>
      result()
        .then(() => undefined, readCause)
        .then((cause) => cause ?? refuse(workflowId)),
    attemptsOf: async (activityType) => countAttempts(await current.fetchHistory(), activityType),
    end: async () => {
      await unlessGone(() => current.cancel());
      await result().catch(() => undefined);
    },
    terminate: () => unlessGone(() => current.terminate('The test is over.')),
  };
}

/** Counts attempts: history has an activity's start only after its end, with the number of the last attempt. */
function countAttempts({ events }: History, activityType: string): number[] {
  const scheduled = (events ?? []).filter(
    ({ activityTaskScheduledEventAttributes: call }) => call?.activityType?.name === activityType,
  );
  const ids = new Set(scheduled.map(({ eventId }) => String(eventId)));
  return (events ?? []).flatMap(({ activityTaskStartedEventAttributes: start }) =>
    start && ids.has(String(start.scheduledEventId)) ? [start.attempt ?? 1] : [],
  );
}

function readCause(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof WorkflowFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure ? cause : undefined;
}

function refuse(workflowId: string): never {
  throw new Error(`${workflowId} should have failed, and did not.`);
}

async function unlessGone(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** The units of one phase, in screen order. */
export function unitsOf({ phases }: Pick<VideoProgress, 'phases'>, phase: Phase): readonly UnitReport[] {
  return phases.find((output) => output.phase === phase)?.units ?? [];
}
