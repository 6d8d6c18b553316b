// Permits count against caps: nobody is called more often than allowed because logs come late.
import { makeApiKey } from "@ringfence/services/account/api-key";
import { aRunningCampaign } from "@ringfence/services/testing/campaigns";
import { addAnotherPhone, longAgo, sayOfCalls } from "@ringfence/services/testing/phones";
import { expect, it } from "vitest";
import { ask } from "../../testing/ask.ts";
import { aListeningServer, owner } from "../../testing/listening.ts";
import { reasonsIn } from "../../testing/callable-person.ts";

const { url } = await aListeningServer();

/**
 * A running campaign in which nobody is called twice in three days, and the requests of its dialer.
 */
async function aDialer() {
  const { ctx, ada } = await aRunningCampaign({ cap: { calls: 1, days: 3 } });
  const { key } = await makeApiKey(
    { ...ctx, actor: owner },
    {
      reason: "It calls for us.",
      name: "Dialer",
      scopes: ["campaigns:read", "screen", "calls:write"],
    },
  );
  const to = (path: string, body?: object) => ask(`${url}/v1/${path}`, `Bearer ${key}`, body);
  const call = { purpose: "marketing", campaign: "spring" };
  const screen = (phone: string = ada.phone) => to("screenings", { ...call, phone });
  const batch = (...phones: string[]) =>
    to("screenings/batch", { items: phones.map((phone) => ({ ...call, phone })) });
  const verify = (permit: string, more: object = {}) =>
    to("permits/verify", { permit, phone: ada.phone, ...more });
  const report = (more: object = {}) =>
    to("calls", [{ ...call, phone: ada.phone, at: new Date().toISOString(), ...more }]);
  /** The permit that the campaign's hand-over gives for Ada. */
  const handedOver = async (after?: string) => {
    const { answer } = await to(`campaigns/spring/calls?limit=10${after ? `&after=${after}` : ""}`);
    const item = answer.items.find(({ phone }: { phone: string }) => phone === ada.phone);
    return { page: answer.page, permit: item?.permit };
  };
  return { ctx, ada, screen, batch, verify, report, handedOver };
}

it("counts usable and verified permits until their calls are on record", async () => {
  const { screen, verify, report } = await aDialer();
  const { answer: first } = await screen();
  expect(first.verdict).toBe("allow");
  const second = await screen();
  expect(second.answer).toMatchObject({
    verdict: "refuse",
    refusals: [{ reason: "frequency-cap", rule: "campaign.cap" }],
  });
  expect(Date.parse(second.answer.callableFrom)).toBe(Date.parse(first.expiresAt) + 2_000);

  for (let time = 0; time < 2; time++) {
    expect((await verify(first.permit)).answer.verdict).toBe("allow");
    const { answer } = await screen();
    expect(reasonsIn({ answer } as never)).toEqual(["frequency-cap"]);
    expect(Date.parse(answer.callableFrom)).toBeGreaterThan(Date.now() + 2 * 86_400_000);
  }
  await report();
  const { answer: afterwards } = await screen();
  expect(afterwards.refusals).toMatchObject([{ reason: "frequency-cap" }]);
  expect(reasonsIn(await verify(first.permit))).toEqual(["frequency-cap"]);
});

it("counts a permit and its call once", async () => {
  const { ctx, ada, screen, verify, report } = await aDialer();
  const { organizationId } = ctx;
  await ctx.db.prisma.campaign.updateMany({ where: { organizationId }, data: { capCalls: 2 } });
  const { answer: first } = await screen();
  expect((await verify(first.permit, { singleUse: true })).answer.verdict).toBe("allow");
  await report({ screening: first.id });
  const { answer: second } = await screen();
  expect([second.verdict, second.phone]).toEqual(["allow", ada.phone]);
  await report();
  expect(reasonsIn(await screen())).toEqual(["frequency-cap"]);
});

it("counts the permits of all phones of a person", async () => {
  const { ctx, ada, screen } = await aDialer();
  const other = await addAnotherPhone(ctx, ada.contactId);
  await sayOfCalls(ctx, { ...other, sellerId: ada.sellerId }, "granted", longAgo);
  expect((await screen()).answer.verdict).toBe("allow");
  expect(reasonsIn(await screen(other.phone))).toEqual(["frequency-cap"]);
});

it("gives one permit when many are requested at once, alone or in batches", async () => {
  const { ada, screen, batch } = await aDialer();
  const { phone } = ada;
  const asked = await Promise.all([
    screen(),
    batch(phone, phone),
    screen(),
    batch(phone, phone, phone),
    screen(),
  ]);
  const answers = asked.flatMap(({ answer }) => answer.results ?? answer);
  expect(answers).toHaveLength(8);
  const allowed = answers.filter(({ verdict }: { verdict: string }) => verdict === "allow");
  expect(allowed).toHaveLength(1);
});

it("returns the same people when a page is requested again, and gives a campaign call its own permit", async () => {
  const { screen, verify, handedOver } = await aDialer();
  const first = await handedOver();
  const again = await handedOver(first.page);
  expect([typeof first.permit, typeof again.permit]).toEqual(["string", "string"]);
  expect((await verify(again.permit)).answer.verdict).toBe("allow");
  // The first permit was verified, so its call now counts against all the others.
  expect(reasonsIn(await verify(first.permit))).toEqual(["frequency-cap"]);
  expect(reasonsIn(await screen())).toEqual(["frequency-cap"]);
});

it("lets the gate screen the call for which a hand-over gave a permit", async () => {
  const { screen, verify, handedOver } = await aDialer();
  const { permit } = await handedOver();
  const { answer } = await screen();
  expect(answer.verdict).toBe("allow");
  expect(reasonsIn(await verify(permit))).toEqual(["frequency-cap"]);
  expect(reasonsIn(await screen())).toEqual(["frequency-cap"]);
  expect((await verify(answer.permit)).answer.verdict).toBe("allow");
});

it("lets only one permit of a call be used, even if several are verified at once", async () => {
  const { screen, verify, handedOver } = await aDialer();
  const first = await handedOver();
  const again = await handedOver(first.page);
  const { answer } = await screen();
  const permits = [first.permit, again.permit, answer.permit];
  expect(permits.map((permit) => typeof permit)).toEqual(["string", "string", "string"]);
  const verified = await Promise.all(permits.map((permit) => verify(permit)));
  expect(verified.map((one) => one.answer.verdict)).toEqual(["refuse", "refuse", "allow"]);
});
