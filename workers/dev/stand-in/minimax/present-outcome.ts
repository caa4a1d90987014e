import type { PredictionRecord } from '../predictions/prediction-record.ts';
import { fine, refused } from './in-minimax-words.ts';
import { fileIdOf } from './task-ids.ts';

const statuses: Readonly<Record<PredictionRecord['status'], string>> = {
  starting: 'Queueing',
  processing: 'Processing',
  succeeded: 'Success',
  failed: 'Fail',
  canceled: 'Fail',
  aborted: 'Fail',
};

/** The answer to a look at a task of footage. */
export function presentTask(record: PredictionRecord): object {
  const { id, status } = record;
  const isEmpty = record.faults.some(({ type }) => type === 'emptyOutput');
  return {
    task_id: id,
    status: statuses[status],
    file_id: status === 'succeeded' && !isEmpty ? fileIdOf(id) : '',
    video_width: status === 'succeeded' ? 1366 : 0,
    video_height: status === 'succeeded' ? 768 : 0,
    ...(status === 'failed' ? failed(record) : fine),
  };
}

/** The answer to an order of pictures. */
export function presentPictures(record: PredictionRecord, origin: string): object {
  if (isRefused(record)) return refused(1026, 'input new_sensitive');
  const addresses = addressesOf(record, origin);
  const isMade = record.status === 'succeeded';
  return {
    id: record.id,
    data: { image_urls: addresses },
    metadata: { success_count: String(addresses.length), failed_count: isMade ? '0' : '1' },
    ...fine,
  };
}

/** The answer to an order of music. */
export function presentMusic(record: PredictionRecord, origin: string): object {
  if (record.status !== 'succeeded') return failed(record);
  const [audio = ''] = addressesOf(record, origin);
  return { data: { audio, status: 2 }, trace_id: record.id, ...fine };
}

function failed(record: PredictionRecord): object {
  return isRefused(record)
    ? refused(1026, 'input new_sensitive')
    : refused(1000, record.error ?? 'unknown error');
}

/** Whether the content filter refused: its words carry this code in the stand-in. */
function isRefused({ error }: PredictionRecord): boolean {
  return error?.includes('(E005)') === true;
}

function addressesOf({ outputs, faults }: PredictionRecord, origin: string): string[] {
  if (faults.some(({ type }) => type === 'emptyOutput')) return [];
  return outputs.map(({ name }) => `${origin}/files/${name}`);
}
