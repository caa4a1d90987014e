import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';

/** One package of a requirements file with its hashes. */
export interface PinnedPackage {
  readonly name: string;
  readonly version: string;
  /** The lines of the requirements file that belong to it. */
  readonly requirement: string;
  /** Changes with version and hashes, so that a folder of this name always holds the same files. */
  readonly folderName: string;
  /** The sha256 of the program in it, one for each platform; lower-case hex. */
  readonly programs: readonly string[];
}

/**
 * Reads one package's pin from a pip requirements file with hashes.
 *
 * @throws BeatreelFailure `InvalidRequest` when the package is not in the file
 */
export async function readPinnedPackage(requirementsFile: string, name: string): Promise<PinnedPackage> {
  const whole = await readFile(requirementsFile, 'utf8');
  const programs = Array.from(
    whole.matchAll(new RegExp(`^# program of ${name}: ([0-9a-f]{64})$`, 'gm')),
    ([, sha256 = '']) => sha256,
  );
  const text = whole.replaceAll(/^#.*\n/gm, '');
  const requirement = new RegExp(`^${name}==(?:.*\\\\\\n)*.*$`, 'm').exec(text)?.[0];
  const version = requirement === undefined ? undefined : /==(\S+)/.exec(requirement)?.[1];
  if (requirement === undefined || version === undefined) {
    const message = `${requirementsFile} pins no version of ${name}. Restore it from the repository.`;
    throw new BeatreelFailure(failureTypes.invalidRequest, message);
  }
  const hash = createHash('sha256').update(requirement).digest('hex').slice(0, 12);
  return { name, version, requirement, folderName: `${name}-${version}-${hash}`, programs };
}
