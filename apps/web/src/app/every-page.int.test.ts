import { globSync } from "node:fs";
import path from "node:path";
import { Role, rolesThatMay } from "@ringfence/core/platform/access";
import { anOrganization } from "@ringfence/db/testing";
import type { FileContext } from "@ringfence/services/context";
import { connectDialer } from "@ringfence/services/do-not-call/endpoint";
import { anOrganizationWithEverything } from "@ringfence/services/testing/organization-with-everything";
import { recordForTwoSellers } from "@ringfence/services/testing/two-sellers";
import { encode } from "next-auth/jwt";
import { afterAll, expect, it, vi } from "vitest";
import { joinForSellers } from "../../testing/join-for-sellers";
import {
  type PageAccess,
  everythingPages,
  lawPages,
  publishedPages,
} from "../../testing/page-access";

const authSecret = "a text of thirty-two characters.";
vi.stubEnv("TRUST_PROXY", "none");
vi.stubEnv("DATABASE_URL", "postgresql://localhost/ringfence");
vi.stubEnv("AUTH_SECRET", authSecret);
vi.stubEnv("PUBLIC_URL", "https://calls.example.com");
vi.stubEnv("API_URL", "https://api.calls.example.com");
// Next sets it for `authInterrupts`, without which a page cannot answer 403.
vi.stubEnv("__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS", "true");
// Test files share a process, so the environment must be restored.
afterAll(() => void vi.unstubAllEnvs());

const next = vi.hoisted(() => import("../../testing/next-request"));
vi.mock(import("server-only"), () => ({}));
vi.mock("next/headers", async () => (await next).nextHeaders);
vi.mock("next-intl/server", async () => (await next).createNextIntl());
const { request } = await next;

const workspace = path.join(import.meta.dirname, "(workspace)");
const listPages = (cwd: string) =>
  globSync("**/page.tsx", { cwd }).map((file) => path.dirname(file).replace(/^\.$/, ""));

type Given = { params: Promise<object>; searchParams: Promise<object> };
type Page = (given: Given) => Promise<unknown>;

async function loadPage(page: string): Promise<Page> {
  const { default: show }: { default: Page } = await import(path.join(workspace, page, "page.tsx"));
  return show;
}

/** Calls a page's function, which checks access and existence. Returns "opened", or the digest of its error. */
async function open(show: Page, cookie: string, { params = {}, search = {} }): Promise<string> {
  request.anyCookie = cookie;
  try {
    await show({ params: Promise.resolve(params), searchParams: Promise.resolve(search) });
    return "opened";
  } catch (error) {
    const { digest } = Object(error);
    return typeof digest === "string" ? digest : String(error);
  }
}

/** Digests of the errors with which a page makes Next answer 403 or 404. */
const FORBIDDEN = "NEXT_HTTP_ERROR_FALLBACK;403";
const NOT_FOUND = "NEXT_HTTP_ERROR_FALLBACK;404";

const signIn = async (ctx: FileContext, role: Role) => {
  const { organizationId, sessionId } = await joinForSellers(ctx, role, []);
  return encode({ token: { organizationId, sessionId }, secret: authSecret });
};

const vicidial = {
  kind: "vicidial",
  name: "Dialer",
  settings: { url: "https://dialer.example/", user: "us", pass: "secret", phoneCode: "1" },
} as const;

type Scene<Records> = {
  ctx: FileContext;
  of: Records;
  pages: Readonly<Record<string, PageAccess<Records>>>;
  /** True if the pages show records of the organization. */
  areOwn?: boolean;
};

/** Opens pages, with the records of one organization, as everybody. Returns a line for each wrong answer. */
async function findFaults<Records>({ ctx, of, pages, areOwn = true }: Scene<Records>) {
  const { db, keys, files } = ctx;
  globalThis.installation = { db, keys, files };
  const owner = await signIn(ctx, "owner");
  const members: [Role, string][] = [];
  for (const role of Role.options) members.push([role, await signIn(ctx, role)]);
  const elsewhere = { ...ctx, organizationId: await anOrganization(db) };
  const stranger = await signIn(elsewhere, "owner");

  const faults: string[] = [];
  for (const [page, { action, params, search, sendsOn = false }] of Object.entries(pages)) {
    const show = await loadPage(page);
    const named = { params: params?.(of), search: search?.(of) };
    const expectEnd = async (who: string, cookie: string, expected: string) => {
      const end = await open(show, cookie, named);
      const isSentOn = sendsOn && /^NEXT_REDIRECT;replace;\/(?!sign-in)/.test(end);
      const isRight = end.startsWith(expected) || (expected === "opened" && isSentOn);
      if (!isRight) faults.push(`/${page} ends for ${who}: ${end}`);
    };
    await expectEnd("an owner", owner, "opened");
    await expectEnd("nobody", "", "NEXT_REDIRECT;replace;/sign-in?from=");
    for (const [role, cookie] of members) {
      const isOpen = rolesThatMay(action).includes(role);
      await expectEnd(role, cookie, isOpen ? "opened" : FORBIDDEN);
    }
    if ((params ?? search) && areOwn) await expectEnd("another organization", stranger, NOT_FOUND);
  }
  return faults;
}

it("has a case for every page of the workspace", () => {
  const cases = { ...everythingPages, ...publishedPages, ...lawPages };
  expect(Object.keys(cases).toSorted()).toEqual(listPages(workspace).toSorted());
});

it(
  "opens no page of the workspace to nobody, another role or another organization",
  { timeout: 300_000 },
  async () => {
    const everything = await anOrganizationWithEverything();
    const { ctx } = everything;
    const { id: dialerId } = await connectDialer(ctx, { dialer: vicidial, reason: "It calls." });
    const of = { ...everything, dialerId };
    const faults = await findFaults({ ctx, of, pages: everythingPages });
    faults.push(...(await findFaults({ ctx, of, pages: lawPages, areOwn: false })));
    const { all, shop } = await recordForTwoSellers();
    faults.push(...(await findFaults({ ctx: all, of: shop, pages: publishedPages })));
    expect(faults.join("\n")).toBe("");
  },
);
