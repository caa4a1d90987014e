import { z } from 'zod';

import { freshPace } from '../../../activities/account/fresh-pace.ts';
import { nameAccount } from '../../../activities/providers/name-account.ts';
import { paceKey, paceSchema } from '../../../domain/schemas/pace-schema.ts';
import { canaryKey } from './kinds/answers.ts';
import type { HostileKind } from './kind.ts';
import type { HostileAccount, HostileFleet } from './hostile-fleet.ts';
import { runKind, type KindReport } from './run-kind.ts';

/** The report on all kinds. */
export interface HostileReport {
  readonly kinds: readonly KindReport[];
  readonly peakMiB: Readonly<Record<string, number>>;
  /** Problems as sentences; empty when every kind ended as expected. */
  readonly problems: readonly string[];
}

/** The most that a worker may ever hold in memory. */
const mostMiB = 400;

/** Videos at once against the shared account. */
const atOnce = 6;

/** Runs kinds side by side, and disturbing ones one after the other. @param tell called as each one ends */
export async function runKinds(
  fleet: HostileFleet,
  kinds: readonly HostileKind[],
  tell: (report: KindReport) => void = () => undefined,
): Promise<HostileReport> {
  const reports: KindReport[] = [];
  const run = async (kind: HostileKind) => {
    if (kind.alone === true) await openPace(fleet, fleet.alone);
    const report = await runKind(fleet, kind);
    reports.push(report);
    tell(report);
  };
  await openPace(fleet, fleet.shared);
  const side = kinds.filter(({ alone }) => alone !== true);
  const alone = kinds.filter((kind) => kind.alone === true);
  await Promise.all([runAll(side, atOnce, run), runAll(alone, 1, run)]);
  const peakMiB: Record<string, number> = {};
  const problems = reports.flatMap((report) => report.problems);
  for (const account of [fleet.shared, fleet.alone]) {
    const peak = account.ended() === undefined ? Math.round(await account.peakMiB()) : 0;
    peakMiB[account.name] = peak;
    if (peak > mostMiB)
      problems.push(`The worker of ${account.name} took ${peak} MiB, more than ${mostMiB}.`);
  }
  problems.push(
    ...fleet.host.strays.map((stray) => `The host was asked for ${stray}, which no kind is about.`),
  );
  return { kinds: reports, peakMiB, problems };
}

async function runAll(
  kinds: readonly HostileKind[],
  width: number,
  run: (kind: HostileKind) => Promise<void>,
): Promise<void> {
  const waiting = [...kinds];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await run(next);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** Opens the account's pace, so that no kind waits for another. */
async function openPace({ store, host }: HostileFleet, { name }: HostileAccount): Promise<void> {
  const key = paceKey(nameAccount('replicate', { baseUrl: host.baseUrlOf(name), token: canaryKey }));
  await store.deleteMany([key]);
  const now = Date.now();
  const pace = { ...freshPace, state: 'open', acceptedAt: now, openedAt: now } as const;
  await store.putJson(key, z.encode(paceSchema, pace), { ifNoneMatch: '*' });
}
