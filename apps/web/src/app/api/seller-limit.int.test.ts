import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import path from "node:path";
import { limitableRoles } from "@ringfence/core/account/member";
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
import type { Rows } from "../../../testing/seller-inputs";
import { joinForSellers } from "../../../testing/join-for-sellers";
import { listSecrets } from "../../../testing/secrets-of-seller";

const host = "https://calls.example.com";
const authSecret = "a text of thirty-two characters.";
vi.stubEnv("TRUST_PROXY", "none");
vi.stubEnv("DATABASE_URL", "postgresql://localhost/ringfence");
vi.stubEnv("AUTH_SECRET", authSecret);
vi.stubEnv("PUBLIC_URL", host);
vi.stubEnv("API_URL", "https://api.calls.example.com");
// Test files share a process, so the environment must be restored.
afterAll(() => void vi.unstubAllEnvs());

/** Stands in for Next's request state: holds the caller's cookie. */
const asking = vi.hoisted(() => ({ cookie: "" }));
vi.mock(import("server-only"), () => ({}));
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => ({ value: asking.cookie }) }),
  headers: async () => new Headers(),
}));
vi.mock("next-intl/server", () => ({
  getTranslations: async () => (key: string) => key,
  getLocale: async () => "en",
}));

const folder = import.meta.dirname;
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Handler = (request: Request, context: { params: Promise<object> }) => Promise<Response>;

/** Every route of the pages' API, as `POST scrubs/[scrubId]/result`. */
async function loadRoutes(): Promise<Map<string, Handler>> {
  const routes = new Map<string, Handler>();
  for (const file of globSync("**/route.ts", { cwd: folder })) {
    const handlers: Record<string, Handler> = await import(path.join(folder, file));
    for (const method of methods) {
      const handler = handlers[method];
      if (handler) routes.set(`${method} ${path.dirname(file)}`, handler);
    }
  }
  return routes;
}

async function scene() {
  const { shop, bank, all } = await recordForTwoSellers();
  globalThis.installation = { db: all.db, keys: all.keys, files: all.files };
  const cookies: string[] = [];
  for (const role of limitableRoles) {
    const { organizationId, sessionId } = await joinForSellers(all, role, [bank.sellerId]);
    cookies.push(await encode({ token: { organizationId, sessionId }, secret: authSecret }));
  }
  const send = async (
    cookie: string,
    [route, handler]: readonly [string, Handler],
    { id = shop.campaignId, query = "", body = "reason=They+asked+for+it." }: RouteRequest,
  ) => {
    asking.cookie = cookie;
    const [method = "", pattern = ""] = route.split(" ");
    const name = /\[(\w+)\]/.exec(pattern)?.[1] ?? "";
    const isForm = body.startsWith("reason=");
    const request = new Request(`${host}/api/${pattern.replace(/\[\w+\]/, id)}${query}`, {
      method,
      headers: {
        "sec-fetch-site": "same-origin",
        "content-type": isForm ? "application/x-www-form-urlencoded" : "text/csv",
        "upload-length": String(Buffer.byteLength(body)),
        "content-digest": `sha-256=:${createHash("sha256").update(body).digest("base64")}:`,
      },
      ...(method !== "GET" && { body }),
    });
    const answer = await handler(request, { params: Promise.resolve({ [name]: id }) });
    return { status: answer.status, text: await answer.text() };
  };
  return { shop, bank, cookies, send };
}

const leaks = (text: string, of: Rows, ask: RouteRequest) =>
  listSecrets(of, ask).filter((secret) => text.includes(secret));

it(
  "gives a member for one seller no data of another through any route",
  { timeout: 300_000 },
  async () => {
    const { shop, bank, cookies, send } = await scene();
    const routes = await loadRoutes();
    const faults: string[] = [];
    for (const one of routes) {
      const [route] = one;
      if (routesTestedElsewhere.includes(route)) continue;
      const askOne = oneSellerRoutes[route];
      const ask = askOne ?? listRoutes[route] ?? sellerlessRoutes[route];
      const own: Awaited<ReturnType<typeof send>>[] = [];
      for (const cookie of cookies) {
        const asked = ask?.(shop) ?? {};
        const theirs = await send(cookie, one, asked);
        const found = leaks(theirs.text, shop, asked);
        if (found.length > 0) faults.push(`${route} tells of another's ${found.join()}`);
        const isRefused = theirs.status === 403 || (askOne !== undefined && theirs.status === 404);
        if ((askOne ?? !ask) && !isRefused) {
          faults.push(`${route} is not refused: ${theirs.status} ${theirs.text}`);
        }
        own.push(await send(cookie, one, ask?.(bank) ?? {}));
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
    const missing = [...Object.keys(placed), ...routesTestedElsewhere].filter(
      (name) => !routes.has(name),
    );
    expect(missing).toEqual([]);
  },
);
