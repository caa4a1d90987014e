import type { z } from 'zod';

import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { ListedPrediction } from '../model-host.ts';
import type { ReplicateHttp } from './replicate-http.ts';
import { pageSchema, type WireListedPrediction } from './wire.ts';

/** The most pages, of 100 predictions each: more than any account makes within the hours that are searched. */
const mostPages = 100;

/**
 * Replicate's list of predictions since a moment, page by page.
 *
 * @throws BeatreelFailure NeedsReconcile when there is no list, or it does not end
 */
export async function* listRecent(
  http: ReplicateHttp,
  since: Date,
  signal?: AbortSignal,
): AsyncGenerator<ListedPrediction> {
  const seen = new Set<string>();
  let path: string | undefined = `/predictions?created_after=${encodeURIComponent(since.toISOString())}`;
  while (path !== undefined) {
    signal?.throwIfAborted();
    if (seen.has(path)) throw unfinished('names a page as the next one that was read before');
    if (seen.size >= mostPages) throw unfinished(`goes on after ${mostPages} pages`);
    seen.add(path);
    const page: z.output<typeof pageSchema> | undefined = await http.read({
      method: 'GET',
      path,
      attempt: 'Listing recent predictions',
      schema: pageSchema,
      signal,
    });
    if (!page) throw unfinished('does not exist');
    for (const item of page.results) {
      // An item without a date says nothing about those after it.
      if (Date.parse(item.created_at ?? '') < since.getTime()) return;
      yield { id: item.id, input: readInput(item) };
    }
    path = page.next ?? undefined;
  }
}

/** Fails for an incomplete list, which could hide an order that is there. */
function unfinished(finding: string): BeatreelFailure {
  return new BeatreelFailure(
    failureTypes.needsReconcile,
    `Listing recent predictions: the host's list ${finding}, so it proves nothing. Look there for the order yourself.`,
  );
}

/** Replicate empties the input of a prediction an hour after its end. */
function readInput({ input, data_removed: removed }: WireListedPrediction): ListedPrediction['input'] {
  const isKept = removed !== true && Object.keys(input ?? {}).length > 0;
  return isKept ? (input ?? undefined) : undefined;
}
