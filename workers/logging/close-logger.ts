import { Runtime } from '@temporalio/worker';

/** Writes what is left to be logged, and lets go of what keeps a process alive that has no workers. */
export async function closeLogger(): Promise<void> {
  await Runtime.instance().shutdown();
}
