import type { PlannedBeat } from '../../domain/beat-count.ts';
import type { Brief } from '../../domain/brief.ts';
import { type Reference, showReferences } from '../../domain/references.ts';
import type { StoryboardDraft } from './build-storyboard.ts';
import { findLanguage } from './languages/find-language.ts';
import type { Language } from './languages/language.ts';
import { promptLimits } from './prompt-limits.ts';
import { endSentence, join } from './write-beat.ts';

/**
 * Chooses the references of each beat's still, and describes the pictures to the image model, in the order in which it
 * gets them. A brief without references keeps its draft.
 */
export function tieReferences(draft: StoryboardDraft, brief: Brief): StoryboardDraft {
  const { references = [], beats: requests, prompt } = brief;
  if (references.length === 0) return draft;
  const told = draft.beats.map(({ stillPrompt, cast }, at) => {
    const request = requests?.[at];
    // A person's own words decide, so that the still shows as many pictures as were counted before the start.
    if (request) return { words: request.prompt, references: request.references };
    return { words: [stillPrompt, ...cast].join(' ') };
  });
  const { byBeat, unnamed } = showReferences(references, told);
  const language = findLanguage(prompt);
  const beats = draft.beats.map((beat, at) =>
    tieBeat(beat, { names: byBeat[at] ?? [], references, language }),
  );
  return { ...draft, beats, warnings: [...draft.warnings, ...unnamed.map(warnOfUnnamed)] };
}

interface Shown {
  readonly names: readonly string[];
  readonly references: readonly Reference[];
  readonly language: Language;
}

function tieBeat(beat: PlannedBeat, { names, references, language }: Shown): PlannedBeat {
  const shown = names.flatMap((name) => references.filter((reference) => reference.name === name));
  const stillPrompt = addToPrompt(beat.stillPrompt, describePictures(shown, language), language);
  return { ...beat, references: names, stillPrompt };
}

/** Sentences on the pictures, with notes, and without for a prompt that has no room for them. */
function describePictures(shown: readonly Reference[], language: Language): readonly string[] {
  const { camera, comma } = language;
  const [only] = shown;
  if (!only) return [];
  const asIs = shown.length === 1 && only.kind === 'product' ? [camera.asInPicture] : [];
  const name = (reference: Reference, at: number) =>
    `${camera.picture}${at + 1} (${camera.kinds[reference.kind]}): ${reference.name}`;
  const noted = (reference: Reference, at: number) =>
    [name(reference, at), ...(reference.note === undefined ? [] : [reference.note])].join(comma);
  return [noted, name].map((write) => join([...shown.map(write), ...asIs], language));
}

/** Adds words on the pictures unless they would cut the prompt short; the pictures are sent in any case. */
function addToPrompt(words: string, additions: readonly string[], language: Language): string {
  const gap = language.comma.endsWith(' ') ? ' ' : '';
  const whole = additions
    .map((addition) => endSentence(words, language.stop) + gap + addition)
    .find((text) => text.length <= promptLimits.still);
  return whole ?? words;
}

function warnOfUnnamed(name: string): string {
  return (
    `No beat names the reference “${name}”, so every still is made with it; ` +
    'use its name in the prompt, or say in beats[].references which beat shows it.'
  );
}
