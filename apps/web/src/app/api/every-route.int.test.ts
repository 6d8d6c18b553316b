import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import path from "node:path";
import { limitableRoles } from "@ringfence/core/account/member";
import type { SellerId } from "@ringfence/core/ids";
import { Role, rolesThatMay } from "@ringfence/core/platform/access";
import { aSeller, anOrganization } from "@ringfence/db/testing";
import type { FileContext, RootContext } from "@ringfence/services/context";
import { startCampaign } from "@ringfence/services/testing/campaigns";
import { anOrganizationWithEverything } from "@ringfence/services/testing/organization-with-everything";
import { aCalledPerson, called } from "@ringfence/services/testing/violations";
import { createTenantReader } from "@ringfence/services/testing/tenant-rows";
import { recordForTwoSellers } from "@ringfence/services/testing/two-sellers";
import { encode } from "next-auth/jwt";
import { afterAll, expect, it, vi } from "vitest";
import {
  type RouteRequest,
  listRoutes,
  oneSellerRoutes,
  routesTestedElsewhere,
  sellerlessRoutes,
} from "../../../testing/seller-routes";
import { type RouteAccess, everythingRoutes, publishedRoutes } from "../../../testing/route-access";
import { isPublicFile } from "../../../testing/public-access";
import type { Rows } from "../../../testing/seller-inputs";
import { joinForSellers } from "../../../testing/join-for-sellers";
import { listSecrets } from "@ringfence/services/testing/secrets-of-seller";

const host = "https://calls.example.com";
const authSecret = "a text of thirty-two characters.";
vi.stubEnv("TRUST_PROXY", "none");
vi.stubEnv("DATABASE_URL", "postgresql://localhost/ringfence");
vi.stubEnv("AUTH_SECRET", authSecret);
vi.stubEnv("PUBLIC_URL", host);
vi.stubEnv("API_URL", "https://api.calls.example.com");
// Test files share a process, so the environment must be restored.
afterAll(() => void vi.unstubAllEnvs());

// Fonts are found from the folder in which the pages run.
const cwd = vi.spyOn(process, "cwd").mockReturnValue(path.resolve(import.meta.dirname, "../../.."));
afterAll(() => cwd.mockRestore());

const next = vi.hoisted(() => import("../../../testing/next-request"));
vi.mock(import("server-only"), () => ({}));
vi.mock("next/headers", async () => (await next).nextHeaders);
vi.mock("next-intl/server", async () => (await next).createNextIntl());
const { request: requestOfNext } = await next;

const { peopleFiles } = await import("../../server/lists/people-files");
const { recordFiles } = await import("../../server/lists/record-files");

const folder = import.meta.dirname;
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Handler = (request: Request, context: { params: Promise<object> }) => Promise<Response>;

/** Every route of the pages' API that a session opens, as `POST scrubs/[scrubId]/result`. */
async function loadRoutes(): Promise<Map<string, Handler>> {
  const routes = new Map<string, Handler>();
  for (const file of globSync("**/route.ts", { cwd: folder })) {
    if (isPublicFile(`api/${file}`)) continue;
    const handlers: Record<string, Handler> = await import(path.join(folder, file));
    for (const method of methods) {
      const handler = handlers[method];
      if (handler) routes.set(`${method} ${path.dirname(file)}`, handler);
    }
  }
  // One route writes the files of all lists. The test treats each file as a route of its own.
  for (const [method, lists] of Object.entries({ POST: peopleFiles, GET: recordFiles })) {
    const handler = routes.get(`${method} [file]`);
    if (!handler) throw new Error(`${method} [file] is no route`);
    routes.delete(`${method} [file]`);
    for (const list of Object.keys(lists)) {
      const params = Promise.resolve({ file: `${list}.csv` });
      routes.set(`${method} ${list}.csv`, (request) => handler(request, { params }));
    }
  }
  return routes;
}

