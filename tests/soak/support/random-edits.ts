import type { Edit } from '../../../domain/edits/edit.ts';
import type { Manifest } from '../../../domain/schemas/manifest-schema.ts';

/** What random edits are drawn from. */
export interface EditDraw {
  readonly random: () => number;
  /** Of the revision that is changed. */
  readonly manifest: Manifest;
  /** Takes that have a file, by unit. */
  readonly takes: Readonly<Record<string, readonly number[]>>;
  /** Told apart at the host by it. */
  readonly words: string;
}

/** One edit of any kind that a person makes. It may not fit: then it is refused, and nothing has changed. */
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
