import { Scope } from "@ringfence/core/platform/access";
import { createApiKeyFinder, makeApiKey } from "@ringfence/services/account/api-key";
import { recordForTwoSellers } from "@ringfence/services/testing/two-sellers";
import { expect, it } from "vitest";
import { type RouteRequest, routeCases } from "../../testing/route-cases.ts";
import { readRoutes, sendTo } from "../../testing/routes.ts";
import { aListeningServer, owner } from "../../testing/listening.ts";

/**
 * Routes whose whole answer covers every seller. A key limited to some sellers gets nothing from
 * them.
 */
const never = new Set(["GET /v1/blocked-list.csv", "GET /v1/blocked-list/:edition/changes.csv"]);

async function scene() {
  const { all, ...rows } = await recordForTwoSellers();
  const { db, keys, files, organizationId } = all;
  const shop = { ...rows.shop, organizationId };
  const bank = { ...rows.bank, organizationId };
  const { key } = await makeApiKey(
    { db, keys, organizationId, actor: owner },
    {
      name: "Bank",
      reason: "It calls for the bank.",
      scopes: [...Scope.options],
      sellers: ["bank"],
    },
  );
  const { server, url } = await aListeningServer({
    installation: { db, keys, files },
    findApiKey: createApiKeyFinder(db),
  });
  const send = async (route: string, request: RouteRequest) => sendTo(url, key, route, request);
  return { server, shop, bank, send };
}

it(
  "gives a key for one seller no data of another seller, on any route",
  { timeout: 300_000 },
  async () => {
    const { server, shop, bank, send } = await scene();
    const found = readRoutes(server.printRoutes({ commonPrefix: false }));
    expect(found.toSorted()).toEqual(Object.keys(routeCases).toSorted());

    const secrets = [shop.optOut.id, shop.optOut.reference, shop.consent.id, shop.phones.optOut];
    const faults: string[] = [];
    for (const [route, one] of Object.entries(routeCases)) {
      if (one.isOpen || !one.isOfSeller) continue;
      const theirs = await send(route, await one.request(shop));
      const leaks = secrets.filter((secret) => theirs.text.includes(secret));
      const isList = /^GET \/v1\/opt-outs(\.csv)?$/.test(route);
      const isRejected = theirs.status === 200 && theirs.text.includes('"rejected":1');
      const isRefused = isRejected || [403, 404].includes(theirs.status);
      if (leaks.length > 0 || !(isList || isRefused)) {
        faults.push(`${route} gives what is another's: ${theirs.status} ${theirs.text}`);
      }
      const own = await send(route, await one.request(bank));
      const isOpen = !never.has(route) && !route.includes("campaigns") && !route.endsWith(".pdf");
      if (isOpen && own.status >= 300) {
        faults.push(`${route} does not give its own: ${own.status} ${own.text}`);
      }
    }
    expect(faults).toEqual([]);
  },
);

/** The text of an answer, without the ids of the request and of the requested things. */
const toWords = ({ status, text }: { status: number; text: string }, ...named: string[]) =>
  [/"instance":"[^"]*"/, ...named].reduce<string>(
    (words, name) => words.replace(name, "…"),
    `${status} ${text}`,
  );

it("answers for another seller's campaign, disclosure and screening as if they did not exist", async () => {
  const { shop, send } = await scene();
  const none = "0195a000-0000-7000-8000-000000000001";
  const calls = (path: string) => send("GET /v1/campaigns/:key/calls", { path });
  const theirs = toWords(await calls(shop.plan.key), shop.plan.key);
  expect(theirs).toBe(toWords(await calls("of-nobody"), "of-nobody"));
  expect(theirs).toMatch(/^404 /);

  const agreed = (id: string) =>
    send("POST /v1/consents", {
      body: {
        phone: shop.phones.consent,
        seller: "bank",
        purposes: ["marketing"],
        channels: ["voice_live"],
        source: "website_form",
        disclosure: { id, version: 1 },
        obtainedAt: "2026-01-05T10:00:00Z",
        evidence: { act: "ticked" },
      },
    });
  const words = toWords(await agreed(shop.disclosureId), shop.disclosureId);
  expect(words).toBe(toWords(await agreed(none), none));
  expect(words).toMatch(/^4\d\d .*There is no such disclosure/);

  const called = (screening: string) =>
    send("POST /v1/calls", {
      body: [
        {
          phone: shop.calledPhone,
          seller: "bank",
          purpose: "marketing",
          at: "2026-03-02T15:00:00Z",
          screening,
        },
      ],
    });
  const call = toWords(await called(shop.screening.id), shop.screening.id);
  expect(call).toBe(toWords(await called(none), none));
  expect(call).toContain('"rejected":1');
});
