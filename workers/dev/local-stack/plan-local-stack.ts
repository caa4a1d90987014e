import type { ToolName } from '../../tools/tool-specs.ts';
import type { Environment } from '../../../activities/runtime/read-variable.ts';

/** The servers to start, because the environment does not name them. */
export interface LocalStackPlan {
  readonly temporal: boolean;
  readonly objectStore: boolean;
  readonly standIn: boolean;
  /** The tools those servers and a worker need. */
  readonly tools: readonly ToolName[];
}

/** Variables that choose a Temporal server. A configuration file in the home folder alone does not choose one. */
const temporalVariables = /^TEMPORAL_(ADDRESS|PROFILE|CONFIG_FILE|API_KEY|TLS|TLS_.+)$/;

/** Variables that choose a real host. */
const hostVariables = /^(REPLICATE_(API_TOKEN|BASE_URL)|MINIMAX_(API_KEY|BASE_URL))$/;

/** Plans to start the servers that the environment does not name. An empty variable counts as not set. */
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
