import { setTimeout as pause } from 'node:timers/promises';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { RunningServer } from '../../../workers/dev/local-stack/processes/start-server-process.ts';

/** A process that is killed and comes back. */
export interface Victim {
  readonly name: string;
  /** The number of kills so far. */
  readonly kills: number;
  /** Ends it with SIGKILL, everything it started included, and resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again, and resolves when it answers. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** @param start restarts it in its old place */
export function createVictim(
  name: string,
  running: RunningServer,
  start: () => Promise<RunningServer>,
): Victim {
  let server: RunningServer | undefined = running;
  let kills = 0;
  return {
    name,
    get kills() {
      return kills;
    },
    kill: async () => {
      if (!server) return;
      const { groupId, ended } = server;
      server = undefined;
      kills += 1;
      process.kill(-groupId, 'SIGKILL');
      await ended;
    },
    revive: async () => {
      server ??= await startWherePossible(start);
    },
    stop: async () => {
      await server?.stop();
      server = undefined;
    },
  };
}

/** Tries of a start: the kernel needs a moment to release a killed process's port. */
const tries = 20;

async function startWherePossible(start: () => Promise<RunningServer>): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      const isTaken = error instanceof BeatreelFailure && error.type === 'ProviderUnavailable';
      if (!isTaken || attempt === tries) throw error;
      await pause(250);
    }
  }
}
