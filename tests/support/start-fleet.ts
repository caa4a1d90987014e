import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';
import type { LogEntry } from '@temporalio/worker';

import { createDependencies } from '../../workers/create-dependencies.ts';
import type { OpenDependencies } from '../../workers/create-dependencies.ts';
import type { StandInOptions } from '../../workers/dev/stand-in/stand-in-options.ts';
import type { StandIn } from '../../workers/dev/stand-in/start-stand-in.ts';
import { startStandIn } from '../../workers/dev/stand-in/start-stand-in.ts';
import { readWorkerSettings } from '../../workers/configuration/worker-settings.ts';
import type { WorkerSettings } from '../../workers/configuration/worker-settings.ts';
import type { VideoStart } from '../../workflows/carried-video.ts';
import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { generateVideoType } from '../../workflows/messages.ts';
import { captureLogs } from './capture-logs.ts';
import type { AccountChanges, ModelChanges, QueueChanges } from './fleet-settings.ts';
import { quickHost } from './quick-host.ts';
import { fleetEnvironment } from './fleet-settings.ts';
import type { ServeOptions, ServingWorkers } from './serve-in-process.ts';
import { serveInProcess } from './serve-in-process.ts';
import type { FleetWebhooks } from './start-fleet-webhooks.ts';
import { startFleetWebhooks } from './start-fleet-webhooks.ts';
import { startWorkerProcess, type WorkerProcess } from './start-worker-process.ts';
import { createVideo, type Video } from './video.ts';

export interface FleetOptions {
  readonly standIn?: Partial<StandInOptions>;
  readonly queues?: QueueChanges;
  readonly models?: ModelChanges;
  /** Limits of the host's account. Default: none. */
  readonly account?: AccountChanges;
  /** The planner. Default: the built-in one. */
  readonly draftStoryboard?: OpenDependencies['draftStoryboard'];
  /** Whether workers in this process serve the queues from the start. Default: true. */
  readonly serve?: boolean;
  /** Whether the host announces ends to an endpoint in this process. Default: false. */
  readonly webhooks?: boolean;
  /** Origins under which workers and endpoint reach the object store. Default: that of the test run. */
  readonly stores?: { readonly workers: string; readonly webhooks: string };
}

/** A stand-in, and queues of their own on the servers of the test run. */
export interface Fleet {
  readonly client: Client;
  readonly standIn: StandIn;
  readonly settings: WorkerSettings;
  /** The dependencies of the workers in this process. */
  readonly dependencies: OpenDependencies;
  /** Name of the queue of the workflows. */
  readonly taskQueue: string;
  /** The variables of this fleet's worker processes, beside the tests' environment. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder for files of the test; removed with the fleet. */
  readonly folder: string;
  /** Present where the host announces ends. */
  readonly webhooks?: FleetWebhooks;
  /** Warnings and worse of all workers in this process. */
  readonly logs: readonly LogEntry[];
  /** @param start the state that an earlier run would hand over */
  startVideo(brief: BriefInput, videoId?: string, start?: VideoStart): Promise<Video>;
  /** Serves queues in this process. */
  serve(options?: Partial<ServeOptions>): Promise<ServingWorkers>;
  /** Starts a worker process, which ends with the fleet at the latest. @param pools default: all */
  startProcess(pools?: readonly string[]): Promise<WorkerProcess>;
  /** Ends every video, and resets the host. For tests that share a fleet. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a fleet with a quick host that draws cheaply by default. */
export async function startFleet(options: FleetOptions = {}): Promise<Fleet> {
  const logs = captureLogs();
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-fleet-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    const standIn = await startStandIn({
      ...quickHost(folder, { stillSeconds: 0.3, clipSeconds: 0.6, scoreSeconds: 0.4 }),
      ...options.standIn,
    });
    closing.push(() => standIn.close());
    const prefix = `test-${randomUUID().slice(0, 8)}`;
    const usual = await fleetEnvironment({ ...options, folder, prefix, standIn });
    const reach = (origin: string | undefined): Readonly<Record<string, string>> =>
      origin === undefined ? {} : { S3_ENDPOINT: origin };
    const told = { ...usual, ...reach(options.stores?.webhooks) };
    const webhooks = options.webhooks === true ? await startFleetWebhooks(told) : undefined;
    if (webhooks) closing.push(() => webhooks.endpoint.close());
    const env = { ...usual, ...webhooks?.env, ...reach(options.stores?.workers) };
    const settings = await readWorkerSettings({ ...process.env, ...env });
    const { draftStoryboard } = options;
    const dependencies = { ...(await createDependencies(settings)), draftStoryboard };
    closing.push(() => dependencies.close());
    const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? '' });
    closing.push(() => connection.close());
    const client = new Client({ connection, namespace: process.env['TEMPORAL_NAMESPACE'] ?? 'default' });
    const taskQueue = `${prefix}-orchestrator`;
    const started: Video[] = [];
    // Ends the videos of a test that failed in the middle.
    closing.push(() => Promise.all(started.map((video) => video.terminate())));
    const serve: Fleet['serve'] = async (chosen = {}) => {
      const serving = await serveInProcess({ settings, dependencies, ...chosen });
      closing.push(() => serving.stop());
      return serving;
    };
    if (options.serve !== false) await serve();
    const startVideo: Fleet['startVideo'] = async (
      brief,
      videoId = `video-${randomUUID().slice(0, 8)}`,
      start,
    ) => {
      const handle = await client.workflow.start(generateVideoType, {
        workflowId: videoId,
        taskQueue,
        args: start ? [brief, start] : [brief],
      });
      const video = createVideo(client, handle);
      started.push(video);
      return video;
    };
    const startProcess = async (pools: readonly string[] = []) => {
      const worker = await startWorkerProcess(env, pools);
      closing.push(() => worker.end('SIGKILL'));
      return worker;
    };
    const reset = async () => {
      await Promise.all(started.splice(0).map((video) => video.end()));
      await standIn.control.reset();
    };
    return {
      reset,
      startProcess,
      client,
      standIn,
      settings,
      dependencies,
      taskQueue,
      env,
      folder,
      ...(webhooks ? { webhooks } : {}),
      logs,
      startVideo,
      serve,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
