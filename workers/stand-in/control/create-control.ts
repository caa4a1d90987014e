import { latencySchema } from '../predictions/latency.ts';
import { summarize } from './counters.ts';
import { milestoneSchema } from './stand-in-control.ts';
import type { FaultScript } from '../faults/fault-script.ts';
import type { Barrier } from '../predictions/barrier.ts';
import type { ChangeBell } from '../predictions/change-bell.ts';
import type { Latency } from '../predictions/latency.ts';
import type { PredictionRunner } from '../predictions/prediction-runner.ts';
import type { PredictionStore } from '../predictions/prediction-store.ts';
import type { Retention } from '../predictions/retention.ts';
import type { Counters, Tally } from './counters.ts';
import type { Milestone, StandInControl } from './stand-in-control.ts';

/** What the control reaches into. */
export interface ControlParts {
  readonly store: PredictionStore;
  readonly runner: PredictionRunner;
  readonly retention: Retention;
  readonly barrier: Barrier;
  readonly faults: FaultScript;
  readonly tally: Tally;
  readonly bell: ChangeBell;
  readonly latency: { current: Latency };
}

/** The control of one running stand-in. */
export function createControl(parts: ControlParts): StandInControl {
  const { store, runner, retention, barrier, faults, tally, bell, latency } = parts;
  const counters = (): Counters => summarize(tally, store.all(), barrier.held);
  return {
    counters,
    reset: async () => {
      runner.close();
      retention.close();
      barrier.release();
      faults.set([]);
      latency.current = {};
      tally.reset();
      await store.clear();
      bell.ring();
    },
    setLatency: (wanted) => {
      latency.current = typeof wanted === 'function' ? wanted : latencySchema.parse(wanted);
    },
    setFaults: (rules) => {
      faults.set(rules);
    },
    faults: () => faults.tallies(),
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
    waitFor: (milestone) => waitFor(milestoneSchema.parse(milestone), counters, bell),
  };
}

async function waitFor(
  { timeoutSeconds = 30, ...wanted }: Milestone,
  counters: () => Counters,
  bell: ChangeBell,
): Promise<Counters> {
  const isReached = (): boolean => {
    const reached = reachedBy(counters());
    return Object.entries(wanted).every(([name, count]) => (reached[name] ?? 0) >= (count ?? 0));
  };
  if (await bell.until(isReached, timeoutSeconds * 1000)) return counters();
  throw new Error(
    `The stand-in did not reach ${JSON.stringify(wanted)} in ${timeoutSeconds} s; it is at ${JSON.stringify(reachedBy(counters()))}`,
  );
}

function reachedBy(counters: Counters): Record<string, number> {
  const { creates, inFlight, held, finishOrder, outputRequests, predictions } = counters;
  return {
    creates,
    held,
    outputRequests,
    inFlight: inFlight.still + inFlight.clip + inFlight.score,
    started: predictions.filter(({ startedAtMs }) => startedAtMs !== undefined).length,
    finished: finishOrder.length,
  };
}
