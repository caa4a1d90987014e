/** The programs with which tests draw and measure; `npm run test:only` sets their paths. */
export const ffmpegPath = process.env['FFMPEG'] ?? 'ffmpeg';
export const ffprobePath = process.env['FFPROBE'] ?? 'ffprobe';
