import { type ConsentEvent, Element } from "../../consents/consent/index.ts";
import { ConsentId, SellerId } from "../../platform/ids.ts";
import { DAY_MS } from "../../platform/time/index.ts";
import {
  type DutyRule,
  type ExampleAttributes,
  type Rule,
  type RuleBook,
  type RuleExample,
  type RuleExamples,
  defaultHours,
  describeDutySubject,
  enforcedTypes,
  findAllowLists,
  findWhereabouts,
  hashDuty,
  isDutyRule,
  listRequiredRegistries,
  listWithParents,
} from "../../people/jurisdiction/index.ts";
import { lookUpPlan, readPhone, toDigits } from "../../people/phone/index.ts";
import type { CampaignFact, RegistryFact, ScreeningFacts } from "./facts.ts";
import type { Reason } from "./reason.ts";
import { screen } from "./screen.ts";

/*
 * Tries each rule by its two examples: a call just inside it and one just outside, with the verdict that the words
 * of the law give. A duty is tried by calls of a campaign for which nobody has confirmed it. A law whose examples fail
 * is not installed.
 */

/** True for a rule by which a screening refuses or warns, and for a duty, without which no campaign starts. */
export const needsExamples = (rule: Rule): boolean => isDutyRule(rule) || judgesCalls(rule);

/** True for a rule by which a screening refuses or warns of any call. Abandoned calls are judged afterwards. */
const judgesCalls = ({ type, effect, status }: Rule): boolean =>
  status !== "bill_unverified" &&
  effect !== "info" &&
  type !== "abandoned_calls" &&
  (enforcedTypes.has(type) || effect === "warn");

/** True for a law that lets people be called until they object. It refuses nobody by itself; the objection does. */
export const permitsCalls = (rule: Rule): boolean =>
  rule.type === "consent_model" && rule.value.model === "opt_out_with_registry";

/** Explains how the verdicts on a rule's examples differ from what they should be; empty if they do not. */
export function explainFailedExamples(law: RuleBook, rule: Rule): string[] {
  const examples = law.examples.get(rule.id);
  if (examples === undefined) return needsExamples(rule) ? ["has no examples"] : [];
  const [inside, outside] = examples;
  return [
    ...(judgesCalls(rule)
      ? [...tryInside(law, rule, inside), ...tryOutside(law, rule, outside)]
      : []),
    ...(isDutyRule(rule) ? tryDuty(law, rule, examples) : []),
  ];
}

/** Tries a duty by the calls of a campaign for which only this duty is not confirmed, and for which all are. */
function tryDuty(law: RuleBook, rule: DutyRule, [inside, outside]: RuleExamples): string[] {
  const screenInCampaign = (example: RuleExample, unconfirmed: DutyRule | null) => {
    const facts = prepareExample(example, law);
    const { verdict, refusals } = screen({
      ...facts,
      isCampaign: true,
      campaign: createCampaign(law, facts, unconfirmed),
    });
    const isAsked = refusals.some(({ rule: refusing }) => refusing === "campaign.duties");
    return { verdict, isAsked, findings: describe(refusals) };
  };
  const [free, bound, done] = [
    screenInCampaign(inside, rule),
    screenInCampaign(outside, rule),
    screenInCampaign(outside, null),
  ];
  const { verdict, reason } = outside.expected;
  return [
    ...(free.verdict === inside.expected.verdict
      ? []
      : [`the campaign without the duty should be "${inside.expected.verdict}": ${free.findings}`]),
    ...(bound.isAsked
      ? []
      : [`the campaign with the duty should be refused by it, but is ${bound.findings}`]),
    ...(done.verdict === "refuse"
      ? [`the campaign that has confirmed it should be allowed, but is ${done.findings}`]
      : []),
    ...(judgesCalls(rule) || (verdict === "refuse" && reason === "cannot-check")
      ? []
      : [`the example outside it expects "${verdict}", but an unconfirmed duty refuses`]),
  ];
}

