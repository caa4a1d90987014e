import { request } from 'undici';

import type { Counters } from '../../../workers/dev/stand-in/control/counters.ts';
import type { Milestone } from '../../../workers/dev/stand-in/control/stand-in-control.ts';
import type { FaultRuleInput } from '../../../workers/dev/stand-in/faults/fault-rule.ts';
import type { FaultTally } from '../../../workers/dev/stand-in/faults/fault-script.ts';
import type { BarrierOptions } from '../../../workers/dev/stand-in/predictions/barrier.ts';
import type { StandInProcess } from './stand-in-process.ts';

/** The control of a stand-in that runs in another process. */
export interface StandInClient {
  counters(): Promise<Counters>;
  setFaults(rules: readonly FaultRuleInput[]): Promise<void>;
  /** The script's rules in order, with their counts so far. */
  faults(): Promise<readonly FaultTally[]>;
  setBarrier(options: BarrierOptions): Promise<void>;
  release(): Promise<void>;
  /** Rejects when the milestone is not reached in time. */
  waitFor(milestone: Milestone): Promise<Counters>;
  /** The address of a finished prediction's file. */
  outputAddress(predictionId: string): Promise<string>;
}

/** The longest a milestone may take, in milliseconds. */
const longestWaitMs = 30 * 60_000;

export function connectStandIn({ origin, env }: Pick<StandInProcess, 'origin' | 'env'>): StandInClient {
  const call = async (path: string, body?: unknown): Promise<unknown> => {
    const answer = await request(`${origin}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${env['REPLICATE_API_TOKEN'] ?? ''}`,
        'content-type': 'application/json',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headersTimeout: longestWaitMs,
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300)
      throw new Error(`The stand-in answered ${answer.statusCode} to ${path}: ${text}`);
    return JSON.parse(text);
  };
  const control = (name: string, body?: unknown) => call(`/_stand-in/${name}`, body);
  return {
    counters: async () => (await control('counters')) as Counters,
    setFaults: async (rules) => {
      await control('faults', rules);
    },
    faults: async () => (await control('faults')) as readonly FaultTally[],
    setBarrier: async (options) => {
      await control('barrier', options);
    },
    release: async () => {
      await control('release', {});
    },
    waitFor: async (milestone) => (await control('wait', milestone)) as Counters,
    outputAddress: async (predictionId) => {
      const { output } = (await call(`/v1/predictions/${predictionId}`)) as { output: string | string[] };
      const address = Array.isArray(output) ? output[0] : output;
      if (address === undefined) throw new Error(`Prediction ${predictionId} has no output.`);
      return address;
    },
  };
}
