import type { ToolName } from '../../tools/tool-specs.ts';
import type { Environment } from '../../../activities/runtime/read-variable.ts';

/** Which servers have to be started, because the environment names none. */
export interface LocalStackPlan {
  readonly temporal: boolean;
  readonly objectStore: boolean;
  readonly standIn: boolean;
  /** The tools those servers and a worker need. */
  readonly tools: readonly ToolName[];
}

/** Any of these says which Temporal is meant. A configuration file that merely lies in the home folder does not. */
const temporalVariables = /^TEMPORAL_(ADDRESS|PROFILE|CONFIG_FILE|API_KEY|TLS|TLS_.+)$/;

/** Any of these says that a real host is meant. */
const hostVariables = /^(REPLICATE_(API_TOKEN|BASE_URL)|MINIMAX_(API_KEY|BASE_URL))$/;

/** Decides what a local stack starts: what the environment does not give. An empty variable counts as not set. */
export function planLocalStack(env: Environment): LocalStackPlan {
  const given = Object.keys(env).filter((name) => env[name] !== undefined && env[name] !== '');
  const temporal = !given.some((name) => temporalVariables.test(name));
  // A bucket without an endpoint is a bucket on AWS.
  const objectStore = !given.includes('S3_ENDPOINT') && !given.includes('S3_BUCKET');
  const standIn = !given.some((name) => hostVariables.test(name));
  const tools: ToolName[] = ['ffmpeg', 'ffprobe'];
  if (temporal) tools.push('temporal');
  if (objectStore) tools.push('weed');
  return { temporal, objectStore, standIn, tools };
}
