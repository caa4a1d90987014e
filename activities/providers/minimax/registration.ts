import type { HostRegistration } from '../host-registration.ts';
import { createMiniMaxHost } from './minimax-host.ts';
import { missingKey, readMiniMaxSettings } from './minimax-settings.ts';

/**
 * The servers of MiniMax's outputs: its own domains, whose subdomains change, and buckets at Alibaba Cloud, whose names
 * belong to one account each; all of `aliyuncs.com` would let in anybody. Not documented by MiniMax. Observed in
 * answers of its API that others have published, of 2025-11 to 2026-09, read 2026-11-24: footage, pictures and music,
 * each in the United States and in China.
 */
const outputHosts = [
  '*.minimax.io',
  '*.minimaxi.com',
  '*.minimax.chat',
  '*.hailuoai.com',
  'algeng-video-infer.oss-cn-shanghai.aliyuncs.com',
  'public-cdn-video-data-algeng-us.oss-us-east-1.aliyuncs.com',
  'public-cdn-video-data-algeng.oss-cn-wulanchabu.aliyuncs.com',
  'hailuo-image-algeng-data-us.oss-us-east-1.aliyuncs.com',
  'hailuo-image-algeng-data.oss-cn-wulanchabu.aliyuncs.com',
  'minimax-algeng-chat-tts-us.oss-us-east-1.aliyuncs.com',
  'minimax-algeng-chat-tts.oss-cn-wulanchabu.aliyuncs.com',
].join(' ');

/** MiniMax itself. */
export const minimaxRegistration: HostRegistration = {
  name: 'minimax',
  title: 'MiniMax',
  outputHosts,
  setUp: (env) => {
    const settings = readMiniMaxSettings(env);
    return settings ? { open: () => createMiniMaxHost(settings) } : { missing: missingKey };
  },
};
