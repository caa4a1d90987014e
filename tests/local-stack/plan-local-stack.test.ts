import { planLocalStack } from '../../workers/dev/local-stack/plan-local-stack.ts';

const all = { temporal: true, objectStore: true, standIn: true };

test('an empty environment starts everything', () => {
  expect(planLocalStack({})).toEqual({ ...all, tools: ['ffmpeg', 'ffprobe', 'temporal', 'weed'] });
});

test.each([
  [{ TEMPORAL_ADDRESS: 'temporal:7233' }, { temporal: false }],
  [{ TEMPORAL_PROFILE: 'prod' }, { temporal: false }],
  [{ TEMPORAL_CONFIG_FILE: '/etc/temporal.toml' }, { temporal: false }],
  [{ TEMPORAL_API_KEY: 'key' }, { temporal: false }],
  [{ TEMPORAL_TLS_CLIENT_CERT_PATH: '/etc/cert' }, { temporal: false }],
  [{ TEMPORAL_NAMESPACE: 'videos' }, {}],
  [{ TEMPORAL_CLI: '/usr/bin/temporal' }, {}],
  [{ TEMPORAL_ADDRESS: '' }, {}],
  [{ S3_ENDPOINT: 'https://r2' }, { objectStore: false }],
  [{ S3_BUCKET: 'on-aws' }, { objectStore: false }],
  [{ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'x' }, {}],
  [{ REPLICATE_API_TOKEN: 'r8' }, { standIn: false }],
  [{ REPLICATE_BASE_URL: 'http://other' }, { standIn: false }],
  [{ MINIMAX_API_KEY: 'sk' }, { standIn: false }],
  [{ MINIMAX_BASE_URL: 'http://other' }, { standIn: false }],
  [{ HOME: '/home/somebody', FFMPEG: '/usr/bin/ffmpeg' }, {}],
])('%j changes the plan by %j', (env, difference) => {
  expect(planLocalStack(env)).toMatchObject({ ...all, ...difference });
});

test('no tool is asked for whose server is given', () => {
  const { tools } = planLocalStack({ TEMPORAL_ADDRESS: 'a:1', S3_BUCKET: 'b' });
  expect(tools).toEqual(['ffmpeg', 'ffprobe']);
});
