/** Invented numbers of the example group. */
export const phones = {
  /** Refused all calls; a list that covers her is stale. */
  dana: "+12145550142",
  danaToo: "+19725550164",
  /** Her area code belongs to no state, so that she may be called at any time of day. */
  nina: "+12355550117",
  /** A number of nobody on record. */
  stranger: "+13035550187",
  /** A number that is not on record. */
  unknown: "+13125550176",
} as const;

export const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
