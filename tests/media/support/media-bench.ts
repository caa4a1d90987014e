import { execa } from 'execa';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { MediaTools } from '../../../activities/media/media-tools.ts';
import { findTools } from './find-tools.ts';

/** A test's folder and ffmpeg, to make inputs and inspect outputs. */
export interface MediaBench {
  readonly tools: MediaTools;
  readonly folder: string;
  readonly path: (name: string) => string;
  /** Runs ffmpeg with these arguments and returns the path of its output. */
  readonly make: (name: string, ...args: readonly string[]) => Promise<string>;
  /** Runs ffmpeg and returns its stdout. */
  readonly read: (...args: readonly string[]) => Promise<Buffer>;
  /** Runs ffmpeg and returns its log. */
  readonly log: (...args: readonly string[]) => Promise<string>;
}

/** Makes a bench that is removed after the tests of the file, or of the enclosing group. */
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
