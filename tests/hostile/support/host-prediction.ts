import { randomBytes } from 'node:crypto';

import type { UnitKind } from './kind.ts';

/** An order that the host took. */
export interface HostPrediction {
  readonly id: string;
  /** The account that ordered. */
  readonly account: string;
  /** Name of the kind whose video it belongs to. */
  readonly kind: string;
  readonly unit: UnitKind;
  readonly model: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly createdAtMs: number;
  isCanceled: boolean;
}

/** Time from accepting to the end, in milliseconds. */
const rendersForMs = 300;

const units: readonly (readonly [RegExp, UnitKind])[] = [
  [/^black-forest-labs\//, 'still'],
  [/^stability-ai\//, 'score'],
];

/** The kind of unit that a model of the catalogue makes. */
export function unitOf(model: string): UnitKind {
  return units.find(([pattern]) => pattern.test(model))?.[1] ?? 'clip';
}

/** Reads the kind's name from a prompt. @returns an empty text for another video */
export function kindOf(input: unknown): string {
  const { prompt } = input as { readonly prompt?: unknown };
  return /hostile-([a-z0-9-]+)/.exec(String(prompt))?.[1] ?? '';
}

/** The words by which prompts name their kind. */
export function nameForPrompts(kind: string): string {
  return `hostile-${kind}`;
}

export function createPrediction(order: Pick<HostPrediction, 'account' | 'model' | 'input'>): HostPrediction {
  const unit = unitOf(order.model);
  const id = randomBytes(13).toString('hex');
  return { ...order, id, unit, kind: kindOf(order.input), createdAtMs: Date.now(), isCanceled: false };
}

/** The prediction in the form of Replicate's API. */
export function present(prediction: HostPrediction, origin: string): Record<string, unknown> {
  const { id, model, input, createdAtMs } = prediction;
  const status = statusOf(prediction);
  const address = `${origin}/out/${id}`;
  const output = prediction.unit === 'still' ? [address] : address;
  const completed_at = new Date(createdAtMs + rendersForMs).toISOString();
  return {
    id,
    model,
    input,
    status,
    output: status === 'succeeded' ? output : null,
    error: null,
    logs: '',
    created_at: new Date(createdAtMs).toISOString(),
    ...(status === 'processing' ? {} : { completed_at, metrics: { predict_time: rendersForMs / 1000 } }),
  };
}

function statusOf({ isCanceled, createdAtMs }: HostPrediction): string {
  if (isCanceled) return 'canceled';
  return Date.now() - createdAtMs < rendersForMs ? 'processing' : 'succeeded';
}
