import type { Approval, Gate, OpenGate, Rejection } from '../domain/gates.ts';
import type { VideoProgress } from '../domain/progress.ts';

/** The waiting gate of a video, and people's answers. */
export class Gates {
  #approvals: readonly Approval[] = [];
  #open: OpenGate | undefined;
  #rejection: Rejection | undefined;

  get approvals(): readonly Approval[] {
    return this.#approvals;
  }

  /** Absent where the video waits at no gate. */
  get open(): OpenGate | undefined {
    return this.#open;
  }

  get rejection(): Rejection | undefined {
    return this.#rejection;
  }

  /** @returns the approval of this very content, from any run or revision */
  approvalOf(gate: Gate, digest: string): Approval | undefined {
    return this.#approvals.find((approval) => approval.gate === gate && approval.digest === digest);
  }

  /** @returns the approval of this gate in this revision */
  approvalIn(gate: Gate, revision: number): Approval | undefined {
    return this.#approvals.find((approval) => approval.gate === gate && approval.revision === revision);
  }

  /** Adds approvals from before this run. */
  restore(approvals: readonly Approval[]): void {
    const isNew = ({ gate, digest }: Approval) => !this.approvalOf(gate, digest);
    this.#approvals = [...this.#approvals, ...approvals.filter(isNew)];
  }

  /** The fields for the video's progress. */
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
