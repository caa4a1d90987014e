import type { Approval, Gate, OpenGate, Rejection } from '../domain/gates.ts';
import type { VideoProgress } from '../domain/progress.ts';

/** What waits for approval, and what people said to it. */
export class Gates {
  #approvals: readonly Approval[] = [];
  #open: OpenGate | undefined;
  #rejection: Rejection | undefined;

  get approvals(): readonly Approval[] {
    return this.#approvals;
  }

  /** Absent where nothing waits for approval. */
  get open(): OpenGate | undefined {
    return this.#open;
  }

  get rejection(): Rejection | undefined {
    return this.#rejection;
  }

  /** @returns the approval of exactly this, by whichever run or revision it was given */
  approvalOf(gate: Gate, digest: string): Approval | undefined {
    return this.#approvals.find((approval) => approval.gate === gate && approval.digest === digest);
  }

  /** @returns the approval of this gate in this revision */
  approvalIn(gate: Gate, revision: number): Approval | undefined {
    return this.#approvals.find((approval) => approval.gate === gate && approval.revision === revision);
  }

  /** What people approved before this run, from wherever that is known. */
  restore(approvals: readonly Approval[]): void {
    const isNew = ({ gate, digest }: Approval) => !this.approvalOf(gate, digest);
    this.#approvals = [...this.#approvals, ...approvals.filter(isNew)];
  }

  /** For the progress of the video. */
  report(): Pick<VideoProgress, 'gate' | 'approvals' | 'rejection'> {
    return {
      gate: this.#open,
      ...(this.#approvals.length > 0 ? { approvals: this.#approvals } : {}),
      rejection: this.#rejection,
    };
  }

  waitAt(open: OpenGate): void {
    this.#open = open;
  }

  leave(): void {
    this.#open = undefined;
  }

  approve(approval: Approval): void {
    this.#approvals = [...this.#approvals, approval];
  }

  reject(rejection: Rejection): void {
    this.#rejection = rejection;
  }
}
