import { z } from 'zod';
import { type Exchange, readJson, sendJson } from '../http/exchange.ts';
import { faultRuleSchema } from '../faults/fault-rule.ts';
import { barrierSchema } from '../predictions/barrier.ts';
import { latencySchema } from '../predictions/latency.ts';
import { rateLimitSchema } from '../predictions/rate-limit.ts';
import { milestoneSchema, type StandInControl } from './stand-in-control.ts';
import type { Route } from '../http/stand-in-server.ts';

/** The control over HTTP. Bodies and answers are JSON; they need no token. */
export function controlRoutes(control: StandInControl): Route[] {
  const post = (name: string, act: (body: unknown, exchange: Exchange) => unknown): Route => ({
    method: 'POST',
    path: `/_stand-in/${name}`,
    handle: async (exchange) => {
      sendJson(exchange, (await act(await readJson(exchange), exchange)) ?? { done: true });
    },
  });
  const get = (name: string, look: () => unknown): Route => ({
    method: 'GET',
    path: `/_stand-in/${name}`,
    handle: (exchange) => {
      sendJson(exchange, look());
    },
  });
  return [
    get('counters', () => control.counters()),
    get('faults', () => control.faults()),
    post('reset', () => control.reset()),
    post('latency', (body) => {
      control.setLatency(latencySchema.parse(body));
    }),
    post('faults', (body) => {
      control.setFaults(z.array(faultRuleSchema).parse(body));
      return control.faults();
    }),
    post('rate-limit', (body) => {
      control.setRateLimit(rateLimitSchema.nullable().parse(body) ?? undefined);
    }),
    post('barrier', (body) => {
      control.setBarrier(barrierSchema.parse(body));
    }),
    post('release', () => {
      control.release();
    }),
    post('expire', (body) => {
      control.expire(z.strictObject({ prediction: z.string() }).parse(body).prediction);
    }),
    post('wait', (body) => control.waitFor(milestoneSchema.parse(body))),
  ];
}
