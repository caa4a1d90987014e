import type { CastMember } from '../../../domain/storyboard.ts';
import { cutAtWord } from '../../../domain/cut-at-word.ts';
import { mention } from '../../../domain/mention.ts';
import type { WrittenBeat, WrittenPlan } from './plan-shape.ts';

/** The members for which a still prompt has room, beside the action. */
const mostMembers = 5;
const nameLimit = 60;
const descriptionLimit = 200;

/** Reads the cast that at least one beat shows: for each name its first description. */
export function readCast({ cast, beats }: WrittenPlan): CastMember[] {
  const members = new Map<string, CastMember>();
  for (const { name, description } of cast) {
    const key = name.toLowerCase();
    if (members.has(key)) continue;
    const shortened = cutAtWord(description.replace(/[\s.。।]+$/u, ''), descriptionLimit);
    members.set(key, { name: cutAtWord(name, nameLimit), description: shortened });
  }
  return [...members.values()]
    .filter(({ name }) => beats.some((beat) => shows(beat, name)))
    .slice(0, mostMembers);
}

/** The members that a beat names, in its list or in its picture. */
export function castOf(beat: WrittenBeat, cast: readonly CastMember[]): CastMember[] {
  return cast.filter(({ name }) => shows(beat, name));
}

function shows({ cast, still }: WrittenBeat, name: string): boolean {
  return cast.some((listed) => listed.toLowerCase() === name.toLowerCase()) || mention(name).test(still);
}

/**
 * Puts the description of each member into a picture, word for word, where its name stands first; where the picture
 * does not name a member, before everything else.
 */
export function tieCast(still: string, members: readonly CastMember[]): string {
  return members.reduce((words, { name, description }) => {
    if (words.includes(description)) return words;
    const found = mention(name).exec(words);
    if (!found) return `${name} (${description}). ${words}`;
    const end = found.index + found[0].length;
    return `${words.slice(0, end)} (${description})${words.slice(end)}`;
  }, still);
}
