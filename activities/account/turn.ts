/** One order's way through the gate. What cannot be written down afterwards is logged: it is about pace, not money. */
export interface Turn {
  /**
   * Directly before anything is claimed or sent. May be called again.
   *
   * @throws BeatreelFailure ProviderBusy with the time to wait, for which nothing is held
   */
  enter(): Promise<void>;
  /** The host took the order. */
  accepted(): Promise<void>;
  /** It did not, or nobody knows; a `ProviderBusy` makes the account cool down. */
  refused(error: unknown): Promise<void>;
  /** Nothing was sent after all. Does nothing when the order was answered. */
  leave(): Promise<void>;
}
