import { type Latency, latencySchema } from '../predictions/latency.ts';
import { type Counters, summarize, type Tally } from './counters.ts';
import {
  type Milestone,
  type MilestoneCount,
  milestoneSchema,
  type StandInControl,
} from './stand-in-control.ts';
import type { ChatLog } from '../chat/chat-log.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import type { Barrier } from '../predictions/barrier.ts';
import type { StateChanges } from '../predictions/state-changes.ts';
import type { PredictionRunner } from '../predictions/prediction-runner.ts';
import type { RateLimit } from '../predictions/rate-limit.ts';
import type { PredictionStore } from '../predictions/prediction-store.ts';
import type { Retention } from '../predictions/retention.ts';

/** The parts that the control acts on. */
export interface ControlParts {
  readonly store: PredictionStore;
  readonly runner: PredictionRunner;
  readonly retention: Retention;
  readonly barrier: Barrier;
  readonly faults: FaultScript;
  readonly rateLimit: RateLimit;
  readonly tally: Tally;
  readonly chats: ChatLog;
  readonly changes: StateChanges;
  readonly latency: { current: Latency };
}

/** The control of one running stand-in. */
export function createControl(parts: ControlParts): StandInControl {
  const { store, runner, retention, barrier, faults, rateLimit, tally, changes, latency, chats } = parts;
  const counters = (): Counters => ({ ...summarize(tally, store, barrier.held), chats: chats.all() });
  return {
    counters,
    reset: async () => {
      runner.forget();
      retention.forget();
      barrier.release();
      faults.set([]);
      rateLimit.set(undefined);
      latency.current = {};
      tally.reset();
      chats.reset();
      await store.clear();
      changes.notify();
    },
    setLatency: (wanted) => {
      latency.current = typeof wanted === 'function' ? wanted : latencySchema.parse(wanted);
    },
    setFaults: (rules) => {
      faults.set(rules);
    },
    faults: () => faults.tallies(),
    setRateLimit: (options) => {
      rateLimit.set(options);
    },
    setBarrier: (options = {}) => {
      barrier.set(options);
      runner.lookAtFlight();
    },
    release: () => {
      barrier.release();
    },
    expire: (predictionId) => {
      retention.expire(predictionId);
    },
    waitFor: async (milestone) => {
      await waitFor(milestoneSchema.parse(milestone), parts);
      return counters();
    },
  };
}

async function waitFor({ timeoutSeconds = 300, ...wanted }: Milestone, parts: ControlParts): Promise<void> {
  const counts = countsOf(parts);
  const goals = Object.entries(wanted).map(([name, goal]) => ({ name: name as keyof typeof counts, goal }));
  const isReached = (): boolean => goals.every(({ name, goal }) => counts[name]() >= goal);
  if (await parts.changes.until(isReached, timeoutSeconds * 1000)) return;
  const reached = Object.fromEntries(goals.map(({ name }) => [name, counts[name]()]));
  throw new Error(
    `The stand-in did not reach ${JSON.stringify(wanted)} in ${timeoutSeconds} s; it is at ${JSON.stringify(reached)}`,
  );
}

/** Counts each number only on demand, because a wait looks at every change of thousands of predictions. */
function countsOf({ store, barrier, tally }: ControlParts): Record<MilestoneCount, () => number> {
  return {
    creates: () => store.size,
    inFlight: () => store.live().length,
    held: () => barrier.held,
    started: () => store.all().filter(({ startedAt }) => startedAt !== undefined).length,
    finished: () => store.size - store.live().length,
    outputRequests: () => tally.requests.outputRequests,
  };
}
