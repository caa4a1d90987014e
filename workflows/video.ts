import { condition, setCurrentDetails, workflowInfo } from '@temporalio/workflow';

import { VideoPermits } from './account/video-permits.ts';
import { connectActivities } from './activities.ts';
import { updateListing } from './listing.ts';
import type { CarriedVideo } from './carried-video.ts';
import { describeProgress } from '../domain/describe-progress.ts';
import type { CancelReport, PhaseOutput, VideoProgress } from '../domain/progress.ts';
import { isOpen, type VideoStatus, waitsForPerson } from '../domain/video-status.ts';
import { roundUsd } from '../domain/round-usd.ts';
import { Treasury } from '../domain/treasury.ts';
import { wholeVideo } from '../domain/unit.ts';
import type { Phase } from '../domain/media.ts';
import { phases } from '../domain/media.ts';
import { Gates } from './gates.ts';
import { Journal } from './journal.ts';
import { PhaseProgress } from './phase-progress.ts';
import type { PlannedVideo } from './planned-video.ts';
import { readUnitFailure } from './unit-failure.ts';
import { BoughtUnit } from './units/bought-unit.ts';
import { MadeUnit } from './units/made-unit.ts';
import type { Unit } from './units/unit.ts';

/** A video from its first moment on, when only its id is known. */
export class Video {
  readonly id = workflowInfo().workflowId;
  /** Calls in flight. */
  readonly calls = { open: 0 };
  readonly activities = connectActivities(this.calls);
  readonly permits = new VideoPermits(this.activities);
  title = this.id;
  /** Everything else, once planned. */
  plan: PlannedVideo | undefined;
  /** The reason why it is parked, with both counts. */
  problem: string | undefined;
  /** The result of ending everything at the hosts. */
  cancellation: CancelReport | undefined;
  /** Whether the video is ending; it refuses decisions from then on. */
  isEnding = false;
  /** Whether it is still restoring the state of an earlier run. */
  isOpening = false;
  /** Whether nothing new may begin, because the video is about to continue as new. */
  isDraining = false;
  /** The first call that ends live predictions, while orders in flight are still awaited. */
  ending: Promise<void> | undefined;
  readonly gates = new Gates();
  /** The revision that this run makes; infinite until its start is read. */
  making = Infinity;
  #newestRevision = 0;
  /** Number of times that failed units continued: by a person's decision, or because a late file arrived. */
  reopenings = 0;
  readonly storyboard = new MadeUnit<object>(
    { medium: 'storyboard', ...wholeVideo },
    {
      readFailure: readUnitFailure,
      whileDraining: () => this.whileDraining(),
      changed: () => {
        this.changed();
      },
    },
    () => undefined,
  );
  readonly #phases = phases.map(
    (phase) =>
      new PhaseProgress(phase, () => {
        this.changed();
      }),
  );
  readonly #journal = new Journal();
  #warnings: string[] = [];
  #treasury: Treasury | undefined;
  #status: VideoStatus = 'running';
  /** Start of the wait for a person, in milliseconds since 1970. */
  #waitingSinceMs: number | undefined;
  #restoredAtMs: number | undefined;
  #changes = 0;

  /** Absent until the brief is accepted. */
  get treasury(): Treasury | undefined {
    return this.#treasury;
  }

  get status(): VideoStatus {
    return this.#status;
  }

  /** Whether it goes on only after a person's decision. */
  get waitsForPerson(): boolean {
    return waitsForPerson(this.#status);
  }

  /** A newer revision to make as soon as live orders have ended. */
  get nextRevision(): number | undefined {
    return this.#newestRevision > this.making ? this.#newestRevision : undefined;
  }

  /** Notes a newer revision. */
  hearOfRevision(revision: number): void {
    this.#newestRevision = Math.max(this.#newestRevision, revision);
    // Otherwise the revision is older than the wait, and its author may not know of the holds.
    if (this.waitsForPerson) this.plan?.shortfalls.lift();
    this.changed();
  }

  /** Waits for the end of a drain. @returns undefined when none is in progress */
  whileDraining(): Promise<unknown> | undefined {
    return this.isDraining ? condition(() => !this.isDraining) : undefined;
  }

  get units(): readonly Unit[] {
    return [this.storyboard, ...(this.plan?.units ?? [])];
  }

  /** Units that wait for a person. */
  get failedUnits(): readonly Unit[] {
    return this.units.filter(({ failure }) => failure !== undefined);
  }

  phase(phase: Phase): PhaseProgress {
    const found = this.#phases.find((progress) => progress.phase === phase);
    if (!found) throw new RangeError(`There is no phase ${phase}.`);
    return found;
  }

  /** Opens the money of the video. @param budgetUsd absent: no cap */
  openTreasury(budgetUsd: number | undefined): Treasury {
    this.#treasury = new Treasury(budgetUsd, {
      onChange: () => {
        this.changed();
      },
      mayFree: () => this.units.some((unit) => unit instanceof BoughtUnit && unit.mayFreeMoney),
    });
    return this.#treasury;
  }

  /** Everything that the next run cannot read from the bucket. Call it only with nothing in flight. */
  carry(): CarriedVideo {
    const units = (this.plan?.units ?? []).map((unit) => [unit.name, unit.carry()] as const);
    return {
      layout: 1,
      changes: this.#changes,
      warnings: this.#warnings,
      phases: this.#phases.map((phase) => phase.carry()),
      money: this.#treasury?.carry() ?? { spentUsd: {}, reservedUsd: {} },
      fittedScore: this.plan?.fittedScore,
      waitingSinceMs: this.#waitingSinceMs,
      units: Object.fromEntries(
        units.filter(([, { status, bought }]) => status !== 'waiting' || bought?.takes.length),
      ),
    };
  }

  /** Continues from the state of an earlier run. Call it after planning. */
  restore({ changes, phases: carried, units, warnings, fittedScore, waitingSinceMs }: CarriedVideo): void {
    this.#changes = changes;
    for (const before of carried) this.#phases.find(({ phase }) => phase === before.phase)?.restore(before);
    this.#warnings = [...warnings];
    if (this.plan) this.plan.fittedScore = fittedScore;
    for (const unit of this.plan?.units ?? []) {
      const before = units[unit.name];
      if (before) unit.restore(before);
    }
    this.isOpening = false;
    this.problem = undefined;
    this.#journal.takeOver(this.progress());
    this.#waitingSinceMs = waitingSinceMs;
    this.#restoredAtMs = Date.now();
    // A waiting video reaches its wait again by itself, before any query.
    this.changed();
  }

  setStatus(status: VideoStatus): void {
    this.#status = status;
    this.changed();
  }

  /** Adds a warning: a fact for a person although nothing waits. */
  warn(sentence: string): void {
    this.#warnings.push(sentence);
    this.changed();
  }

  /** Publishes a change, and updates whether the video waits for money. */
  changed(): void {
    this.#changes += 1;
    if (this.isOpening) return;
    this.#treasury?.refuseImpatient();
    const isShort = this.#treasury?.isShort === true;
    const isOver = this.#treasury?.isClosed === true;
    if (!isOver && this.#status === (isShort ? 'running' : 'awaiting_budget'))
      this.#status = isShort ? 'awaiting_budget' : 'running';
    this.#noteWaiting();
    const progress = this.progress();
    this.#journal.note(progress);
    this.#draw(progress);
    const { status, phase, costUsd } = progress;
    const gate = this.gates.open?.gate ?? '';
    updateListing({ phase: status === 'running' ? phase : status, costUsd, gate });
  }

  /** A run that continues a waiting one reaches that wait within one workflow task, in which time stands still. */
  #noteWaiting(): void {
    if (this.waitsForPerson) this.#waitingSinceMs ??= Date.now();
    else if (Date.now() !== this.#restoredAtMs) this.#waitingSinceMs = undefined;
  }

  /** Shows a unit's wait in the Web UI; a wait alone is not a change that anybody is told of. */
  redraw(): void {
    if (!this.isOpening) this.#draw(this.progress());
  }

  #draw(progress: VideoProgress): void {
    setCurrentDetails(describeProgress(progress));
  }

  /** Cost of the video. The ledger also knows purchases from before a reset, for which this run has no unit. */
  #costUsd(outputs: readonly PhaseOutput[]): number {
    const [plan] = outputs;
    const bought = this.cancellation?.costUsd;
    if (bought !== undefined) return roundUsd(bought + (plan?.costUsd ?? 0));
    return roundUsd(outputs.reduce((sum, { costUsd }) => sum + costUsd, this.plan?.elsewhereUsd ?? 0));
  }

  /** All warnings, including one on a budget that may be too small at this moment. */
  #allWarnings(): readonly string[] | undefined {
    const shortage = this.plan && isOpen(this.#status) ? this.plan.shortage : undefined;
    const warnings = [...(shortage === undefined ? [] : [shortage]), ...this.#warnings];
    return warnings.length === 0 ? undefined : warnings;
  }

  /** Whether it is between two states: restoring, leaving for another revision, or ending. Watchers keep waiting. */
  get #isOnItsWay(): boolean {
    const isLeaving = this.isEnding || this.nextRevision !== undefined;
    return this.isOpening || (this.waitsForPerson && isLeaving);
  }

  progress(): VideoProgress {
    const { units } = this;
    const outputs = this.#phases.map((phase) => phase.output(units));
    return {
      videoId: this.id,
      title: this.title,
      status: this.#isOnItsWay ? 'running' : this.#status,
      phase: this.#phases.find(({ isOver }) => !isOver)?.phase ?? 'music',
      phases: outputs,
      costUsd: this.#costUsd(outputs),
      estimateUsd: this.plan?.storyboard.estimateUsd,
      beats: this.plan?.storyboard.beats.length,
      problem: this.problem,
      ...(this.waitsForPerson && this.#waitingSinceMs !== undefined
        ? { waitingSince: new Date(this.#waitingSinceMs).toISOString() }
        : {}),
      ...this.gates.report(),
      budget: this.#treasury?.report(),
      warnings: this.#allWarnings(),
      cancellation: this.cancellation,
      revision: this.plan?.revision,
      changes: this.#changes,
    };
  }
}
