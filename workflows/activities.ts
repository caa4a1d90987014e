import type { ActivityFunctionWithOptions, ActivityOptions } from '@temporalio/workflow';
import {
  ActivityCancellationType,
  ApplicationFailure,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';

import type { Activities } from '../activities/index.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { media, type OrderQueue } from '../domain/media.ts';
import { queuePrefix } from '../domain/queue-prefix.ts';
import {
  isAmount,
  isApprovals,
  isArtifact,
  isFittedScore,
  isOutcome,
  isRecord,
  isSubmitted,
} from './guards.ts';

/** The display name of a call in the UI, and its id for completion from outside. */
export interface CallLabel {
  /** Shown in the Web UI, e.g. `still 3/5: The lamp in the window`. */
  readonly summary: string;
  /** Unique among the open activities of the video. */
  readonly activityId?: string;
}

type Queue = OrderQueue | 'planning' | 'waiting' | 'transfer' | 'render' | 'cleanup';

/**
 * Every timeout and retry of the product, in groups named for how the work behaves. No group limits attempts: a dead
 * worker uses one up, and a permanent failure ends the retries by its type.
 */
const behaviours = {
  /** Seconds of work on our own servers; a picture of the product may have to be fetched. */
  plan: {
    startToCloseTimeout: '2 minutes',
    // Wait out an outage of the store or of the workers.
    scheduleToCloseTimeout: '6 hours',
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '30 seconds' },
  },
  /** A language model thinks for minutes, twice where its answer needs a repair; the step heartbeats meanwhile. */
  think: {
    // Two answers of at most 4 minutes each, and the refusals of formats before them.
    startToCloseTimeout: '10 minutes',
    // Wait out an outage of the store or of the workers; the planner itself handles an outage of the model.
    scheduleToCloseTimeout: '6 hours',
    // A call that dies with its worker is repeated within seconds; a cancellation arrives within seconds.
    heartbeatTimeout: '5 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  },
  /** Arithmetic for a waiting client. */
  ask: {
    startToCloseTimeout: '5 seconds',
    // A later answer has no reader; the client has given up by then.
    scheduleToCloseTimeout: '15 seconds',
    retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '2 seconds' },
  },
  /** A few reads and one write for a waiting client; a picture may have to be copied. */
  revise: {
    startToCloseTimeout: '30 seconds',
    // The caller has given up by then; a repeated request does not repeat the change.
    scheduleToCloseTimeout: '1 minute',
    heartbeatTimeout: '5 seconds',
    retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '2 seconds' },
  },
  /** One POST, and before it perhaps one upload of a picture. */
  spend: {
    // MiniMax answers an order of music with the music, within 150 s. The lease is 10 s longer, and writing the answer
    // down is worth a minute of tries.
    startToCloseTimeout: '5 minutes',
    // Includes the wait in a rate-limited queue and for a busy host; both may take hours.
    scheduleToCloseTimeout: '24 hours',
    // A submit that dies with its worker, or went to a dead one, continues elsewhere within seconds.
    heartbeatTimeout: '3 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
  },
  /** One GET an attempt; the activity sets the delay between attempts. */
  wait: {
    // One read, and the host's list where it knows no such prediction; each call has its own timeout.
    startToCloseTimeout: '2 minutes',
    // The host ends a prediction after 30 minutes; the rest covers an outage of ours, after which one look suffices.
    scheduleToCloseTimeout: '24 hours',
    // A look that dies with its worker, or went to a dead one, is repeated once the next worker is up.
    heartbeatTimeout: '3 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 1.3, maximumInterval: '5 seconds' },
  },
  /** A stream between two networks: as long as its size needs, but never silent. */
  transfer: {
    startToCloseTimeout: '30 minutes',
    // After that it is scheduled again, for as long as the host keeps the file.
    scheduleToCloseTimeout: '75 minutes',
    heartbeatTimeout: '5 seconds',
    retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '15 seconds' },
  },
  /** ffmpeg: minutes at most for 15 s of footage or 300 s of sound. Three tries, counted by the activity. */
  render: {
    startToCloseTimeout: '15 minutes',
    // Many other videos may go first on a small fleet.
    scheduleToCloseTimeout: '6 hours',
    heartbeatTimeout: '5 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '15 seconds' },
  },
  /** Calls that stop spending: prompt, and retried for as long as a prediction could run. */
  cleanup: {
    startToCloseTimeout: '2 minutes',
    scheduleToCloseTimeout: '30 minutes',
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '500 ms', backoffCoefficient: 1.5, maximumInterval: '5 seconds' },
  },
  /** A person waits for the answer. */
  decide: {
    startToCloseTimeout: '15 seconds',
    // Longer than a worker restart, shorter than a person's patience.
    scheduleToCloseTimeout: '15 seconds',
    retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '3 seconds' },
  },
} satisfies Record<string, ActivityOptions>;

