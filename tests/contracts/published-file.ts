import type { Schema } from './contract.ts';

/** The parts of an OpenAPI file, version 3, that a comparison reads. */
export interface PublishedFile {
  readonly info?: { readonly version?: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, PublishedOperation | undefined>>>>;
}

export interface PublishedOperation {
  readonly parameters?: readonly PublishedParameter[];
  readonly requestBody?: { readonly content?: PublishedContent };
  readonly responses: Readonly<Record<string, { readonly content?: PublishedContent } | undefined>>;
}

/** Schemas by media type. */
type PublishedContent = Readonly<Record<string, { readonly schema?: Schema } | undefined>>;

interface PublishedParameter {
  readonly $ref?: string;
  readonly name?: string;
  /** `query`, `header` or `path`. */
  readonly in?: string;
}
