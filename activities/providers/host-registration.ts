import type { Environment } from '../runtime/read-variable.ts';
import type { ModelHost } from './model-host.ts';

/** A host with its connections. */
export interface OpenHost extends ModelHost {
  /** Looks whether the key opens an account, by a read that costs nothing. @returns what there is to say of it */
  checkKey(): Promise<string>;
  close(): Promise<void>;
}

/** What the environment says of one host: how to open it, or why it cannot be asked. */
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
  /** Where it serves outputs: an allow-list, unless `OUTPUT_HOSTS` names another. */
  readonly outputHosts: string;
  readonly setUp: (env: Environment) => HostSetup;
}