/** First in its queue, because other work waits for it. */
const first = { priority: { priorityKey: 1 } } as const satisfies ActivityOptions;

/**
 * The activities of the fleet, each with its queue and timeouts; every call has a label.
 *
 * @param calls counts the calls in flight
 */
export function connectActivities(calls: Calls = { open: 0 }) {
  const labelled = countedBy(calls);
  // The queues of a fleet share the prefix of the queue on which its workflows run.
  const prefix = queuePrefix(workflowInfo().taskQueue);
  const on = (queue: Queue, behaviour: ActivityOptions): ActivityOptions => ({
    ...behaviour,
    // Otherwise the SDK (1.24) abandons it at once, and an order in flight would escape the clean-up.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    taskQueue: `${prefix}-${queue}`,
  });
  const proxies = proxyActivities<Activities>({ startToCloseTimeout: '2 minutes' });
  const { plan, think, ask, revise, spend, wait, transfer, render, cleanup, decide } = behaviours;
  const { submitPrediction } = proxies;
  return {
    acceptBrief: labelled(proxies.acceptBrief, on('planning', plan), isAccepted),
    planStoryboard: labelled(proxies.planStoryboard, on('planning', think), isStoryboard),
    openRevision: labelled(proxies.openRevision, on('planning', plan), isOpened),
    reviseVideo: labelled(proxies.reviseVideo, { ...on('planning', revise), ...first }, isRecord),
    priceVideo: labelled(proxies.priceVideo, { ...on('planning', ask), ...first }, isRecord),
    submitPrediction: (request: Parameters<Activities['submitPrediction']>[0], label: CallLabel) =>
      labelled(submitPrediction, on(media[request.unit.medium].queue, spend), isSubmitted)(request, label),
    awaitPrediction: labelled(proxies.awaitPrediction, on('waiting', wait), isOutcome),
    storeArtifact: labelled(proxies.storeArtifact, on('transfer', transfer), isArtifact),
    extractLastFrame: labelled(proxies.extractLastFrame, { ...on('render', render), ...first }, isArtifact),
    normaliseClip: labelled(proxies.normaliseClip, on('render', render), isNormalised),
    makePreview: labelled(proxies.makePreview, on('render', render), isArtifact),
    joinClips: labelled(proxies.joinClips, on('render', render), isArtifact),
    fitScore: labelled(proxies.fitScore, on('render', render), isFittedScore),
    finishVideo: labelled(proxies.finishVideo, on('render', render), isArtifact),
    writeManifest: labelled(proxies.writeManifest, on('planning', plan), isArtifact),
    cancelPredictions: labelled(proxies.cancelPredictions, on('cleanup', cleanup), isCancelReport),
    reconcilePurchase: labelled(proxies.reconcilePurchase, on('cleanup', decide), () => true),
    openHostAccount: labelled(proxies.openHostAccount, on('planning', plan), () => true),
  } satisfies Record<keyof Activities, unknown>;
}

export type ActivityProxies = ReturnType<typeof connectActivities>;

/** The number of calls in flight. */
export interface Calls {
  open: number;
}

function countedBy(calls: Calls) {
  /** @param fits checks a result: people can complete an activity by hand, with anything */
  return <Request, Result>(
      activity: ActivityFunctionWithOptions<(request: Request) => Promise<Result>>,
      options: ActivityOptions,
      fits: (result: unknown) => boolean,
    ) =>
    async (request: Request, label: CallLabel): Promise<Result> => {
      calls.open += 1;
      try {
        const result = await activity.executeWithOptions({ ...options, ...label }, [request]);
        if (fits(result)) return result;
      } finally {
        calls.open -= 1;
      }
      const problem = `The step "${label.summary}" was completed with an invalid result.`;
      throw ApplicationFailure.nonRetryable(problem, failureTypes.providerUnavailable);
    };
}

function isAccepted(value: unknown): boolean {
  return isRecord(value) && ['limits', 'models', 'music'].every((field) => isRecord(value[field]));
}

function isStoryboard(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value['beats']) && value['beats'].every(isRecord);
}

function isOpened(value: unknown): boolean {
  return (
    isRecord(value) &&
    isAccepted(value['brief']) &&
    isStoryboard(value['storyboard']) &&
    Array.isArray(value['takes']) &&
    (value['approvals'] === undefined || isApprovals(value['approvals']))
  );
}

function isNormalised(value: unknown): boolean {
  return isRecord(value) && isArtifact(value['clip']);
}

function isCancelReport(value: unknown): boolean {
  return isRecord(value) && isAmount(value['spentUsd']) && isAmount(value['pastSavingUsd']);
}
