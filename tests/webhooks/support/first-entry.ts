import type { HeldEntry } from '../../../activities/ledger/ledger.ts';
import type { Fleet } from '../../support/start-fleet.ts';
import type { Video } from '../../support/video.ts';

/** The current entry of a video's first purchase. @throws Error when there is none */
export async function firstEntry({ dependencies }: Fleet, { id }: Video): Promise<HeldEntry> {
  for await (const held of dependencies.ledger.list(id)) return held;
  throw new Error(`Video ${id} has bought nothing.`);
}
