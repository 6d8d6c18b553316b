import {
  type DutyConfirmation,
  type DutyRule,
  type DutySettings,
  bundledRuleBook,
  describeDutySubject,
  hashDuty,
  findDutyRule,
} from "../src/people/jurisdiction/index.ts";

/** Settings of a campaign whose callers read out version 2 of an offer. */
export const someDutySettings: DutySettings = {
  dialer: "live_agent",
  callerNumber: "+12025550199",
  label: "",
  labelContract: "",
  offers: [{ id: "loan", version: 2 }],
};

/** Returns a duty of the data. */
export function aDuty(id: string): DutyRule {
  const rule = findDutyRule(bundledRuleBook, id);
  if (rule === null) throw new Error(`no duty ${id}`);
  return rule;
}

/** A confirmation of a duty as it is now, for the settings above, without an end. */
export const aDutyConfirmation = (
  id: string,
  more: Partial<DutyConfirmation> = {},
): DutyConfirmation => ({
  rule: id,
  version: hashDuty(aDuty(id)),
  subject: describeDutySubject(aDuty(id), someDutySettings),
  validUntil: null,
  ...more,
});

/** Confirmations of all that the federal law of the United States asks of campaigns that sell. */
export const federalConfirmations = (): DutyConfirmation[] =>
  bundledRuleBook.rules
    .filter(({ id }) => id.startsWith("US.") && findDutyRule(bundledRuleBook, id) !== null)
    .map(({ id }) => aDutyConfirmation(id));
