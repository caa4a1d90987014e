import { connectActivities } from '../../../workflows/activities.ts';

/** A video that writes its manifest before its brief is accepted. */
export async function generateVideo(): Promise<void> {
  await connectActivities().writeManifest(
    { videoId: 'none', revision: 1, status: 'running', costUsd: 0, phases: [] },
    { summary: 'write the manifest first' },
  );
}
