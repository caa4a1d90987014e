import { Runtime } from '@temporalio/worker';

/** Writes the remaining log lines, and ends the runtime, which would keep a process without workers alive. */
export async function closeLogger(): Promise<void> {
  await Runtime.instance().shutdown();
}
