import type { Template } from '../../../domain/brief.ts';
import type { ReferenceKind } from '../../../domain/references.ts';

/** Feelings that a brief may name, and that its music follows. */
export const moods = ['gritty', 'calm', 'playful', 'sad', 'epic', 'tense', 'joyful', 'dreamy'] as const;
export type Mood = (typeof moods)[number];

export interface NounPhraseWords {
  /** Words that open a noun phrase, e.g. `the` and `his`. */
  readonly determiners: ReadonlySet<string>;
  /** Words that go on with one, e.g. `of` and `and`. */
  readonly joiners: ReadonlySet<string>;
  /** A word before which one ends, e.g. `who` and `is`. */
  readonly ends: RegExp;
  /** A word that stands for a noun named elsewhere. */
  readonly pronouns: RegExp;
  /** Set phrases in front of the first noun, e.g. `once upon a time`. */
  readonly openers: RegExp;
  /** Says when or how, in front of everything else, e.g. `one morning` and `at last`. */
  readonly asides: RegExp;
  /** The article of something that was not named before. */
  readonly indefinite?: RegExp;
  /** A word after a noun phrase in the singular, by its ending a verb. */
  readonly verbEnding?: RegExp;
  /** A word that by its ending is a verb in the past, unless a noun follows. */
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
  /** Words that are about tone only where nothing else stands beside them, e.g. `warm`. */
  readonly tones: RegExp;
  /** A whole clause about the look; group `what` is kept. */
  readonly clause: RegExp;
  /** A whole clause about the music; group `what` is kept. */
  readonly music: RegExp;
  /** What music is played on, and kinds of it. */
  readonly instruments: RegExp;
  /** Length, shape and resolution, which the brief's own fields say. */
  readonly technical: RegExp;
  /** Words between which no comma need stand. */
  readonly and: RegExp;
}

/** How a brief says what a video must not show or play. */
export interface ForbiddingWords {
  /** A whole clause that forbids, e.g. `do not show faces` and `no text`. */
  readonly clause: RegExp;
  /** A phrase within one, e.g. `without people`. */
  readonly phrase: RegExp;
  /** How a clause begins that forbids, if it is short and has no verb, e.g. `no scary stuff`. */
  readonly also: RegExp;
  /** Part of the last entry of a list, e.g. `or text`. */
  readonly or: RegExp;
  /** A clause that is nothing but polite. */
  readonly courtesy: RegExp;
  /** Whether it is music that is forbidden. */
  readonly music: RegExp;
}

/** Terms of the camera, eight of each. The first shot is wide, the last is near. */
export interface CameraWords {
  readonly shots: readonly string[];
  readonly angles: readonly string[];
  readonly movements: readonly string[];
  /** Added to a movement. */
  readonly oneShot: string;
  /** Said where the image model is shown a picture of the product. */
  readonly asInPicture: string;
  /** Before the number of a reference picture. */
  readonly picture: string;
  /** What a reference is a picture of. */
  readonly kinds: Readonly<Record<ReferenceKind, string>>;
  /** Words by which a person already says how it is filmed. */
  readonly named: RegExp;
}

/** What the planner knows of a language: small words and set phrases, never what a sentence means. */
export interface Language {
  readonly code: string;
  /** Words that its prose is full of and that of its neighbours is not. */
  readonly smallWords: ReadonlySet<string>;
  readonly nounPhrase: NounPhraseWords;
  /** Ways to ask for a video. Group `manner` says how it should be, group `rest` what it is about. */
  readonly requests: readonly RegExp[];
  /** What tells that a brief is of a kind. */
  readonly cues: Readonly<Partial<Record<Template, RegExp>>>;
  readonly forbids: ForbiddingWords;
  readonly style: StyleWords;
  /** Says what something is like rather than what happens. */
  readonly states?: RegExp;
  readonly camera: CameraWords;
  /** Between two entries of a list, and at the end of a sentence. */
  readonly comma: string;
  readonly stop: string;
}
