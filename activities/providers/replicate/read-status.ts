import type { FailureType } from '../../../domain/failure-types.ts';
import { failureTypes } from '../../../domain/failure-types.ts';
import { readNumber } from '../../../domain/outside-numbers.ts';
import type { PredictionStatus } from '../model-host.ts';
import { typeOfWords } from '../failure-words.ts';
import { hostWords } from '../host-words.ts';
import { readOutput } from '../output-files.ts';
import { readSentence } from '../refusal-words.ts';
import { failuresByCode } from './refusals.ts';
import type { WirePrediction } from './wire.ts';

/** Translates the status of a Replicate prediction. */
export function readStatus(prediction: WirePrediction): PredictionStatus {
  switch (prediction.status) {
    case 'starting':
    case 'processing':
      return { state: 'running' };
    case 'succeeded':
      return readSuccess(prediction);
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
        type: failureTypes.predictionInterrupted,
        reason: 'The prediction was aborted at the host before it started.',
        charged: false,
      };
  }
}

function readSuccess(prediction: WirePrediction): PredictionStatus {
  const { addresses, words } = readOutput(prediction.output);
  if (words !== '') {
    const reason = `The model delivered words in place of a file: "${hostWords(words)}"`;
    const type = typeOfWords(words) ?? failureTypes.predictionFailed;
    return { state: 'failed', type, reason, charged: true };
  }
  return {
    state: 'succeeded',
    outputUrls: addresses,
    dataRemoved: prediction.data_removed === true,
    ...readDuration(prediction),
    ...readBilled(prediction),
  };
}

/** The longest believable run and bill: a host that reports more is not believed. */
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
  const sentence = readSentence(prediction.error);
  const words = sentence === '' ? 'no reason given' : sentence;
  return {
    state: 'failed',
    type: typeOfFailure(words),
    reason: hostWords(words),
    charged: false,
  };
}

/** The failure type by its code, `(E005)` or `(code: PA)`, and without a known one by its words. */
function typeOfFailure(words: string): FailureType {
  const codes = [...words.matchAll(/\((?:code: ?)?(E\d{3,5}|PA)\)/g)].map(([, code = '']) => code);
  const known = codes.map((code) => failuresByCode[code]).find((found) => found !== undefined);
  return known?.type ?? typeOfWords(words) ?? failureTypes.predictionFailed;
}
