import type { PolicyRules } from "@ringfence/core/calling/policy";
import { RecordConsent } from "@ringfence/core/consents/consent";
import type { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { RecordSuppression } from "@ringfence/core/do-not-call/suppression";
import { inTransaction } from "@ringfence/services/context";
import {
  publishPolicy,
  savePolicyDraft,
  startPolicyDraft,
} from "@ringfence/services/calling/policy";
import { recordConsent } from "@ringfence/services/consents/consent";
import { placeHold } from "@ringfence/services/desk/legal-hold";
import { answerRetention, proposeRetention } from "@ringfence/services/desk/retention";
import { recordOptOut } from "@ringfence/services/do-not-call/opt-out";
import { recordSuppression, reportWrongNumber } from "@ringfence/services/do-not-call/suppression";
import type { FiledComplaints } from "./cases.ts";
import type { Customer } from "./cast.ts";
import { DAY_MS, type Scene, type Stage, WEEKS } from "./stage.ts";

/** Lists the scenes of the compliance office: retention periods and a legal hold. */
export function listOfficeScenes(stage: Stage, filed: FiledComplaints): Scene[] {
  const [officer, second] = [stage.as("officer"), stage.as("priya.nair")];
  return [
    {
      at: stage.at(9, 2),
      tell: async () => {
        const { id: policyId } = await proposeRetention(officer, {
          terms: [
            { kind: "calls", place: "", days: 1_825 },
            { kind: "screenings", place: "", days: 1_825 },
            { kind: "activities", place: "", days: 1_095 },
            { kind: "sign-ins", place: "", days: 180 },
          ],
          reason: "The statute of limitations of calls is four years; we add one.",
        });
        await answerRetention(second, {
          policyId,
          isPublished: true,
          reason: "Compared with the list of our legal department.",
        });
      },
    },
    {
      at: stage.at(WEEKS, -2),
      tell: () =>
        proposeRetention(officer, {
          terms: [
            { kind: "calls", place: "", days: 1_825 },
            { kind: "screenings", place: "", days: 1_825 },
            { kind: "activities", place: "", days: 730 },
            { kind: "sign-ins", place: "", days: 90 },
          ],
          reason: "Two years of purchases are enough for our segments.",
        }),
    },
    {
      at: new Date(stage.end.getTime() - 230 * DAY_MS),
      tell: async () => {
        const complaintId = filed.get("regulator");
        if (complaintId === undefined) throw new Error("the complaint of the hold is not filed");
        await placeHold(officer, {
          on: { scope: "complaint", complaintId },
          reason: "The Attorney General of Ohio may ask for the records of this call.",
        });
      },
    },
  ];
}

/** The bank's own rules. They limit only places where the people named in contract 12 do not live. */
const houseRules: PolicyRules = [
  {
    kind: "hours",
    id: "hours-1",
    places: ["US-PA"],
    purposes: null,
    dialers: null,
    note: "Complaints came about early and late calls.",
    windows: [{ days: ["MO", "TU", "WE", "TH", "FR"], from: "10:00", to: "19:00" }],
    holidaysClosed: true,
  },
  {
    kind: "cap",
    id: "cap-1",
    places: ["US-OH"],
    purposes: null,
    dialers: null,
    note: "The Attorney General asked for it.",
    calls: 2,
    days: 30,
  },
];

const fewerCalls: PolicyRules[number] = {
  kind: "cap",
  id: "cap-2",
  places: ["US-PA"],
  purposes: null,
  dialers: null,
  note: "Complaints from Pennsylvania doubled in the autumn.",
  calls: 3,
  days: 30,
};

/** Drafts rules as an officer. */
async function draftRules(stage: Stage, rules: PolicyRules) {
  const officer = stage.as("officer");
  const { id: draftId, hash: before } = await startPolicyDraft(officer, { sellerId: null });
  const { hash } = await savePolicyDraft(officer, { draftId, before, rules });
  return { draftId, hash };
}

/** Publishes the rules that another officer has drafted, and drafts one more. */
export async function loadPolicies(stage: Stage) {
  const reason = "Agreed in the meeting about complaints.";
  const draft = await draftRules(stage, houseRules);
  await publishPolicy(stage.as("priya.nair"), { ...draft, inForceFrom: null, reason });
  await draftRules(stage, [...houseRules, fewerCalls]);
}

/** Channels through which people opt out, other than a call with an agent. */
const channels: readonly OptOutChannel[] = [
  "web",
  "sms",
  "web",
  "ivr",
  "email",
  "web",
  "api",
  "regulator",
];

const listDays = (every: number) =>
  Array.from({ length: Math.floor((WEEKS * 7) / every) }, (_, n) => n * every);

/** Lists the scenes in which customers come forward: opt-outs, consents on paper and by phone, wrong numbers. */
export function listCustomerScenes(stage: Stage, customers: readonly Customer[]): Scene[] {
  // Every customer has one role, so that nobody's story contradicts itself.
  const quiet = customers.filter(({ week, locale }) => week === 0 && locale === "en");
  const [refusing, wrong, other, later] = [0, 1, 2, 3].map((nth) =>
    quiet.filter((_, index) => index % 11 === nth),
  );
  const without = quiet.filter(({ consent }, index) => consent === null && index % 11 > 3);
  const at = (day: number, hours = 0) => new Date(stage.at(0, day).getTime() + hours * 3_600_000);
  const officer = stage.as("officer");
  return [
    ...listDays(7).flatMap((day, n): Scene[] => {
      const customer = refusing?.[n];
      if (customer === undefined) return [];
      const channel = channels[n % channels.length] ?? "web";
      return [
        {
          at: at(day + 1.3),
          tell: () => recordOptOut(officer, RecordOptOut.parse({ phone: customer.phone, channel })),
        },
      ];
    }),
    ...listDays(17).flatMap((day, n): Scene[] => {
      const customer = wrong?.[n];
      if (customer === undefined) return [];
      return [
        {
          at: at(day + 2.6),
          tell: () => reportWrongNumber(stage.as("miguel.santos"), { phone: customer.phone }),
        },
      ];
    }),
    ...(["litigator", "deceased", "partner_list", "litigator"] as const).flatMap(
      (reason, n): Scene[] => {
        const customer = other?.[n];
        if (customer === undefined) return [];
        const asked = { phone: customer.phone, reason };
        return [
          {
            at: at(40 + n * 85),
            tell: () => recordSuppression(officer, RecordSuppression.parse(asked)),
          },
        ];
      },
    ),
    ...listDays(24).flatMap((day, n): Scene[] => {
      const customer = without[n] ?? later?.[n];
      if (customer === undefined) return [];
      const given = at(day + 3.5);
      return [{ at: given, tell: () => agree(stage, customer, given, n) }];
    }),
  ];
}

/** Records a consent that an agent heard, or that came on paper. */
function agree(stage: Stage, { phone, name }: Customer, at: Date, nth: number) {
  const isSpoken = nth % 2 === 0;
  const consent = RecordConsent.parse({
    phone,
    contact: { name },
    seller: "demo-bank",
    purposes: ["marketing"],
    channels: isSpoken ? ["voice_live"] : ["voice_live", "voice_autodialed"],
    disclosure: { text: "Demo Bank may call me about its offers, until I say no.", language: "en" },
    source: isSpoken ? "phone" : "paper",
    obtainedAt: new Date(at.getTime() - 60_000).toISOString(),
    evidence: isSpoken
      ? { act: "spoken", recording: `calls/${nth}.ogg` }
      : { act: "signed", scan: `paper/${nth}.pdf` },
  });
  const officer = stage.as("officer");
  return inTransaction(officer, (ctx) => recordConsent(ctx, consent), { timeoutMs: 60_000 });
}
