import { redact } from '../../activities/runtime/secrets.ts';

/** The doctor's finding about one thing. */
export interface Check {
  /** The thing checked, e.g. `ffmpeg` or `bucket: list`. */
  readonly name: string;
  /** `skipped`: not checked, because an earlier check failed. */
  readonly state: 'ok' | 'wrong' | 'skipped';
  /** The finding; where it is wrong, the fault and its remedy. One sentence or two. */
  readonly finding: string;
}

/** Checks one thing. @param look returns the finding, or throws the fault */
export async function checkOne(name: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, state: 'ok', finding: redact(await look()) };
  } catch (error) {
    return { name, state: 'wrong', finding: redact(error instanceof Error ? error.message : String(error)) };
  }
}

/** Checks things that each need the one before: after the first fault, the others are skipped. */
export async function checkInOrder(
  looks: readonly (readonly [name: string, look: () => Promise<string>])[],
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [name, look] of looks) {
    const broken = checks.find(({ state }) => state === 'wrong');
    checks.push(
      broken ? { name, state: 'skipped', finding: `needs ${broken.name}` } : await checkOne(name, look),
    );
  }
  return checks;
}
