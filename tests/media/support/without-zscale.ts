import { chmod, writeFile } from 'node:fs/promises';

import type { MediaTools } from '../../../activities/media/media-tools.ts';
import type { MediaBench } from './media-bench.ts';

/** The same tools, but ffmpeg lists no zscale, as builds without libzimg do. */
export async function withoutZscale({ tools, path }: MediaBench): Promise<MediaTools> {
  const ffmpeg = path('without-zscale');
  await writeFile(
    ffmpeg,
    `#!/bin/sh\ncase "$*" in *-filters*) "${tools.ffmpeg}" "$@" | grep -v zscale;; *) exec "${tools.ffmpeg}" "$@";; esac\n`,
  );
  await chmod(ffmpeg, 0o755);
  return { ...tools, ffmpeg };
}
