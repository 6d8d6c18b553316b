// An opt-out ends only when the person consents anew or two officers correct it.
import { Role } from "@ringfence/core/platform/access";
import { OptOutId } from "@ringfence/core/ids";
import { ConsentSource } from "@ringfence/core/consents/consent";
import { confirmByCode } from "@ringfence/services/consents/confirmation";
import { recordConsent } from "@ringfence/services/consents/consent";
import { erasePerson } from "@ringfence/services/desk/erasure";
import {
  answerCorrection,
  proposeCorrection,
  recordOptOut,
} from "@ringfence/services/do-not-call/opt-out";
import { recordSuppression } from "@ringfence/services/do-not-call/suppression";
import { aConsent, as } from "@ringfence/services/testing";
import { aConfirmation, by } from "@ringfence/services/testing/confirmations";
import { aFileContext, anUpload, runOnce } from "@ringfence/services/testing/imports";
import { expect, it } from "vitest";
import { aCallablePerson } from "../../testing/callable-person.ts";
import { aListeningServer } from "../../testing/listening.ts";

const { url } = await aListeningServer();
type Lead = Awaited<ReturnType<typeof aCallablePerson>>;

/** The strongest claim that a caller of the API can make. */
const agreed = (phone: string, source: ConsentSource) => ({
  phone,
  source,
  purposes: ["marketing"],
  channels: ["voice_live", "voice_autodialed"],
  disclosure: { text: "Acme may call me about its offers.", language: "en" },
  obtainedAt: new Date().toISOString(),
  evidence: { act: "signed", signature: "Ada", recording: "https://acme.example/1.mp3" },
});
const csv = { "content-type": "text/csv" };

const changes: Record<string, (lead: Lead) => Promise<unknown>> = {
  "contacts as objects": ({ phone, post }) =>
    post("contacts", [{ phones: [phone], externalId: "7", attributes: { dnc: false } }]),
  "contacts as a file": ({ phone, post }) =>
    post("contacts", `phone,external_id,attributes.opted_out\n${phone},8,no\n`, csv),
  "consents from every source": async ({ phone, post }) => {
    for (const source of ConsentSource.options) {
      const { status, answer } = await post("consents", agreed(phone, source));
      expect([status, answer.standing[0].status]).toEqual([201, "held"]);
    }
  },
  "what the person did": async ({ phone, post }) => {
    await post("activity-types", { key: "call_me", properties: {} });
    await post("activities", [{ phone, type: "call_me", at: new Date().toISOString() }]);
  },
};

const columns =
  "phone,seller,purposes,channels,source,disclosure,language,obtainedAt,act,recording";
const files = {
  contacts: (phone: string) => `phone,id,name,opted_out\n${phone},9,Ada,false\n`,
  consents: (phone: string) =>
    `${columns}\n${phone},acme,marketing,voice_live,paper,I agree,en,${new Date().toISOString()},signed,https://acme.example/1.mp3\n`,
  opt_outs: (phone: string) => `phone,purpose\n${phone},marketing.cards\n`,
  suppressions: (phone: string) => `phone,reason,until\n${phone},partner_list,2199-01-01\n`,
} as const;

it("acceptance 2: no import lifts an opt-out, whatever it contains and however it is mapped", async () => {
  const lead = await aCallablePerson(url);
  const { ctx, phone, read, reasons, refuse } = lead;
  await refuse(phone);
  for (const change of Object.values(changes)) {
    await change(lead);
    expect(await reasons(phone)).toContain("opted-out");
  }

  const office = await aFileContext(ctx);
  for (const [kind, content] of Object.entries(files)) {
    const { id } = await anUpload(office, kind as keyof typeof files, content(phone));
    expect(await runOnce(office, id)).toMatchObject({ rows: 1, rejected: 0 });
    expect(await reasons(phone)).toContain("opted-out");
  }
  const { items } = (await read("opt-outs")).answer;
  expect(new Set(items.map(({ change }: { change: string }) => change))).toEqual(
    new Set(["added"]),
  );
});

