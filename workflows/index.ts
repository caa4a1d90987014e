export { hostAccount } from './account/host-account.ts';
export { cleanUpVideo } from './clean-up-video.ts';
export { editVideo } from './edit-video.ts';
export { estimateVideo } from './estimate-video.ts';
export { generateVideo } from './generate-video.ts';
