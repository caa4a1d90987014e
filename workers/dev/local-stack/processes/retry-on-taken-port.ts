import { ServerEndedEarly } from './wait-until-ready.ts';

/** Three lost races for a free port in a row mean another fault. */
const maxTries = 3;

/**
 * Runs `start`, and again when its server ended because its port was taken; `start` chooses its ports anew each time.
 */
export async function retryOnTakenPort<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt >= maxTries || !(error instanceof ServerEndedEarly) || !error.portWasTaken) throw error;
    }
  }
}
