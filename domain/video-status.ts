interface StatusMeaning {
  /** Whether the video goes on, or may. */
  readonly isOpen: boolean;
  /** Whether it goes on only when a person decides something. */
  readonly waitsForPerson: boolean;
}

/** How a video stands, and what follows from it. */
const meanings = {
  running: { isOpen: true, waitsForPerson: false },
  parked: { isOpen: true, waitsForPerson: true },
  awaiting_budget: { isOpen: true, waitsForPerson: true },
  awaiting_approval: { isOpen: true, waitsForPerson: true },
  succeeded: { isOpen: false, waitsForPerson: false },
  failed: { isOpen: false, waitsForPerson: false },
  canceled: { isOpen: false, waitsForPerson: false },
} as const satisfies Record<string, StatusMeaning>;

/** How a video stands; see `docs/failures.md` for what each asks of a person. */
export type VideoStatus = keyof typeof meanings;

export const videoStatuses = Object.keys(meanings) as VideoStatus[];

export function isOpen(status: VideoStatus): boolean {
  return meanings[status].isOpen;
}

export function waitsForPerson(status: VideoStatus): boolean {
  return meanings[status].waitsForPerson;
}

/** Statuses at which a person is asked for something. */
export const waitingStatuses = videoStatuses.filter(waitsForPerson);
