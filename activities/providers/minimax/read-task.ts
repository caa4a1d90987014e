import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { typeOfWords } from '../failure-words.ts';
import { hostWords } from '../host-words.ts';
import type { PredictionStatus } from '../model-host.ts';
import type { MiniMaxHttp } from './minimax-http.ts';
import { failuresByCode } from './refusals.ts';
import { type WireQuery, wireSchemas } from './wire.ts';

/** Two reads must fit into one look, which Temporal gives 20 s, in milliseconds. */
const timeoutMs = 8_000;

/**
 * Looks at a task of footage; one that succeeded comes with a fresh address, because an address ends after hours.
 *
 * @returns undefined when the host knows no such task
 */
export async function readTask(
  http: MiniMaxHttp,
  id: string,
  secure: (address: string) => string,
): Promise<PredictionStatus | undefined> {
  const attempt = `Looking at task ${id}`;
  const path = `/v1/query/video_generation?task_id=${encodeURIComponent(id)}`;
  const { value, refusal } = await http.read({
    method: 'GET',
    path,
    attempt,
    schema: wireSchemas.query,
    timeoutMs,
  });
  // The documentation says Fail, the types of MiniMax's command line say Failed, and callbacks use lower case.
  const status = value.status?.trim().toLowerCase() ?? '';
  if (status === 'success') return readFile(http, value.file_id ?? '', secure);
  if (status === 'fail' || status === 'failed') return readFailure(value);
  // The host refuses an unknown id as an invalid parameter (not verified against the host).
  if (refusal?.type === failureTypes.invalidRequest) return undefined;
  if (refusal) throw refusal;
  if (status === '')
    throw new BeatreelFailure(failureTypes.providerUnavailable, `${attempt}: the answer has no status.`);
  // Preparing, queueing, processing, and any status added later.
  return { state: 'running' };
}

async function readFile(
  http: MiniMaxHttp,
  fileId: string,
  secure: (address: string) => string,
): Promise<PredictionStatus> {
  if (fileId === '') return { state: 'succeeded', outputUrls: [], dataRemoved: false };
  const attempt = `Asking for the address of file ${fileId}`;
  const path = `/v1/files/retrieve?file_id=${encodeURIComponent(fileId)}`;
  const { value, refusal } = await http.read({
    method: 'GET',
    path,
    attempt,
    schema: wireSchemas.file,
    timeoutMs,
  });
  if (refusal?.type === failureTypes.invalidRequest) {
    return { state: 'succeeded', outputUrls: [], dataRemoved: true };
  }
  if (refusal) throw refusal;
  const address = value.file?.download_url;
  if (address) return { state: 'succeeded', outputUrls: [secure(address)], dataRemoved: false };
  throw new BeatreelFailure(failureTypes.providerUnavailable, `${attempt}: the answer has none.`);
}

/** Failed and blocked tasks are not billed (third-party pages, 2026-11-22). */
function readFailure({ base_resp: base }: WireQuery): PredictionStatus {
  const code = base?.status_code ?? 0;
  const said = code === 0 ? '' : (base?.status_msg ?? '');
  const words = hostWords(said);
  return {
    state: 'failed',
    type: failuresByCode[code]?.type ?? typeOfWords(said) ?? failureTypes.predictionFailed,
    reason: words === '' ? `The task failed (${code}); no reason given.` : `${words} (${code})`,
    charged: false,
  };
}
