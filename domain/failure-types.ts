/** The names of failures in history, in the UI and for callers; `failures.ts` holds the meaning of each. */
export const failureTypes = {
  /** A brief, option or host input that can never work. Not retried. */
  invalidRequest: 'InvalidRequest',
  /** The host refused our key. Not retried. */
  credentialsRejected: 'CredentialsRejected',
  /** The object store refuses our key, our rights or our clock. Six tries, and more where money is at stake. */
  storeRefused: 'StoreRefused',
  /** The host refused the content. Not retried as is. */
  contentRejected: 'ContentRejected',
  /** The host wants money first, or the budget of the video is spent. Not retried. */
  budgetExceeded: 'BudgetExceeded',
  /** An expected thing is missing: an object, an output, a frame. Not retried. */
  artifactMissing: 'ArtifactMissing',
  /** Paid for, and its file cannot be fetched yet. Looks go on by themselves until the host no longer has it. */
  notFetched: 'NotFetched',
  /** A step's own deadline passed, e.g. because the step was paused. Paid purchases are scheduled again. */
  timedOut: 'TimedOut',
  /** Bought, and the host no longer has it. Not retried. */
  paidAndLost: 'PaidAndLost',
  /** The host asked us to slow down. Retried after the host's own delay. */
  providerBusy: 'ProviderBusy',
  /** The host or a server of ours did not answer. Retried with back-off. */
  providerUnavailable: 'ProviderUnavailable',
  /** The host ran the prediction and it failed. The take is over; a person may start another. */
  predictionFailed: 'PredictionFailed',
  /** The host's platform broke a prediction off, or did not begin it. Up to two more takes follow by themselves. */
  predictionInterrupted: 'PredictionInterrupted',
  /** A language model wrote no usable storyboard, and the brief wants no other planner. Not retried. */
  planFailed: 'PlanFailed',
  /** ffmpeg or ffprobe failed. Three tries. */
  mediaToolFailed: 'MediaToolFailed',
  /** Footage is shorter than its model promised, by more than the brief lets us fill. Not retried. */
  clipTooShort: 'ClipTooShort',
  /** Unknown whether the host was paid. A person decides. */
  needsReconcile: 'NeedsReconcile',
  /** Not an error: the prediction is still running. */
  predictionPending: 'PredictionPending',
  /** The video ended with failed units, as `onFailure: "fail"` asks. */
  unitsFailed: 'UnitsFailed',
} as const;

export type FailureType = (typeof failureTypes)[keyof typeof failureTypes];