/** Sends a request to a route, with the cookie of a session or without. */
async function send(
  cookie: string,
  [route, handler]: readonly [string, Handler],
  { id = "", params, query = "", body = "reason=They+asked+for+it." }: RouteRequest,
) {
  requestOfNext.anyCookie = cookie;
  const [method = "", pattern = ""] = route.split(" ");
  const values = params ?? { [/\[(\w+)\]/.exec(pattern)?.[1] ?? ""]: id };
  const filled = pattern.replaceAll(/\[(\w+)\]/g, (_, name: string) => values[name] ?? "");
  const isForm = body.startsWith("reason=");
  const request = new Request(`${host}/api/${filled}${query}`, {
    method,
    headers: {
      "sec-fetch-site": "same-origin",
      "content-type": isForm ? "application/x-www-form-urlencoded" : "text/csv",
      "upload-length": String(Buffer.byteLength(body)),
      "content-digest": `sha-256=:${createHash("sha256").update(body).digest("base64")}:`,
    },
    ...(method !== "GET" && { body }),
  });
  const answer = await handler(request, { params: Promise.resolve(values) });
  return { status: answer.status, text: await answer.text() };
}

/** Makes the routes use the installation of a scene. */
const open = ({ db, keys, files }: FileContext) => {
  globalThis.installation = { db, keys, files };
};

/** The cookie of a new member's session. */
async function signIn(ctx: RootContext, role: Role, sellerIds: readonly SellerId[] = []) {
  const { organizationId, sessionId } = await joinForSellers(ctx, role, sellerIds);
  const cookie = await encode({ token: { organizationId, sessionId }, secret: authSecret });
  return { cookie, sessionId };
}

async function twoSellers() {
  const { shop, bank, all } = await recordForTwoSellers();
  open(all);
  const cookies: string[] = [];
  for (const role of limitableRoles) {
    cookies.push((await signIn(all, role, [bank.sellerId])).cookie);
  }
  return { shop, bank, cookies };
}

const leaks = (text: string, of: Rows, ask: RouteRequest) =>
  listSecrets(of, ask).filter((secret) => text.includes(secret));

it(
  "gives a member for one seller no data of another through any route",
  { timeout: 300_000 },
  async () => {
    const { shop, bank, cookies } = await twoSellers();
    const routes = await loadRoutes();
    const faults: string[] = [];
    for (const one of routes) {
      const [route] = one;
      if (route in routesTestedElsewhere) continue;
      const askOne = oneSellerRoutes[route];
      const ask = askOne ?? listRoutes[route] ?? sellerlessRoutes[route];
      const own: Awaited<ReturnType<typeof send>>[] = [];
      for (const cookie of cookies) {
        const asked = ask?.(shop) ?? { id: shop.campaignId };
        const theirs = await send(cookie, one, asked);
        const found = leaks(theirs.text, shop, asked);
        if (found.length > 0) faults.push(`${route} tells of another's ${found.join()}`);
        const isRefused = theirs.status === 403 || (askOne !== undefined && theirs.status === 404);
        if ((askOne ?? !ask) && !isRefused) {
          faults.push(`${route} is not refused: ${theirs.status} ${theirs.text}`);
        }
        own.push(await send(cookie, one, ask?.(bank) ?? { id: shop.campaignId }));
      }
      if (askOne && !own.some(({ status }) => status < 300)) {
        faults.push(`${route} does not give its own: ${JSON.stringify(own)}`);
      }
      if (listRoutes[route] && !own.some(({ text }) => leaks(text, bank, {}).length > 0)) {
        faults.push(`${route} does not tell of its own: ${JSON.stringify(own)}`);
      }
    }
    expect(faults.join("\n")).toBe("");
    const placed = { ...oneSellerRoutes, ...listRoutes, ...sellerlessRoutes };
    const missing = [...Object.keys(placed), ...Object.keys(routesTestedElsewhere)].filter(
      (name) => !routes.has(name),
    );
    expect(missing).toEqual([]);
  },
);

type Scene<Records> = {
  ctx: FileContext;
  of: Records;
  routes: Readonly<Record<string, RouteAccess<Records>>>;
};

