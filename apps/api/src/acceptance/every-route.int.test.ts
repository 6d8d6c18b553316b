import { AFTER_REGISTRIES } from "@ringfence/core/do-not-call/blocked-list";
import { Scope } from "@ringfence/core/platform/access";
import { aSeller, anOrganization } from "@ringfence/db/testing";
import { createApiKeyFinder, makeApiKey, revokeApiKey } from "@ringfence/services/account/api-key";
import type { RootContext } from "@ringfence/services/context";
import { setBlockedList, writeBlockedList } from "@ringfence/services/do-not-call/blocked-list";
import { db } from "@ringfence/services/testing";
import { startCampaign } from "@ringfence/services/testing/campaigns";
import { createTenantReader } from "@ringfence/services/testing/tenant-rows";
import { recordForTwoSellers } from "@ringfence/services/testing/two-sellers";
import { expect, it } from "vitest";
import { createGuardedRoutes, metricsToken } from "../../testing/guarded-routes.ts";
import { aListeningServer, owner } from "../../testing/listening.ts";
import { type KeyedRoute, routeCases } from "../../testing/route-cases.ts";
import { readRoutes, sendTo } from "../../testing/routes.ts";

/** An organization with data for every route, new organizations with a seller of the same name, and the API. */
async function scene() {
  const { all, shop } = await recordForTwoSellers();
  const { db, keys, files, organizationId } = all;
  const ours = { ...all, actor: owner };
  await startCampaign(all, shop.campaignId);
  const reason = "The dialer keeps its own list.";
  await setBlockedList(ours, { schedule: AFTER_REGISTRIES, reason });
  await writeBlockedList({ ...all, actor: { type: "job", name: "blocked-list.write" } });

  /** Creates another organization with a seller of the same name, and returns a key to it and all its texts. */
  const aStranger = async () => {
    const ctx = { ...ours, organizationId: await anOrganization(db) };
    await aSeller(db, ctx.organizationId, shop.seller);
    const { key } = await makeKey(ctx, Scope.options);
    return { key, texts: await readTexts(ctx.organizationId) };
  };
  const { server, url } = await aListeningServer({
    installation: { db, keys, files },
    findApiKey: createApiKeyFinder(db),
  });
  const expire = (id: string, expiresAt: Date | null) =>
    db.prisma.apiKey.updateMany({ where: { organizationId, id }, data: { expiresAt } });
  const { readDigests, readTexts } = await createTenantReader(db);
  const secrets = [...(await readTexts(organizationId))].filter(isIdentifier);
  return {
    ours,
    aStranger,
    expire,
    of: { ...shop, organizationId },
    url,
    found: readRoutes(server.printRoutes({ commonPrefix: false })),
    secrets,
    readOurRows: async () => [...(await readDigests(organizationId))],
  };
}

/** True for ids, phones and references. */
const isIdentifier = (text: string) =>
  /[\da-f]{8}-[\da-f]{4}-/.test(text) || /^(\+\d{8,}|[A-Z\d]{8})$/.test(text);

const makeKey = (ctx: RootContext, scopes: readonly Scope[]) =>
  makeApiKey(ctx, { name: "Dialer", reason: "It calls for us.", scopes: [...scopes] });

const readCode = (text: string): unknown => JSON.parse(text).code;

