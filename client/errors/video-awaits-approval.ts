import { explainGate } from '../../domain/explain-progress.ts';
import type { OpenGate } from '../../domain/gates.ts';
import { BeatreelError } from './beatreel-error.ts';

/** The video waits at a gate for a person to approve it, and holds nothing meanwhile. */
export class VideoAwaitsApproval extends BeatreelError {
  readonly code = 'VideoAwaitsApproval';
  readonly videoId: string;
  /** Absent when no worker answered. */
  readonly gate: OpenGate | undefined;
  /** A sentence on what to do; absent when no worker answered. */
  readonly nextStep: string | undefined;

  constructor(videoId: string, gate?: OpenGate) {
    const { reason, nextStep } = explainGate(videoId, gate);
    super(`Video ${videoId} waits for approval${reason === undefined ? '.' : `. ${reason}`}`);
    this.videoId = videoId;
    this.gate = gate;
    this.nextStep = nextStep;
  }
}