/** Sends requests about the records of one organization as everybody. Returns a line for each wrong answer. */
async function findFaults<Records>({ ctx, of, routes: cases }: Scene<Records>) {
  open(ctx);
  const { db, organizationId } = ctx;
  const routes = await loadRoutes();
  const members = new Map<Role, string>();
  for (const role of Role.options) members.set(role, (await signIn(ctx, role)).cookie);
  const { cookie: late, sessionId: id } = await signIn(ctx, "owner");
  await db.prisma.session.updateMany({
    where: { id },
    data: { createdAt: new Date(0), expiresAt: new Date(1) },
  });

  const elsewhere = { ...ctx, organizationId: await anOrganization(db) };
  await aSeller(db, elsewhere.organizationId, "quartz");
  const { cookie: stranger } = await signIn(elsewhere, "owner");
  const { readTexts } = await createTenantReader(db);
  const theirs = await readTexts(elsewhere.organizationId);
  const texts = [...(await readTexts(organizationId))];
  const secrets = texts.filter((text) => /quartz|[\da-f]{8}-[\da-f]{4}-|^\+\d{8,}$/i.test(text));

  const faults: string[] = [];
  for (const [route, { action, request, strangers }] of Object.entries(cases)) {
    const handler = routes.get(route);
    if (!handler) throw new Error(`${route} is no route`);
    const asked = request(of);
    const expectFrom = async (
      who: string,
      cookie: string,
      isExpected: (status: number) => boolean,
    ) => {
      const answer = await send(cookie, [route, handler], asked);
      if (!isExpected(answer.status)) {
        faults.push(`${route} answers ${who}: ${answer.status} ${answer.text.slice(0, 300)}`);
      }
      return answer.text;
    };
    await expectFrom("an owner", members.get("owner") ?? "", (status) => status < 300);
    await expectFrom("nobody", "", (status) => status === 401);
    await expectFrom("a session that has expired", late, (status) => status === 401);
    for (const [role, cookie] of members) {
      const isRefused = !rolesThatMay(action).includes(role);
      await expectFrom(role, cookie, (status) => (status === 403) === isRefused);
    }
    const isRight = (status: number) => (strangers === 404 ? status === 404 : status < 500);
    const text = await expectFrom("another organization", stranger, isRight);
    const given = JSON.stringify(asked);
    const shown = secrets.filter(
      (one) => text.includes(one) && !theirs.has(one) && !given.includes(one),
    );
    if (shown.length > 0) faults.push(`${route} shows another organization ${shown.join()}`);
  }
  return faults;
}

it("has a case for every route", async () => {
  const cases = { ...everythingRoutes, ...publishedRoutes, ...routesTestedElsewhere };
  const found = [...(await loadRoutes()).keys()];
  expect(Object.keys(cases).toSorted()).toEqual(found.toSorted());
});

it(
  "refuses requests without a session, with an expired one, of another role and of another organization on every route",
  { timeout: 300_000 },
  async () => {
    const everything = await anOrganizationWithEverything();
    const { db, organizationId } = everything.ctx;
    const source = { kind: "upload" };
    await db.prisma.registry.updateMany({ where: { organizationId }, data: { source } });
    const faults = await findFaults({
      ctx: everything.ctx,
      of: everything,
      routes: everythingRoutes,
    });
    const { all: ctx, shop } = await recordForTwoSellers();
    await startCampaign(ctx, shop.campaignId);
    faults.push(...(await findFaults({ ctx, of: shop, routes: publishedRoutes })));
    expect(faults.join("\n")).toBe("");
  },
);

it(
  "writes all rows that the filters of a list leave, in one line each",
  { timeout: 120_000 },
  async () => {
    const { ctx, phone } = await aCalledPerson();
    open({ ...ctx, files: {} as FileContext["files"] });
    const springs = Array.from({ length: 201 }, (_, index) => ({
      at: new Date(Date.now() - (index + 1) * 60_000),
      campaign: "=spring",
    }));
    await called(ctx, phone, ...springs, {
      at: new Date(Date.now() - 3_600_000),
      campaign: "fall",
    });
    const { cookie } = await signIn(ctx, "officer");
    const routes = await loadRoutes();
    const ask = (list: string, query: string) => {
      const handler = routes.get(`POST ${list}.csv`);
      if (!handler) throw new Error(`${list} is no list`);
      return send(cookie, [`POST ${list}.csv`, handler], { query });
    };
    const [head, ...lines] = (await ask("calls", "?campaign=%3Dspring")).text
      .trimEnd()
      .split("\r\n");
    expect(head).toBe("id,at,phone,seller,campaign,dialer,outcome,seconds,screeningId,violationId");
    expect(lines).toHaveLength(201);
    expect(new Set(lines.map((line) => line.split(",").slice(2, 5).join()))).toEqual(
      new Set([`${phone},Acme,'=spring`]),
    );
    expect((await ask("calls", "")).text.trimEnd().split("\r\n")).toHaveLength(203);
    // A search that can no longer be decrypted must not produce a file of everybody.
    for (const list of ["consents", "contacts", "opt-outs", "suppressions"]) {
      expect(await ask(list, "?find=sealed-by-nobody")).toMatchObject({ status: 400 });
    }
  },
);
