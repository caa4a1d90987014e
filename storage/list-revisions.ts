import { videoFolder } from '../domain/video-folder.ts';
import type { ObjectStore } from './object-store.ts';

/** Numbers of the revisions of a video that have a file of that kind in the bucket, in order. */
export async function listRevisions(
  store: Pick<ObjectStore, 'list'>,
  videoId: string,
  kind: 'storyboard' | 'manifest',
): Promise<readonly number[]> {
  const stem = `${videoFolder(videoId)}${kind}-r`;
  const numbers: number[] = [];
  for await (const { key } of store.list(stem)) {
    const [, number] = /^(\d+)\.json$/.exec(key.slice(stem.length)) ?? [];
    if (number !== undefined) numbers.push(Number(number));
  }
  return numbers.toSorted((a, b) => a - b);
}
