import { aNumber } from "@ringfence/db/testing";
import { connectTwilio } from "@ringfence/services/do-not-call/inbound";
import { openReceiptLink } from "@ringfence/services/do-not-call/stop-page";
import { db } from "@ringfence/services/testing";
import { aCallablePhone } from "@ringfence/services/testing/phones";
import { expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer } from "../../../testing/listening.ts";
import { account, postAsTwilio, signForm } from "../../../testing/twilio.ts";

const { url } = await aListeningServer();
const origin = "https://calls.example.com/ringfence";
let serial = 0;

/** An organization with an account of its own, unless it shares one. */
async function scene({ accountSid = `AC${String(serial++).padStart(32, "0")}` } = {}) {
  const { ctx, authorization } = await aKey("screen", "opt-outs:write");
  const token = `token of ${accountSid}`;
  await connectTwilio(ctx, { account: accountSid, token, origin });
  const { organizationId } = ctx;
  const sign = (path: string, form: Record<string, string>) => signForm(origin + path, form, token);
  const send = (path: string, form: Record<string, string>) => {
    const whole = { AccountSid: accountSid, ...form };
    return postAsTwilio(url, { origin, path, form: whole, signature: sign(path, whole) });
  };
  const text = (Body: string, more: Record<string, string> = {}) =>
    send("/v1/inbound/sms/twilio", {
      MessageSid: `SM${serial++}`,
      From: aNumber(),
      To: "+12015550000",
      Body,
      ...more,
    });
  const optOuts = () =>
    db.prisma.optOut.findMany({ where: { organizationId }, include: { phone: true } });
  const questions = () => db.prisma.refusalQuestion.findMany({ where: { organizationId } });
  return { ctx, authorization, accountSid, token, send, text, optOuts, questions };
}

it("reads a Russian STOP inside a sentence, after which the person may not be called", async () => {
  const { ctx, authorization, text, optOuts } = await scene();
  const { phone } = await aCallablePhone(ctx);
  const screen = () =>
    ask(`${url}/v1/screenings`, authorization, { phone, purpose: "marketing.loans" });
  expect((await screen()).answer.verdict).toBe("allow");

  const { status, text: twiml } = await text("Здравствуйте, СТОП, пожалуйста!", { From: phone });

  const [refusal] = await optOuts();
  expect(refusal).toMatchObject({ scope: "all", channel: "sms", phone: { e164: phone } });
  expect(status).toBe(200);
  expect(twiml).toContain(
    `<Message>Вам больше не позвонят. Номер квитанции: ${refusal?.reference}`,
  );
  expect((await screen()).answer.refusals[0].reason).toBe("opted-out");
});

it("records a STOP although the secret of another organization with the same account cannot be opened", async () => {
  const one = await scene();
  const other = await scene({ accountSid: one.accountSid });
  const organizationIds = [one, other].map(({ ctx }) => ctx.organizationId).toSorted();
  const breakSecret = (organizationId: string | undefined) =>
    db.pool.query("UPDATE inbound_source SET secret = '\\x00' WHERE organization_id = $1", [
      organizationId,
    ]);
  await breakSecret(organizationIds[0]);
  expect((await one.text("STOP")).status).toBe(200);
  const counts = await Promise.all(
    [one, other].map(async ({ optOuts }) => (await optOuts()).length),
  );
  expect(counts.toSorted((a, b) => a - b)).toEqual([0, 1]);

  await breakSecret(organizationIds[1]);
  expect((await one.text("STOP")).status).toBeGreaterThanOrEqual(500);
});

it("answers an opt-out with the link to its receipt, and anything else with nothing", async () => {
  const { ctx, text, optOuts } = await scene();
  const { text: twiml } = await text("STOP");
  const [, link = ""] = /\/r\/([\w-]+)<\/Message>/.exec(twiml) ?? [];
  const { optOutId } = await openReceiptLink(ctx, link);
  expect(await optOuts()).toMatchObject([{ id: optOutId }]);
  expect((await text("yes, please call me")).text).not.toContain("Message");
});

