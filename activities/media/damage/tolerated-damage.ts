/** The losses of one file, all of them added up. */
export interface Damage {
  /** Frames of the source that cannot be decoded whole. */
  readonly frames: number;
  /** Sound that cannot be decoded, in seconds. */
  readonly soundSeconds: number;
}

export const noDamage: Damage = { frames: 0, soundSeconds: 0 };

/**
 * The most that a file may have lost and still be used; more is refused. The file is paid for, and a lost packet or two
 * are hard to see and to hear. A chunk may lack a quarter of a second at its end as well (`longestHoldFrames`). Of
 * frames half as much is tolerated, because a halt shows in the middle of a movement: 3 are 0.125 s at 24 fps and
 * 0.19 s at 16 fps, well below the 0.5 s that checks of finished films call a frozen picture (`freezedetect=d=0.5`,
 * tried 2026-11-28).
 */
export const toleratedDamage: Damage = { frames: 3, soundSeconds: 0.25 };

export function isDamaged({ frames, soundSeconds }: Damage): boolean {
  return frames > 0 || soundSeconds > 0;
}

export function isTolerated({ frames, soundSeconds }: Damage): boolean {
  return frames <= toleratedDamage.frames && soundSeconds <= toleratedDamage.soundSeconds;
}

export function addDamage(one: Damage, other: Damage): Damage {
  return { frames: one.frames + other.frames, soundSeconds: one.soundSeconds + other.soundSeconds };
}

/** Continues the name of a unit, such as `clip-b4-1: `. @returns undefined where nothing is damaged */
export function describeRepair(damage: Damage): string | undefined {
  const parts = partsOf(damage, {
    frames: 'shown as the frame before, as far as the picture is lost',
    sound: 'of sound replaced by silence',
  });
  return parts === '' ? undefined : `it came damaged from its host: ${parts}.`;
}

/** Ends a sentence such as "Could not normalise chunk: ". */
export function describeRefusal(damage: Damage): string {
  const { frames, soundSeconds } = toleratedDamage;
  const parts = partsOf(damage, { frames: 'of the picture', sound: 'of sound' });
  return `${parts} came damaged; at most ${frames} frames and ${soundSeconds} s of sound are made good`;
}

function partsOf(
  { frames, soundSeconds }: Damage,
  words: { readonly frames: string; readonly sound: string },
) {
  return [
    ...(frames > 0 ? [`${count(frames)} ${words.frames}`] : []),
    ...(soundSeconds > 0 ? [`${inSeconds(soundSeconds)} ${words.sound}`] : []),
  ].join(', ');
}

function count(frames: number): string {
  return frames === 1 ? '1 frame' : `${frames} frames`;
}

function inSeconds(seconds: number): string {
  return `${seconds.toFixed(3)} s`;
}
