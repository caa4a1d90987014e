import { failureTypes } from '../../../domain/failure-types.ts';
import { readNumber } from '../../../domain/outside-numbers.ts';
import type { PredictionStatus } from '../model-host.ts';
import { hostWords } from '../host-words.ts';
import { failuresByCode } from './refusals.ts';
import type { WirePrediction } from './wire.ts';

/** A prediction of Replicate's in our words. */
export function readStatus(prediction: WirePrediction): PredictionStatus {
  switch (prediction.status) {
    case 'starting':
    case 'processing':
      return { state: 'running' };
    case 'succeeded':
      return {
        state: 'succeeded',
        outputUrls: readOutput(prediction.output),
        dataRemoved: prediction.data_removed === true,
        ...readDuration(prediction),
        ...readBilled(prediction),
      };
    case 'failed':
      return readFailure(prediction);
    case 'canceled':
      return {
        state: 'canceled',
        type: failureTypes.predictionFailed,
        reason: 'The prediction was canceled at the host.',
        charged: true,
      };
    case 'aborted':
      return {
        state: 'canceled',
        type: failureTypes.predictionFailed,
        reason: 'The prediction was aborted at the host before it started.',
        charged: false,
      };
  }
}

/** Some models answer with one address, others with a list of one. */
function readOutput(output: unknown): string[] {
  const list: unknown[] = Array.isArray(output) ? output : [output];
  return list.filter((item): item is string => typeof item === 'string' && item !== '');
}

/** No prediction runs longer, and none is billed for more: a host that says so is not believed. */
const aDaySeconds = 86_400;

/** From accepting to ending, by the host's clock. */
function readDuration(prediction: WirePrediction): { tookMs?: number } {
  const written = Date.parse(prediction.completed_at ?? '') - Date.parse(prediction.created_at ?? '');
  const tookMs = readNumber(written, { most: aDaySeconds * 1000 });
  return tookMs === undefined ? {} : { tookMs };
}

/** Models that are billed by time are billed for this. Source: Replicate's page of prices, read 2026-11-22. */
function readBilled({ metrics }: WirePrediction): { billedSeconds?: number } {
  const billedSeconds = readNumber(metrics?.predict_time, { most: aDaySeconds });
  return billedSeconds === undefined ? {} : { billedSeconds };
}

function readFailure(prediction: WirePrediction): PredictionStatus {
  const words = typeof prediction.error === 'string' ? prediction.error : 'no reason given';
  const code = /\b(E\d{3,5})\b/.exec(words)?.[1] ?? '';
  return {
    state: 'failed',
    type: failuresByCode[code]?.type ?? failureTypes.predictionFailed,
    reason: hostWords(words),
    charged: false,
  };
}
