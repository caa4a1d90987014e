import type { Estimate, PlannedBeat } from '../../../domain/estimate.ts';

/** An estimate of two beats, with the given fields in place of its own. */
export function estimateOf(changes: Partial<Estimate> = {}): Estimate {
  return {
    videoId: 'priced',
    title: 'A lamp',
    durationSeconds: 8,
    plannedBy: 'built-in',
    template: { name: 'plain', reason: 'The prompt calls for no other template.' },
    cast: [{ name: 'Lamp', description: 'a brass lamp with a green shade' }],
    beats: [beatOf(0), beatOf(1)],
    musicPrompt: 'calm, slow, 70 BPM',
    warnings: [],
    phases: [{ phase: 'storyboard', model: 'flux', units: 2, unitUsd: 0.003, costUsd: 0.006 }],
    highestUsd: 0.006,
    ...changes,
  };
}

export function beatOf(beat: number, changes: Partial<PlannedBeat> = {}): PlannedBeat {
  return {
    beat,
    purpose: 'moment',
    title: `Moment ${beat}`,
    cast: ['Lamp'],
    startSeconds: beat * 5,
    keptSeconds: beat === 0 ? 5 : 3,
    stillPrompt: `Picture ${beat}`,
    motionPrompt: `Movement ${beat}`,
    references: [],
    chunks: 1,
    ...changes,
  };
}
