import type { Submitted } from '../../activities/submit-prediction.ts';
import type { FailureType } from '../../domain/failure-types.ts';
import { cancelAfterSeconds } from '../../domain/prediction.ts';
import { Treasury } from '../../domain/treasury.ts';
import { takeName } from '../../domain/unit.ts';
import type { UnitPorts } from '../../workflows/units/unit-ports.ts';

/** The course of one take at the host: the step at which it fails, and the failure. */
export interface TakeScript {
  readonly fails?: 'submit' | 'prediction' | 'await' | 'store';
  readonly type?: FailureType;
}

/** An activity's failure, as the ports of a unit pass it on. */
export class FakeFailure extends Error {
  readonly type: FailureType;

  constructor(type: FailureType) {
    super(`It failed as ${type}.`);
    this.type = type;
  }
}

/** A host that follows a script, and records live takes and orders with their words. */
export class FakeHost {
  readonly orders: { readonly take: string; readonly model: string; readonly prompt: string }[] = [];
  readonly live = new Set<string>();
  readonly warnings: string[] = [];
  readonly events: string[] = [];
  mostLive = 0;
  readonly #pauses: (() => void)[] = [];
  readonly #waits: (() => void)[] = [];
  readonly treasury: Treasury;
  readonly ports: UnitPorts;
  readonly #script: (take: string) => TakeScript;

  constructor(
    script: (take: string) => TakeScript,
    { onRefusal = 'park', capUsd }: { onRefusal?: UnitPorts['onRefusal']; capUsd?: number } = {},
  ) {
    this.#script = script;
    this.treasury = new Treasury(capUsd);
    this.ports = {
      videoId: 'my-video',
      seed: 7,
      onRefusal,
      waitsForPerson: true,
      treasury: this.treasury,
      activities: this.#activities(),
      enterAccount: () => {
        this.events.push('permit');
        return Promise.resolve(() => undefined);
      },
      readFailure: (error) => {
        if (error instanceof FakeFailure) return { type: error.type, reason: error.message };
        throw error;
      },
      until: (isOver, atMostMs) => this.#until(isOver, atMostMs),
      goesOn: () => this.events.push('goes on'),
      warn: (sentence) => this.warnings.push(sentence),
      whyHeld: () => undefined,
      whileDraining: () => undefined,
      changed: () => {
        this.#wake();
      },
      redraw: () => undefined,
    };
  }

  #activities(): UnitPorts['activities'] {
    return {
      submitPrediction: ({ unit, model, request }) => {
        const take = takeName(unit);
        const { fails, type = 'ProviderUnavailable' } = this.#script(take);
        this.orders.push({ take, model, prompt: request.prompt });
        this.events.push(`submit ${take}`);
        if (fails !== 'submit' || type === 'NeedsReconcile' || type === 'ProviderUnavailable')
          this.#start(take);
        if (fails === 'submit') return Promise.reject(new FakeFailure(type));
        const prediction = { host: 'h', id: take };
        const submitted: Submitted = { state: 'submitted', ledgerKey: take, predictionKey: take, prediction };
        return Promise.resolve(submitted);
      },
      awaitPrediction: ({ prediction: { id } }) => {
        const { fails, type = 'PredictionFailed' } = this.#script(id);
        if (fails === 'await') return Promise.reject(new FakeFailure(type));
        this.live.delete(id);
        if (fails === 'prediction')
          return Promise.resolve({ state: 'failed', type, reason: 'It failed.', costUsd: 0 });
        return Promise.resolve({ state: 'succeeded', costUsd: 1 });
      },
      storeArtifact: ({ ledgerKey: id }) => {
        const { fails, type = 'ArtifactMissing' } = this.#script(id);
        this.events.push(`store ${id}`);
        if (fails === 'store') return Promise.reject(new FakeFailure(type));
        return Promise.resolve({ key: id, sizeBytes: 1, contentType: 'image/png' });
      },
      cancelPredictions: ({ unit }) => {
        const take = unit ? takeName(unit) : '';
        this.events.push(`cancel ${take}`);
        this.live.delete(take);
        return Promise.resolve({ canceled: 1, spentUsd: 0, savedUsd: 1, pastSavingUsd: 0 });
      },
    };
  }

  /** Ends the pauses of units between two looks. */
  passPauses(): Promise<void> {
    for (const pass of this.#pauses.splice(0)) pass();
    return new Promise((later) => setImmediate(later));
  }

  #until(isOver: () => boolean, atMostMs: number): Promise<void> {
    // Pauses between looks are minutes; the deadline of a slot must not pass.
    if (atMostMs === cancelAfterSeconds * 1000) return new Promise(() => undefined);
    this.events.push(`pause ${String(atMostMs / 60_000)} min`);
    return new Promise((over) => {
      this.#pauses.push(over);
      this.#waits.push(() => {
        if (isOver()) over();
      });
    });
  }

  #wake(): void {
    for (const look of this.#waits) look();
  }

  #start(take: string): void {
    this.live.add(take);
    this.mostLive = Math.max(this.mostLive, this.live.size);
  }
}
