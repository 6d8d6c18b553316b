import { readFileSync } from "node:fs";
import path from "node:path";
import {
  type Browser,
  type BrowserContext,
  expect,
  type Locator,
  type Page,
  test,
} from "@playwright/test";
import type { Role } from "@ringfence/core/platform/access";
import type { ChangeOwnSettings } from "@ringfence/core/account/member";
import { type Words, words } from "../account/words";

type Demo = { members: { role: Role; email: string; password: string }[] };

const root = path.resolve(import.meta.dirname, "../../../..");

/** Finds a member of the demo, whose credentials `tooling/start.ts` writes when it starts. */
export function findMember(role: Role) {
  const file = path.join(root, test.info().project.metadata.state, "demo.json");
  const { members }: Demo = JSON.parse(readFileSync(file, "utf8"));
  const member = members.find((member) => member.role === role);
  if (member === undefined) throw new Error(`The demo has no ${role}`);
  return member;
}

export const signIn = (page: Page, role: Role, from?: string) =>
  signInAs(page, findMember(role), from);

type Credentials = { email: string; password: string };

/**
 * Signs in with the sign-in page's request, which is faster than the page, and opens a page if one is named.
 * The sign-in page has tests of its own.
 */
export async function signInAs(page: Page, { email, password }: Credentials, from?: string) {
  await startSession(page, { email, password });
  if (from !== undefined) await page.goto(from);
}

/** Signs in on the sign-in page, as people do. */
export async function fillSignIn(
  page: Page,
  { email, password }: Credentials,
  say: Words = words.en,
) {
  await page.getByRole("textbox", { name: say.emailAddress }).fill(email);
  await page.getByLabel(say.password, { exact: true }).fill(password);
  await page.getByRole("button", { name: say.signIn, exact: true }).click();
}

/** A page or a context: both send requests with the cookies of the context. */
type Visitor = Pick<BrowserContext, "request">;

/** Sends the sign-in page's request, and expects the status of its answer. */
export async function startSession(
  { request }: Visitor,
  { email, password }: Credentials,
  status = 200,
) {
  const { csrfToken } = await (await request.get("/api/auth/csrf")).json();
  const answer = await request.post("/api/auth/callback/credentials", {
    form: { csrfToken, email, password, json: "true" },
  });
  expect(answer.status(), `sign-in of ${email}`).toBe(status);
}

/** Settings with which each story finds a member. A story that changes them puts these back. */
export const defaultSettings = { locale: "en", zone: "UTC", theme: "auto" } as const;

/**
 * Changes settings as the settings page does. Omitted ones stay. If the server closes the idle connection of an
 * earlier test at this moment, the request goes over a new one (RFC 9112, 9.3.1): it may arrive twice.
 */
export const settle = ({ request }: Visitor, settings: ChangeOwnSettings) =>
  request.post("/api/trpc/member.changeOwnSettings", {
    headers: { "sec-fetch-site": "same-origin" },
    data: { json: settings },
    maxRetries: 1,
  });

/**
 * Contexts of signed-in members by e-mail address, which all tests of a worker use: a page of a new context
 * would load and compile every script again. `provedAt` is when the member last proved who they are.
 */
const contexts = new Map<string, { context: BrowserContext; provedAt: number }>();

/** True if the context stays open after a test; only its pages are closed. */
export const isShared = (shared: BrowserContext) =>
  [...contexts.values()].some(({ context }) => context === shared);

/**
 * Returns a new page, signed in as a member of that role, with default settings. It shows nothing yet unless a
 * path is named. Pages of the same role share their cookies.
 */
export async function signedInPage(browser: Browser, role: Role, from?: string) {
  const page = await openSignedInPage(browser, findMember(role));
  if (from !== undefined) await page.goto(from);
  return page;
}

/** A proof counts for five minutes, and a test may last one. */
const PROOF_MS = 3 * 60_000;

/**
 * Returns a new page of a member's context, with default settings. The member has just proved who they are, so that
 * no page asks for it. Other stories test that.
 */
export async function openSignedInPage(browser: Browser, member: Credentials) {
  const opened = contexts.get(member.email) ?? (await openContext(browser, member));
  if (Date.now() - opened.provedAt > PROOF_MS) {
    expect((await prove(opened.context, member)).status()).toBe(200);
    opened.provedAt = Date.now();
  }
  return opened.context.newPage();
}

/** Opens a context and signs a member in there, with default settings. */
async function openContext(browser: Browser, member: Credentials) {
  const opened = { context: await browser.newContext(), provedAt: Date.now() };
  contexts.set(member.email, opened);
  await startSession(opened.context, member);
  expect((await settle(opened.context, defaultSettings)).status()).toBe(200);
  return opened;
}

/** Proves by the password, as the dialog of a page does. */
const prove = ({ request }: Visitor, { password }: Credentials) =>
  request.post("/api/trpc/secondFactor.prove", {
    headers: { "sec-fetch-site": "same-origin" },
    data: { json: { password } },
    maxRetries: 1,
  });

/** Signs a member in with a separate session, as in another browser, and returns the page. */
export async function openOtherSession(browser: Browser, member: Credentials, from: string) {
  const page = await (await browser.newContext()).newPage();
  await signInAs(page, member, from);
  return page;
}

/** Opens an entry of a group in the navigation, as people do: "Account", then "My settings". */
export async function openPlace(page: Page, group: string, place: string) {
  const nav = page.getByRole("navigation", { name: "Main" });
  const link = nav.getByRole("link", { name: place });
  if (!(await link.isVisible())) await nav.locator("summary", { hasText: group }).click();
  await link.click();
}

/** Unfolds a part of a form by its title. */
export const unfold = (form: Page | Locator, title: string) =>
  form.locator("summary", { hasText: title }).click();