const inAnHour = () => new Date(Date.now() + 3_600_000);

/** Attempts of one employee to act alone. One that is refused for lack of access counts too. */
const attempts: ((
  ctx: Lead["ctx"],
  lead: Pick<Lead, "phone" | "phoneId"> & { refusal: OptOutId },
) => Promise<unknown>)[] = [
  (ctx, { phone }) => recordConsent(ctx, { ...aConsent({ phone }), obtainedAt: new Date() }),
  (ctx, { phone }) => recordOptOut(ctx, { phone, channel: "agent", scope: { profiling: true } }),
  (ctx, { phone }) => recordSuppression(ctx, { phone, reason: "wrong_person", until: inAnHour() }),
  async (ctx, { refusal }) => {
    const { id } = await proposeCorrection(ctx, { optOut: refusal, reason: "Misheard" });
    return answerCorrection(ctx, { id, isAccepted: true });
  },
  (ctx, { phoneId }) => erasePerson(ctx, { person: { phoneId }, reason: "asked" }),
];

it("acceptance 8: an agent alone refuses for a person, and nobody alone lifts it", async () => {
  const lead = await aCallablePerson(url);
  const { ctx, phone, read, reasons } = lead;
  const refused = await recordOptOut(as(ctx, "agent"), { phone, channel: "agent" });
  const refusal = OptOutId.parse(refused.answer?.id);
  expect(await reasons(phone)).toEqual(["opted-out"]);

  const outcomes: string[] = [];
  for (const attempt of attempts) {
    for (const role of Role.options) {
      const tried = attempt(as(ctx, role), { ...lead, refusal });
      outcomes.push(
        await tried.then(
          () => "done",
          ({ code }: { code: string }) => code,
        ),
      );
      expect(await reasons(phone)).toContain("opted-out");
    }
  }
  expect(new Set(outcomes)).toEqual(new Set(["done", "forbidden", "conflict"]));
  // Even after the suppression has ended, the opt-out still stands.
  const afterwards = await reasons(phone, { at: inAnHour() });
  expect([afterwards.includes("suppressed"), afterwards.includes("opted-out")]).toEqual([
    false,
    true,
  ]);
  const { items } = (await read("opt-outs")).answer;
  expect(items.filter(({ change }: { change: string }) => change === "lifted")).toEqual([]);
});

/** Confirms by a code sent to the phone: the one act that nobody else can perform. */
async function agreeAgain({ ctx, phone }: Lead) {
  const sent = await aConfirmation({ means: "sms", isAsked: true }, { ctx, phone });
  const { form, confirmationId, code } = sent;
  expect(await confirmByCode(form, { confirmationId, code, ...by })).toMatchObject({
    receipt: expect.any(String),
  });
}

const refusals: Record<string, (lead: Lead) => Promise<unknown>> = {
  "a request": ({ phone, refuse }) => refuse(phone),
  "a dialer's code": ({ phone, post }) =>
    post("inbound/disposition/vicidial", { phone, code: "DNC" }),
  "a list without times": async ({ ctx, phone }) => {
    const office = await aFileContext(ctx);
    return runOnce(office, (await anUpload(office, "opt_outs", `phone\n${phone}\n`)).id);
  },
};

it.each(Object.keys(refusals))(
  "acceptance 7: a refusal by %s takes effect again, after the person had agreed anew",
  async (means) => {
    const lead = await aCallablePerson(url);
    const { phone, reasons } = lead;
    for (let turn = 0; turn < 2; turn++) {
      await refusals[means]?.(lead);
      expect(await reasons(phone)).toEqual(["opted-out"]);
      await agreeAgain(lead);
      expect(await reasons(phone)).toEqual([]);
    }
    await refusals[means]?.(lead);
    expect(await reasons(phone)).toEqual(["opted-out"]);
  },
);
