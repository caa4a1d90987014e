import type { PlannerModel } from '../../domain/schemas/planner-schema.ts';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** Ways to enforce an answer's shape, from strict to none. */
export const answerFormats = ['json_schema', 'json_object', 'text'] as const;
export type AnswerFormat = (typeof answerFormats)[number];

/** The required form of an answer. */
export interface AnswerShape {
  /** Letters, digits, underscores and dashes. */
  readonly name: string;
  /** JSON Schema of the subset that hosts enforce: every property required, none beyond, no ranges, no patterns. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** One question to a language model. */
export interface Question {
  readonly model: PlannerModel;
  readonly messages: readonly ChatMessage[];
  readonly format: AnswerFormat;
  readonly shape: AnswerShape;
}

export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface LanguageAnswer {
  readonly text: string;
  /** Whether it was cut at the longest length that is paid for. */
  readonly isCut: boolean;
  /** Absent where the host does not say. */
  readonly usage?: TokenUsage;
}

/** The host takes no question of this format; it may take the next one of `answerFormats`. Nothing was billed. */
export class FormatRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FormatRefused';
  }
}

/** A host that answers questions. Adapters translate: they never retry, log or choose. */
export interface LanguageModel {
  /** The reason why it cannot be asked, as a rule for the brief's writer; undefined when it can. */
  whyUnready(): string | undefined;
  /**
   * @param signal ends the call
   * @throws FormatRefused; LostAnswer when a missing answer may be billed; BeatreelFailure for everything else, of
   *   which only refused content is billed
   */
  ask(question: Question, signal: AbortSignal): Promise<LanguageAnswer>;
}
