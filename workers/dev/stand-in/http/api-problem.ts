import type { InvalidField } from '../models/validate-input.ts';

/** A refusal as the API words it; the server turns it into an answer. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly invalidFields: readonly InvalidField[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    title: string,
    more: {
      detail: string;
      invalidFields?: readonly InvalidField[];
      headers?: Readonly<Record<string, string>>;
    },
  ) {
    super(more.detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.title = title;
    this.invalidFields = more.invalidFields;
    this.headers = more.headers ?? {};
  }

  /** The body of the answer: `{detail}` alone where the host answers so, else a problem document. */
  toBody(): Record<string, unknown> {
    if (this.title === '') return { detail: this.message };
    return {
      title: this.title,
      detail: this.message,
      status: this.status,
      invalid_fields: this.invalidFields,
    };
  }
}

/** The host's answer to an unknown address or id. */
export function notFound(what: string): ApiProblem {
  return new ApiProblem(404, 'Not found', { detail: `The requested ${what} could not be found.` });
}
