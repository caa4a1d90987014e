import { redact } from '../../activities/runtime/secrets.ts';

/** What the doctor found out about one thing. */
export interface Check {
  /** What was looked at, e.g. `ffmpeg` or `bucket: list`. */
  readonly name: string;
  /** `skipped`: it could not be looked at, because something before it is wrong. */
  readonly state: 'ok' | 'wrong' | 'skipped';
  /** What is there; where it is wrong, what is wrong and what to do about it. One sentence or two. */
  readonly finding: string;
}

/** Looks at one thing. @param look says what is there, or throws what is wrong */
export async function checkOne(name: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, state: 'ok', finding: redact(await look()) };
  } catch (error) {
    return { name, state: 'wrong', finding: redact(error instanceof Error ? error.message : String(error)) };
  }
}

/** Looks at things that each need the one before: after the first that is wrong, the others are skipped. */
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
