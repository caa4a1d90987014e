import { BeatreelFailure } from '../../../../domain/beatreel-failure.ts';
import { failureTypes } from '../../../../domain/failure-types.ts';
import { holdLock, type HeldLock } from '../../../tools/hold-lock.ts';

/** Data that only one server at a time may open. */
export interface ServerData {
  readonly server: string;
  /** Absolute path of the file or folder. */
  readonly path: string;
  /** The setting of `temporal-dev.yaml` that names it. */
  readonly setting: string;
}

/**
 * Takes the lock on a server's data.
 *
 * @throws BeatreelFailure `ProviderUnavailable` when another local stack on this machine holds it
 */
export async function lockServerData({ server, path, setting }: ServerData): Promise<HeldLock> {
  const lock = await holdLock(path);
  if (lock !== undefined) return lock;
  const message = `${server} was not started: another local stack has ${path} open. Stop that one, or let ${setting} name another place.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, message);
}