/** A campaign that runs at all hours, with every duty of the law confirmed but one. */
function createCampaign(
  law: RuleBook,
  { dialer }: ScreeningFacts,
  unconfirmed: DutyRule | null,
): CampaignFact {
  const settings = { dialer, callerNumber: "", label: "", labelContract: "", offers: [] };
  return {
    key: "example",
    isRunning: true,
    hours: aroundTheClock,
    cap: { calls: 1000, days: 1 },
    sellerId: exampleSeller,
    settings,
    confirmedDuties: law.rules
      .filter(isDutyRule)
      .filter(({ id }) => id !== unconfirmed?.id)
      .map((duty) => ({
        rule: duty.id,
        version: hashDuty(duty),
        subject: describeDutySubject(duty, settings),
        validUntil: null,
      })),
  };
}

function tryInside(law: RuleBook, rule: Rule, { expected, ...example }: RuleExample): string[] {
  const facts = prepareExample({ expected, ...example }, law);
  const { verdict, refusals, warnings } = screen(facts);
  const findings = permitsCalls(rule) ? refusals : [...refusals, ...warnings];
  const isRefusedByAnother = hasReason(refusals, expected.reason);
  return [
    ...(verdict === expected.verdict
      ? []
      : [`the example inside it should be "${expected.verdict}", but is ${describe(refusals)}`]),
    ...(isRefusedByAnother === (expected.verdict === "refuse")
      ? []
      : [`the example inside it should not give ${expected.reason ?? "a reason"}`]),
    ...(findings.some((finding) => finding.rule === rule.id)
      ? ["the example inside it is refused or warned of by this very rule"]
      : []),
  ];
}

function tryOutside(law: RuleBook, rule: Rule, example: RuleExample): string[] {
  const facts = prepareExample(example, law);
  const { verdict, reason } = example.expected;
  const { refusals, warnings } = screen(facts);
  const findings = verdict === "warn" ? warnings : refusals;
  const ofRule = permitsCalls(rule)
    ? findings
    : findings.filter((finding) => finding.rule === rule.id);
  const isInPlace = listWithParents(law, facts.jurisdictions).includes(rule.jurisdiction);
  return [
    ...(verdict === (rule.effect === "warn" ? "warn" : "refuse")
      ? []
      : [`the example outside it expects "${verdict}", but the rule's effect is "${rule.effect}"`]),
    ...(hasReason(ofRule, reason)
      ? []
      : [
          `the example outside it should give ${reason ?? "a reason"} by this rule, but is ${describe(findings)}`,
        ]),
    ...(isInPlace && facts.zones.length > 0
      ? []
      : [`the number of the example outside it is not in ${rule.jurisdiction}`]),
  ];
}

const hasReason = (findings: readonly Reason[], reason: string | null) =>
  findings.some((finding) => finding.reason === reason);

const describe = (findings: readonly Reason[]) =>
  findings.length === 0
    ? "allowed"
    : findings.map(({ reason, rule }) => `${reason} (${rule ?? "own list"})`).join(", ");

/**
 * Prepares the facts of an example's call as a request for it would: places and zones by the number and the
 * address, and for all that the example leaves out the best that can be on record.
 */
export function prepareExample(
  { phone, at: written, attributes }: RuleExample,
  law: RuleBook,
): ScreeningFacts {
  const at = new Date(written);
  const plan = lookUpPlan(readDigits(phone));
  const { purpose = "promotional", region } = attributes;
  return {
    law,
    keptLaw: null,
    ownLaw: null,
    ruleSet: "",
    at,
    isWhatIf: true,
    ...findWhereabouts(law, plan, region === undefined ? [] : [{ zone: null, region }]),
    lineType: attributes.line_type ?? plan.lineType,
    lineTypeAt: attributes.line_type === undefined ? null : daysBefore(1, at),
    calledParty: attributes.called_party ?? "individual",
    emergencies: attributes.emergencies ?? [],
    closedDays: [],
    dialer: attributes.dialer ?? "live_agent",
    isCampaign: attributes.is_campaign ?? attributes.unconfirmed_duty ?? false,
    campaign: null,
    suppressions: [],
    preferences: [],
    permits: [],
    disconnected: [],
    purpose: {
      key: purpose === "promotional" ? "marketing" : purpose.replaceAll("_", "-"),
      kind: purpose,
    },
    seller: {
      id: exampleSeller,
      sector: attributes.sector ?? "other",
      consentPolicy: attributes.consent_policy ?? "opt_in",
    },
    consents: (attributes.consents ?? [{}]).flatMap((consent) => toEvents(consent, attributes, at)),
    optOuts: (attributes.opt_outs ?? []).map((one) => {
      const since = one.at === undefined ? daysBefore(one.days_before ?? 1, at) : new Date(one.at);
      return { scope: "all", at: since, recordedAt: since };
    }),
    purchasedAt: attributes.purchased_at === undefined ? null : new Date(attributes.purchased_at),
    calls: (attributes.calls ?? []).map((call) => new Date(call)),
    registries: listRegistryFacts(law, attributes, at),
    reassigned: toAnswers(attributes, at),
    policy: {
      hours: attributes.policy_hours === undefined ? defaultHours : aroundTheClock,
      choseHours: attributes.policy_hours !== undefined,
      warnOnly: new Set(),
      silenced: new Set(),
    },
  };
}

