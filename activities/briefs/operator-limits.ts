/** The most that any brief may ask for. */
export interface OperatorLimits {
  readonly concurrentStills: number;
  readonly concurrentChunks: number;
}
