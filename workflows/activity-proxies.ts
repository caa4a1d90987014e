import type { ActivityOptions } from '@temporalio/workflow';
import { ActivityCancellationType, proxyActivities, workflowInfo } from '@temporalio/workflow';

import type { Activities } from '../activities/index.ts';

/** Names a call in the UI and, by its id, for whoever completes it from outside. */
export interface CallLabel {
  /** Shown in the Web UI, e.g. `still 3/5: The lamp in the window`. */
  readonly summary: string;
  /** Unique among the activities of the video that are open. */
  readonly activityId?: string;
  /** Goes before everything else in its queue, because others wait for it. Default: false. */
  readonly first?: boolean;
}

type Queue = 'planning' | 'stills' | 'chunks' | 'score' | 'waiting' | 'transfer' | 'render' | 'cleanup';

/**
 * Every timeout and retry of the product, in groups named for how the work behaves. No group limits attempts: a dead
 * worker uses one up, and what cannot be mended says so by its type.
 */
const behaviours = {
  /** Seconds of work on our own servers; a picture of the product may have to be fetched. */
  plan: {
    startToCloseTimeout: '2 minutes',
    // An outage of the store or of the workers is waited out.
    scheduleToCloseTimeout: '6 hours',
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '30 seconds' },
  },
  /** A language model thinks for minutes, twice where its answer needs a repair; the step heartbeats meanwhile. */
  think: {
    // Two answers of at most 4 minutes each, and the refusals of formats before them.
    startToCloseTimeout: '10 minutes',
    // An outage of the store or of the workers is waited out; that of the model is the planner's to end.
    scheduleToCloseTimeout: '6 hours',
    // A question that dies with its worker is asked again, and a cancellation is heard, within seconds.
    heartbeatTimeout: '5 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  },
  /** Arithmetic for somebody who waits for the answer. */
  ask: {
    startToCloseTimeout: '5 seconds',
    // Nobody reads it later; the client has given up by then.
    scheduleToCloseTimeout: '15 seconds',
    retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '2 seconds' },
  },
  /** One POST, and before it perhaps one upload of a picture. */
  spend: {
    // MiniMax answers an order of music with the music, within 150 s. Its lease is 10 s longer, and its answer is worth a
    // minute of tries to write it down.
    startToCloseTimeout: '5 minutes',
    // Waiting for a turn in a rate-limited queue and for a busy host counts; both may take hours.
    scheduleToCloseTimeout: '24 hours',
    // A submit that dies with its worker, or was handed to one that is dead, goes on elsewhere within seconds.
    heartbeatTimeout: '3 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' },
  },
  /** One GET an attempt; the delay between attempts is the activity's own. */
  wait: {
    // A read that hangs is given up long before anyone would notice.
    startToCloseTimeout: '20 seconds',
    // The host ends a prediction after 30 minutes; the rest is for an outage of ours, after which one look tells.
    scheduleToCloseTimeout: '24 hours',
    // A look that dies with its worker, or was handed to one that is dead, is made again when the next one is back.
    heartbeatTimeout: '3 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 1.3, maximumInterval: '5 seconds' },
  },
  /** A stream between two networks: as long as its size needs, but never silent. */
  transfer: {
    startToCloseTimeout: '30 minutes',
    // Outputs vanish at the host after an hour: trying longer cannot help.
    scheduleToCloseTimeout: '75 minutes',
    heartbeatTimeout: '5 seconds',
    retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '15 seconds' },
  },
  /** ffmpeg: minutes at most for 15 s of footage or 300 s of sound. Three tries, counted by the activity. */
  render: {
    startToCloseTimeout: '15 minutes',
    // Behind many other videos on a small fleet.
    scheduleToCloseTimeout: '6 hours',
    heartbeatTimeout: '5 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '15 seconds' },
  },
  /** Calls that stop spending: soon, and for as long as a prediction could run. */
  cleanup: {
    startToCloseTimeout: '2 minutes',
    scheduleToCloseTimeout: '30 minutes',
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '500 ms', backoffCoefficient: 1.5, maximumInterval: '5 seconds' },
  },
  /** A person waits for the answer. */
  decide: {
    startToCloseTimeout: '15 seconds',
    // Longer than a worker takes to come back, shorter than a person waits.
    scheduleToCloseTimeout: '15 seconds',
    retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '3 seconds' },
  },
} satisfies Record<string, ActivityOptions>;

type ActivityRequest<Name extends keyof Activities> = Parameters<Activities[Name]>[0];
type ActivityResult<Name extends keyof Activities> = Awaited<ReturnType<Activities[Name]>>;

/** Calls activities on their queues, each with its label. */
export interface ActivityCaller {
  call<Name extends keyof Activities>(
    name: Name,
    request: ActivityRequest<Name>,
    label: CallLabel & { readonly queue?: Queue },
  ): Promise<ActivityResult<Name>>;
}

type Behaviour = keyof typeof behaviours;

const routes: Record<keyof Activities, readonly [Behaviour, Queue]> = {
  acceptBrief: ['plan', 'planning'],
  planStoryboard: ['think', 'planning'],
  priceVideo: ['ask', 'planning'],
  // The medium decides the queue: `label.queue`.
  submitPrediction: ['spend', 'stills'],
  awaitPrediction: ['wait', 'waiting'],
  storeArtifact: ['transfer', 'transfer'],
  extractLastFrame: ['render', 'render'],
  normaliseClip: ['render', 'render'],
  joinClips: ['render', 'render'],
  fitScore: ['render', 'render'],
  finishVideo: ['render', 'render'],
  writeManifest: ['plan', 'planning'],
  cancelPredictions: ['cleanup', 'cleanup'],
  reconcilePurchase: ['decide', 'cleanup'],
  openHostAccount: ['plan', 'planning'],
};

/** The queues of a fleet share the prefix of the queue on which its workflows run. */
export function connectActivities(): ActivityCaller {
  const prefix = workflowInfo().taskQueue.replace(/-orchestrator$/, '');
  return {
    call: async <Name extends keyof Activities>(
      name: Name,
      request: ActivityRequest<Name>,
      { queue, first = false, ...label }: CallLabel & { readonly queue?: Queue },
    ): Promise<ActivityResult<Name>> => {
      const [behaviour, route] = routes[name];
      const priority = first ? { priority: { priorityKey: 1 } } : {};
      const options = {
        ...behaviours[behaviour],
        // Else the SDK (1.24) lets go of it at once, and an order on its way would escape the clean-up.
        cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        taskQueue: `${prefix}-${queue ?? route}`,
        ...label,
        ...priority,
      };
      const activities = proxyActivities<Record<string, (argument: unknown) => Promise<unknown>>>(options);
      return (await activities[name]?.(request)) as ActivityResult<Name>;
    },
  };
}