it(
  "refuses every route to no key, a wrong, narrow, expired or revoked key, and one of another organization",
  { timeout: 300_000 },
  async () => {
    const { ours, aStranger, expire, of, url, found, secrets, readOurRows } = await scene();
    expect(found.toSorted()).toEqual(Object.keys(routeCases).toSorted());

    const faults: string[] = [];
    const keyed = Object.entries(routeCases).filter(
      (entry): entry is [string, KeyedRoute] => !entry[1].isOpen,
    );
    for (const [route, { scopes, request }] of keyed) {
      const asked = await request(of);
      const send = (key: string | null) => sendTo(url, key, route, asked);
      const expectProblem = async (who: string, key: string | null, ...problem: unknown[]) => {
        const { status, text } = await send(key);
        const code = status < 400 ? null : readCode(text);
        if (status !== problem[0] || code !== problem[1]) {
          faults.push(`${route} answers ${who}: ${status} ${text.slice(0, 300)}`);
        }
      };

      const rest = Scope.options.filter((scope) => !scopes.includes(scope));
      for (const scope of scopes) {
        const { id, key } = await makeKey(ours, [scope]);
        const right = await send(key);
        const isDone = right.status < 300 && !right.text.includes('"rejected":1');
        if (!isDone) faults.push(`${route} refuses ${scope}: ${right.status} ${right.text}`);
        await expire(id, new Date(0));
        await expectProblem("an expired key", key, 401, "key-invalid");
        await expire(id, null);
        await revokeApiKey(ours, id);
        await expectProblem("a revoked key", key, 401, "key-invalid");
      }
      const narrow = await makeKey(ours, rest);
      await expectProblem("a key without the scope", narrow.key, 403, "scope-missing");
      await expectProblem("no key", null, 401, "key-invalid");
      await expectProblem("a wrong key", `${narrow.key.slice(0, -4)}AAAA`, 401, "key-invalid");

      const stranger = await aStranger();
      const before = await readOurRows();
      const answer = await send(stranger.key);
      const given = JSON.stringify([asked, ...stranger.texts]);
      const shown = secrets.filter((one) => answer.text.includes(one) && !given.includes(one));
      if (shown.length > 0) faults.push(`${route} shows another organization ${shown.join()}`);
      const changed = (await readOurRows()).filter(([, digest], at) => digest !== before[at]?.[1]);
      for (const [table] of changed)
        faults.push(`${route} lets another organization change ${table}`);
      const isOneRecord = /:(id|key|edition)\b/.test(route);
      if (isOneRecord && answer.status !== 404) {
        faults.push(`${route} answers another organization: ${answer.status} ${answer.text}`);
      }
    }
    expect(faults.join("\n")).toBe("");
  },
);

it("opens to everybody only routes that read", () => {
  const toEverybody = Object.entries(routeCases).flatMap(([route, one]) =>
    one.isOpen && !one.isGuarded ? route : [],
  );
  expect(toEverybody.filter((route) => !route.startsWith("GET "))).toEqual([]);
});

it(
  "opens no route without a key to a forged, foreign, expired or used signature or token",
  { timeout: 120_000 },
  async () => {
    const { url } = await aListeningServer({ metricsToken, publicRateLimit: 100_000 });
    const { routes, organizationIds } = await createGuardedRoutes(url);
    const expected = Object.entries(routeCases).flatMap(([route, one]) =>
      one.isOpen && one.isGuarded ? route : [],
    );
    expect(Object.keys(routes).toSorted()).toEqual(expected.toSorted());

    const { readDigests } = await createTenantReader(db);
    const readRows = async () =>
      (await Promise.all(organizationIds.map((id) => readDigests(id)))).map((digests) => [
        ...digests,
      ]);
    const faults: string[] = [];
    for (const [route, { right, wrong }] of Object.entries(routes)) {
      // Browsers are answered 204, and shown nothing unless the answer is shared with their page.
      const isPreflight = route.startsWith("OPTIONS");
      const before = await readRows();
      for (const [why, send] of Object.entries(wrong)) {
        const { status, sharedWith } = await send();
        const isRefused =
          isPreflight && status === 204 ? sharedWith === null : status >= 400 && status < 500;
        if (!isRefused) faults.push(`${route} ${why}: ${status}`);
      }
      const after = await readRows();
      const changed = after.flatMap((digests, index) =>
        digests.flatMap(([table, digest], at) =>
          digest === before[index]?.[at]?.[1] ? [] : table,
        ),
      );
      if (changed.length > 0)
        faults.push(`${route} changes ${changed.join()} for a refused request`);
      const { status, sharedWith } = await right();
      const isAccepted = status < 300 && (!isPreflight || sharedWith !== null);
      if (!isAccepted) faults.push(`${route} refuses the right request: ${status}`);
    }
    expect(faults.join("\n")).toBe("");
  },
);
