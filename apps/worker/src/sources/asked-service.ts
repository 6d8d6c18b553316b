/** What a registry answers about a number. */
export type Said = "free" | "listed" | "invalid";

export type Ask = {
  /** Reference by which the registry knows this question, also when it is asked again. */
  reference: string;
  /** Digits of E.164, without the plus. */
  numbers: readonly string[];
  /** True if they were sent before and no answer came. */
  isAgain: boolean;
};
