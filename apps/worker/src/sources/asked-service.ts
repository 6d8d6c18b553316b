/** What a registry says of a number. */
export type Said = "free" | "listed" | "invalid";

export type Ask = {
  /** By which the registry knows the numbers, the second time too. */
  reference: string;
  /** As in E.164, without the plus. */
  numbers: readonly string[];
  /** Whether they were sent before, and no answer came. */
  isAgain: boolean;
};
