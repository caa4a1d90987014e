/** The programs that tests draw and measure with: `npm run test:only` says where they are. */
export const ffmpegPath = process.env['FFMPEG'] ?? 'ffmpeg';
export const ffprobePath = process.env['FFPROBE'] ?? 'ffprobe';
