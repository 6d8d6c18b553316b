// An opt-out is in force everywhere once it is acknowledged.
import { randomUUID } from "node:crypto";
import { openDb } from "@ringfence/db";
import { createApiKeyFinder } from "@ringfence/services/account/api-key";
import { recordContacts } from "@ringfence/services/people/contact";
import { connectMailgun, connectTwilio } from "@ringfence/services/do-not-call/inbound";
import { optOutOnPage } from "@ringfence/services/do-not-call/stop-page";
import { db, keys } from "@ringfence/services/testing";
import { aFileContext, anUpload, runOnce } from "@ringfence/services/testing/imports";
import { afterAll, expect, it } from "vitest";
import { callAgi } from "../../testing/asterisk.ts";
import { aCallablePerson, openClient, reasonsIn } from "../../testing/callable-person.ts";
import { aListeningServer, aServerWithAgi, files } from "../../testing/listening.ts";
import { postAsMailgun } from "../../testing/mailgun.ts";
import { postAsTwilio, signForm } from "../../testing/twilio.ts";

const { url } = await aListeningServer();

/** Another API, as if in another process: with its own connections and its own caches. */
const otherDb = openDb(db.url);
afterAll(() => otherDb.close());
const other = await aServerWithAgi({
  installation: { db: otherDb, keys, files },
  findApiKey: createApiKeyFinder(otherDb),
});

it("acceptance 1: lets no lead be dialed that was queued with a permit before its person refused", async () => {
  const { phone, screen, post, refuse } = await aCallablePerson(url);
  const { permit } = (await screen(phone)).answer;
  const dial = (singleUse = true) => post("permits/verify", { permit, phone, singleUse });
  expect((await dial(false)).answer).toMatchObject({ verdict: "allow", phone, refusals: [] });
  expect((await refuse(phone)).status).toBe(201);

  const { status, answer } = await dial();
  expect([status, answer.verdict, answer.refusals[0].reason]).toEqual([200, "refuse", "opted-out"]);
  expect(answer).not.toHaveProperty("permit");
  expect((await dial()).answer.verdict).toBe("refuse");
});

type Lead = Awaited<ReturnType<typeof aCallablePerson>>;

async function byTwilio({ ctx, phone }: Lead, channel: "sms" | "ivr", more: object) {
  const [account, origin] = [`AC${randomUUID().replaceAll("-", "")}`, "https://calls.example.com"];
  await connectTwilio(ctx, { account, token: "a secret", origin });
  const form = { AccountSid: account, From: phone, To: "+12015550000", ...more };
  const path = `/v1/inbound/${channel}/twilio`;
  const signature = signForm(origin + path, form, "a secret");
  return postAsTwilio(url, { origin, path, form, signature });
}

async function byMail({ ctx, phone }: Lead) {
  const [domain, signingKey] = [`${randomUUID()}.example`, "a secret of twenty letters"];
  await connectMailgun(ctx, { domain, signingKey });
  await recordContacts(ctx, { rows: [{ email: "ada@example.org", phones: [phone] }] });
  const mail = { recipient: `stop@${domain}`, from: "ada@example.org", "Message-Id": domain };
  return postAsMailgun(url, signingKey, { ...mail, "body-plain": "Please stop calling me." });
}

async function byFile({ ctx, phone }: Lead) {
  const office = await aFileContext(ctx);
  const { id } = await anUpload(office, "opt_outs", `phone\n${phone}\n`);
  return runOnce(office, id);
}

const channels: Record<string, (lead: Lead) => Promise<unknown>> = {
  agent: ({ phone, refuse }) => refuse(phone),
  api: ({ phone, refuse }) => refuse(phone, { channel: "api" }),
  regulator: ({ phone, refuse }) => refuse(phone, { channel: "regulator" }),
  web: ({ ctx, phone }) =>
    optOutOnPage(
      { ...ctx, actor: { type: "visitor", page: "stop" } },
      { phone, scope: undefined, visitor: { address: "198.51.100.7", work: null } },
    ),
  sms: (lead) => byTwilio(lead, "sms", { MessageSid: "SM1", Body: "Stop" }),
  ivr: (lead) => byTwilio(lead, "ivr", { CallSid: "CA1", Direction: "inbound", Digits: "9" }),
  email: byMail,
  disposition: ({ phone, post }) => post("inbound/disposition/vicidial", { phone, code: "DNC" }),
  import: byFile,
};

it.each(Object.keys(channels))(
  "acceptance 5: hears in every other channel what was refused by %s, as soon as that is acknowledged",
  async (channel) => {
    const lead = await aCallablePerson(url);
    const { phone, key } = lead;
    const { post, screen } = openClient(other.url, lead.authorization);
    const { permit } = (await screen(phone)).answer;

    await channels[channel]?.(lead);
    const item = { phone, purpose: "marketing.cards" };
    const [single, batch, verified, dialplan] = await Promise.all([
      screen(phone),
      post("screenings/batch", { items: [item] }),
      post("permits/verify", { permit, phone }),
      callAgi(other.agiPort, [`key=${key}`, `phone=${phone}`, "purpose=marketing"]),
    ]);

    expect(reasonsIn(single)).toEqual(["opted-out"]);
    expect(batch.answer.counts).toEqual({ allow: 0, refuse: 1, reasons: { "opted-out": 1 } });
    expect(reasonsIn(verified)).toEqual(["opted-out"]);
    expect(dialplan.isHungUp).toBe(true);
    expect(dialplan.variables.RINGFENCE_REASONS).toBe("opted-out");
    const where = { organizationId: lead.ctx.organizationId };
    expect(await db.prisma.optOut.findMany({ where })).toMatchObject([{ channel }]);
  },
);

const spellings = {
  "+79990000017": ["+7 (999) 000-00-17", "8 999 000 00 17", "89990000017", "9990000017"],
  "+79990000018": ["+79990000018", "8 (999) 000-00-18", "8.999.000.00.18", "00 7 999 0000018"],
};

it("acceptance 13: knows a number by every spelling, and a person by each of their numbers", async () => {
  const { post, read, reasons, refuse } = await aCallablePerson(url);
  const [first, second] = [spellings["+79990000017"], spellings["+79990000018"]];
  const rows = first.map((one, index) => ({ phones: [one, second[index]], region: "RU" }));
  const { answer } = await post("contacts", rows);
  const statuses = answer.rows.map(({ status }: { status: string }) => status);
  expect(statuses).toEqual(["created", "unchanged", "unchanged", "unchanged"]);

  for (const phone of first) await refuse(phone, { region: "RU" });
  const { items } = (await read("opt-outs")).answer;
  expect(new Set(items.map(({ phone }: { phone: string }) => phone))).toEqual(
    new Set(["+79990000017"]),
  );
  for (const phone of [...first, ...second])
    expect(await reasons(phone, { region: "RU" })).toContain("opted-out");
});
