import type { Environment } from '../runtime/read-variable.ts';
import type { ModelHost } from './model-host.ts';

/** A host with its connections. */
export interface OpenHost extends ModelHost {
  /** Checks by a free read that the key opens an account. @returns a sentence on the result */
  checkKey(): Promise<string>;
  close(): Promise<void>;
}

/** One host's setup from the environment: a way to open it, or the reason why it cannot be asked. */
export type HostSetup =
  /** Connects nothing before the first call. */
  | { readonly open: () => OpenHost }
  /** One sentence that names the variable and where it is used. */
  | { readonly missing: string };

/** A host that workers know. */
export interface HostRegistration {
  /** As the catalogue names it. */
  readonly name: string;
  /** As people name it, e.g. `Replicate`. */
  readonly title: string;
  /** The allow-list of servers for its outputs, unless `OUTPUT_HOSTS` names another. */
  readonly outputHosts: string;
  readonly setUp: (env: Environment) => HostSetup;
}
