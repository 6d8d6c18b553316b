import { Scope } from "@ringfence/core/access";
import { apiKeysOf, makeApiKey } from "@ringfence/services/api-key";
import { recordForTwoSellers } from "@ringfence/services/testing/two-sellers";
import { expect, it } from "vitest";
import { aListeningDoor, owner } from "../../testing/listening.ts";

type Rows = Awaited<ReturnType<typeof recordForTwoSellers>>["shop"];
type Ask = { path?: string; body?: unknown; type?: string };
/** Routes that give nobody's data, or none by a key: for anybody, or by the signature of a provider. */
const open = "open" as const;
/** Routes that put on record what a key of any seller may, and tell of what they were given alone. */
const writes = "writes" as const;

/** Lists, for each route, the request by which a key asks for a seller's data. */
const routes: Record<string, typeof open | typeof writes | ((of: Rows) => Ask)> = {
  "GET /openapi.json": open,
  "GET /docs": open,
  "GET /docs/": open,
  "GET /docs/js/scalar.js": open,
  "GET /healthz": open,
  "GET /readyz": open,
  "GET /metrics": open,
  "GET /.well-known/jwks.json": open,
  "GET /ledger/checkpoint": open,
  "GET /ledger/policy": open,
  "GET *": open, // a tile of the log
  "GET /consent.js": open,
  "POST /v1/inbound/sms/twilio": open,
  "POST /v1/inbound/ivr/twilio": open,
  "POST /v1/inbound/email/mailgun": open,
  "OPTIONS /v1/forms/:form/tokens": open,
  "POST /v1/forms/:form/tokens": open,
  "OPTIONS /v1/forms/:form/submissions": open,
  "POST /v1/forms/:form/submissions": open,
  "POST /v1/inbound/disposition/:system": writes,
  "POST /v1/opt-outs": writes,
  "POST /v1/permits/verify": writes,
  "POST /v1/contacts": writes,
  "POST /v1/activities": writes,
  "POST /v1/activity-types": writes,
  "POST /v1/consents/:id/withdrawals": writes,
  "GET /v1/opt-outs": () => ({}),
  "GET /v1/opt-outs.csv": () => ({}),
  "GET /v1/opt-outs/:id/certificate.json": ({ optOut }) => ({ path: optOut.id }),
  "GET /v1/opt-outs/:id/certificate.pdf": ({ optOut }) => ({ path: optOut.id }),
  "GET /v1/consents/:id/certificate.json": ({ consent }) => ({ path: consent.id }),
  "GET /v1/consents/:id/certificate.pdf": ({ consent }) => ({ path: consent.id }),
  "GET /v1/consents/:id/record.json": ({ consent }) => ({ path: consent.id }),
  "GET /v1/proofs/:id": ({ consent }) => ({ path: consent.entryId }),
  "GET /v1/scrubs/:id": ({ scrubId }) => ({ path: scrubId }),
  "GET /v1/scrubs/:id/result.csv": ({ scrubId }) => ({ path: scrubId }),
  "GET /v1/blocked-list.csv": () => ({}),
  "GET /v1/blocked-list/:edition/changes.csv": () => ({ path: "1" }),
  "GET /v1/campaigns/:key/calls": ({ seller }) => ({ path: `of-${seller}` }),
  "POST /v1/screenings": ({ seller, phones }) => ({
    body: { phone: phones.consent, purpose: "marketing", seller },
  }),
  "POST /v1/screenings/batch": ({ seller, phones }) => ({
    body: { defaults: { purpose: "marketing", seller }, items: [{ phone: phones.consent }] },
  }),
  "POST /v1/scrubs": ({ seller }) => ({
    path: `?purpose=marketing&seller=${seller}`,
    body: "phone\n+12015550100\n",
    type: "text/csv",
  }),
  "POST /v1/calls": ({ seller, phones }) => ({
    body: [{ phone: phones.consent, seller, purpose: "marketing", at: "2026-03-02T15:00:00Z" }],
  }),
  "POST /v1/consents": ({ seller, phones }) => ({
    body: {
      phone: phones.consent,
      seller,
      purposes: ["marketing"],
      channels: ["voice_live"],
      source: "website_form",
      disclosure: { text: "They may call me.", language: "en" },
      obtainedAt: "2026-01-05T10:00:00Z",
      evidence: { act: "ticked" },
    },
  }),
};

/** Routes of which all there is names every seller: a key for some has none of it, nor one of its own. */
const never = new Set(["GET /v1/blocked-list.csv", "GET /v1/blocked-list/:edition/changes.csv"]);

async function scene() {
  const { shop, bank, all } = await recordForTwoSellers();
  const { db, keys, files, organizationId } = all;
  await db.prisma.seller.findFirstOrThrow({ where: { organizationId, key: "bank" } });
  const { key } = await makeApiKey(
    { db, keys, organizationId, actor: owner },
    {
      name: "Bank",
      reason: "It calls for the bank.",
      scopes: [...Scope.options],
      sellers: ["bank"],
    },
  );
  const { door, url } = await aListeningDoor({
    installation: { db, keys, files },
    findApiKey: apiKeysOf(db),
  });
  const send = async (route: string, of: Rows) => {
    const ask = routes[route];
    if (typeof ask !== "function") throw new Error(`${route} is not asked`);
    const { path = "", body, type = "application/json" } = ask(of);
    const [method = "", pattern = ""] = route.split(" ");
    const address = /[:]\w+/.test(pattern) ? pattern.replace(/:\w+/, path) : pattern + path;
    const answer = await fetch(url + address, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body !== undefined && { "content-type": type }),
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  };
  return { door, shop, bank, send };
}

/** The routes of a door, as its own tree of them says. */
function readRoutes(tree: string): string[] {
  const parents: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indent = "", part = "", methods = ""] =
      /^([│ ]*)[├└]── (\S+) \(([A-Z, ]+)\)/.exec(line) ?? [];
    if (part === "") return [];
    const depth = indent.length / 4;
    parents.length = depth;
    parents[depth] = part;
    const path = parents.join("");
    return methods.split(", ").map((method) => `${method} ${path}`);
  });
}

it("gives a key for one seller nothing of another by any route", { timeout: 300_000 }, async () => {
  const { door, shop, bank, send } = await scene();
  const found = readRoutes(door.printRoutes({ commonPrefix: false }));
  expect(found.toSorted()).toEqual(Object.keys(routes).toSorted());

  const secrets = [shop.optOut.id, shop.optOut.reference, shop.consent.id, shop.phones.optOut];
  const faults: string[] = [];
  for (const route of found.filter((route) => typeof routes[route] === "function")) {
    const theirs = await send(route, shop);
    const leaks = secrets.filter((secret) => theirs.text.includes(secret));
    const isList = /^GET \/v1\/opt-outs(\.csv)?$/.test(route);
    const isRejected = theirs.status === 200 && theirs.text.includes('"rejected":1');
    const isRefused = isRejected || [403, 404].includes(theirs.status);
    if (leaks.length > 0 || !(isList || isRefused)) {
      faults.push(`${route} gives what is another's: ${theirs.status} ${theirs.text}`);
    }
    const own = await send(route, bank);
    const isOpen = !never.has(route) && !route.includes("campaigns") && !route.endsWith(".pdf");
    if (isOpen && own.status >= 300) {
      faults.push(`${route} does not give its own: ${own.status} ${own.text}`);
    }
  }
  expect(faults).toEqual([]);
});
