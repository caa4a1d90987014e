import { probeMedia } from '../../activities/media/probe.ts';
import { BeatreelClient, type Edit, type Manifest, type Revised } from '../../client/index.ts';
import { FileStore } from '../../client/files/file-store.ts';
import { verifyVideo } from '../../client/files/verify-video.ts';
import { type Fleet, startFleet } from './start-fleet.ts';
import type { Video } from './video.ts';

/** A test file's fleet and client, with checks for tests of revisions. */
export interface RevisionBench {
  readonly fleet: Fleet;
  readonly client: BeatreelClient;
  /** The number of orders that the host has taken. */
  creates(): number;
  /** Makes the change, waits for its video, and checks every file of it. */
  change(video: Video, edits: readonly Edit[]): Promise<Revised>;
  manifestOf(video: Video, revision: number): Promise<Manifest>;
  /** Problems of a revision's files, as sentences. */
  problemsOf(video: Video, revision: number): Promise<readonly string[]>;
  /** Length of the finished video of a revision. */
  secondsOf(video: Video, revision: number): Promise<number>;
  close(): Promise<void>;
}

/** Starts a fleet whose host draws fully, because alike cheap drawings would be reused. */
export async function startRevisionBench(serve = true): Promise<RevisionBench> {
  const fleet = await startFleet({ standIn: { drawing: 'full' }, serve });
  const client = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: process.env['TEMPORAL_ADDRESS'] ?? '' } },
    s3: fleet.settings.s3,
    taskQueue: fleet.taskQueue,
  });
  const manifestOf: RevisionBench['manifestOf'] = async ({ id }, revision) => {
    const found = await fleet.dependencies.store.getJson(`videos/${id}/manifest-r${revision}.json`);
    return found?.value as Manifest;
  };
  const problemsOf: RevisionBench['problemsOf'] = async ({ id }, revision) => {
    const files = new FileStore(fleet.settings.s3);
    try {
      const record = { unrecorded: 'the test asks the bucket alone', revision };
      return (await verifyVideo(files, id, record)).problems.map(({ text }) => text);
    } finally {
      files.close();
    }
  };
  return {
    fleet,
    client,
    manifestOf,
    problemsOf,
    creates: () => fleet.standIn.control.counters().creates,
    change: async (video, edits) => {
      const revised = await client.revise(video.id, edits);
      const result = await video.result();
      expect(result.manifest.key).toBe(`videos/${video.id}/manifest-r${revised.revision}.json`);
      expect(await problemsOf(video, revised.revision)).toEqual([]);
      return revised;
    },
    secondsOf: async (video, revision) => {
      const { video: file } = await manifestOf(video, revision);
      if (!file) throw new Error(`Revision ${revision} of ${video.id} has no video.`);
      const path = `${fleet.folder}/${video.id}-r${revision}.mp4`;
      await fleet.dependencies.store.downloadToFile({ ...file, sha256: file.sha256 ?? '' }, path);
      return (await probeMedia(fleet.dependencies.tools, path)).durationSeconds;
    },
    close: async () => {
      await client.close();
      await fleet.close();
    },
  };
}

/** Names of the units that a change buys. */
export function boughtBy({ plan }: Revised): readonly string[] {
  return plan.units.filter((unit) => unit.do === 'buy').map(({ name }) => name);
}
