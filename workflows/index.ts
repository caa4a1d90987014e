export { hostAccount } from './account/host-account.ts';
export { generateVideo } from './generate-video.ts';