it("accepts nothing without a valid signature", async () => {
  const { accountSid, token, optOuts } = await scene();
  const path = "/v1/inbound/sms/twilio";
  const form = { AccountSid: accountSid, MessageSid: "SM1", From: aNumber(), Body: "STOP" };
  const good = signForm(origin + path, form, token);
  const forgeries = [
    { form, signature: "" },
    { form, signature: good.replace(/^./, (first) => (first === "A" ? "B" : "A")) },
    { form, signature: signForm(origin + path, form, "another token") },
    { form, signature: signForm(url + path, form, token) },
    { form: { ...form, From: aNumber() }, signature: good },
    { form: { ...form, AccountSid: account }, signature: good },
  ];
  for (const { form, signature } of forgeries) {
    const answer = await postAsTwilio(url, { origin, path, form, signature });
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([401, "key-invalid"]);
  }
  expect(await optOuts()).toEqual([]);
  const heard = await postAsTwilio(url, { origin, path, form, signature: good });
  expect([heard.status, (await optOuts()).length]).toEqual([200, 1]);
});

it("records one opt-out for a repeated message, even if both come at once", async () => {
  const { text, optOuts } = await scene();
  const message = { MessageSid: "SM0123", From: aNumber() };
  const answers = await Promise.all([1, 2, 3].map(() => text("STOP", message)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  await text("STOP", message);
  expect(await optOuts()).toHaveLength(1);
});

it("leaves a possible opt-out to a person, and ignores other messages", async () => {
  const { text, optOuts, questions } = await scene();
  await text("wrong number");
  await text("yes, please call me");
  expect(await optOuts()).toEqual([]);
  expect(await questions()).toMatchObject([{ channel: "sms", text: "wrong number" }]);
});

it("keeps an opt-out without a readable sender for an officer", async () => {
  const { ctx, text } = await scene();
  expect((await text("STOP", { From: "BANK" })).status).toBe(200);
  const { organizationId } = ctx;
  expect(await db.prisma.misreadOptOut.findMany({ where: { organizationId } })).toMatchObject([
    { input: "BANK", channel: "sms" },
  ]);
});

it("reaches every organization that shares the account, and no other", async () => {
  const first = await scene();
  const [second, other] = [await scene(first), await scene()];
  await first.text("STOP");
  expect([await first.optOuts(), await second.optOuts()].map(({ length }) => length)).toEqual([
    1, 1,
  ]);
  expect(await other.optOuts()).toEqual([]);
});

it.each([
  ["of a call that we placed", "outbound-api", "To"],
  ["of a call to us", "inbound", "From"],
])("takes a pressed key as an opt-out of the person %s", async (_, Direction, theirs) => {
  const { send, optOuts } = await scene();
  const phone = aNumber();
  const form = {
    CallSid: "CA1",
    From: "+12015550000",
    To: "+12015550001",
    Direction,
    [theirs]: phone,
  };
  const path = "/v1/inbound/ivr/twilio?refuse=7&language=ru";

  const other = await send(path, { ...form, Digits: "1" });
  expect([other.text, await optOuts()]).toEqual([
    expect.stringMatching(/<Response><\/Response>$/),
    [],
  ]);

  const { text } = await send(path, { ...form, Digits: "7" });
  await send(path, { ...form, Digits: "7" });
  const refusals = await optOuts();
  expect(refusals).toMatchObject([{ channel: "ivr", phone: { e164: phone } }]);
  expect(text).toMatch(/<Say language="ru-RU">.*<\/Say><Hangup\/>/);
});

it("does not let a stranger choose which key opts out", async () => {
  const { accountSid, token, optOuts } = await scene();
  const form = {
    AccountSid: accountSid,
    CallSid: "CA1",
    From: aNumber(),
    To: aNumber(),
    Digits: "1",
  };
  const signature = signForm(`${origin}/v1/inbound/ivr/twilio`, form, token);
  const path = "/v1/inbound/ivr/twilio?refuse=1";
  expect((await postAsTwilio(url, { origin, path, form, signature })).status).toBe(401);
  expect(await optOuts()).toEqual([]);
});

it("reads a dialer's codes as an opt-out, a question, or nothing", async () => {
  const { authorization, optOuts, questions } = await scene();
  const phone = aNumber();
  const end = (code: string, externalId: string) =>
    ask(`${url}/v1/inbound/disposition/vicidial`, authorization, {
      phone,
      code,
      externalId,
    });
  expect(await end("DNC", "1")).toMatchObject({ status: 200, answer: { outcome: "refused" } });
  expect((await end("DNC", "1")).answer).toEqual({ outcome: "repeated" });
  expect((await end("DNC_VIP", "2")).answer).toEqual({ outcome: "asked" });
  expect((await end("SALE", "3")).answer).toEqual({ outcome: "nothing" });
  expect(await optOuts()).toMatchObject([{ channel: "disposition" }]);
  expect(await questions()).toMatchObject([{ text: "vicidial: DNC_VIP" }]);
});
