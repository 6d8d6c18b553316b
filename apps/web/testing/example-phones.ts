/** Numbers of the example group; they are invented. */
export const phones = {
  /** Refused all calls; a list that covers her is stale. */
  dana: "+12145550142",
  danaToo: "+19725550164",
  /** Her area code lies in no state, so that she may be called at any hour of the test. */
  nina: "+12355550117",
  /** On record with nobody. */
  stranger: "+13035550187",
  /** Not on record. */
  unknown: "+13125550176",
} as const;

export const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
