import { setTimeout as pause } from 'node:timers/promises';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { RunningServer } from '../../../workers/dev/local-stack/processes/start-server-process.ts';

/** A process that is killed and comes back. */
export interface Victim {
  readonly name: string;
  /** How often it was killed. */
  readonly kills: number;
  /** Ends it with SIGKILL, everything it started included, and resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again, and resolves when it answers. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** @param start starts it again, where it was before */
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

/** The kernel takes a moment to let go of the port of a process that was killed. */
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
