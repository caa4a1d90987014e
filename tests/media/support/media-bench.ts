import { execa } from 'execa';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { MediaTools } from '../../../activities/media/media-tools.ts';
import { findTools } from './find-tools.ts';

/** Where a test makes its inputs and looks at outputs: a folder of its own, and ffmpeg used plainly. */
export interface MediaBench {
  readonly tools: MediaTools;
  readonly folder: string;
  readonly path: (name: string) => string;
  /** Runs ffmpeg with these arguments and this output, which it returns the path of. */
  readonly make: (name: string, ...args: readonly string[]) => Promise<string>;
  /** What ffmpeg writes to stdout. */
  readonly read: (...args: readonly string[]) => Promise<Buffer>;
  /** What it logs. */
  readonly log: (...args: readonly string[]) => Promise<string>;
}

/** Makes a bench that is removed after the tests of the file, or of the group that it is made in. */
export function useMediaBench(find: () => MediaTools | Promise<MediaTools> = findTools): () => MediaBench {
  let bench: MediaBench | undefined;
  beforeAll(async () => {
    bench = createBench(await mkdtemp(join(tmpdir(), 'beatreel-media-')), await find());
  });
  afterAll(async () => {
    if (bench !== undefined) await rm(bench.folder, { recursive: true, force: true });
  });
  return () => bench!;
}

function createBench(folder: string, tools: MediaTools): MediaBench {
  const path = (name: string) => join(folder, name);
  const quiet = ['-nostdin', '-v', 'error', '-y'];
  return {
    tools,
    folder,
    path,
    async make(name, ...args) {
      await execa(tools.ffmpeg, [...quiet, ...args, path(name)]);
      return path(name);
    },
    async read(...args) {
      const { stdout } = await execa(tools.ffmpeg, [...quiet, ...args], {
        encoding: 'buffer',
        maxBuffer: 1e9,
      });
      return Buffer.from(stdout);
    },
    async log(...args) {
      const { stderr } = await execa(tools.ffmpeg, ['-nostdin', '-hide_banner', '-nostats', ...args]);
      return stderr;
    },
  };
}
