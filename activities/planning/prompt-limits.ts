/** The shortest limits of the models that Beatreel knows, in characters (MiniMax, read 2026-11-22). */
export const promptLimits = { still: 1500, motion: 2000, music: 300 } as const;
export const titleLimit = 60;
