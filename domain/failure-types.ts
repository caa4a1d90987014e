/** The names by which failures are known in history, in the UI and to callers; `failures.ts` says what each means. */
export const failureTypes = {
  /** A brief, option or host input that can never work. Not retried. */
  invalidRequest: 'InvalidRequest',
  /** The host refused our key. Not retried. */
  credentialsRejected: 'CredentialsRejected',
  /** The object store refuses our key, our rights or our clock. Six tries, and more where money is at stake. */
  storeRefused: 'StoreRefused',
  /** The host refused the content. Not retried as is. */
  contentRejected: 'ContentRejected',
  /** The host wants money first, or what the video may cost is spent. Not retried. */
  budgetExceeded: 'BudgetExceeded',
  /** Something is missing that should be there: an object, an output, a frame. Not retried. */
  artifactMissing: 'ArtifactMissing',
  /** Paid for, and its file cannot be fetched yet. Looks go on by themselves until the host no longer has it. */
  notFetched: 'NotFetched',
  /** A step's own deadline is over, e.g. because it was paused. Purchases that are paid for are scheduled again. */
  timedOut: 'TimedOut',
  /** Bought, and the host no longer has it. Not retried. */
  paidAndLost: 'PaidAndLost',
  /** The host asked us to slow down. Retried after the host's own delay. */
  providerBusy: 'ProviderBusy',
  /** The host or a server of ours did not answer. Retried with back-off. */
  providerUnavailable: 'ProviderUnavailable',
  /** The host ran the prediction and it failed. The take is over; a person may start another. */
  predictionFailed: 'PredictionFailed',
  /** The host's platform broke a prediction off, or did not begin it. Up to two further takes by themselves. */
  predictionInterrupted: 'PredictionInterrupted',
  /** A language model wrote no storyboard that can be used, and nobody is to plan in its place. Not retried. */
  planFailed: 'PlanFailed',
  /** ffmpeg or ffprobe failed. Three tries. */
  mediaToolFailed: 'MediaToolFailed',
  /** Footage came shorter than its model promised, and more so than the brief lets us fill. Not retried. */
  clipTooShort: 'ClipTooShort',
  /** It cannot be told whether the host was paid. A person decides. */
  needsReconcile: 'NeedsReconcile',
  /** Not an error: the prediction is still running. */
  predictionPending: 'PredictionPending',
  /** The video ended with failed units, as `onFailure: "fail"` asks. */
  unitsFailed: 'UnitsFailed',
} as const;

export type FailureType = (typeof failureTypes)[keyof typeof failureTypes];
