import { explainGate } from '../../domain/explain-progress.ts';
import type { OpenGate } from '../../domain/gates.ts';
import { BeatreelError } from './beatreel-error.ts';

/** The video waits for approval at a gate, and holds no places or permits meanwhile. */
export class VideoAwaitsApproval extends BeatreelError {
  readonly code = 'VideoAwaitsApproval';
  readonly videoId: string;
  /** Absent when no worker answered. */
  readonly gate: OpenGate | undefined;
  /** A sentence on the next step; absent when no worker answered. */
  readonly nextStep: string | undefined;

  constructor(videoId: string, gate?: OpenGate) {
    const { reason, nextStep } = explainGate(videoId, gate);
    super(`Video ${videoId} waits for approval${reason === undefined ? '.' : `. ${reason}`}`);
    this.videoId = videoId;
    this.gate = gate;
    this.nextStep = nextStep;
  }
}
