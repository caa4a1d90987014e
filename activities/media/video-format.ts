import { framesPerSecond } from '../../domain/chunks.ts';

/** Ticks a second of the picture track. One frame is 1000 of them. */
export const trackTimescale = 24_000;

/** The sample rate of every sound we make; all are stereo. */
export const sampleRate = 48_000;

/** A frame lasts a whole number of samples, so sound can be placed without a rounding error. */
export const samplesPerFrame = sampleRate / framesPerSecond;

/**
 * For MP4 written by us. By default a file's own clock runs in milliseconds, and edit lists and lengths are rounded to
 * it: every clip of 17 frames would then be a third of a millisecond short, and a cut of many clips would drift.
 */
export const exactClock: readonly string[] = ['-movie_timescale', String(sampleRate)];

/** The most frames a source may lack at its end; its last frame is held for them. A quarter of a second. */
export const longestHoldFrames = framesPerSecond / 4;

/**
 * The encoding of every clip. It is always the same, because clips are joined by copying, which needs equal stream
 * headers. Level 4.0 and the closed groups of pictures are fixed rather than left to the encoder for the same reason.
 *
 * Measured on two cores, 5 s of noisy 1366x768 at 25 fps to 1080p, CRF 18 (2026-11): superfast 4.0 s, 34 MB;
 * veryfast 5.7 s, 23 MB; faster 8.3 s, 23 MB; fast 11.6 s, 26 MB.
 */
export const pictureEncoding: readonly string[] = [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-threads:v', '2'],
  ...['-profile:v', 'high', '-level:v', '4.0', '-pix_fmt', 'yuv420p'],
  ...['-g', '48', '-bf', '2', '-flags:v', '+cgop+bitexact'],
  ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
  // Fixes the chroma location: encoders copy it from the source, and the headers of clips would differ.
  ...['-bsf:v', 'h264_metadata=chroma_sample_loc_type=0'],
  ...['-fps_mode', 'passthrough', '-video_track_timescale', String(trackTimescale), ...exactClock],
];

/** The lossless format, 24 bits, that keeps sound until it is encoded once. */
export const soundEncoding: readonly string[] = ['-c:a', 'flac', '-sample_fmt', 's32', '-f', 'flac'];

/** The format between two steps of one run: no rounding, no clipping. */
export const workEncoding: readonly string[] = ['-c:a', 'pcm_f32le', '-f', 'wav'];

/** The encoding of the video's one audio track: AAC-LC. */
export const trackEncoding: readonly string[] = [
  ...['-c:a', 'aac', '-profile:a', 'aac_low', '-b:a', '192k'],
  ...['-ar', String(sampleRate), '-ac', '2'],
];

/** Drops a source's metadata: titles, dates, encoders, chapters. */
export const withoutMetadata: readonly string[] = [
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact'],
];
