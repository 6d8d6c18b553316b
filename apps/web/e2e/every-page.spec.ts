import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { Role } from "@ringfence/core/platform/access";
import { settle, signIn } from "./demo";
import { expectReadableAnywhere, type Look } from "./looks";
import { test } from "./test";

type Viewer = {
  who: string;
  role: Role | null;
  language: "en" | "ru";
  paths: readonly string[];
  /** All looks, unless other viewers cover the same. */
  only?: readonly Look[];
};

/** Paths of all pages by viewer. Add the path of each new page here. */
const workspace = [
  "/",
  "/registries",
  "/registries/connect",
  "/registries/readings",
  "/registries/reassigned",
  "/call",
  "/scrubs",
  "/scrubs/new",
  "/settings",
  "/contacts",
  "/activities",
  "/imports",
  "/imports/new",
  "/segments",
  "/segments/new",
  "/offers",
  "/offers/new",
  "/campaigns",
  "/relevance",
  "/campaigns/new",
  "/opt-outs",
  "/opt-outs/new",
  "/opt-outs/bursts",
  "/suppressions",
  "/suppressions/new",
  "/complaints",
  "/consents",
  "/consents/record",
  "/sources",
  "/ledger",
  "/forms",
  "/forms/new",
  "/disclosures",
  "/disclosures/new",
  "/violations",
  "/endpoints",
  "/endpoints/new",
  "/endpoints/blocked-list",
  "/inbound",
  "/audit",
  "/members",
  "/members/new",
  "/keys",
  "/keys/new",
  "/organization",
  "/rules",
  "/rules/history",
  "/rules?place=US-NY",
];
const viewers: readonly Viewer[] = [
  { who: "an owner", role: "owner", language: "en", paths: [...workspace, "/no-such-page"] },
  // An agent is refused most of them, by one page that is always the same.
  { who: "an agent", role: "agent", language: "en", paths: workspace, only: ["narrow"] },
  // The colors are the same as in English.
  {
    who: "an auditor, in Russian",
    role: "auditor",
    language: "ru",
    paths: workspace,
    only: ["light", "narrow"],
  },
  { who: "nobody", role: null, language: "en", paths: ["/sign-in", "/verify", "/stop", "/my"] },
  {
    who: "nobody, in Russian",
    role: null,
    language: "ru",
    paths: ["/sign-in", "/verify", "/stop", "/my"],
  },
];

/** Collects browser errors and requests to other hosts. */
function listen(page: Page, baseURL = "") {
  const faults: string[] = [];
  page.on("console", (message) => {
    const isAnswer = message.text().startsWith("Failed to load resource"); // 403 and 404 pages
    if (message.type() === "error" && !isAnswer) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL)) faults.push(request.url());
  });
  return faults;
}

for (const { who, role, language, paths, only } of viewers) {
  test.describe(`as ${who} sees it`, () => {
    // One context for all pages, so that their scripts are cached.
    let viewer: BrowserContext;

    test.beforeAll(async ({ browser }) => {
      viewer = await browser.newContext({ locale: language });
      if (role === null) return;
      const page = await viewer.newPage();
      await signIn(page, role);
      await settle(page, { locale: language, zone: "UTC", theme: "auto" });
      await page.close();
    });
    test.afterAll(() => viewer.close());

    for (const path of paths) {
      test(`${path} is accessible`, async ({ baseURL }) => {
        const page = await viewer.newPage();
        const faults = listen(page, baseURL);
        await page.goto(path, { waitUntil: "networkidle" });
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await expectReadableAnywhere(page, path, only);
        expect(faults).toEqual([]);
        await page.close();
      });
    }
  });
}

test("the component sheet does not exist in production", async ({ page }) => {
  const answer = await page.goto("/sheet");
  expect(answer?.status()).toBe(404);
});
