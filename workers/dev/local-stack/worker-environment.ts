import { builtInPlanner } from '../../../domain/schemas/catalogue-schema.ts';
import type { LocalObjectStore } from './start-object-store.ts';
import type { LocalStandIn } from './start-stand-in.ts';
import type { LocalTemporal } from './start-temporal.ts';
import type { ToolName } from '../../tools/tool-specs.ts';

/** Paths of the tools, as far as they are known. */
export type ToolPaths = Readonly<Partial<Record<ToolName, string>>>;

/** The servers of a local stack that were started here. */
export interface StartedServers {
  readonly temporal?: LocalTemporal;
  readonly objectStore?: LocalObjectStore;
  readonly standIn?: LocalStandIn;
}

/**
 * The variables by which a worker or client finds a local stack, to be laid over its own environment. For servers that
 * we started, variables that would point a client elsewhere are emptied.
 */
export function workerEnvironment(
  { temporal, objectStore, standIn }: StartedServers,
  { ffmpeg, ffprobe }: ToolPaths,
): Record<string, string> {
  return {
    ...(temporal !== undefined && temporalVariables(temporal)),
    ...(objectStore !== undefined && objectStoreVariables(objectStore)),
    ...(standIn !== undefined && standInVariables(standIn)),
    ...(ffmpeg !== undefined && { FFMPEG: ffmpeg }),
    ...(ffprobe !== undefined && { FFPROBE: ffprobe }),
  };
}

/**
 * Keeps a language model that the environment names by address or key, in place of the stand-in's; it plans for briefs
 * that name no planner. The stand-in's model plans only where a brief or `BEATREEL_PLANNER` names it.
 */
export function keepLanguageModel(
  ours: Readonly<Record<string, string>>,
  given: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const isGiven = [given['OPENAI_BASE_URL'], given['OPENAI_API_KEY']].some((value) => (value ?? '') !== '');
  const planner = (given[plannerVariable] ?? '') === '' && !isGiven ? [] : [plannerVariable];
  const theirs = [...(isGiven ? ['OPENAI_BASE_URL', 'OPENAI_API_KEY'] : []), ...planner];
  return Object.fromEntries(Object.entries(ours).filter(([name]) => !theirs.includes(name)));
}

/** A worker's variable for the planner of briefs that name none. */
const plannerVariable = 'BEATREEL_PLANNER';

function temporalVariables({ address, namespace, uiUrl }: LocalTemporal): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TEMPORAL_UI_URL: uiUrl,
    // Otherwise the profile in the home folder adds its API key and TLS to our address.
    TEMPORAL_CONFIG_FILE: '',
  };
}

function objectStoreVariables({
  endpoint,
  bucket,
  region,
  credentials,
}: LocalObjectStore): Record<string, string> {
  return {
    S3_ENDPOINT: endpoint,
    S3_BUCKET: bucket,
    AWS_REGION: region,
    // SeaweedFS computes the CRC32 of a whole object from parts sent without one.
    S3_CHECKSUM: 'by_store',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    // A session token belongs to another key, and a profile would override keys in the environment.
    AWS_SESSION_TOKEN: '',
    AWS_PROFILE: '',
  };
}

function standInVariables({ baseUrl, token }: LocalStandIn): Record<string, string> {
  const { origin } = new URL(baseUrl);
  return {
    REPLICATE_BASE_URL: baseUrl,
    REPLICATE_API_TOKEN: token,
    MINIMAX_BASE_URL: origin,
    MINIMAX_API_KEY: token,
    OPENAI_BASE_URL: baseUrl,
    OPENAI_API_KEY: token,
    [plannerVariable]: builtInPlanner,
    OUTPUT_HOSTS: origin,
  };
}
