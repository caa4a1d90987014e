import { setTimeout as delay } from 'node:timers/promises';

/** Waits until a condition holds; throws with its name after 20 seconds. */
export async function until(name: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${name}`);
    await delay(20);
  }
}
