import type { Template } from '../../../domain/brief.ts';
import type { ReferenceKind } from '../../../domain/references.ts';

/** Feelings that a brief may name, and that its music follows. */
export const moods = ['gritty', 'calm', 'playful', 'sad', 'epic', 'tense', 'joyful', 'dreamy'] as const;
export type Mood = (typeof moods)[number];

export interface NounPhraseWords {
  /** Words that open a noun phrase, e.g. `the` and `his`. */
  readonly determiners: ReadonlySet<string>;
  /** Words that continue a noun phrase, e.g. `of` and `and`. */
  readonly joiners: ReadonlySet<string>;
  /** A word before which a noun phrase ends, e.g. `who` and `is`. */
  readonly ends: RegExp;
  /** A word that stands for a noun named elsewhere. */
  readonly pronouns: RegExp;
  /** Set phrases in front of the first noun, e.g. `once upon a time`. */
  readonly openers: RegExp;
  /** A leading phrase of time or manner, e.g. `one morning` and `at last`. */
  readonly asides: RegExp;
  /** The indefinite article. */
  readonly indefinite?: RegExp;
  /** A word that its ending marks as a verb, after a singular noun phrase. */
  readonly verbEnding?: RegExp;
  /** A word that its ending marks as a past verb, unless a noun follows. */
  readonly pastEnding?: RegExp;
  /** Words after a verb of movement. */
  readonly ways?: RegExp;
  /** Words that mark what comes before them as the topic. */
  readonly topics?: RegExp;
  /** Whether nouns, and no other words, begin with a capital. */
  readonly capitalNouns?: boolean;
}

export interface StyleWords {
  /** Medium and era: words that say how the whole video looks. */
  readonly looks: RegExp;
  /** Light and time of day, e.g. `at dawn`. */
  readonly times: RegExp;
  readonly moods: Readonly<Partial<Record<Mood, RegExp>>>;
  readonly fast: RegExp;
  readonly slow: RegExp;
  /** Words that name a tone only when they stand alone, e.g. `warm`. */
  readonly tones: RegExp;
  /** A whole clause about the look; group `what` is kept. */
  readonly clause: RegExp;
  /** A whole clause about the music; group `what` is kept. */
  readonly music: RegExp;
  /** Instruments, and kinds of music. */
  readonly instruments: RegExp;
  /** Length, shape and resolution, for which a brief has fields. */
  readonly technical: RegExp;
  /** Words that replace a comma between two entries. */
  readonly and: RegExp;
}

/** Patterns of words that forbid something in a video. */
export interface ForbiddingWords {
  /** A whole clause that forbids, e.g. `do not show faces` and `no text`. */
  readonly clause: RegExp;
  /** A phrase within one, e.g. `without people`. */
  readonly phrase: RegExp;
  /** The beginning of a short clause without a verb that forbids, e.g. `no scary stuff`. */
  readonly also: RegExp;
  /** Part of the last entry of a list, e.g. `or text`. */
  readonly or: RegExp;
  /** A clause of courtesy only. */
  readonly courtesy: RegExp;
  /** Matches where music is forbidden. */
  readonly music: RegExp;
}

/** Terms of the camera, eight of each. The first shot is wide, the last is near. */
export interface CameraWords {
  readonly shots: readonly string[];
  readonly angles: readonly string[];
  readonly movements: readonly string[];
  /** Added to a movement. */
  readonly oneShot: string;
  /** Words for prompts whose image model is shown a picture of the product. */
  readonly asInPicture: string;
  /** The word before the number of a reference picture. */
  readonly picture: string;
  /** Names of the kinds of references. */
  readonly kinds: Readonly<Record<ReferenceKind, string>>;
  /** Words by which a person describes the filming. */
  readonly named: RegExp;
}

/** The planner's knowledge of a language: small words and set phrases, never the meaning of a sentence. */
export interface Language {
  readonly code: string;
  /** Words frequent in its prose and rare in that of its neighbours. */
  readonly smallWords: ReadonlySet<string>;
  readonly nounPhrase: NounPhraseWords;
  /** Ways to ask for a video. Group `manner` holds its style, group `rest` its subject. */
  readonly requests: readonly RegExp[];
  /** Words that call for a template. */
  readonly cues: Readonly<Partial<Record<Template, RegExp>>>;
  readonly forbids: ForbiddingWords;
  readonly style: StyleWords;
  /** Verbs of a state rather than an action. */
  readonly states?: RegExp;
  readonly camera: CameraWords;
  /** The marks between two entries of a list, and at the end of a sentence. */
  readonly comma: string;
  readonly stop: string;
}
