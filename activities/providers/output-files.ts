import type { BoughtMedium } from '../../domain/media.ts';

/** The addresses and words in the output of a prediction. */
export interface OutputParts {
  /** Addresses of its files, each once, in order; they open the files: never log them. */
  readonly addresses: readonly string[];
  /** Its words in place of a file; empty where there is an address. */
  readonly words: string;
}

/**
 * Reads an output of any form: one address, lists and objects of them, however deep. Previews and covers beside a file
 * are left out.
 */
export function readOutput(output: unknown): OutputParts {
  const texts = findTexts(output, '');
  const found = texts.filter(({ text }) => isAddress(text));
  const files = found.filter((each) => !isAside(each));
  const addresses = (files.length > 0 ? files : found).map(({ text }) => text);
  const words = texts.map(({ text }) => text).join(' ');
  const isSaid = addresses.length === 0 && /\p{L}{2}/u.test(words);
  return { addresses: [...new Set(addresses)], words: isSaid ? words : '' };
}

/** The addresses that may be the file of this medium: where some say so by their name, only those. */
export function pickOutput(addresses: readonly string[], medium: BoughtMedium): readonly string[] {
  const kinds = new Map(addresses.map((address) => [address, kindOf(address)]));
  const ofKind = addresses.filter((address) => kinds.get(address) === kindOfMedium[medium]);
  const unnamed = addresses.filter((address) => kinds.get(address) === undefined);
  return [ofKind, unnamed, addresses].find(({ length }) => length > 0) ?? [];
}

interface Text {
  readonly text: string;
  /** The name of the field that holds it. */
  readonly field: string;
}

function findTexts(value: unknown, field: string): Text[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ text: value.trim(), field }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, part]) =>
    findTexts(part, Array.isArray(value) ? field : name),
  );
}

function isAddress(text: string): boolean {
  return /^data:/i.test(text) || /^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text);
}

function isAside({ text, field }: Text): boolean {
  const aside = /(?:^|[^a-z])(?:preview|thumb|thumbnail|poster|cover|mask)s?(?:[^a-z]|$)/i;
  return aside.test(field) || aside.test(fileNameOf(text));
}

function fileNameOf(address: string): string {
  return /^data:/i.test(address) ? '' : (/[^/?#]*(?=[?#]|$)/.exec(address)?.[0] ?? '');
}

const kindOfMedium: Readonly<Record<BoughtMedium, string>> = {
  still: 'image',
  chunk: 'video',
  score: 'audio',
};

const kindsByEnding: Readonly<Record<string, RegExp>> = {
  image: /\.(?:png|jpe?g|webp|gif|avif|heic|svg)$/i,
  video: /\.(?:mp4|m4v|mov|webm|mkv)$/i,
  audio: /\.(?:mp3|wav|flac|m4a|aac|ogg|opus)$/i,
};

/** The kind of file by its address. @returns undefined where the address does not tell */
function kindOf(address: string): string | undefined {
  const type = /^data:(image|video|audio)\//i.exec(address.slice(0, 20))?.[1]?.toLowerCase();
  const name = fileNameOf(address);
  return type ?? Object.keys(kindsByEnding).find((kind) => kindsByEnding[kind]?.test(name));
}
