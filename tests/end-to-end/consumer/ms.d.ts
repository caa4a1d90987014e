/** `@temporalio/common` declares times by this package, whose own types Node's resolution does not find. */
declare module 'ms' {
  export type StringValue = string;
}
