import { expect, type Page, type Response } from "@playwright/test";
import type { Role } from "@ringfence/core/platform/access";
import { OrganizationId } from "@ringfence/core/ids";
import { makeMember } from "../../testing/make-caller";
import { openInstallation } from "../../testing/open-installation";
import { findMember, settle, signInAs } from "./demo";
import { type Look, expectReadableAnywhere, sameColors } from "./looks";
import { test } from "./test";
import { workspacePages } from "./workspace-pages";

type Viewer = {
  who: string;
  role: Role | null;
  language: "en" | "ru";
  paths: readonly string[];
  /** Paths that answer 403, by one page that differs only in the name of what it refuses. */
  refused?: readonly string[];
  /** All looks, unless other viewers cover the same. */
  only?: readonly Look[];
};

const without = (refused: readonly string[]) =>
  workspacePages.filter((path) => !refused.includes(path));

const openToAgents = [
  "/",
  "/call",
  "/complaints/new",
  "/settings",
  "/opt-outs/new",
  "/consents",
  "/consents/record",
  "/sources",
  "/forms",
  "/disclosures",
  "/organization",
  "/rules",
  "/rules/history",
  "/rules/places",
  "/rules/updates",
  "/rules/coming",
  "/rules?place=US-NY",
  "/rules/US-LA",
  "/rules/AQ",
  "/rules/compare?left=US-FL&right=RU",
];
const closedToAuditors = [
  "/registries/connect",
  "/registries/readings",
  "/call",
  "/scrubs/new",
  "/imports/new",
  "/segments/new",
  "/offers/new",
  "/campaigns/new",
  "/opt-outs/new",
  "/suppressions/new",
  "/consents/record",
  "/forms/new",
  "/disclosures/new",
  "/endpoints/new",
  "/members/new",
  "/keys/new",
  "/organization/sign-in",
  "/usage",
];

const viewers: readonly Viewer[] = [
  { who: "an owner", role: "owner", language: "en", paths: [...workspacePages, "/no-such-page"] },
  {
    who: "an agent",
    role: "agent",
    language: "en",
    paths: openToAgents,
    refused: without(openToAgents),
    only: ["narrow"],
  },
  {
    who: "an auditor, in Russian",
    role: "auditor",
    language: "ru",
    paths: without(closedToAuditors),
    refused: closedToAuditors,
    only: sameColors,
  },
  { who: "nobody", role: null, language: "en", paths: ["/sign-in", "/verify", "/stop", "/my"] },
  {
    who: "nobody, in Russian",
    role: null,
    language: "ru",
    paths: ["/sign-in", "/verify", "/stop", "/my"],
    only: sameColors,
  },
];

/** Creates a member of the demo, whose settings and sessions no other story changes. */
async function makeViewer(role: Role) {
  const { db } = openInstallation(test.info().project.metadata.state);
  try {
    const where = { email: findMember(role).email };
    const { organizationId } = await db.prisma.member.findFirstOrThrow({ where });
    return await makeMember({ db, organizationId: OrganizationId.parse(organizationId) }, role);
  } finally {
    await db.close();
  }
}

/** Collects errors and warnings of the browser, and requests to other hosts. */
function listen(page: Page, baseURL = "") {
  const faults: string[] = [];
  page.on("console", (message) => {
    const isAnswer = message.text().startsWith("Failed to load resource"); // 403 and 404 pages
    const isBad = message.type() === "error" || message.type() === "warning";
    if (isBad && !isAnswer) faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(baseURL)) faults.push(request.url());
  });
  return faults;
}

/** Expects the headers of a page: it runs and loads only what is ours, and no cache stores it. */
function expectGuarded(answer: Response | null) {
  const headers = answer?.headers() ?? {};
  expect(headers["content-security-policy"]).toMatch(
    /^default-src 'none'; script-src 'nonce-[\w+/]{22}==' 'strict-dynamic'; style-src 'self' /,
  );
  expect(headers["content-security-policy"]).not.toContain("unsafe");
  expect(headers["cache-control"]).toMatch(/^private, .*no-store/);
  expect(headers["permissions-policy"]).toContain("camera=(), ");
  expect(headers).toMatchObject({
    "cross-origin-embedder-policy": "require-corp",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
}

for (const { who, role, language, paths, refused, only } of viewers) {
  test.describe(`as ${who} sees it`, () => {
    // One page for all paths: a new one would load and compile every script again.
    let page: Page;
    let faults: string[];

    test.beforeAll(async ({ browser }) => {
      page = await (await browser.newContext({ locale: language })).newPage();
      faults = listen(page, test.info().project.use.baseURL);
      if (role === null) return;
      await signInAs(page, await makeViewer(role));
      await settle(page, { locale: language, zone: "UTC", theme: "auto" });
    });
    test.afterEach(() => {
      expect(faults.splice(0)).toEqual([]);
    });
    test.afterAll(() => page.context().close());

    for (const path of paths) {
      test(`${path} is accessible`, async () => {
        expectGuarded(await page.goto(path));
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        await expectReadableAnywhere(page, path, only);
        await page.waitForLoadState("networkidle");
      });
    }

    if (refused) {
      test("the other pages are refused, by a page that is accessible", async () => {
        const [first = ""] = refused;
        expect((await page.goto(first))?.status()).toBe(403);
        await expect(page.locator("html")).toHaveAttribute("lang", language);
        await expectReadableAnywhere(page, first, ["light", "narrow"]);
        await page.waitForLoadState("networkidle");
        for (const path of refused) {
          expect((await page.request.get(path)).status(), path).toBe(403);
        }
      });
    }
  });
}

test("the component sheet does not exist in production", async ({ page }) => {
  const answer = await page.goto("/sheet");
  expect(answer?.status()).toBe(404);
});
