import { ServerEndedEarly } from './wait-until-ready.ts';

/** Losing the race for a free port three times in a row means that something else is wrong. */
const maxTries = 3;

/**
 * Runs `start`, and again when its server ended because somebody had taken its port; `start` chooses its ports anew
 * each time.
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
