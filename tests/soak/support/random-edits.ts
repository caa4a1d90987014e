import type { Edit } from '../../../domain/edits/edit.ts';
import type { Manifest } from '../../../domain/schemas/manifest-schema.ts';

/** The source of random edits. */
export interface EditDraw {
  readonly random: () => number;
  /** Manifest of the changed revision. */
  readonly manifest: Manifest;
  /** Takes that have a file, by unit. */
  readonly takes: Readonly<Record<string, readonly number[]>>;
  /** The words by which the host's orders name the video. */
  readonly words: string;
}

/** Draws one edit of any kind. An edit that does not fit is refused and changes nothing. */
export function drawEdit({ random, manifest, takes, words }: EditDraw): Edit {
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new RangeError('There is nothing to pick from.');
    return item;
  };
  const beat = pick(manifest.beats).id;
  const unit = pick([...manifest.stills, ...manifest.chunks]).unit;
  const taken = pick(Object.entries(takes));
  return pick<Edit>([
    { op: 'words', beat, still: `${words} at noon` },
    { op: 'words', beat, motion: `${words}, the light goes round` },
    { op: 'length', beat, seconds: pick([5, 10]) },
    { op: 'insert', still: `${words} from the sea`, after: beat },
    { op: 'remove', beat },
    { op: 'move', beat, before: pick(manifest.beats).id },
    { op: 'reroll', unit },
    { op: 'pin', unit: taken[0], take: pick(taken[1]) },
    { op: 'music', words: `${words}, a slow waltz` },
    { op: 'title', title: words },
    { op: 'rollBack', revision: 1 + Math.floor(random() * manifest.revision) },
  ]);
}
