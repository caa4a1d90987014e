import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { readWhole } from '../../../../domain/outside-numbers.ts';
import type { PortSetting } from '../../../configuration/dev-config.ts';
import { makeStateFolder } from '../private-folder.ts';
import { choosePort } from './free-ports.ts';

/** A server whose address outlives it, in orders in flight and open shells. */
export interface KeptPort {
  /** Unique among the servers of a checkout, e.g. `stand-in`. */
  readonly name: string;
  readonly setting: PortSetting;
  /** The port that the first start prefers. */
  readonly usual?: number;
}

/**
 * Chooses a port as `choosePort` does, and with `auto` the same one at every start while it is free: it is kept in
 * `.beatreel/ports`. Orders from before a restart still find their host after it.
 */
export async function keepPort(root: string, { name, setting, usual }: KeptPort): Promise<number> {
  if (setting !== 'auto') return choosePort(setting);
  const folder = join(await makeStateFolder(root), 'ports');
  await mkdir(folder, { recursive: true });
  // Servers start side by side, so each has a file of its own.
  const file = join(folder, name);
  const known = readWhole(await readFile(file, 'utf8').catch(() => ''), { least: 1, most: 65_535 });
  const port = await choosePort('auto', known ?? usual);
  if (port !== known) await writeFile(file, String(port));
  return port;
}
