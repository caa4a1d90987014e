import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { failureTypes } from '../../../domain/failure-types.ts';
import { createLogFolder } from './create-log-folder.ts';
import type { DevConfig } from '../../configuration/dev-config.ts';
import { loadLocalCredentials } from './local-credentials.ts';
import type { Environment } from '../../../activities/runtime/read-variable.ts';
import { planLocalStack, type LocalStackPlan } from './plan-local-stack.ts';
import type { RunningServer } from './processes/start-server-process.ts';
import { startObjectStore } from './start-object-store.ts';
import { startStandIn } from './start-stand-in.ts';
import { startTemporal } from './start-temporal.ts';
import { resolveTools } from '../../tools/resolve-tools.ts';
import { toolSpecs, type ToolName } from '../../tools/tool-specs.ts';
import {
  keepLanguageModel,
  workerEnvironment,
  type StartedServers,
  type ToolPaths,
} from './worker-environment.ts';

/** The options of a local stack. */
export interface LocalStackOptions {
  readonly config: DevConfig;
  /** Servers that are named here are not started. Default: this process's environment. */
  readonly env?: Environment;
  /** Paths of the tools. Default: found, or installed once below `root`. */
  readonly tools?: ToolPaths;
  /** The folder with `.beatreel`; relative paths of the configuration start from here. */
  readonly root: string;
  /** Takes one sentence of progress with its facts. Default: nothing is logged. */
  readonly log?: (message: string, fields: Readonly<Record<string, unknown>>) => void;
  /** A program to run instead of the stand-in. */
  readonly standInProgram?: string;
}

/** Servers that answer, each present only when it was started here. */
export interface LocalStack extends StartedServers {
  /** Variables to lay over the environment of a worker or client; an empty value removes a variable. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder of the servers' logs. */
  readonly logFolder: string;
  /** Resolves with the name of the first server that ends without having been stopped; else never. */
  readonly broken: Promise<string>;
  /** Stops everything, the last started first. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts the servers that the environment does not name, side by side, and waits until all of them answer. When one
 * fails to start, the others are stopped before the error is thrown.
 *
 * @throws BeatreelFailure when a tool is missing or a server does not answer
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { env = process.env, log = () => undefined } = options;
  const plan = planLocalStack(env);
  const tools: ToolPaths =
    options.tools ?? (await resolveTools({ need: plan.tools, root: options.root, env }));
  const logFolder = await createLogFolder(options.root);
  const servers = await startServers(options, { plan, tools, logFolder });
  const running = listServers(servers);
  for (const { name } of running) log(`${name} started`, { logFolder });
  let stopping: Promise<void> | undefined;
  return {
    ...servers,
    env: keepLanguageModel(workerEnvironment(servers, tools), env),
    logFolder,
    broken: firstUnexpectedEnd(running, () => stopping !== undefined),
    stop: () => (stopping ??= stopInReverse(running)),
  };
}

interface StartContext {
  readonly plan: LocalStackPlan;
  readonly tools: ToolPaths;
  readonly logFolder: string;
}

async function startServers(
  options: LocalStackOptions,
  { plan, tools, logFolder }: StartContext,
): Promise<StartedServers> {
  const { config, root, standInProgram: program } = options;
  const { standInToken: token, accessKeyId, secretAccessKey } = await loadLocalCredentials(root);
  const credentials = { accessKeyId, secretAccessKey };
  const at = { root, logFolder };
  const [temporal, objectStore, standIn] = await Promise.allSettled([
    plan.temporal
      ? startTemporal({ ...at, config: config.temporal, temporal: pathOf('temporal', tools) })
      : undefined,
    plan.objectStore
      ? startObjectStore({ ...at, config: config.objectStore, weed: pathOf('weed', tools), credentials })
      : undefined,
    plan.standIn
      ? startStandIn({ ...at, config: config.standIn, ffmpeg: pathOf('ffmpeg', tools), token, program })
      : undefined,
  ]);
  const servers: StartedServers = {
    ...(temporal.status === 'fulfilled' && temporal.value && { temporal: temporal.value }),
    ...(objectStore.status === 'fulfilled' && objectStore.value && { objectStore: objectStore.value }),
    ...(standIn.status === 'fulfilled' && standIn.value && { standIn: standIn.value }),
  };
  const failed = [temporal, objectStore, standIn].find((outcome) => outcome.status === 'rejected');
  if (failed === undefined) return servers;
  await stopInReverse(listServers(servers));
  throw failed.reason as Error;
}

function pathOf(name: ToolName, tools: ToolPaths): string {
  const path = tools[name];
  if (path !== undefined) return path;
  const message = `The local stack needs ${name}, but was given no path of it. Set ${toolSpecs[name].variable} or leave \`tools\` out.`;
  throw new BeatreelFailure(failureTypes.invalidRequest, message);
}

function listServers({ temporal, objectStore, standIn }: StartedServers): RunningServer[] {
  return [temporal, objectStore, standIn].filter((server) => server !== undefined);
}

async function firstUnexpectedEnd(
  running: readonly RunningServer[],
  isStopping: () => boolean,
): Promise<string> {
  return new Promise((settle) => {
    for (const { name, ended } of running) {
      void ended.then(() => {
        if (!isStopping()) settle(name);
      });
    }
  });
}

async function stopInReverse(running: readonly RunningServer[]): Promise<void> {
  for (const server of running.toReversed()) await server.stop();
}
