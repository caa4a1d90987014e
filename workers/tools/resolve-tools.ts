import { access, constants } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { packageRoot } from '../setup/package-root.ts';
import { checkTool } from './check-tool.ts';
import { installTool, requireInstalled } from './install-tool.ts';
import { toolSpecs, type ToolName } from './tool-specs.ts';

/** The place where a tool was found. */
export type ToolSource = 'environment' | 'path' | 'tool folder';

/** Paths of the wanted tools, with their versions and sources. */
export type Tools<Name extends ToolName = ToolName> = Readonly<Record<Name, string>> & {
  readonly versions: Readonly<Record<Name, string>>;
  readonly sources: Readonly<Record<Name, ToolSource>>;
};

/** The tools to resolve, and the places to search. */
export interface ResolveToolsOptions<Name extends ToolName> {
  readonly need: readonly Name[];
  /** Folder whose `.beatreel/tools` holds installed tools. */
  readonly root: string;
  /** Default: this process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default: the pins in `workers/setup/requirements.txt`. */
  readonly requirementsFile?: string;
  /** Whether missing tools are installed; otherwise they are an error. Default: true. */
  readonly install?: boolean;
  /** Takes one line of progress when something is installed. Default: standard error. */
  readonly log?: (line: string) => void;
}

interface FoundTool {
  readonly path: string;
  readonly version: string;
  readonly source: ToolSource;
}

/**
 * Finds the tools, each by its environment variable, else on `PATH`, else in Beatreel's tool folder, where missing
 * tools are installed once. Every tool returned has been run and is new enough.
 *
 * @throws BeatreelFailure `InvalidRequest` naming the tool, its package and its environment variable
 */
export async function resolveTools<Name extends ToolName>(
  options: ResolveToolsOptions<Name>,
): Promise<Tools<Name>> {
  const { need, env = process.env } = options;
  const outcomes = await Promise.allSettled(
    need.map(async (name) => ({ name, ...(await findTool(name, { ...options, env })) })),
  );
  const found = outcomes.map((outcome) => {
    // All have ended by now, so no installation goes on behind the error.
    if (outcome.status === 'rejected') throw outcome.reason as Error;
    return outcome.value;
  });
  const pick = (property: keyof FoundTool): Record<Name, string> =>
    Object.fromEntries(found.map((tool) => [tool.name, tool[property]])) as Record<Name, string>;
  return { ...pick('path'), versions: pick('version'), sources: pick('source') as Record<Name, ToolSource> };
}

type Search = ResolveToolsOptions<ToolName> & { readonly env: Readonly<Record<string, string | undefined>> };

async function findTool(name: ToolName, search: Search): Promise<FoundTool> {
  const chosen = await findByVariable(name, search.env);
  if (chosen !== undefined) return chosen;
  const unfit: string[] = [];
  const onPath = await findOnPath(name, search.env, unfit);
  if (onPath !== undefined) return onPath;
  const toolFolder = join(search.root, '.beatreel', 'tools');
  const requirementsFile =
    search.requirementsFile ?? join(packageRoot(), 'workers', 'setup', 'requirements.txt');
  if (search.install === false) await requireInstalled(name, { toolFolder, requirementsFile, unfit });
  const installed = await installTool(name, {
    toolFolder,
    requirementsFile,
    env: search.env,
    log: search.log ?? logToStderr,
    unfit,
  });
  return { ...installed, source: 'tool folder' };
}

/** Finds a tool by its variable. A person chose it, so an unfit one is an error and no other is taken. */
async function findByVariable(name: ToolName, env: Search['env']): Promise<FoundTool | undefined> {
  const { variable } = toolSpecs[name];
  const path = env[variable];
  if (path === undefined || path === '') return undefined;
  const check = await checkTool(name, path);
  if ('version' in check) return { path, version: check.version, source: 'environment' };
  const message = `${variable} names ${path}, which ${check.fault}. Correct ${variable}, or unset it to let Beatreel find ${name}.`;
  throw new BeatreelFailure(failureTypes.invalidRequest, message);
}

/** @param unfit collects the fault of each unfit tool */
async function findOnPath(
  name: ToolName,
  env: Search['env'],
  unfit: string[],
): Promise<FoundTool | undefined> {
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const path = resolve(folder, name);
    if (folder === '' || !(await isExecutable(path))) continue;
    const check = await checkTool(name, path);
    if ('version' in check) return { path, version: check.version, source: 'path' };
    unfit.push(`${path} ${check.fault}`);
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function logToStderr(line: string): void {
  process.stderr.write(`${line}\n`);
}
