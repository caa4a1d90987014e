import type { ModelHost } from './model-host.ts';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

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

/** @returns undefined also for a variable that is set to nothing */
export function readSetting(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}
