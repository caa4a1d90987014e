interface StatusMeaning {
  /** Whether the video goes on, or may. */
  readonly isOpen: boolean;
  /** Whether it goes on only after a person's decision. */
  readonly waitsForPerson: boolean;
}

/** The statuses of a video with their consequences. */
const meanings = {
  running: { isOpen: true, waitsForPerson: false },
  parked: { isOpen: true, waitsForPerson: true },
  awaiting_budget: { isOpen: true, waitsForPerson: true },
  awaiting_approval: { isOpen: true, waitsForPerson: true },
  succeeded: { isOpen: false, waitsForPerson: false },
  failed: { isOpen: false, waitsForPerson: false },
  canceled: { isOpen: false, waitsForPerson: false },
} as const satisfies Record<string, StatusMeaning>;

/** The state of a video; `docs/failures.md` names the action that each asks of a person. */
export type VideoStatus = keyof typeof meanings;

export const videoStatuses = Object.keys(meanings) as VideoStatus[];

export function isOpen(status: VideoStatus): boolean {
  return meanings[status].isOpen;
}

export function waitsForPerson(status: VideoStatus): boolean {
  return meanings[status].waitsForPerson;
}

/** Statuses that ask a person for an action. */
export const waitingStatuses = videoStatuses.filter(waitsForPerson);
