import { resolveTools } from '../../../../workers/tools/resolve-tools.ts';
import { packageRoot } from '../../../../workers/setup/package-root.ts';
import { startObjectStore } from '../../../storage/start-object-store.ts';
import { note } from '../run-benchmark.ts';
import { installTool, otherTools } from './other-tools.ts';
import { type Journey, runNodeWay, runOtherTool, type WayRun } from './run-way.ts';
import { startServer } from './start-server.ts';

/** The target of files: `discarding` counts bytes and drops them. */
export type StoreName = 'discarding' | 'SeaweedFS';

/** One way against one store. */
export interface MeasuredWay {
  readonly way: string;
  readonly store: StoreName;
  /** Copies moved at once, each of this size. */
  readonly atOnce: number;
  readonly sizeMiB: number;
  /** Its runs; empty where its package could not be installed. */
  readonly runs: readonly WayRun[];
}

/** The scope of a measurement. */
export interface Measurement {
  readonly sizeMiB: number;
  readonly runs: number;
  /** Aborted when a person stops the benchmark: it ends after the current way, whose store must be ended too. */
  readonly signal: AbortSignal;
}

type Way = (journey: Journey) => Promise<WayRun>;

interface Planned extends Omit<MeasuredWay, 'runs'> {
  readonly run: Way | undefined;
  readonly done: WayRun[];
}

/** The size of each of eight files at once; larger ones would show nothing more. */
const manySizeMiB = 512;

/** Runs all ways by turns, so that other load on the machine affects them alike; ends every server. */
export async function measureTransfers(measurement: Measurement): Promise<MeasuredWay[]> {
  const { weed } = await resolveTools({ need: ['weed'], root: packageRoot() });
  process.env['WEED'] = weed;
  const plan = await planWays(measurement.sizeMiB);
  const source = await startServer('file');
  try {
    for (let round = 0; round < measurement.runs; round += 1) {
      for (const planned of plan.filter(({ atOnce }) => atOnce === 1 || round === 0)) {
        note(`${round + 1}/${measurement.runs} ${planned.store}: ${planned.way}, ${planned.atOnce} at once`);
        measurement.signal.throwIfAborted();
        await runOnce(planned, source.origin);
      }
    }
  } finally {
    await source.stop();
  }
  return plan.map(({ way, store, atOnce, sizeMiB, done: runs }) => ({ way, store, atOnce, sizeMiB, runs }));
}

async function planWays(sizeMiB: number): Promise<Planned[]> {
  const node = (way: string): [string, Way] => [way, (journey) => runNodeWay(way, journey)];
  // One Buffer holds at most 4 GiB, and most machines less.
  const buffered = sizeMiB <= 1024 ? [node('buffered')] : [];
  const others = await Promise.all(
    otherTools.map(async (tool): Promise<[string, Way | undefined]> => {
      const folder = await installTool(tool);
      return [tool.way, folder === undefined ? undefined : (journey) => runOtherTool(tool, folder, journey)];
    }),
  );
  const alone = [node('ours'), node('lib-storage'), ...buffered, ...others];
  const many = { atOnce: 8, sizeMiB: Math.min(sizeMiB, manySizeMiB) };
  const toStore = (store: StoreName): Planned[] => [
    ...alone.map(([way, run]) => ({ way, run, store, atOnce: 1, sizeMiB, done: [] })),
    { way: 'ours', run: node('ours')[1], store, ...many, done: [] },
  ];
  const pipe = { way: 'raw pipe', run: node('raw pipe')[1], atOnce: 1, sizeMiB, done: [] };
  return [{ ...pipe, store: 'discarding' }, ...toStore('discarding'), ...toStore('SeaweedFS')];
}

async function runOnce({ run, store, atOnce, sizeMiB, done }: Planned, origin: string): Promise<void> {
  if (run === undefined) return;
  const opened = store === 'discarding' ? await openDiscarding() : await openSeaweed();
  const keys = Array.from({ length: atOnce }, (_, index) => `bench/${index}.mp4`);
  try {
    done.push(await run({ address: `${origin}/file-${sizeMiB}.mp4`, sizeMiB, keys, env: opened.env }));
  } finally {
    await opened.stop();
  }
}

interface OpenedStore {
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const credentials = { AWS_ACCESS_KEY_ID: 'beatreel-test', AWS_SECRET_ACCESS_KEY: 'beatreel-test-secret' };

async function openDiscarding(): Promise<OpenedStore> {
  const store = await startServer('store');
  return {
    env: { ...credentials, S3_ENDPOINT: store.origin, S3_BUCKET: 'bench', S3_CHECKSUM: 'by_store' },
    stop: () => store.stop(),
  };
}

/** Opens a fresh SeaweedFS each time, because deleted files stay on its disk. */
async function openSeaweed(): Promise<OpenedStore> {
  delete process.env['S3_ENDPOINT'];
  const store = await startObjectStore();
  const { endpoint = '', bucket } = store.s3.settings;
  return {
    env: { ...credentials, S3_ENDPOINT: endpoint, S3_BUCKET: bucket, S3_CHECKSUM: 'by_store' },
    stop: () => store.stop(),
  };
}
