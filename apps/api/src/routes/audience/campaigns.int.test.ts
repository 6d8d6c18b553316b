import { aSeller } from "@ringfence/db/testing";
import { makeApiKey } from "@ringfence/services/account/api-key";
import { Phone } from "@ringfence/core/people/phone";
import { refreshSegment } from "@ringfence/services/audience/segment";
import { aRunningCampaign } from "@ringfence/services/testing/campaigns";
import { aPhoneAtNoon } from "@ringfence/services/testing/phones";
import { expect, it } from "vitest";
import { ask } from "../../../testing/ask.ts";
import { aKey, aListeningServer, owner } from "../../../testing/listening.ts";

const { url } = await aListeningServer();

/** A campaign that runs, and what a dialer asks with its key. */
async function aDialer() {
  const scene = await aRunningCampaign();
  const { key } = await makeApiKey(
    { ...scene.ctx, actor: owner },
    {
      reason: "It calls for us.",
      name: "Dialer",
      scopes: ["campaigns:read", "screen", "calls:write"],
    },
  );
  const to = (path: string, body?: object) => ask(`${url}/v1/${path}`, `Bearer ${key}`, body);
  return { ...scene, to };
}

it("gives a dialer calls with permits, accepts its log, and gives nothing once paused", async () => {
  const { ada, to, offerId, offer } = await aDialer();
  const { status, answer } = await to("campaigns/spring/calls?limit=10");
  expect([status, answer.campaign, answer.next]).toEqual([
    200,
    {
      key: "spring",
      name: "Spring loans",
      seller: "acme",
      purpose: "marketing",
      dialer: "live_agent",
      callerNumber: "+12025550199",
      label: "",
    },
    null,
  ]);
  const call = answer.items.find(({ phone }: { phone: string }) => phone === ada.phone);
  expect(Object.keys(call).toSorted()).toEqual(
    [
      "contact",
      "expiresAt",
      "language",
      "offer",
      "permit",
      "phone",
      "screening",
      "script",
    ].toSorted(),
  );
  expect(call.offer).toEqual({ id: offerId, name: offer.name });
  const check = { permit: call.permit, phone: call.phone };
  expect((await to("permits/verify", check)).answer.verdict).toBe("allow");

  const log = Array.from({ length: 30 }, (_, index) => ({
    phone: `+1202557${String(1_000 + index)}`,
    purpose: "marketing",
    at: new Date().toISOString(),
    outcome: "refused",
    campaign: "spring",
  }));
  expect((await to("calls", log)).answer.accepted).toBe(30);
  expect((await to("permits/verify", check)).answer).toMatchObject({
    verdict: "refuse",
    refusals: [{ reason: "cannot-check", rule: "campaign.running" }],
  });
  const paused = await to("campaigns/spring/calls");
  expect([paused.status, paused.answer.code]).toEqual([409, "conflict"]);
});

it("shows a key for one seller no campaign, screening or call of another", async () => {
  const { ctx, ada } = await aDialer();
  await aSeller(ctx.db, ctx.organizationId, "bank");
  const scopes = ["campaigns:read" as const, "screen" as const, "calls:write" as const];
  const asOwner = { ...ctx, actor: owner };
  const { key } = await makeApiKey(asOwner, {
    reason: "It calls for us.",
    name: "Bank",
    scopes,
    sellers: ["bank"],
  });
  const to = (path: string, body?: object) => ask(`${url}/v1/${path}`, `Bearer ${key}`, body);
  const { status, answer } = await to("campaigns/spring/calls");
  expect([status, answer.items]).toEqual([404, undefined]);
  const call = { phone: ada.phone, purpose: "marketing", seller: "acme" };
  expect((await to("screenings", call)).status).toBe(403);
  const at = new Date().toISOString();
  const own = { phone: ada.phone, purpose: "marketing", at, outcome: "refused" };
  expect((await to("calls", [{ ...own, seller: "acme" }])).answer).toMatchObject({ rejected: 1 });
  // Left out, it is the only one that the key knows.
  expect((await to("calls", [own])).answer).toMatchObject({ accepted: 1 });
});

it("requires its scope, a valid page and an existing campaign", async () => {
  const { to } = await aDialer();
  const { authorization } = await aKey("screen");
  expect((await ask(`${url}/v1/campaigns/spring/calls`, authorization)).status).toBe(403);
  expect((await to("campaigns/spring/calls?limit=501")).status).toBe(400);
  const odd = await to("campaigns/spring/calls?after=x");
  expect(odd).toMatchObject({
    status: 400,
    answer: {
      errors: [{ path: "/after", sentence: expect.stringMatching(/^This is not a valid cursor/) }],
    },
  });
  expect((await to("campaigns/autumn/calls")).status).toBe(404);
});

it("tells a dialer which duties of a campaign are not confirmed", async () => {
  const { ctx, segmentId, to } = await aDialer();
  const { answer: before } = await to("campaigns/spring/duties");
  expect(before).toMatchObject({ campaign: "spring", open: 0 });
  expect(before.items).toContainEqual(
    expect.objectContaining({ rule: "US.cli", place: "US", mark: "A", state: "confirmed" }),
  );
  const listMissing = (items: readonly { rule: string; state: string }[]) =>
    items.filter(({ state }) => state !== "confirmed").map(({ rule }) => rule);
  expect(listMissing(before.items)).toEqual([]);
  await aPhoneAtNoon(ctx, { phone: Phone.parse("+12145550100"), region: "US-TX" });
  await refreshSegment({ ...ctx, actor: { type: "job", name: "segment.refresh" } }, segmentId);
  const { answer: duties } = await to("campaigns/spring/duties");
  expect(duties.open).toBe(1);
  expect(listMissing(duties.items)).toEqual(["US-TX.registration"]);
  expect(duties.items).toContainEqual(
    expect.objectContaining({
      rule: "US-TX.registration",
      place: "US-TX",
      sentence: expect.stringMatching(/^Register with the state/),
      mark: "B",
      state: "missing",
      confirmedAt: null,
    }),
  );
  const call = { phone: "+12145550100", purpose: "marketing", campaign: "spring" };
  const { answer } = await to("screenings", call);
  expect(answer.refusals.map(({ rule }: { rule?: string }) => rule)).toContain("campaign.duties");
  expect((await to("campaigns/autumn/duties")).status).toBe(404);
});
