export { hostAccount } from './account/host-account.ts';
export { estimateVideo } from './estimate-video.ts';
export { generateVideo } from './generate-video.ts';
