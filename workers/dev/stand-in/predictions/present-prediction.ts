import { findModel } from '../models/find-model.ts';
import type { PredictionRecord } from './prediction-record.ts';

/** A prediction as the API shows it, field by field as in the host's OpenAPI description. */
export interface PresentedPrediction {
  readonly id: string;
  readonly model: string;
  readonly version: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly error: string | null;
  readonly status: string;
  readonly [field: string]: unknown;
}

/** Puts a record into the host's shape. `origin` is the stand-in's own, without a slash at the end. */
export function presentPrediction(record: PredictionRecord, origin: string): PresentedPrediction {
  const address = `${origin}/v1/predictions/${record.id}`;
  return {
    id: record.id,
    model: record.model,
    version: record.version,
    input: record.input,
    output: presentOutput(record, origin),
    logs: record.dataRemoved || record.startedAt === undefined ? '' : `Drawing ${record.kind}\n`,
    error: record.error ?? null,
    status: record.status,
    source: 'api',
    data_removed: record.dataRemoved,
    created_at: timestamp(record.createdAt),
    ...(record.startedAt === undefined ? {} : { started_at: timestamp(record.startedAt) }),
    ...(record.completedAt === undefined ? {} : { completed_at: timestamp(record.completedAt) }),
    ...(record.deadline === undefined ? {} : { deadline: timestamp(record.deadline) }),
    metrics: presentMetrics(record),
    urls: { get: address, cancel: `${address}/cancel`, web: `${origin}/p/${record.id}` },
  };
}

function presentOutput(record: PredictionRecord, origin: string): unknown {
  if (record.status !== 'succeeded' || record.dataRemoved) return null;
  const addresses = record.outputs.map(({ name }) => `${origin}/files/${name}`);
  const empty = record.faults.find((fault) => fault.type === 'emptyOutput');
  if (empty !== undefined) return empty.value;
  const isList = findModel(record.model)?.output === 'list' || addresses.length > 1;
  return isList ? addresses : (addresses[0] ?? null);
}

function presentMetrics({ createdAt, startedAt, completedAt }: PredictionRecord): Record<string, number> {
  if (completedAt === undefined) return {};
  return {
    total_time: (completedAt - createdAt) / 1000,
    ...(startedAt === undefined ? {} : { predict_time: (completedAt - startedAt) / 1000 }),
  };
}

function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
