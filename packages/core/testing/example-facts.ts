import { Element } from "../src/consents/consent/index.ts";
import type { ConsentEvent } from "../src/consents/consent/index.ts";
import type { RegistryFact, ScreeningFacts } from "../src/calling/screening/index.ts";
import {
  type ExampleAttributes,
  type RuleExample,
  findAllowLists,
  findWhereabouts,
  listRequiredRegistries,
} from "../src/people/jurisdiction/index.ts";
import { lookUpPlan, readPhone, toDigits } from "../src/people/phone/index.ts";
import { DAY_MS } from "../src/platform/time/index.ts";
import { aGrant, clearFacts, sellerA, toConsentId } from "./facts.ts";

/**
 * Prepares the facts of an example's call as a request for it would: places and zones by the number and the
 * address, and for all that the example leaves out the best that can be on record.
 */
export function toExampleFacts({ phone, at: written, attributes }: RuleExample): ScreeningFacts {
  const at = new Date(written);
  const plan = lookUpPlan(readDigits(phone));
  const { purpose = "promotional", region } = attributes;
  return {
    ...clearFacts,
    at,
    isWhatIf: true,
    ...findWhereabouts(clearFacts.law, plan, region === undefined ? [] : [{ zone: null, region }]),
    lineType: attributes.line_type ?? plan.lineType,
    lineTypeAt: attributes.line_type === undefined ? null : daysBefore(1, at),
    calledParty: attributes.called_party ?? "individual",
    emergencies: attributes.emergencies ?? [],
    dialer: attributes.dialer ?? "live_agent",
    isCampaign: attributes.is_campaign ?? false,
    purpose: {
      key: purpose === "promotional" ? "marketing" : purpose.replaceAll("_", "-"),
      kind: purpose,
    },
    seller: {
      id: sellerA,
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
    registries: listRegistryFacts(attributes, at),
    reassigned: toAnswers(attributes, at),
    policy: {
      ...clearFacts.policy,
      ...(attributes.policy_hours !== undefined && { hours: aroundTheClock, choseHours: true }),
    },
  };
}

function readDigits(text: string) {
  const read = readPhone(text, "US");
  if ("fault" in read) throw new Error(`${text} is no number: ${read.fault.key}`);
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
  const grant = aGrant({
    at: since,
    isWritten: is_written ?? source !== "enquiry",
    purposes: [purpose === "promotional" ? "marketing" : purpose.replaceAll("_", "-")],
    channels: ["voice_live", "voice_autodialed", "voice_prerecorded", "voice_ai"],
    elements: Element.options.filter(
      (element) => !lacks.includes(element) && (element !== "enquiry" || source === "enquiry"),
    ),
  });
  if (withdrawnAt === undefined) return [grant];
  const withdrawal = new Date(withdrawnAt);
  return [
    {
      ...grant,
      consentId: toConsentId(2),
      type: "withdrawn",
      at: withdrawal,
      recordedAt: withdrawal,
    },
    grant,
  ];
}
type ConsentAttributes = NonNullable<ExampleAttributes["consents"]>[number];

/** Every list that a rule of that day names, asked yesterday, or at this moment if the law wants that. */
function listRegistryFacts({ registries = {} }: ExampleAttributes, at: Date): RegistryFact[] {
  return listRequiredRegistries(clearFacts.law, at.toISOString().slice(0, 10)).flatMap(
    ({ code, limitDays }) => {
      const listing = registries[code];
      if (listing === null) return [];
      const {
        lists_phone: listsPhone = findAllowLists(clearFacts.law).has(code),
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

const aroundTheClock: ScreeningFacts["policy"]["hours"] = {
  windows: [{ days: ["MO", "TU", "WE", "TH", "FR", "SA", "SU"], from: "00:00", to: "24:00" }],
  holidaysClosed: false,
};