function readDigits(text: string) {
  const read = readPhone(text, "US");
  if ("fault" in read) throw new Error(`${text} is not a phone number: ${read.fault.key}`);
  return toDigits(read.phone);
}

const daysBefore = (days: number, at: Date) => new Date(at.getTime() - days * DAY_MS);

const CONSENT_DAYS = 30;

function toEvents(
  {
    at: written,
    is_written,
    source,
    after_withdrawal_at: withdrawnAt,
    lacks = [],
  }: ConsentAttributes,
  { purpose = "promotional" }: ExampleAttributes,
  at: Date,
): ConsentEvent[] {
  const since = written === undefined ? daysBefore(CONSENT_DAYS, at) : new Date(written);
  const grant: ConsentEvent = {
    consentId: consentIds[0],
    type: "granted",
    sellerId: exampleSeller,
    isProven: false,
    isImported: false,
    validUntil: null,
    recordedAt: since,
    at: since,
    isWritten: is_written ?? source !== "enquiry",
    purposes: [purpose === "promotional" ? "marketing" : purpose.replaceAll("_", "-")],
    channels: ["voice_live", "voice_autodialed", "voice_prerecorded", "voice_ai"],
    elements: Element.options.filter(
      (element) => !lacks.includes(element) && (element !== "enquiry" || source === "enquiry"),
    ),
  };
  if (withdrawnAt === undefined) return [grant];
  const withdrawal = new Date(withdrawnAt);
  return [
    {
      ...grant,
      consentId: consentIds[1],
      type: "withdrawn",
      at: withdrawal,
      recordedAt: withdrawal,
    },
    grant,
  ];
}
type ConsentAttributes = NonNullable<ExampleAttributes["consents"]>[number];

/**
 * Lists every registry that a rule of that day names, read the day before, or at the time of the call if the law
 * requires that. A registry that the example sets to null is not connected.
 */
function listRegistryFacts(
  law: RuleBook,
  { registries = {} }: ExampleAttributes,
  at: Date,
): RegistryFact[] {
  return listRequiredRegistries(law, at.toISOString().slice(0, 10)).flatMap(
    ({ code, limitDays }) => {
      const listing = registries[code];
      if (listing === null) return [];
      const {
        lists_phone: listsPhone = findAllowLists(law).has(code),
        listed_after_consent: isLater = false,
        listed_days_before: days = isLater ? CONSENT_DAYS / 2 : CONSENT_DAYS * 12,
      } = listing ?? {};
      return {
        registry: code,
        maxAgeDays: limitDays ?? CONSENT_DAYS,
        edition: {
          number: 1,
          verifiedAt: limitDays === 0 ? at : daysBefore(1, at),
          listsPhone,
          listedSince: listsPhone ? daysBefore(days, at) : null,
        },
      };
    },
  );
}

function toAnswers({ reassigned }: ExampleAttributes, at: Date): ScreeningFacts["reassigned"] {
  if (reassigned === null) return [];
  const { answer, days_before } = reassigned ?? { answer: "no", days_before: 1 };
  const askedAt = daysBefore(days_before, at);
  return [{ answer, consentDate: daysBefore(CONSENT_DAYS * 12, at), askedAt, at: askedAt }];
}

const exampleSeller = SellerId.parse("018f0000-0000-7000-8000-00000000000a");
const consentIds = [
  ConsentId.parse("018f0000-0000-7000-8000-000000000001"),
  ConsentId.parse("018f0000-0000-7000-8000-000000000002"),
] as const;

const aroundTheClock: ScreeningFacts["policy"]["hours"] = {
  windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], from: "00:00", to: "24:00" }],
  holidaysClosed: false,
};
