// Calls that the gate allows, and facts that it cannot know.
import { db } from "@ringfence/services/testing";
import { applyEdition } from "@ringfence/services/do-not-call/registry";
import { recordSuppression } from "@ringfence/services/do-not-call/suppression";
import { aCallablePhone } from "@ringfence/services/testing/phones";
import {
  aRegistry,
  fullList,
  numbersInArea,
  published,
} from "@ringfence/services/testing/registries";
import { scan, toCauses } from "@ringfence/services/testing/violations";
import { Dialer } from "@ringfence/core/account/organization";
import { Phone } from "@ringfence/core/people/phone";
import { expect, it } from "vitest";
import { callAgi } from "../../testing/asterisk.ts";
import { aCallablePerson } from "../../testing/callable-person.ts";
import { aServerWithAgi } from "../../testing/listening.ts";

const { url, agiPort } = await aServerWithAgi();

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const daysAgo = (days: number) => minutesAgo(days * 24 * 60);

it("acceptance 3: manual calls, callbacks, transfers, previews and dialers all need a permit", async () => {
  const { ctx, key, phone, post, screen, refuse } = await aCallablePerson(url);
  const { phone: other } = await aCallablePhone(ctx);
  /** The carrier's dialplan asks the same way for calls by hand, callbacks and transfers. */
  const byHand = (to: string) =>
    callAgi(agiPort, [`key=${key}`, `phone=${to}`, "purpose=marketing.loans"]);

  const { variables, isHungUp } = await byHand(phone);
  expect([variables.RINGFENCE_VERDICT, isHungUp]).toEqual(["allow", false]);
  const permit = variables.RINGFENCE_PERMIT;
  const verify = (to: string, singleUse = true) =>
    post("permits/verify", { permit, phone: to, singleUse });
  expect((await verify(other)).status).toBe(422); // as to whom the call is transferred
  expect((await verify(phone)).answer.verdict).toBe("allow");
  expect((await verify(phone)).status).toBe(409); // as the callback

  const placed = [
    ...Dialer.options.map((dialer) => ({ dialer })),
    { outcome: "CALLBK" },
    { outcome: "XFER" },
  ];
  const rows = placed.map((more, index) => {
    return { ...more, phone: other, purpose: "marketing", at: minutesAgo(index + 1) };
  });
  expect((await post("calls", rows)).answer).toMatchObject({ accepted: rows.length });
  const causes = toCauses(await scan(ctx));
  expect(causes.map((all) => all.includes("without-permit"))).toEqual(rows.map(() => true));

  await refuse(phone);
  expect(await byHand(phone)).toMatchObject({
    variables: { RINGFENCE_VERDICT: "refuse", RINGFENCE_PERMIT: "" },
    isHungUp: true,
  });
  for (const dialer of Dialer.options) {
    const { answer } = await screen(phone, { dialer, campaign: "spring" });
    expect([answer.verdict, answer.permit]).toEqual(["refuse", undefined]);
  }
});

it("acceptance 11: keeps apart a refusal, a pause, a legal list and a phone that is not reached", async () => {
  const { ctx, phone, post, read, reasons, refuse } = await aCallablePerson(url);
  const ten = Number(phone.slice(2));
  const others = numbersInArea(Number(phone.slice(2, 5)), 1_000, 5_000);
  const { ctx: reader, registryId } = await aRegistry(ctx);
  const list = (numbers: readonly number[]) =>
    applyEdition(reader, published(registryId, fullList(numbers), { readAt: new Date() }));
  const missed = [1, 2, 3].map((minutes) => {
    return { phone, purpose: "marketing", at: minutesAgo(minutes), outcome: "failed" };
  });

  await list([...others, ten]);
  expect((await post("calls", missed)).answer.accepted).toBe(3);
  expect(await reasons(phone)).toEqual(["registry-listed"]);
  const until = new Date(Date.now() + 3_600_000);
  await recordSuppression(ctx, { phone, reason: "complaint_under_review", until });
  expect(await reasons(phone)).toEqual(["suppressed", "registry-listed"]);
  expect((await read("opt-outs")).answer.items).toEqual([]);

  await refuse(phone);
  expect(await reasons(phone)).toEqual(["opted-out", "suppressed", "registry-listed"]);
  const afterwards = { at: new Date(until.getTime() + 60_000) };
  expect(await reasons(phone, afterwards)).toEqual(["opted-out", "registry-listed"]);
  await list(others);
  expect(await reasons(phone, afterwards)).toEqual(["opted-out"]);
  expect((await read("opt-outs")).answer.items).toHaveLength(1);
});

it("acceptance 14: counts calls by person, over all numbers, sellers and dialers, callbacks included", async () => {
  const inFlorida = Phone.parse("+13055550147"); // 3 calls in 24 hours: Fla. Stat. 501.059
  const { ctx, post, reasons } = await aCallablePerson(url, { phone: inFlorida, region: "US-FL" });
  const { phone: stranger } = await aCallablePhone(ctx, {
    phone: Phone.parse("+13055550148"),
    region: "US-FL",
  });
  const phones = [inFlorida, "+13055550149", "+13055550150"];
  await post("contacts", [{ phones, externalId: "ada" }]);
  const call = (phone: string | undefined, minutes: number, more: object) =>
    post("calls", [{ phone, purpose: "marketing", at: minutesAgo(minutes), ...more }]);
  /** Reads reasons from what-if screenings, because permits count as calls. */
  const reasonsNow = (to: string, more: object = {}) => reasons(to, { at: new Date(), ...more });

  await call(phones[0], 24 * 60 - 5, {
    dialer: "predictive",
    campaign: "spring",
    outcome: "no_answer",
  });
  await call(phones[1], 30, { dialer: "live_agent", outcome: "CALLBK" });
  for (const phone of phones) expect(await reasonsNow(phone)).not.toContain("frequency-cap");
  await call(phones[2], 5, { dialer: "ai_voice", purpose: "survey" });

  for (const phone of phones) {
    for (const dialer of Dialer.options)
      expect(await reasonsNow(phone, { dialer })).toContain("frequency-cap");
  }
  expect(await reasonsNow(stranger)).not.toContain("frequency-cap");
});

it("acceptance 15: refuses by a list that is older than its limit, and says how old it is", async () => {
  const { ctx, phone, screen } = await aCallablePerson(url);
  const { organizationId } = ctx;
  const { ctx: reader, registryId } = await aRegistry(ctx);
  const list = published(
    registryId,
    fullList(numbersInArea(Number(phone.slice(2, 5)), 10, 5_000)),
    {
      readAt: daysAgo(30),
    },
  );
  await applyEdition(reader, list);
  const fresh = (await screen(phone)).answer;
  expect([fresh.verdict, Math.floor(fresh.checked.editions[0].ageDays)]).toEqual(["allow", 30]);

  const where = { organizationId, id: registryId };
  await db.prisma.registry.updateMany({ where, data: { verifiedAt: daysAgo(32) } });
  const { answer } = await screen(phone);
  expect(answer.refusals).toMatchObject([
    { reason: "registry-unchecked", sentence: expect.stringContaining("31") },
  ]);
  expect(answer.checked.editions).toMatchObject([{ limitDays: 31 }]);
  expect(Math.floor(answer.checked.editions[0].ageDays)).toBe(32);
});
