import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { execa, ExecaError } from 'execa';

import { holdLock, type HeldLock } from './hold-lock.ts';
import type { PinnedPackage } from './pinned-packages.ts';

/** The folder, environment and log of an installation. */
export interface InstallOptions {
  /** Holds one folder per package and version. */
  readonly toolFolder: string;
  /** Environment for pip, whose own settings (index, proxy, certificates) come from there. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes one line of progress. */
  readonly log: (line: string) => void;
}

/**
 * Installs a package with pip into a folder of its own, unless it is there already, and returns that folder. It
 * appears whole or not at all. A second process that wants the same waits for the first.
 *
 * @throws ExecaError when pip is missing or fails; its `stderr` says why
 */
export async function installPackage(pinned: PinnedPackage, options: InstallOptions): Promise<string> {
  const target = join(options.toolFolder, pinned.folderName);
  if (await exists(target)) return target;
  await mkdir(options.toolFolder, { recursive: true });
  const lock = await waitForLock(target);
  try {
    if (!(await exists(target))) await installInto(target, pinned, options);
    return target;
  } finally {
    await lock.release();
  }
}

async function waitForLock(target: string): Promise<HeldLock> {
  for (;;) {
    const lock = await holdLock(target);
    if (lock !== undefined) return lock;
    await delay(200);
  }
}

async function installInto(
  target: string,
  pinned: PinnedPackage,
  { toolFolder, env, log }: InstallOptions,
): Promise<void> {
  const draftPrefix = `.installing-${pinned.folderName}-`;
  await removeDrafts(toolFolder, draftPrefix);
  const draft = await mkdtemp(join(toolFolder, draftPrefix));
  log(`Installing ${pinned.name} ${pinned.version} (once)`);
  try {
    const requirements = join(draft, 'requirements.txt');
    await writeFile(requirements, `${pinned.requirement}\n`);
    await runPip(['--target', join(draft, 'package'), '--requirement', requirements], env);
    await rename(join(draft, 'package'), target);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Removes the rest of a killed installation. We hold the lock, so no process writes there. */
async function removeDrafts(toolFolder: string, prefix: string): Promise<void> {
  const drafts = (await readdir(toolFolder)).filter((name) => name.startsWith(prefix));
  await Promise.all(drafts.map((name) => rm(join(toolFolder, name), { recursive: true, force: true })));
}

async function runPip(args: readonly string[], env: InstallOptions['env']): Promise<void> {
  const only = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '--no-compile', '--quiet'];
  await execa('python3', ['-m', 'pip', 'install', ...only, ...args], {
    extendEnv: false,
    env: {
      ...env,
      PIP_NO_INPUT: '1',
      PIP_ROOT_USER_ACTION: 'ignore',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      // Both contradict --target, and some people set them permanently.
      PIP_USER: '0',
      PIP_REQUIRE_VIRTUALENV: '0',
    },
    stdin: 'ignore',
  });
}

async function exists(folder: string): Promise<boolean> {
  return (await stat(folder).catch(() => undefined)) !== undefined;
}

/** Describes a failed installation as part of a sentence. */
export function explainInstallFailure(error: unknown): string {
  if (!(error instanceof ExecaError)) return String(error);
  if (error.code === 'ENOENT') return 'python3 was not found';
  const said = stderrOf(error);
  if (said.includes('No module named pip'))
    return 'python3 has no pip (on Debian and Ubuntu: apt install python3-pip)';
  return said.split('\n').slice(-6).join('\n') || error.shortMessage;
}

/** Reads standard error, which execa's types promise but a child that never started lacks. */
function stderrOf({ stderr }: { readonly stderr?: unknown }): string {
  return typeof stderr === 'string' ? stderr.trim() : '';
}
