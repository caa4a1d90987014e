import { type ModelKind, modelKinds } from '../../../../domain/media.ts';

/** The kind of a model's output: a picture, footage or music. */
export type OutputKind = ModelKind;

/** All kinds, in the order of the phases. */
export const outputKinds = modelKinds;

/** One field of a model's input: the part of JSON Schema these models use. */
export interface InputField {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly description?: string;
  readonly default?: string | number | boolean;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly format?: 'uri';
  readonly items?: InputField;
}

/** One model: its name, its output and its input. */
export interface ModelDescription {
  /** `owner/name`; models of MiniMax have a name alone. */
  readonly name: string;
  readonly kind: OutputKind;
  /** Whether a finished prediction's `output` is an array of addresses or one address. */
  readonly output: 'list' | 'single';
  /** Set for community models, which can be run by version only. Official models have none. */
  readonly version?: string;
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, InputField>>;
  /** Combinations the host refuses although each value alone is allowed. */
  readonly excluded?: readonly Readonly<Record<string, string | number>>[];
}

/** A model's input as JSON; keys as in its schema. */
export type ModelInput = Readonly<Record<string, unknown>>;
